"""Find the files of the corpus folder and turn each into a document with its passages."""

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.corpus.dates import date_in_name
from assistant.corpus.digest import content_digest
from assistant.corpus.metadata import read_metadata, title_in_name
from assistant.corpus.model import CorpusError, Document, SourceDocument, Validity
from assistant.corpus.readers import Limits, expand, on_disk, read_file
from assistant.corpus.statements import SIDECAR, Statements, is_statement, read_statements
from assistant.corpus.structure import parse

PARSER = 3
"""Raised whenever the same file gives other passages or metadata than before."""
_IGNORED = re.compile(
    r"^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)|(?:\.tmp|\.bak|\.swp|~)$", re.IGNORECASE
)


class CorpusFile:
    """A file of the corpus folder that holds, or should hold, a document.

    Attributes:
        path: the file.
        root: the corpus folder.
        origin: its place in the corpus folder.
        id: of its document.  It comes from the title and date in the file's name, so a
            text may be edited, moved to another folder or saved in another format and
            keeps its address.
        successor: the next version of the same text, None for the latest.
        ids: ids of all documents of the folder by place and by file name.
    """

    def __init__(self, path: Path, root: Path, limits: Limits | None = None) -> None:
        self.path = path
        self.root = root
        self.origin = path.relative_to(root).as_posix()
        self.id = _hashed(_identity(path))
        self.successor: CorpusFile | None = None
        self.ids: Mapping[str, str] = {}
        self._limits = limits or Limits()

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs to read the file.

        Of all ids these are only the few that are stated to replace it.
        """
        stated: tuple[str, ...] = ()
        with suppress(CorpusError):
            stated = self.statements.replaced_by or ()
        ids = {name: self.ids[name] for name in stated if name in self.ids}
        return self.__dict__ | {"ids": ids}

    def digest(self) -> str:
        """Return a hash of everything that the document depends on.

        Raises:
            CorpusError: the file, or what is stated about it, cannot be read.
        """
        parts = [str(PARSER), self.id, self.origin, self._content, repr(self.statements)]
        # A scan that was read in part is read again when more of it may be read.
        parts.append(str(self._limits.scan_pages))
        if self.successor is not None:
            parts.append(self.successor.digest())
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

    def load(self) -> SourceDocument:
        """Read the file and take it apart.

        Raises:
            CorpusError: the file cannot be read or has no text; says what to do, in Chinese.
        """
        source = read_file(self.path, self.root, self._limits)
        structured = parse(source, self.id)
        if not structured.passages:
            raise CorpusError(self.origin, "没有读到文字", "请检查文件内容是否完整")
        document = read_metadata(source, structured, self.id, self.digest())
        document = replace(document, warnings=source.warnings)
        document = self._superseded(document)
        document = self.statements.overrule(document, self._stated_successors())
        return SourceDocument(document, structured.text, structured.passages)

    @cached_property
    def statements(self) -> Statements:
        """What is stated beside the file.

        Raises:
            CorpusError: it cannot be understood.
        """
        return read_statements(self.path, self.root)

    @cached_property
    def _content(self) -> str:
        try:
            with on_disk(self.path, self.origin, self._limits) as file:
                return content_digest(file)
        except OSError as error:
            raise CorpusError(
                self.origin,
                f"文件无法读取（{error.strerror or error}）",
                "请检查文件是否存在、是否有读取权限",
            ) from error

    def _superseded(self, document: Document) -> Document:
        """Return the older of two versions as what it is: history from a known day on."""
        if self.successor is None:
            return document
        since = _title_and_date(self.successor.path)[1]
        # If the newer text cannot be read, its name still says that it exists and since when.
        with suppress(CorpusError):
            since = self.successor.load().document.effective or since
        return replace(
            document,
            validity=Validity.SUPERSEDED,
            repealed=since,
            replaced_by=(self.successor.id,),
            evidence=f"资料中有新文本“{self.successor.origin}”，自{since}起施行。",
        )

    def _stated_successors(self) -> tuple[str, ...]:
        found = []
        for name in self.statements.replaced_by or ():
            known = self.ids.get(name)
            if known is None and not name.startswith(("doc-", "law-")):
                raise CorpusError(
                    self.origin,
                    f"标注的替代文件“{name}”不在资料文件夹中",
                    "请写文件夹内的文件名，或文件的编号",
                )
            found.append(known or name)
        return tuple(found)


def read_folder(root: Path, limits: Limits | None = None) -> list[CorpusFile]:
    """Return the files under ``root`` in a fixed order, those that cannot be read included.

    Hidden files, temporary files and statements are no documents.  Folders that are links
    are followed once.  Each member of an archive is a file of its own, ``x.zip!/member``.
    Files that carry the same title and different dates in their names
    are versions of one text: each later one supersedes the one before.

    Args:
        limits: what one file may cost; None takes the default limits.
    """
    found = (member for path in _walk(root) for member in expand(path, root, limits))
    paths = sorted(found, key=lambda path: path.relative_to(root).as_posix())
    files = [CorpusFile(path, root, limits) for path in paths]
    taken: set[str] = set()
    for file in files:
        file.id = _stated_id(file) or file.id
        # Two files of one name are two documents; the second is known by its folder too.
        if file.id in taken:
            file.id = _hashed(file.origin)
        taken.add(file.id)
    names = {name: file.id for file in files for name in (file.origin, file.path.name)}
    for file in files:
        file.ids = names
    _link_versions(files)
    return files


def lost_statements(root: Path) -> list[CorpusError]:
    """Name the statements whose file is gone, as after a change of its name."""
    return [
        CorpusError(
            path.relative_to(root).as_posix(),
            f"标注的文件“{path.name.removesuffix(SIDECAR)}”不存在",
            "请改成与文件同名，或者删除",
        )
        for path in sorted(root.rglob(f"*{SIDECAR}"))
        if not path.with_name(path.name.removesuffix(SIDECAR)).exists()
    ]


def load_file(path: Path, root: Path) -> SourceDocument:
    """Read one file of the corpus folder ``root``.

    Raises:
        CorpusError: the file cannot be read or has no text, or is no document.
    """
    for file in read_folder(root):
        if file.path == path:
            return file.load()
    raise CorpusError(str(path), "不是资料文件夹中的文件", "请检查文件名")


def _walk(root: Path) -> Iterator[Path]:
    visited: set[str] = set()
    for folder, folders, names in os.walk(root, followlinks=True):
        real = os.path.realpath(folder)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = [name for name in folders if not _IGNORED.search(name)]
        for name in names:
            path = Path(folder) / name
            if not _IGNORED.search(name) and not is_statement(path):
                yield path


def _identity(path: Path) -> str:
    title, day = _title_and_date(path)
    return f"{title}@{day}" if day else title


def _title_and_date(path: Path) -> tuple[str, date | None]:
    name = unicodedata.normalize("NFC", path.stem)
    found = date_in_name(name)
    return title_in_name(name) or name, found[0] if found else None


def _hashed(name: str) -> str:
    return f"doc-{hashlib.blake2b(name.encode(), digest_size=6).hexdigest()}"


def _stated_id(file: CorpusFile) -> str | None:
    try:
        return file.statements.id
    except CorpusError:
        # Said again, with the file's name, when the file is loaded.
        return None


def _link_versions(files: Sequence[CorpusFile]) -> None:
    versions: dict[str, dict[date, CorpusFile]] = defaultdict(dict)
    for file in files:
        title, day = _title_and_date(file.path)
        if day is not None:
            versions[title].setdefault(day, file)
    for dated in versions.values():
        ordered = [dated[day] for day in sorted(dated)]
        for older, newer in pairwise(ordered):
            older.successor = newer
