"""How far a person is on the path: what was read, what was passed, the certificate."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.onboarding.certificate import Certificate
from assistant.onboarding.model import LearningPath, PathError, Unit
from assistant.people import Person
from assistant.quiz.practice import Learning, Purpose, Session

FILE = "onboarding.db"
_SCHEMA = """
pragma journal_mode = wal;
create table if not exists readings (
    person text not null, unit text not null, moment text not null, primary key (person, unit)
);
create table if not exists certificates (
    number integer primary key autoincrement, person text not null, title text not null,
    moment text not null, unique (person, title)
);
"""


@dataclass(frozen=True, slots=True)
class UnitState:
    """How far a person is with a unit.

    Attributes:
        unit: the unit.
        read: whether it was opened.
        best: best share of right answers, 0 to 1; None before the first check.
        passed: whether that is enough.
        opened: a check that is not finished; None if there is none.
    """

    unit: Unit
    read: bool
    best: float | None
    passed: bool
    opened: Session | None

    @property
    def label(self) -> str:
        """The state as readers see it, in Chinese."""
        if self.best is not None:
            share = f"{round(self.best * 100)}%"
            return f"已通过（{share}）" if self.passed else f"未通过（最好 {share}）"
        if self.opened is not None:
            return "测验中"
        return "学习中" if self.read else "未开始"


class Progress:
    """What was read and which certificates were issued; checks are in the learning records.

    Args:
        folder: where the file is, made if it is missing.
        learning: where checks are kept.
        told: is called once with each certificate that is issued.

    Raises:
        PathError: the file cannot be opened.
    """

    def __init__(
        self,
        folder: Path,
        learning: Learning,
        told: Callable[[Certificate], None] = lambda certificate: None,
    ) -> None:
        self._path = folder / FILE
        self._learning = learning
        self._told = told
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as connection:
                connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise PathError(
                f"学习进度 {self._path} 无法打开（{error}）。请检查设置 data 所指的文件夹。"
            ) from error

    def opened(self, person: Person, unit: Unit) -> None:
        """Note that a unit was opened."""
        with closing(self._open()) as connection, connection:
            connection.execute(
                "insert or ignore into readings values (?, ?, ?)",
                (person.name, unit.id, datetime.now(UTC).isoformat()),
            )

    def states(self, person: Person, path: LearningPath) -> list[UnitState]:
        """Return the state of every unit of a path."""
        with closing(self._open()) as connection:
            rows = connection.execute(
                "select unit from readings where person = ?", (person.name,)
            ).fetchall()
        read = {unit for (unit,) in rows}
        ended = _checks(self._learning.sessions(person.name, opened=False))
        going = _checks(self._learning.sessions(person.name, opened=True))
        states = []
        for unit in path.unit:
            shares = [session.share for session in ended if session.subject == unit.id]
            best = max(shares, default=None)
            # In whole percent, so that 4 of 5 is 80 %.
            passed = best is not None and round(best * 100) >= path.passed
            left = next((session for session in going if session.subject == unit.id), None)
            states.append(UnitState(unit, unit.id in read or best is not None, best, passed, left))
        return states

    def certificate(self, person: Person, path: LearningPath) -> Certificate:
        """Return the certificate of a person, issued now if it was not yet.

        Raises:
            PathError: a unit is not passed.
        """
        states = self.states(person, path)
        if lacking := [state.unit.title for state in states if not state.passed]:
            raise PathError(f"还有单元没有通过：{'、'.join(lacking)}。全部通过后才能取得结业证明。")
        with closing(self._open()) as connection, connection:
            new = connection.execute(
                "insert or ignore into certificates (person, title, moment) values (?, ?, ?)",
                (person.name, path.title, datetime.now(UTC).isoformat()),
            ).rowcount
            number, moment = connection.execute(
                "select number, moment from certificates where person = ? and title = ?",
                (person.name, path.title),
            ).fetchone()
        day = datetime.fromisoformat(moment).astimezone().date()
        units = tuple((state.unit.title, round((state.best or 0) * 100)) for state in states)
        issued = Certificate(f"{day.year}-{number:04d}", person.label, path.title, day, units)
        if new:
            self._told(issued)
        return issued

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)


def _checks(sessions: Sequence[Session]) -> list[Session]:
    return [session for session in sessions if session.purpose is Purpose.UNIT]
