"""Every change to the corpus folder, with what was there before, so that it can be undone."""

import json
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.corpus.digest import content_digest
from assistant.corpus.keeping.naming import place_of
from assistant.corpus.keeping.sidecars import changed_sidecar, sidecar_of
from assistant.corpus.model import CorpusError
from assistant.settings import Settings

FOLDER = "trash"
_RECORD = "change.json"
_BEFORE = "before"
_SIDECAR_BEFORE = "sidecar"
_WAIT_SECONDS = 30


class Act(StrEnum):
    """What was done to a document."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"
    STATED = "stated"

    @property
    def label(self) -> str:
        """The act as readers see it, in Chinese."""
        return {"added": "新增", "replaced": "替换", "removed": "删除", "stated": "修改标注"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made.

    Attributes:
        id: its address.
        act: what was done.
        origin: the document's place in the corpus folder.
        person: name of who did it.
        moment: when, in UTC.
        after, sidecar_after: hashes of file and sidecar after it; empty where there is none.
        undone: True once it was undone.
    """

    id: str
    act: Act
    origin: str
    person: str
    moment: datetime
    after: str = ""
    sidecar_after: str = ""
    undone: bool = False


class Keeper:
    """Changes the corpus folder; what a change replaces is kept under ``data/trash``.

    A change is written down, with the files as they were, before anything is touched, and
    files are replaced whole: after a kill at any moment each is the old or the new one.

    Args:
        settings: say where corpus and data are.
    """

    def __init__(self, settings: Settings) -> None:
        self._corpus = settings.corpus
        self._trash = settings.data / FOLDER

    def holds(self, origin: str) -> bool:
        """Whether there is a file at a place of the corpus folder."""
        return place_of(self._corpus, origin).is_file()

    def add(
        self, upload: Path, origin: str, stated: Mapping[str, Any], person: str, *, replace: bool
    ) -> Change:
        """Take a file in.

        Args:
            upload: the file.
            origin: where it is to be.
            stated: fields that its sidecar states.
            person: name of who does it.
            replace: whether a file that is there may be replaced.

        Raises:
            CorpusError: there is a file already, or the place is not allowed.
            OSError: the folders cannot be written.
        """
        path = place_of(self._corpus, origin)
        if path.exists() and not replace:
            raise CorpusError(origin, "资料库中已有同名文件", "请确认要替换它，或改名后再上传")
        act = Act.REPLACED if path.exists() else Act.ADDED
        sidecar = changed_sidecar(path, origin, stated)
        return self._change(act, origin, person, upload, sidecar)

    def state(self, origin: str, stated: Mapping[str, Any], person: str) -> Change:
        """Change what is stated about a document.

        Raises:
            CorpusError: there is no such file, or its sidecar cannot be understood.
            OSError: the folders cannot be written.
        """
        path = self._existing(origin)
        return self._change(Act.STATED, origin, person, path, changed_sidecar(path, origin, stated))

    def remove(self, origin: str, person: str) -> Change:
        """Take a file out of the corpus folder, with what is stated about it.

        Raises:
            CorpusError: there is no such file.
            OSError: the folders cannot be written.
        """
        self._existing(origin)
        return self._change(Act.REMOVED, origin, person, None, "")

    def undo(self, change_id: str) -> Change:
        """Put a document back as it was before a change.

        Raises:
            CorpusError: it was changed again since, or undone already.
            OSError: the folders cannot be written.
        """
        with self._locked():
            change = next((c for c in self.changes() if c.id == change_id), None)
            if change is None or change.undone:
                raise CorpusError("", "这次改动已经撤销或不存在", "请刷新页面后再看")
            path = place_of(self._corpus, change.origin)
            sidecar = sidecar_of(path)
            if (_hash(path), _hash(sidecar)) != (change.after, change.sidecar_after):
                raise CorpusError(
                    change.origin, "这次改动之后文件又变了", "请先撤销后来的改动，或重新上传"
                )
            kept = self._trash / change.id
            _put(kept / _BEFORE, path)
            _put(kept / _SIDECAR_BEFORE, sidecar)
            undone = replace(change, undone=True)
            self._write(undone)
        return undone

    def changes(self, count: int = 50) -> Sequence[Change]:
        """Return the last changes, newest first."""
        found = []
        for record in self._trash.glob(f"*/{_RECORD}"):
            with suppress(OSError, ValueError, TypeError, KeyError):
                found.append(_read(record))
        return sorted(found, key=lambda change: change.moment, reverse=True)[:count]

    def _existing(self, origin: str) -> Path:
        path = place_of(self._corpus, origin)
        if not path.is_file():
            raise CorpusError(origin, "文件不在资料文件夹中", "它可能已被移走，请刷新列表")
        return path

    def _change(
        self, act: Act, origin: str, person: str, source: Path | None, stated: str
    ) -> Change:
        with self._locked():
            path = place_of(self._corpus, origin)
            sidecar = sidecar_of(path)
            moment = datetime.now(UTC)
            change = Change(
                f"{moment:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", act, origin, person, moment
            )
            kept = self._trash / change.id
            kept.mkdir(parents=True)
            _copy(path, kept / _BEFORE)
            _copy(sidecar, kept / _SIDECAR_BEFORE)
            new = kept / "sidecar-after"
            if stated:
                new.write_text(stated, encoding="utf-8")
            change = replace(
                change, after=_hash(source) if source else "", sidecar_after=_hash(new)
            )
            self._write(change)
            # What is stated comes first, so that no build reads the file without it.
            if source is None:
                _put(None, path)
                _put(None, sidecar)
            else:
                _put(new, sidecar)
                if source != path:
                    _put(source, path)
            new.unlink(missing_ok=True)
        return change

    def _locked(self) -> FileLock:
        self._trash.mkdir(parents=True, exist_ok=True)
        return FileLock(self._trash / "lock", timeout=_WAIT_SECONDS)

    def _write(self, change: Change) -> None:
        record = self._trash / change.id / _RECORD
        passing = record.with_suffix(".tmp")
        values = asdict(change) | {"moment": change.moment.isoformat()}
        passing.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        passing.replace(record)


def _read(record: Path) -> Change:
    values = json.loads(record.read_text(encoding="utf-8"))
    values["act"] = Act(values["act"])
    values["moment"] = datetime.fromisoformat(values["moment"])
    return Change(**values)


def _hash(path: Path) -> str:
    return content_digest(path) if path.is_file() else ""


def _copy(path: Path, target: Path) -> None:
    if path.is_file():
        shutil.copy2(path, target)


def _put(source: Path | None, path: Path) -> None:
    """Make ``path`` what ``source`` is, or remove it where that is no file."""
    if source is None or not source.is_file():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.tmp")
    shutil.copyfile(source, passing)
    passing.replace(path)
