"""Generations: complete, immutable states of the index, and the pointer to the current one.

A build writes a new generation beside the current one and moves the pointer in one
step, so a process killed at any moment leaves the last complete state in use, and
catalogue, vectors and lexical index can never disagree.
"""

import os
import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from assistant.index.texts import LAYOUT
from assistant.settings import Settings, without_secrets

_POINTER = "CURRENT"
_FOLDER = "generations"
_MANIFEST = "manifest.json"
_KEPT = 2


class IndexMissingError(RuntimeError):
    """There is no usable index; the message is in Chinese."""


class IndexMismatchError(RuntimeError):
    """The index was built by another model or version; the message is in Chinese."""


class Manifest(BaseModel):
    """What a generation was built from.

    Attributes:
        created: time of the build, UTC.
        layout: number of the index layout.
        space: fingerprint of the embedding model.
        law_pack: version of the law pack and how much of it was taken.
        collection: name of the collection or table of vectors.
        vectors: where it is, as in the settings, without user and password.
        documents, passages: how many there are.
        content: hash of all passages; equal contents have equal hashes.
    """

    model_config = ConfigDict(frozen=True)

    created: datetime
    layout: int
    space: str
    law_pack: str
    collection: str
    # Older indexes call it after the only store they knew.
    vectors: str = Field(validation_alias=AliasChoices("vectors", "chroma"))
    documents: int
    passages: int
    content: str


@dataclass(frozen=True, slots=True)
class Generation:
    """Places of one generation's parts."""

    folder: Path

    @property
    def name(self) -> str:
        """Name of the generation."""
        return self.folder.name

    @property
    def catalogue(self) -> Path:
        """SQLite file of documents and passages."""
        return self.folder / "catalogue.db"

    @property
    def chroma(self) -> Path:
        """Folder of the embedded Chroma."""
        return self.folder / "chroma"

    @property
    def lexical(self) -> Path:
        """Folder of the lexical index."""
        return self.folder / "lexical"

    def manifest(self) -> Manifest:
        """Read the manifest.

        Raises:
            IndexMissingError: it is missing or damaged.
        """
        try:
            return Manifest.model_validate_json((self.folder / _MANIFEST).read_bytes())
        except (OSError, ValidationError) as error:
            raise IndexMissingError(
                f"索引 {self.folder} 不完整：清单文件无法读取。请运行 assistant build 重建索引。"
            ) from error

    def write_manifest(self, manifest: Manifest) -> None:
        """Write the manifest; afterwards the generation is complete."""
        _write(self.folder / _MANIFEST, manifest.model_dump_json(indent=2))


def check_match(settings: Settings, manifest: Manifest, space: str) -> None:
    """Make sure that an index belongs to this model and version.

    Raises:
        IndexMismatchError: it does not.
    """
    remedy = "请运行 assistant build --rebuild 重建索引。"
    if manifest.layout != LAYOUT:
        raise IndexMismatchError(f"索引由其他版本的执法助手建立，不能混用。{remedy}")
    if manifest.space != space:
        raise IndexMismatchError(
            f"索引由嵌入模型“{manifest.space}”建立，而当前设置为“{space}”，两者不能混用。{remedy}"
        )
    here = without_secrets(settings.vectors)
    if manifest.vectors != here:
        raise IndexMismatchError(
            f"索引的向量存放在 {manifest.vectors}，而当前设置 vectors 为 {here}。{remedy}"
        )


def new_generation(index: Path) -> Generation:
    """Make the folder of a new generation, not yet in use."""
    # The sweep goes by the order of names, also of two builds within one second.
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    folder = index / _FOLDER / f"{stamp}-{uuid.uuid4().hex[:6]}"
    folder.mkdir(parents=True)
    return Generation(folder)


def current_generation(index: Path) -> Generation | None:
    """Return the generation in use, None before the first build."""
    try:
        name = (index / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    generation = Generation(index / _FOLDER / name)
    return generation if name and generation.folder.is_dir() else None


def make_current(index: Path, generation: Generation) -> None:
    """Put a complete generation into use, in one step."""
    _write(index / _POINTER, generation.name)


def sweep(index: Path) -> list[str]:
    """Remove unfinished generations and all but the current and the one before.

    Returns:
        Names of the generations that were removed.
    """
    current = current_generation(index)
    folders = sorted((path for path in (index / _FOLDER).glob("*") if path.is_dir()), reverse=True)
    complete = [folder for folder in folders if (folder / _MANIFEST).exists()]
    kept = {current.name} if current else set()
    for folder in complete:
        if len(kept) < _KEPT and current and folder.name < current.name:
            kept.add(folder.name)
    removed = [folder for folder in folders if folder.name not in kept]
    for folder in removed:
        shutil.rmtree(folder, ignore_errors=True)
    return [folder.name for folder in removed]


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(".writing")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        # Without this a power cut could leave the new name on an empty file.
        os.fsync(file.fileno())
    temporary.replace(path)
