"""The embedding model of a server: what many questions share is computed once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from llama_index.core.bridge.pydantic import PrivateAttr

from assistant.index import PassageEmbedding
from assistant.index.question import QuestionEncoder
from assistant.settings import Settings

Vector = npt.NDArray[np.float32]

_REMEMBERED = 8192
_FEW = 64
"""More texts than this at once are a corpus being built, not sentences being compared."""


class RememberingEmbedding(PassageEmbedding):
    """Remembers the vectors of sentences lately compared with a question.

    Questions differ, but the sentences of the law that they are compared with come up again
    and again, and embedding them takes most of an answer's time.  Twelve megabytes at most.

    In 8 bits a vector depends, in its third digit, on the texts it was computed with, so
    each sentence is computed by itself: an answer never depends on what was asked before.
    """

    _vectors: Any = PrivateAttr(default_factory=OrderedDict)
    _sentence: Any = PrivateAttr(default=None)
    _using: Any = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        on_batch: Callable[[int], None] | None = None,
    ) -> Vector:
        """Return one row of unit length for each text, shape (texts, dimension)."""
        # A server is asked once for all; its vectors do not depend on each other.
        if query or self._service is not None or not 0 < len(texts) <= _FEW:
            return super().encode(texts, query=query, on_batch=on_batch)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vector:
        with self._using:
            known: Vector | None = self._vectors.get(text)
            if known is not None:
                self._vectors.move_to_end(text)
                return known
        vector = self._computed(text)
        with self._using:
            self._vectors[text] = vector
            if len(self._vectors) > _REMEMBERED:
                self._vectors.popitem(last=False)
        return vector

    def _computed(self, text: str) -> Vector:
        model = self.model
        vector: Vector
        if self._question is None:
            vector = super().encode([text])[0]
            return vector
        with self._using:
            if self._sentence is None:
                self._sentence = QuestionEncoder(model, self._prompt(model, query=False))
        vector = self._sentence.encode(text)
        vector /= np.linalg.norm(vector).clip(min=1e-12)
        return vector
