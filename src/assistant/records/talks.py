"""Conversations, each seen by the person who led it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection

from assistant.answering import Answer
from assistant.people import Person, Role
from assistant.records.database import COLUMNS, FAILED, Database, entry_of, now, packed
from assistant.records.model import Entry, Talk
from assistant.settings import Settings

LONGEST_TITLE = 60
_KEY_BYTES = 9


class Talks:
    """Keeps every question with its answer, by conversation and person.

    Every method takes the person who asks for it and sees or changes only what is theirs.

    Args:
        settings: say where the records are.
    """

    def __init__(self, settings: Settings) -> None:
        self._database = Database(settings)

    def keep(self, person: Person, talk: str, question: str, answer: Answer | None) -> Entry:
        """Keep a question with its answer; begin a conversation where ``talk`` is none of theirs.

        Args:
            person: who asked.
            talk: the conversation that it belongs to; empty for a new one.
            question: as asked.
            answer: what was shown; None where a fault ended it.

        Raises:
            RecordsError: the records cannot be written.
        """
        moment, key = now(), _key()
        outcome = answer.outcome.value if answer else FAILED
        with self._database.open() as connection:
            if not _owned(connection, person, talk):
                talk = _key()
                connection.execute(
                    "insert into talks (id, person, title, changed) values (?, ?, ?, ?)",
                    (talk, person.name, _title(question), moment),
                )
            connection.execute(
                "update talks set changed = ?, removed = 0 where id = ?", (moment, talk)
            )
            connection.execute(
                "insert into entries (id, talk, person, question, outcome, seconds, moment, answer)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key, talk, person.name, question, outcome,
                    answer.seconds if answer else 0.0, moment, packed(answer),
                ),
            )  # fmt: skip
            connection.executemany(
                "insert into citations values (?, ?, ?, ?)",
                [
                    (key, citation.document.id, citation.document.title, citation.official)
                    for citation in (answer.citations if answer else ())
                ],
            )
        return Entry(key, talk, person.name, question, answer, datetime.fromisoformat(moment))

    def list(self, person: Person, needle: str = "", *, count: int = 200) -> Sequence[Talk]:
        """Return a person's conversations, newest first.

        Args:
            person: whose.
            needle: words that title, questions or cited articles must have, all of them.
            count: how many at most.
        """
        words = needle.split()
        fits = (
            " and (t.title like ? escape '\\' or exists (select 1 from entries f left join"
            " citations c on c.entry = f.id where f.talk = t.id and f.dropped = 0 and"
            " (f.question like ? escape '\\' or c.official like ? escape '\\')))"
        )
        likes = [_like(word) for word in words for _ in range(3)]
        with self._database.open() as connection:
            rows = connection.execute(
                "select t.id, t.title, t.changed, (select count(*) from entries e where"
                " e.talk = t.id and e.dropped = 0) from talks t where t.person = ?"
                f" and t.removed = 0{fits * len(words)} order by t.changed desc limit ?",
                (person.name, *likes, count),
            ).fetchall()
        return [Talk(row[0], row[1], datetime.fromisoformat(row[2]), row[3]) for row in rows]

    def entries(self, person: Person, talk: str, *, last: int = 1_000_000) -> Sequence[Entry]:
        """Return the last entries of a person's conversation, in order; empty if not theirs."""
        with self._database.open() as connection:
            if not _owned(connection, person, talk):
                return []
            rows = connection.execute(
                f"select {COLUMNS} from entries e where e.talk = ? and e.dropped = 0"
                " order by e.rowid desc limit ?",
                (talk, last),
            ).fetchall()
        return [entry_of(row) for row in reversed(rows)]

    def title(self, person: Person, talk: str) -> str:
        """Return what a person's conversation is called; empty if it is not theirs."""
        with self._database.open() as connection:
            row = connection.execute(
                "select title from talks where id = ? and person = ?", (talk, person.name)
            ).fetchone()
        return str(row[0]) if row else ""

    def find(self, person: Person, entry: str) -> Entry | None:
        """Return an entry to its owner or an administrator; None to anybody else."""
        with self._database.open() as connection:
            row = connection.execute(
                f"select {COLUMNS} from entries e where e.id = ?", (entry,)
            ).fetchone()
        if row is None:
            return None
        found = entry_of(row)
        return found if found.person == person.name or person.may(Role.ADMINISTRATOR) else None

    def rename(self, person: Person, talk: str, title: str) -> None:
        """Give a conversation another title; a blank one changes nothing."""
        words = _title(title)
        if words:
            self._change(person, talk, "title", words)

    def remove(self, person: Person, talk: str) -> None:
        """Take a conversation out of the list; :meth:`restore` brings it back."""
        self._change(person, talk, "removed", 1)

    def restore(self, person: Person, talk: str) -> None:
        """Bring a removed conversation back."""
        self._change(person, talk, "removed", 0)

    def drop(self, person: Person, entry: str) -> None:
        """Take an entry out of its conversation, as when its question is asked anew."""
        with self._database.open() as connection:
            connection.execute(
                "update entries set dropped = 1 where id = ? and person = ?", (entry, person.name)
            )

    def _change(self, person: Person, talk: str, column: str, value: str | int) -> None:
        with self._database.open() as connection:
            connection.execute(
                f"update talks set {column} = ? where id = ? and person = ?",
                (value, talk, person.name),
            )


def _owned(connection: Connection, person: Person, talk: str) -> bool:
    owned = "select 1 from talks where id = ? and person = ?"
    return bool(talk) and connection.execute(owned, (talk, person.name)).fetchone() is not None


def _key() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)


def _title(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_TITLE else plain[: LONGEST_TITLE - 1] + "…"


def _like(word: str) -> str:
    plain = word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{plain}%"
