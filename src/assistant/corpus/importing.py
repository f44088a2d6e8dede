"""Bring a folder of statutes or documents into the corpus folder."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.corpus.digest import content_digest
from assistant.corpus.loader import read_folder
from assistant.corpus.model import CorpusError, Document
from assistant.corpus.readers import Limits
from assistant.corpus.statements import MANIFEST, SIDECAR


class Fate(StrEnum):
    """What an import does, or would do, with a file."""

    NEW = "新增"
    CHANGED = "更新"
    SAME = "已有"


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that was recognised.

    Attributes:
        document: as it will be known.
        passages: articles, sections or rows that it has.
        fate: what is done with its file.
    """

    document: Document
    passages: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import found and did.

    Attributes:
        target: folder in the corpus that the files are in, or would be.
        imported: recognised documents, in the order of their files.
        skipped: files that cannot be read and were left where they are.
    """

    target: Path
    imported: Sequence[Imported]
    skipped: Sequence[CorpusError]


def import_folder(
    folder: Path,
    corpus: Path,
    *,
    name: str = "",
    link: bool = False,
    dry_run: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Copy or link ``folder`` into the corpus folder, with what is stated beside its files.

    Files that are already there with the same bytes are left alone; those that changed are
    replaced; nothing is removed.

    Args:
        folder: where the files are now.
        corpus: the corpus folder; made if it is missing.
        name: folder within the corpus; by default the folder's own name.
        link: refer to ``folder`` by a link instead of copying, so that it is read where it is.
        dry_run: only report.
        limits: what reading one file may cost.
        progress: told how many of how many files have been read.

    Raises:
        CorpusError: the folder is missing, holds no documents, or overlaps the corpus.
        OSError: the corpus folder cannot be written.
    """
    target = _target(folder, corpus, name or folder.resolve().name)
    files = read_folder(folder, limits)
    if not files:
        raise CorpusError(str(folder), "文件夹里没有文件", "请检查路径，或放入要导入的文件")
    if link and target.exists() and not target.is_symlink():
        raise CorpusError(str(target), "已有同名文件夹，不能改为引用", "请用 --into 换一个名称")
    imported: list[Imported] = []
    skipped: list[CorpusError] = []
    fates: dict[Path, Fate] = {}
    for number, file in enumerate(files, start=1):
        try:
            source = file.load()
        except CorpusError as error:
            skipped.append(error)
        else:
            stored = _stored(file.path)
            place = target / stored.relative_to(folder)
            fates.setdefault(stored, _fate(stored, place))
            imported.append(Imported(source.document, len(source.passages), fates[stored]))
            if not dry_run and not link:
                _copy(stored, place, folder, target)
        if progress is not None:
            progress(number, len(files))
    if link and not dry_run:
        corpus.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.symlink_to(folder.resolve(), target_is_directory=True)
    return ImportReport(target, imported, skipped)


def _target(folder: Path, corpus: Path, name: str) -> Path:
    if not folder.is_dir():
        raise CorpusError(str(folder), "文件夹不存在", "请检查路径")
    if os.sep in name or name in ("", ".", ".."):
        raise CorpusError(name, "不能用作文件夹名称", "请用 --into 给出一个普通的名称")
    source, place = folder.resolve(), corpus.resolve()
    if source == place or place in source.parents or source in place.parents:
        raise CorpusError(
            str(folder), "与资料文件夹相互包含", "已在资料文件夹内的文件无需导入，直接构建即可"
        )
    return corpus / name


def _stored(path: Path) -> Path:
    """Return the file on the disk: ``path`` itself, or the archive that it is a member of."""
    return next((place for place in (path, *path.parents) if place.is_file()), path)


def _fate(stored: Path, place: Path) -> Fate:
    if not place.is_file():
        return Fate.NEW
    return Fate.SAME if content_digest(place) == content_digest(stored) else Fate.CHANGED


def _copy(stored: Path, place: Path, folder: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    _replace(stored, place)
    sidecar = stored.with_name(stored.name + SIDECAR)
    if sidecar.is_file():
        _replace(sidecar, place.with_name(sidecar.name))
    for parent in stored.relative_to(folder).parents:
        manifest = folder / parent / MANIFEST
        if manifest.is_file():
            _replace(manifest, target / parent / MANIFEST)


def _replace(source: Path, place: Path) -> None:
    """Copy so that a reader sees the old file or the new one, never half of it."""
    if place.is_file() and content_digest(place) == content_digest(source):
        return
    passing = place.with_name(f".{place.name}.tmp")
    shutil.copy2(source, passing)
    passing.replace(place)
