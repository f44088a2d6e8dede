"""Sessions and what people learned, in one SQLite file; every answer is written at once."""

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from assistant.quiz.model import Question, QuizError
from assistant.quiz.practice.grading import is_right
from assistant.quiz.practice.model import (
    Feedback,
    Mistake,
    Plan,
    Posed,
    Purpose,
    Session,
    Slot,
)
from assistant.quiz.practice.schedule import rescheduled

FILE = "learning.db"
MASTERED = 2
"""Right answers in a row after which a question leaves the wrong-question book."""
_QUESTION = TypeAdapter(Question)
_SCHEMA = """
pragma journal_mode = wal;
create table if not exists sessions (
    id text primary key, person text not null, title text not null, purpose text not null,
    subject text not null, feedback text not null, begun text not null, deadline text, ended text
);
create index if not exists sessions_of on sessions (person, begun);
create table if not exists slots (
    session text not null, place integer not null, question text not null, record text not null,
    points real not null, given text not null default '[]', right integer, moment text,
    partial integer not null default 0, primary key (session, place)
);
create table if not exists cards (
    person text not null, question text not null, record text not null, card text not null,
    due text not null, wrong integer not null, streak integer not null, moment text not null,
    primary key (person, question)
);
"""


class Learning:
    """Sessions, mistakes and reviews of every person.

    Killed at any moment, the file keeps every answer that was given.

    Args:
        folder: where the file is, made if it is missing.
        clock: tells the time, UTC.
        told: is called with each session that begins, and once with each that ended.

    Raises:
        QuizError: the file cannot be opened.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        told: Callable[[Session], None] = lambda session: None,
    ) -> None:
        self._path = folder / FILE
        self._clock = clock
        self._told = told
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as connection:
                connection.executescript(_SCHEMA)
            with self._writing() as connection:
                _completed(connection)
        except (OSError, sqlite3.Error) as error:
            raise QuizError(
                f"学习记录 {self._path} 无法打开（{error}）。请检查设置 data 所指的文件夹。"
            ) from error

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def begin(self, person: str, plan: Plan) -> Session:
        """Begin a session.

        Raises:
            QuizError: the plan has no questions.
        """
        if not plan.questions:
            raise QuizError("没有可以作答的题。")
        now, key = self._clock(), uuid.uuid4().hex[:12]
        deadline = now + timedelta(minutes=plan.minutes) if plan.minutes else None
        with self._writing() as connection:
            connection.execute(
                "insert into sessions values (?, ?, ?, ?, ?, ?, ?, ?, null)",
                (key, person, plan.title, plan.purpose.value, plan.subject, plan.feedback.value,
                 now.isoformat(), deadline.isoformat() if deadline else None),
            )  # fmt: skip
            connection.executemany(
                "insert into slots (session, place, question, record, points, partial)"
                " values (?, ?, ?, ?, ?, ?)",
                [
                    (key, place, posed.id, _QUESTION.dump_json(posed.question).decode(),
                     posed.points, posed.partial)
                    for place, posed in enumerate(plan.questions, start=1)
                ],
            )  # fmt: skip
        session = self._read(person, key)
        self._told(session)
        return session

    def session(self, person: str, key: str) -> Session:
        """Return a person's session; one whose time is up is ended first.

        Raises:
            QuizError: the person has no such session.
        """
        session = self._read(person, key)
        if session.is_open and session.deadline and self._clock() >= session.deadline:
            return self._end(session, session.deadline)
        return session

    def answer(self, person: str, key: str, place: int, given: Sequence[str]) -> Session:
        """Keep an answer; a marked answer and an ended session stay as they are.

        Raises:
            QuizError: the person has no such session.
        """
        session = self.session(person, key)
        if session.is_open and session.slot(place).right is None:
            with self._writing() as connection:
                connection.execute(
                    "update slots set given = ?, moment = ? where session = ? and place = ?",
                    (json.dumps(list(given), ensure_ascii=False), self._clock().isoformat(),
                     key, session.slot(place).place),
                )  # fmt: skip
        return self._read(person, key)

    def mark(self, person: str, key: str, place: int) -> Session:
        """Mark an answer now, where the session gives feedback at once and there is one.

        Raises:
            QuizError: the person has no such session.
        """
        session = self.session(person, key)
        slot = session.slot(place)
        at_once = session.is_open and session.feedback is Feedback.IMMEDIATE
        if at_once and slot.given and slot.right is None:
            with self._writing() as connection:
                self._mark(connection, session, slot, self._clock())
        return self._read(person, key)

    def finish(self, person: str, key: str) -> Session:
        """End a session and mark what was answered.

        Raises:
            QuizError: the person has no such session.
        """
        session = self.session(person, key)
        return self._end(session, self._clock()) if session.is_open else session

    def sessions(self, person: str, *, opened: bool) -> list[Session]:
        """Return a person's open or ended sessions, the newest first."""
        with closing(self._open()) as connection:
            rows = connection.execute(
                "select id from sessions where person = ? order by begun desc, rowid desc",
                (person,),
            ).fetchall()
        found = [self.session(person, key) for (key,) in rows]
        return [session for session in found if session.is_open == opened]

    def mistakes(self, person: str) -> list[Mistake]:
        """Return the wrong-question book, what was wrong last first.

        A question leaves it once it was answered right :data:`MASTERED` times in a row.
        """
        with closing(self._open()) as connection:
            rows = connection.execute(
                "select question, record, wrong, moment from cards"
                " where person = ? and wrong > 0 and streak < ? order by moment desc, rowid desc",
                (person, MASTERED),
            ).fetchall()
        return [
            Mistake(Posed(key, _QUESTION.validate_json(record)), wrong, _time(moment))
            for key, record, wrong, moment in rows
        ]

    def forget_mistake(self, person: str, question: str) -> None:
        """Take a question out of the wrong-question book."""
        with self._writing() as connection:
            connection.execute(
                "update cards set streak = ? where person = ? and question = ?",
                (MASTERED, person, question),
            )

    def due(self, person: str) -> list[str]:
        """Return the ids of the questions that are due for review, the longest due first."""
        with closing(self._open()) as connection:
            rows = connection.execute(
                "select question from cards where person = ? and due <= ? order by due",
                (person, self._clock().isoformat()),
            ).fetchall()
        return [key for (key,) in rows]

    def _end(self, session: Session, moment: datetime) -> Session:
        with self._writing() as connection:
            ended = connection.execute(
                "update sessions set ended = ? where id = ? and ended is null",
                (moment.isoformat(), session.id),
            ).rowcount
            # Two windows may end one session; only the first marks it.
            for slot in session.slots if ended else ():
                if slot.given and slot.right is None:
                    self._mark(connection, session, slot, moment)
        session = self._read(session.person, session.id)
        if ended:
            self._told(session)
        return session

    def _mark(
        self, connection: sqlite3.Connection, session: Session, slot: Slot, moment: datetime
    ) -> None:
        right = is_right(slot.posed.question, slot.given)
        connection.execute(
            "update slots set right = ?, moment = coalesce(moment, ?)"
            " where session = ? and place = ?",
            (right, moment.isoformat(), session.id, slot.place),
        )
        row = connection.execute(
            "select card, wrong, streak from cards where person = ? and question = ?",
            (session.person, slot.posed.id),
        ).fetchone()
        before, wrong, streak = row or ("", 0, 0)
        card, due = rescheduled(before, right, moment)
        record = _QUESTION.dump_json(slot.posed.question).decode()
        connection.execute(
            "insert or replace into cards values (?, ?, ?, ?, ?, ?, ?, ?)",
            (session.person, slot.posed.id, record, card, due.isoformat(),
             wrong + (not right), streak + 1 if right else 0, moment.isoformat()),
        )  # fmt: skip

    def _read(self, person: str, key: str) -> Session:
        with closing(self._open()) as connection:
            row = connection.execute(
                "select id, person, title, purpose, subject, feedback, begun, deadline, ended"
                " from sessions where id = ? and person = ?",
                (key, person),
            ).fetchone()
            slots = connection.execute(
                "select place, question, record, points, partial, given, right from slots"
                " where session = ? order by place",
                (key,),
            ).fetchall()
        if row is None:
            raise QuizError("没有这次作答的记录，请重新开始。")
        name, owner, title, purpose, subject, feedback, begun, deadline, ended = row
        return Session(
            name, owner, title, Purpose(purpose), subject, Feedback(feedback), _time(begun),
            _time(deadline) if deadline else None, _time(ended) if ended else None,
            tuple(_slot(*columns) for columns in slots),
        )  # fmt: skip

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(self._open()) as connection, connection:
            # Taken at the start, so that what is read within belongs to what is written.
            connection.execute("begin immediate")
            yield connection

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)


def _completed(connection: sqlite3.Connection) -> None:
    """Add what the records of an earlier version lack."""
    columns = {name for _, name, *_ in connection.execute("pragma table_info(slots)")}
    if "partial" not in columns:
        connection.execute("alter table slots add column partial integer not null default 0")


def _slot(
    place: int, key: str, record: str, points: float, partial: int, given: str, right: int | None
) -> Slot:
    posed = Posed(key, _QUESTION.validate_json(record), points, bool(partial))
    slot = Slot(place, posed, tuple(json.loads(given)))
    return slot if right is None else replace(slot, right=bool(right))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
