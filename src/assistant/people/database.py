"""SQLite files of this room: durable at every commit, shared by threads and processes."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.people.errors import PeopleError

_BUSY_SECONDS = 20


class Database:
    """One file, opened once and used under a lock; only its owner may read it.

    Args:
        path: the SQLite file; its folder is made if it is missing.
        schema: statements that make what is missing in it.

    Raises:
        PeopleError: the file cannot be opened.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None
            )
            self._connection.execute("pragma journal_mode=wal")
            self._connection.execute("pragma synchronous=full")
            self._connection.executescript(schema)
        except (OSError, sqlite3.Error) as error:
            raise PeopleError(
                f"文件 {path} 无法打开（{error}）。请检查设置 data 所指的文件夹及其权限。"
            ) from error

    def rows(self, statement: str, *values: object) -> list[tuple[str, ...]]:
        """Return what a query finds."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def run(self, statement: str, *values: object) -> int:
        """Carry out one statement at once and return how many rows it changed."""
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make what is done inside one transaction that no other process interrupts."""
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def moment(when: datetime) -> str:
    """Return a moment as the files keep it: UTC, ISO 8601, comparable as text."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")
