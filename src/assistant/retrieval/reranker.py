"""A cross-encoder, where one is configured: it reads question and passage together."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.index.texts import embedded_text
from assistant.retrieval.ranking import Candidate
from assistant.settings import AUTO, NONE, Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# A cross-encoder costs milliseconds for each passage; what is not among the first
# candidates of the built-in ranking is rarely the answer.
_READ = 30


class RerankerError(RuntimeError):
    """The configured cross-encoder cannot be loaded; the message is in Chinese."""


class Reranker:
    """Orders the first candidates by a sentence-transformers cross-encoder.

    The model loads on first use.

    Args:
        settings: names the model and the device.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._model: Any = None

    @property
    def model(self) -> "CrossEncoder":
        """The loaded cross-encoder.

        Raises:
            RerankerError: it cannot be found or loaded.
        """
        if self._model is None:
            self._model = _load(self._settings)
        model: CrossEncoder = self._model
        return model

    def order(
        self, question: str, ranked: Sequence[tuple[Candidate, float]]
    ) -> list[tuple[Candidate, float]]:
        """Return the candidates with the first ones in the cross-encoder's order.

        Scores stay those of the built-in ranking's places, so that they fall with the
        place and mean the same whether or not a cross-encoder is configured.

        Args:
            question: the question as text that stands by itself.
            ranked: candidates with their scores, best first.
        """
        first = [candidate for candidate, _ in ranked[:_READ]]
        if not first:
            return list(ranked)
        pairs = [(question, embedded_text(c.document, c.passage)) for c in first]
        judged = self.model.predict(pairs, show_progress_bar=False)
        places = sorted(range(len(first)), key=lambda place: -float(judged[place]))
        scores = [score for _, score in ranked[:_READ]]
        reordered = [(first[place], score) for place, score in zip(places, scores, strict=True)]
        return [*reordered, *ranked[_READ:]]


def configured_reranker(settings: Settings) -> Reranker | None:
    """Return the cross-encoder of the settings, None where they name none."""
    return None if settings.reranker in (AUTO, NONE) else Reranker(settings)


def _load(settings: Settings) -> "CrossEncoder":
    name = settings.reranker
    try:
        if Path(name).is_dir():
            # A local folder never needs the hub; asking it would stall a closed network.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder

        device = None if settings.device == "auto" else settings.device
        model: CrossEncoder = CrossEncoder(name, device=device)
        return model
    except Exception as error:
        raise RerankerError(
            f"重排模型“{name}”无法加载：{error}。请检查设置 reranker；"
            "离线环境请使用默认值 auto 或本机上的模型文件夹。"
        ) from error
