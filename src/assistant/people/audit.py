"""The audit log: who asked, what was shown, what was changed; it is only ever added to."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from assistant.people.database import Database, moment, now
from assistant.people.masking import mask
from assistant.people.model import Person

FILE = "audit.db"
_SCHEMA = """
create table if not exists entries (
    number integer primary key, moment text not null, person text not null, role text not null,
    address text not null, action text not null, subject text not null, detail text not null,
    hash text not null
);
create trigger if not exists entries_stay before update on entries
    begin select raise(abort, '审计日志只能追加'); end;
create trigger if not exists entries_remain before delete on entries
    begin select raise(abort, '审计日志只能追加'); end;
"""
_COLUMNS = "number, moment, person, role, address, action, subject, detail, hash"
_BEGINNING = "0" * 64
_LONGEST = 2000


class Action(StrEnum):
    """What was done."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    SIGNED_OUT = "signed_out"
    ASKED = "asked"
    OPENED = "opened"
    EXPORTED = "exported"
    CHANGED_ACCOUNT = "changed_account"
    CHANGED_DOCUMENT = "changed_document"
    CHANGED_QUESTION = "changed_question"
    BEGAN_EXAM = "began_exam"
    ENDED_EXAM = "ended_exam"
    CERTIFIED = "certified"

    @property
    def label(self) -> str:
        """The action as readers see it, in Chinese."""
        return _LABELS[self]


_LABELS = {
    Action.SIGNED_IN: "登录",
    Action.REFUSED: "拒绝",
    Action.SIGNED_OUT: "退出",
    Action.ASKED: "提问",
    Action.OPENED: "查看原文",
    Action.EXPORTED: "导出",
    Action.CHANGED_ACCOUNT: "变更账户",
    Action.CHANGED_DOCUMENT: "变更资料",
    Action.CHANGED_QUESTION: "变更题库",
    Action.BEGAN_EXAM: "开始考试",
    Action.ENDED_EXAM: "结束考试",
    Action.CERTIFIED: "取得结业证明",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        number: 1, 2, 3 … without gaps.
        moment: when (UTC, ISO 8601).
        person, role: who, and in which role, at that time.
        address: the network address of the request; empty on the command line.
        action: what was done.
        subject: to what: a question (masked), a document, an account.
        detail: more, such as the outcome and the addresses of the passages shown.
        hash: SHA-256 over the entry and the hash of the one before.
    """

    number: int
    moment: str
    person: str
    role: str
    address: str
    action: str
    subject: str
    detail: Mapping[str, str | int | float | Sequence[str]]
    hash: str


class AuditLog:
    """The log in one file of its own, which refuses changes and shows them if they happen.

    Any number of threads and processes may share it.

    Args:
        folder: where the file is.
        masked: hide personal data in what is written.

    Raises:
        PeopleError: the file cannot be opened.
    """

    def __init__(self, folder: Path, *, masked: bool = True) -> None:
        self._database = Database(folder / FILE, _SCHEMA)
        self._masked = masked

    def record(
        self,
        person: Person,
        action: Action,
        subject: str = "",
        *,
        address: str = "",
        **detail: str | int | float | Sequence[str],
    ) -> None:
        """Add an entry; it is on the disk when this returns."""
        subject = (mask(subject) if self._masked else subject)[:_LONGEST]
        told = json.dumps(
            {key: self._told(value) for key, value in detail.items()},
            ensure_ascii=False,
            sort_keys=True,
        )
        with self._database.writing():
            rows = self._database.rows(
                "select number, hash from entries order by number desc limit 1"
            )
            number, before = (int(rows[0][0]) + 1, rows[0][1]) if rows else (1, _BEGINNING)
            values = (
                number, moment(now()), person.name, person.role.value, address,
                action.value, subject, told,
            )  # fmt: skip
            self._database.run(
                f"insert into entries ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *values, _chained(before, values),
            )  # fmt: skip

    def entries(
        self, *, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[Entry]:
        """Yield the entries from ``since`` up to ``until``, oldest first."""
        for row in self._database.rows(
            f"select {_COLUMNS} from entries where moment >= ? and moment < ? order by number",
            moment(since) if since else "",
            moment(until) if until else "9",
        ):
            number, when, person, role, address, action, subject, detail, chained = row
            yield Entry(
                number=int(number),
                moment=when,
                person=person,
                role=role,
                address=address,
                action=action,
                subject=subject,
                detail=json.loads(detail),
                hash=chained,
            )

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last entry, to be noted elsewhere."""
        rows = self._database.rows("select number, hash from entries order by number desc limit 1")
        return (int(rows[0][0]), rows[0][1]) if rows else (0, _BEGINNING)

    def first_fault(self, noted: str = "") -> int | None:
        """Return the number of the first entry that is missing or was changed, None if none.

        Args:
            noted: a hash that was noted earlier; if no entry has it, entries were cut off
                at the end or the whole chain was written anew, and the number after the
                last is returned.
        """
        before, expected, seen = _BEGINNING, 1, not noted
        for row in self._database.rows(f"select {_COLUMNS} from entries order by number"):
            *values, chained = row
            if int(values[0]) != expected or chained != _chained(before, values):
                return expected
            before, expected, seen = chained, expected + 1, seen or chained == noted
        return None if seen else expected

    def _told(self, value: str | int | float | Sequence[str]) -> object:
        if isinstance(value, str):
            return (mask(value) if self._masked else value)[:_LONGEST]
        return value


def _chained(before: str, values: Sequence[object]) -> str:
    content = json.dumps([before, *values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
