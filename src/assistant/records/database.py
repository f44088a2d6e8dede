"""The one SQLite file of the records; usable again after a kill at any moment."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.answering import Answer
from assistant.records.model import Complaint, Entry, RecordsError, Vote
from assistant.settings import Settings

FILE = "records.db"
FAILED = "failed"
"""Outcome of a question that a fault kept from being answered."""
COLUMNS = "e.id, e.talk, e.person, e.question, e.answer, e.moment, e.vote, e.complaint, e.note"
"""What :func:`entry_of` reads from the table of entries, called ``e``."""
_WAIT_SECONDS = 30
_ANSWER = TypeAdapter(Answer)
_SCHEMA = """
pragma journal_mode = wal;
create table if not exists talks (
    id text primary key, person text not null, title text not null, changed text not null,
    removed integer not null default 0);
create index if not exists talks_of_person on talks (person, changed);
create table if not exists entries (
    id text primary key, talk text not null, person text not null, question text not null,
    outcome text not null, seconds real not null, moment text not null, answer blob,
    vote integer not null default 0, complaint text not null default '',
    note text not null default '', dropped integer not null default 0,
    handler text not null default '', handled text not null default '');
create index if not exists entries_of_talk on entries (talk);
create index if not exists entries_by_moment on entries (moment);
create table if not exists citations (
    entry text not null, document text not null, title text not null, official text not null);
create index if not exists citations_of_entry on citations (entry);
"""


class Database:
    """Opens the records for one transaction at a time.

    Any number of threads and processes may use it.

    Args:
        settings: say where ``data`` is; the folder is made when it is first needed.
    """

    def __init__(self, settings: Settings) -> None:
        self._path: Path = settings.data / FILE
        self._ready = False

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction that is kept unless an exception ends it.

        Raises:
            RecordsError: the file cannot be opened, read or written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as connection:
                if not self._ready:
                    connection.executescript(_SCHEMA)
                    self._ready = True
                with connection:
                    yield connection
        except (OSError, sqlite3.Error) as error:
            raise RecordsError(
                f"问答记录 {self._path} 无法读写（{error}）。"
                "请检查设置 data 所指的文件夹和磁盘空间。"
            ) from error


def packed(answer: Answer | None) -> bytes | None:
    """Return an answer as it is stored."""
    return None if answer is None else zlib.compress(_ANSWER.dump_json(answer))


def entry_of(row: tuple[str, str, str, str, bytes | None, str, int, str, str]) -> Entry:
    """Return the entry in a row of :data:`COLUMNS`.

    An answer that an older version stored in another form counts as none.
    """
    key, talk, person, question, stored, moment, vote, complaint, note = row
    return Entry(
        key,
        talk,
        person,
        question,
        _unpacked(stored),
        datetime.fromisoformat(moment),
        Vote(vote),
        Complaint(complaint) if complaint else None,
        note,
    )


def now() -> str:
    """Return the moment as it is stored."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _unpacked(stored: bytes | None) -> Answer | None:
    if stored is None:
        return None
    try:
        return _ANSWER.validate_json(zlib.decompress(stored))
    except (ValidationError, zlib.error):
        return None
