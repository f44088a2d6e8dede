"""The assistant over the newest generation of the index, for programs that run for days."""

import logging
import sqlite3
import threading

from assistant.answering.assistant import Assistant
from assistant.answering.remembering import RememberingEmbedding
from assistant.index import (
    IndexMismatchError,
    IndexMissingError,
    PassageEmbedding,
    VectorStoreError,
    generation_name,
    open_index,
)
from assistant.people import acting
from assistant.settings import Settings

_log = logging.getLogger(__name__)


class LiveAssistant:
    """Hands out the assistant over the current generation and takes up new ones.

    A question in work keeps the assistant it began with, so no answer mixes two
    generations.  Any number of threads may share it.

    Args:
        settings: where the index is.
        embedding: a model already loaded; by default the one in the settings, which
            remembers what many questions share.

    Raises:
        IndexMissingError: nothing was built yet, or a part is damaged.
        IndexMismatchError: the index was built by another model or version.
        VectorStoreError: the server with the vectors does not answer.
    """

    def __init__(self, settings: Settings, embedding: PassageEmbedding | None = None) -> None:
        self._settings = settings
        self._name = generation_name(settings)
        index = open_index(settings, embedding=embedding or RememberingEmbedding(settings))
        self._embedding = index.embedding
        self._assistant = Assistant(index)
        self._opening = threading.Lock()

    @property
    def settings(self) -> Settings:
        """The settings that say where corpus and index are."""
        return self._settings

    @property
    def embedding(self) -> PassageEmbedding:
        """The loaded embedding model."""
        return self._embedding

    @property
    def current(self) -> Assistant:
        """The assistant over the newest generation, as whoever acts may see it.

        Where accounts are on and nobody acts, it is what everyone may see.
        """
        return self.newest.seen_by(acting(self._settings))

    @property
    def newest(self) -> Assistant:
        """The assistant over the newest generation that can be opened, with everything."""
        name = generation_name(self._settings)
        # While one thread opens the new generation, the others go on with the old one.
        if name != self._name and self._opening.acquire(blocking=False):
            try:
                self._take_up(name)
            finally:
                self._opening.release()
        return self._assistant

    def _take_up(self, name: str) -> None:
        try:
            index = open_index(self._settings, embedding=self._embedding)
            self._assistant = Assistant(index)
        except (IndexMissingError, IndexMismatchError, VectorStoreError, sqlite3.Error):
            # An index of another model waits for a restart with that model.
            _log.exception("The new generation %s cannot be opened; the old one stays", name)
        self._name = name
