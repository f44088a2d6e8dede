"""Vectors of passages: from the cache where they are known, else from the model."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.corpus import Document, Passage
from assistant.index.embedding import PassageEmbedding
from assistant.index.progress import Progress, Stage
from assistant.index.texts import embedded_text
from assistant.index.vector_cache import VectorCache

# Vectors are made durable after so many passages: what a killed build loses at most.
_CHECKPOINT = 1024


class Vectoriser:
    """Turns passages into rows of the vector store.

    Args:
        embedding: the model.
        cache: file of the vector cache.
        progress: told about every batch.

    Attributes:
        embedded: passages whose vectors the model computed so far.
        seconds: time the model took for them, without loading it.
    """

    def __init__(self, embedding: PassageEmbedding, cache: Path, progress: Progress) -> None:
        self.embedded = 0
        self.seconds = 0.0
        self._embedding = embedding
        self._cache = cache
        self._progress = progress

    def rows(
        self, passages: Sequence[tuple[Document, Passage]]
    ) -> Iterator[list[tuple[str, str, list[float]]]]:
        """Yield (passage id, document id, vector) rows, a checkpoint's worth at a time.

        Raises:
            EmbeddingError: the model cannot be loaded.
        """
        if not passages:
            return
        cache = VectorCache(self._cache, self._embedding.fingerprint)
        try:
            # Loading takes seconds, and a file that was only renamed needs no model.
            if not cache.has_all(embedded_text(*pair) for pair in passages):
                self._progress.start(Stage.MODEL, 0)
                self._embedding.load()
            self._progress.start(Stage.VECTORS, len(passages))
            for start in range(0, len(passages), _CHECKPOINT):
                yield self._chunk(passages[start : start + _CHECKPOINT], cache)
        finally:
            cache.close()

    def prune(self, passages: Sequence[tuple[Document, Passage]]) -> None:
        """Forget vectors that none of ``passages`` needs, if there are many."""
        cache = VectorCache(self._cache, self._embedding.fingerprint)
        try:
            cache.prune(embedded_text(document, passage) for document, passage in passages)
        finally:
            cache.close()

    def _chunk(
        self, passages: Sequence[tuple[Document, Passage]], cache: VectorCache
    ) -> list[tuple[str, str, list[float]]]:
        texts = [embedded_text(document, passage) for document, passage in passages]
        vectors = cache.get(texts)
        missing = list({text: None for text in texts if text not in vectors})
        self._progress.advance(len(passages) - len(missing))
        if missing:
            begun = time.perf_counter()
            computed = self._embedding.encode(missing, on_batch=self._progress.advance)
            self.seconds += time.perf_counter() - begun
            self.embedded += len(missing)
            fresh = dict(zip(missing, computed.astype(np.float16), strict=True))
            cache.put(fresh)
            vectors.update(fresh)
        return [
            (passage.id, document.id, vectors[text].astype(float).tolist())
            for (document, passage), text in zip(passages, texts, strict=True)
        ]
