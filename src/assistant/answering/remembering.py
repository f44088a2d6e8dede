"""The embedding model of a server: what many questions share is computed once."""

import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from llama_index.core.bridge.pydantic import PrivateAttr

from assistant.index import PassageEmbedding
from assistant.index.question import QuestionEncoder
from assistant.index.vector_cache import VectorCache
from assistant.settings import Settings

Vector = npt.NDArray[np.float32]

_log = logging.getLogger(__name__)
_FILE = "sentences.db"
_REMEMBERED = 8192
_FEW = 64
"""More texts than this at once are a corpus being built, not sentences being compared."""
# So many are written at once; a process that is killed loses fewer than that.
_WRITTEN = 64
# An answer waits no longer for another process that writes.
_PATIENCE = 0.2


class RememberingEmbedding(PassageEmbedding):
    """Remembers the vectors of sentences lately compared with a question.

    Questions differ, but the sentences of the law that they are compared with come up again
    and again, and embedding them takes most of an answer's time.  The latest, twelve
    megabytes at most, are kept in memory, and all in a file of the data folder, so that
    a restart forgets nothing; where the file cannot be used, memory has to do.

    In 8 bits a vector depends, in its third digit, on the texts it was computed with, so
    each sentence is computed by itself, and rounded as the file rounds: an answer never
    depends on what was asked before.
    """

    _vectors: Any = PrivateAttr(default_factory=OrderedDict)
    _unwritten: Any = PrivateAttr(default_factory=dict)
    _file: VectorCache | None = PrivateAttr(default=None)
    _sentence: Any = PrivateAttr(default=None)
    _using: Any = PrivateAttr(default_factory=threading.Lock)
    _writing: Any = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._file = _opened(settings, self.fingerprint)

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
        found = self._known(texts)
        new = {text: self._computed(text) for text in texts if text not in found}
        self._remember({**found, **new}, new)
        return np.stack([found[text] if text in found else new[text] for text in texts])

    def _known(self, texts: Sequence[str]) -> dict[str, Vector]:
        with self._using:
            found: dict[str, Vector] = {t: self._vectors[t] for t in texts if t in self._vectors}
        missing = [text for text in texts if text not in found]
        if missing and self._file is not None:
            try:
                with self._writing:
                    kept = self._file.get(missing)
                found |= {text: vector.astype(np.float32) for text, vector in kept.items()}
            except sqlite3.Error:
                _log.warning("The file of known sentences cannot be read.", exc_info=True)
        return found

    def _remember(self, used: Mapping[str, Vector], new: Mapping[str, Vector]) -> None:
        with self._using:
            for text, vector in used.items():
                self._vectors[text] = vector
                self._vectors.move_to_end(text)
            while len(self._vectors) > _REMEMBERED:
                self._vectors.popitem(last=False)
            if self._file is None:
                return
            self._unwritten.update(new)
            if len(self._unwritten) < _WRITTEN:
                return
            batch, self._unwritten = self._unwritten, {}
        try:
            with self._writing:
                self._file.put({text: vector.astype(np.float16) for text, vector in batch.items()})
        except sqlite3.Error:
            _log.warning("The file of known sentences cannot be written.", exc_info=True)

    def _computed(self, text: str) -> Vector:
        model = self.model
        vector: Vector
        if self._question is None:
            vector = super().encode([text])[0]
        else:
            with self._using:
                if self._sentence is None:
                    self._sentence = QuestionEncoder(model, self._prompt(model, query=False))
            vector = self._sentence.encode(text)
        return vector.astype(np.float16).astype(np.float32)


def _opened(settings: Settings, space: str) -> VectorCache | None:
    """Open the file; None where the folder cannot be written."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        return VectorCache(settings.data / _FILE, space, patience=_PATIENCE, threads=True)
    except (OSError, sqlite3.Error):
        _log.warning("The file of known sentences cannot be opened.", exc_info=True)
        return None
