"""What the current generation holds, read without its model or its vectors."""

import sqlite3
from dataclasses import dataclass

from assistant.corpus import CorpusError, Document
from assistant.index.catalogue import Catalogue
from assistant.index.generation import Generation, IndexMissingError, Manifest, current_generation
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Contents:
    """The manifest, the documents and the sources that could not be read."""

    manifest: Manifest
    documents: list[Document]
    skipped: list[CorpusError]


def existing_generation(settings: Settings) -> Generation:
    """Return the generation in use.

    Raises:
        IndexMissingError: nothing was built yet.
    """
    generation = current_generation(settings.index)
    if generation is None:
        raise IndexMissingError(
            f"索引文件夹 {settings.index} 中还没有索引。"
            "请运行 make run 或 assistant build 建立索引。"
        )
    return generation


def generation_name(settings: Settings) -> str:
    """Return the name of the generation in use, empty before the first build.

    Cheap enough to ask before every question.
    """
    generation = current_generation(settings.index)
    return generation.name if generation is not None else ""


def read_contents(settings: Settings) -> Contents:
    """Read what the index holds, whichever model built it.

    Raises:
        IndexMissingError: nothing was built yet, or the catalogue is damaged.
    """
    generation = existing_generation(settings)
    manifest = generation.manifest()
    try:
        catalogue = Catalogue(generation.catalogue)
        try:
            return Contents(manifest, catalogue.documents(), catalogue.skipped())
        finally:
            catalogue.close()
    except (sqlite3.Error, ValueError) as error:
        raise IndexMissingError(
            f"索引 {generation.folder} 已损坏（{error}）。"
            "请运行 assistant build --rebuild 重建索引。"
        ) from error
