"""Vectors of passages: from the cache where they are known, else from the model."""

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.corpus import Document, Passage
from assistant.index.embedding import PassageEmbedding
from assistant.index.ingest import FEW, Encoder, Here, Spread
from assistant.index.progress import Progress, Stage
from assistant.index.texts import embedded_text
from assistant.index.vector_cache import VectorCache

# Passages whose texts are batched, and whose rows are written, together.
_CHECKPOINT = 1024

_Pairs = Sequence[tuple[Document, Passage]]


class Vectoriser:
    """Turns passages into rows of the vector store.

    Args:
        embedding: the model.
        cache: file of the vector cache.
        progress: told about every batch.
        spread: workers that compute in its stead where there is much to do.

    Attributes:
        embedded: passages whose vectors the model computed so far.
        seconds: time the model took for them, without loading it.
    """

    def __init__(
        self,
        embedding: PassageEmbedding,
        cache: Path,
        progress: Progress,
        spread: Spread | None = None,
    ) -> None:
        self.embedded = 0
        self.seconds = 0.0
        self._embedding = embedding
        self._cache = cache
        self._progress = progress
        self._spread = spread

    def rows(self, passages: _Pairs) -> Iterator[list[tuple[str, str, list[float]]]]:
        """Yield (passage id, document id, vector) rows, a checkpoint's worth at a time.

        What is computed is made durable before more is taken: a killed build loses only
        what was in work.

        Raises:
            EmbeddingError: the model cannot be loaded.
            IngestError: the workers cannot be used.
        """
        if not passages:
            return
        cache = VectorCache(self._cache, self._embedding.fingerprint)
        try:
            lacking = cache.lacking(embedded_text(*pair) for pair in passages)
            encoder: Encoder = Here(self._embedding)
            if self._spread is not None and lacking >= FEW:
                encoder = self._spread
            # Loading takes seconds, and a file that was only renamed needs no model.
            if lacking:
                self._progress.start(Stage.MODEL, 0)
                encoder.prepare()
            self._progress.start(Stage.VECTORS, len(passages))
            yield from self._computed(passages, cache, encoder)
        finally:
            cache.close()

    def prune(self, passages: _Pairs) -> None:
        """Forget vectors that none of ``passages`` needs, if there are many."""
        cache = VectorCache(self._cache, self._embedding.fingerprint)
        try:
            cache.prune(embedded_text(document, passage) for document, passage in passages)
        finally:
            cache.close()

    def _computed(
        self, passages: _Pairs, cache: VectorCache, encoder: Encoder
    ) -> Iterator[list[tuple[str, str, list[float]]]]:
        begun: deque[_Pairs] = deque()
        pending: set[str] = set()
        jobs = self._jobs(passages, cache, encoder, begun, pending)
        for texts, vectors in encoder.encode(jobs, self._progress.advance):
            cache.put(dict(zip(texts, vectors.astype(np.float16), strict=True)))
            pending.difference_update(texts)
            self.embedded += len(texts)
            self.seconds = encoder.seconds
            # Rows go out in the order of the passages, whoever was done first.
            while begun and not any(embedded_text(*pair) in pending for pair in begun[0]):
                yield _rows(begun.popleft(), cache)
        while begun:
            yield _rows(begun.popleft(), cache)

    def _jobs(
        self,
        passages: _Pairs,
        cache: VectorCache,
        encoder: Encoder,
        begun: deque[_Pairs],
        pending: set[str],
    ) -> Iterator[list[str]]:
        """Yield what to compute; ``begun`` and ``pending`` say what that will complete.

        Texts are batched as if each checkpoint had been computed before the next.
        """
        for start in range(0, len(passages), _CHECKPOINT):
            chunk = passages[start : start + _CHECKPOINT]
            texts = [embedded_text(document, passage) for document, passage in chunk]
            known = cache.get(texts)
            missing = list({t: None for t in texts if t not in known and t not in pending})
            self._progress.advance(len(chunk) - len(missing))
            pending.update(missing)
            begun.append(chunk)
            if missing:
                yield from encoder.jobs(missing)


def _rows(passages: _Pairs, cache: VectorCache) -> list[tuple[str, str, list[float]]]:
    texts = [embedded_text(document, passage) for document, passage in passages]
    vectors = cache.get(texts)
    return [
        (passage.id, document.id, vectors[text].astype(float).tolist())
        for (document, passage), text in zip(passages, texts, strict=True)
    ]
