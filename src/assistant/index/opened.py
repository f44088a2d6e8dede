"""The current generation, opened for reading."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus import Passage
from assistant.index import phrases
from assistant.index.catalogue import Catalogue
from assistant.index.contents import existing_generation
from assistant.index.embedding import PassageEmbedding
from assistant.index.generation import (
    Generation,
    IndexMissingError,
    Manifest,
    check_match,
)
from assistant.index.lexical import LexicalIndex
from assistant.index.vector_store import PassageVectors
from assistant.index.vectors import Collection, open_vectors
from assistant.settings import Settings


@dataclass(frozen=True)
class OpenedIndex:
    """Everything that retrieval reads; immutable, so any number of threads may share it.

    Attributes:
        manifest: what the generation was built from.
        catalogue: documents and passages.
        vectors: the vector store.
        lexical: the lexical index.
        embedding: the model that embedded the passages, for queries.
        settings: those it was opened with.
        hidden: ids of documents that may not be found or shown; none of them is in the
            catalogue.
    """

    manifest: Manifest
    catalogue: Catalogue
    vectors: PassageVectors
    lexical: LexicalIndex
    embedding: PassageEmbedding
    settings: Settings
    hidden: frozenset[str] = frozenset()

    def without(self, hidden: frozenset[str]) -> "OpenedIndex":
        """Return the index as it looks to someone from whom documents are hidden.

        Vectors and words are shared; what is found in them and is not in the catalogue
        does not exist for retrieval.

        Raises:
            sqlite3.Error: the catalogue's file is gone.
        """
        catalogue = Catalogue(self.catalogue.path, hidden=hidden)
        return replace(self, catalogue=catalogue, hidden=hidden)

    def containing(self, words: Sequence[str], count: int) -> list[Passage]:
        """Return up to ``count`` passages whose text has all ``words``, document by document."""
        return phrases.containing(self.lexical, self.catalogue, words, count)


def open_index(settings: Settings, *, embedding: PassageEmbedding | None = None) -> OpenedIndex:
    """Open the current generation.

    Args:
        settings: where everything is.
        embedding: a model already loaded; by default the one in the settings.

    Raises:
        IndexMissingError: nothing was built yet, or a part is damaged.
        IndexMismatchError: it was built by another model or version.
        VectorStoreError: the server with the vectors does not answer.
    """
    embedding = embedding or PassageEmbedding(settings)
    generation = existing_generation(settings)
    manifest = generation.manifest()
    check_match(settings, manifest, embedding.fingerprint)
    try:
        return _open(settings, generation, manifest, embedding)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise IndexMissingError(
            f"索引 {generation.folder} 已损坏（{error}）。"
            "请运行 assistant build --rebuild 重建索引。"
        ) from error


def check_index(settings: Settings) -> Manifest:
    """Make sure that there is an index and that it belongs to these settings.

    Raises:
        IndexMissingError: nothing was built yet, or the manifest is damaged.
        IndexMismatchError: it was built by another model or version.
    """
    manifest = existing_generation(settings).manifest()
    check_match(settings, manifest, PassageEmbedding(settings).fingerprint)
    return manifest


def _open(
    settings: Settings, generation: Generation, manifest: Manifest, embedding: PassageEmbedding
) -> OpenedIndex:
    return OpenedIndex(
        manifest=manifest,
        catalogue=Catalogue(generation.catalogue),
        vectors=open_vectors(settings, Collection(generation.chroma, manifest.collection)),
        lexical=LexicalIndex.load(generation.lexical),
        embedding=embedding,
        settings=settings,
    )
