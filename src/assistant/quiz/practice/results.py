"""How well topics are known, by one person or by all."""

import sqlite3
from collections import defaultdict
from contextlib import closing

from assistant.quiz.practice.model import Session, Tally
from assistant.quiz.practice.store import Learning

_BY = {
    False: "json_extract(slots.record, '$.document'), ''",
    True: "json_extract(slots.record, '$.document'), json_extract(slots.record, '$.topic')",
}


def tallies(learning: Learning, person: str | None = None, *, topics: bool = True) -> list[Tally]:
    """Return the marked answers by topic, the weakest topic first.

    Args:
        learning: where answers are kept.
        person: whose answers; None for everybody's.
        topics: by chapter or subject; otherwise by document.
    """
    of_one = "and sessions.person = :person" if person is not None else ""
    with closing(sqlite3.connect(learning.path, timeout=30)) as connection:
        rows = connection.execute(
            f"select {_BY[topics]}, count(*), sum(slots.right), count(distinct sessions.person)"
            " from slots join sessions on sessions.id = slots.session"
            f" where slots.right is not null {of_one} group by 1, 2",
            {"person": person},
        ).fetchall()
    found = [Tally(*row) for row in rows]
    return sorted(found, key=lambda tally: (tally.share, -tally.answered, tally.document))


def tallies_of(session: Session) -> list[Tally]:
    """Return the results of one session by topic; what was left open counts as it scores."""
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for slot in session.counted:
        question = slot.posed.question
        groups[question.document, question.topic].append(slot.right is True)
    return [Tally(*pair, len(marks), sum(marks), 1) for pair, marks in groups.items()]
