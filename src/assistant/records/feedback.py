"""What people think of answers, and the work that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import Outcome
from assistant.people import Person
from assistant.records.database import COLUMNS, FAILED, Database, entry_of, now
from assistant.records.model import Complaint, Entry, Vote
from assistant.settings import Settings

LONGEST_NOTE = 500
_OPEN = f"(e.outcome in ('{Outcome.REFUSED.value}', '{FAILED}') or e.vote = {Vote.DOWN.value})"


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """A question that found no answer, or one that its asker did not like.

    Attributes:
        entry: the last time that it was asked.
        times: how often it stands in the list.
        handler: name of who marked it as done; empty while it is open.
    """

    entry: Entry
    times: int
    handler: str


class Feedback:
    """Votes on answers, and the list of what is to be mended.

    Args:
        settings: say where the records are.
    """

    def __init__(self, settings: Settings) -> None:
        self._database = Database(settings)

    def vote(
        self,
        person: Person,
        entry: str,
        vote: Vote,
        complaint: Complaint | None = None,
        note: str = "",
    ) -> bool:
        """Keep a person's opinion of an answer given to them; a new one replaces it.

        A vote opens the work on a question again that was marked as done.

        Returns:
            False if the entry is not theirs.
        """
        with self._database.open() as connection:
            changed = connection.execute(
                "update entries set vote = ?, complaint = ?, note = ?, handler = '', handled = ''"
                " where id = ? and person = ?",
                (
                    vote.value,
                    complaint.value if complaint else "",
                    " ".join(note.split())[:LONGEST_NOTE],
                    entry,
                    person.name,
                ),
            )
        return changed.rowcount == 1

    def work(
        self, *, done: bool = False, first: int = 0, count: int = 20
    ) -> tuple[Sequence[WorkEntry], int]:
        """Return questions to be mended, the newest first, equal ones once, and how many.

        Args:
            done: those marked as done instead of the open ones.
            first: how many to pass over.
            count: how many at most.
        """
        where = f"{_OPEN} and e.handler {'<>' if done else '='} ''"
        with self._database.open() as connection:
            # With max() SQLite takes the other columns from the row that has the maximum.
            rows = connection.execute(
                f"select {COLUMNS}, count(*), e.handler, max(e.rowid) from entries e where {where}"
                " group by e.question order by max(e.rowid) desc limit ? offset ?",
                (count, first),
            ).fetchall()
            (total,) = connection.execute(
                f"select count(distinct e.question) from entries e where {where}"
            ).fetchone()
        return [WorkEntry(entry_of(row[:-3]), row[-3], row[-2]) for row in rows], int(total)

    def finish(self, person: Person, entry: str) -> None:
        """Mark a question as done, each time that it was asked."""
        self._handle(entry, person.name, now())

    def reopen(self, entry: str) -> None:
        """Put a question back on the list."""
        self._handle(entry, "", "")

    def _handle(self, entry: str, handler: str, moment: str) -> None:
        with self._database.open() as connection:
            connection.execute(
                "update entries set handler = ?, handled = ?"
                " where question = (select question from entries where id = ?)",
                (handler, moment, entry),
            )
