"""Vectors from a server: any with OpenAI's interface, or Text Embeddings Inference's own."""

import time
import weakref
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from assistant.settings import WHEEL_MODEL, Settings, without_secrets

if TYPE_CHECKING:
    import httpx

# Servers commonly take no more texts at once.
_BATCH = 32
_TRIES = 4
_TIMEOUT = 60.0
_BUSY = {408, 429, 500, 502, 503, 504}

Vectors = npt.NDArray[np.float32]


class EmbeddingError(RuntimeError):
    """The embedding model cannot be loaded or reached; the message is in Chinese."""


class EmbeddingService:
    """A model behind ``embedding_endpoint``.

    An address that ends with ``/embed`` is asked as Text Embeddings Inference is; any
    other is the base address of OpenAI's interface, such as ``http://server:8080/v1``.
    A busy server, or one that does not answer, is asked again after a pause.

    Args:
        settings: address, key and name of the model.

    Raises:
        EmbeddingError: the settings do not name the server's model.
    """

    def __init__(self, settings: Settings) -> None:
        import httpx

        if settings.embedding_model == WHEEL_MODEL:
            raise EmbeddingError(
                "设置了 embedding_endpoint，但没有写明该服务的模型。"
                "请在设置 embedding_model 中填写服务中的模型名称。"
            )
        self.name = settings.embedding_model
        self.shown = without_secrets(settings.embedding_endpoint)
        self._own = settings.embedding_endpoint.rstrip("/").endswith("/embed")
        self._address = settings.embedding_endpoint.rstrip("/")
        if not self._own:
            self._address += "/embeddings"
        key = settings.embedding_key
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {}, timeout=_TIMEOUT
        )
        weakref.finalize(self, self._client.close)

    def encode(
        self, texts: Sequence[str], on_batch: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return one row for each text as the server gives it.

        Raises:
            EmbeddingError: the server does not answer, or not with vectors.
        """
        rows: list[Vectors] = []
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            rows.append(self._vectors(batch))
            if on_batch is not None:
                on_batch(len(batch))
        return np.concatenate(rows) if rows else np.empty((0, 0), dtype=np.float32)

    def _vectors(self, batch: list[str]) -> Vectors:
        if self._own:
            body: dict[str, Any] = {"inputs": batch, "truncate": True}
        else:
            body = {"model": self.name, "input": batch, "encoding_format": "float"}
        answer = self._ask(body)
        try:
            found = answer.json()
            if not self._own:
                ordered = sorted(found["data"], key=lambda item: int(item["index"]))
                found = [item["embedding"] for item in ordered]
            vectors: Vectors = np.array(found, dtype=np.float32)
        except (ValueError, KeyError, TypeError) as error:
            raise self._error("返回的内容不是向量") from error
        if vectors.ndim != 2 or len(vectors) != len(batch) or not np.isfinite(vectors).all():
            raise self._error(f"为 {len(batch)} 段文字返回的向量形状为 {vectors.shape}")
        return vectors

    def _ask(self, body: dict[str, Any]) -> "httpx.Response":
        import httpx

        reason = ""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(0.25 * 2**attempt)
            try:
                answer = self._client.post(self._address, json=body)
            except httpx.HTTPError as error:
                reason = f"没有应答（{error or type(error).__name__}）"
                continue
            if answer.is_success:
                return answer
            reason = f"返回状态 {answer.status_code}"
            if answer.status_code not in _BUSY:
                break
        raise self._error(reason)

    def _error(self, reason: str) -> EmbeddingError:
        return EmbeddingError(
            f"嵌入服务 {self.shown} {reason}。请检查该服务，以及设置 embedding_endpoint、"
            "embedding_key 和 embedding_model。"
        )
