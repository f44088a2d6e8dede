"""Where vectors live, by the settings: Chroma in a folder, a Chroma server, or PostgreSQL."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.index.chroma_vectors import drop_chroma, open_chroma
from assistant.index.postgres_tables import copy_postgres, drop_postgres
from assistant.index.postgres_vectors import open_postgres
from assistant.index.vector_store import PassageVectors
from assistant.settings import EMBEDDED, Settings

_POSTGRES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Collection:
    """Where the vectors of one generation are.

    Attributes:
        folder: where an embedded Chroma keeps its files.
        name: name of the collection or table.
    """

    folder: Path
    name: str


def open_vectors(
    settings: Settings, collection: Collection, *, create: bool = False
) -> PassageVectors:
    """Open the vectors of a generation, or make room for them with ``create``.

    Raises:
        VectorStoreError: the store does not answer, or the collection is missing.
    """
    if settings.vectors.startswith(_POSTGRES):
        return open_postgres(settings, collection.name, create=create)
    return open_chroma(settings, collection.folder, collection.name, create=create)


def carry_over(settings: Settings, source: Collection, target: Collection) -> Collection | None:
    """Let a new generation begin with the vectors of another one.

    Returns:
        where they are now; None where the store cannot copy, so that all must be written.

    Raises:
        OSError, VectorStoreError: they cannot be copied.
    """
    if settings.vectors == EMBEDDED:
        shutil.copytree(source.folder, target.folder)
        # A copied Chroma keeps the name that its collection was given first.
        return Collection(target.folder, source.name)
    if settings.vectors.startswith(_POSTGRES) and copy_postgres(settings, source.name, target.name):
        return target
    return None


def drop_collections(settings: Settings, folder: Path, names: Iterable[str]) -> None:
    """Remove the collections in a server that no generation uses any more.

    Raises:
        VectorStoreError: the server does not answer.
    """
    if settings.vectors.startswith(_POSTGRES):
        drop_postgres(settings, names)
    elif settings.vectors != EMBEDDED:
        drop_chroma(settings, folder, names)
