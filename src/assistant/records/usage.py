"""How the assistant is used: figures without persons."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assistant.answering import Outcome
from assistant.records.database import FAILED, Database
from assistant.settings import Settings

_MOST_CITED = 10


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day.

    Attributes:
        day: by the server's clock.
        outcomes: questions by :class:`Outcome` value, or ``failed``.
        middle: seconds that half of the answers took at most; 0 without answers.
        slow: seconds that 95 of 100 answers took at most; 0 without answers.
    """

    day: date
    outcomes: Mapping[str, int]
    middle: float
    slow: float

    @property
    def questions(self) -> int:
        """All questions of the day."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and in how many answers it was cited."""

    document: str
    title: str
    answers: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Figures of some days, the last of them today.

    Attributes:
        days: one each, also those without questions.
        cited: the documents cited most, refusals left out.
        middle, slow: seconds over all days, as in :class:`Day`.
        up, down: votes for and against answers.
        people: how many asked.
    """

    days: Sequence[Day]
    cited: Sequence[Cited]
    middle: float
    slow: float
    up: int
    down: int
    people: int

    @property
    def outcomes(self) -> Mapping[str, int]:
        """All questions by outcome."""
        total: Counter[str] = Counter()
        for day in self.days:
            total.update(day.outcomes)
        return total


def usage_of(settings: Settings, days: int, today: date | None = None) -> Usage:
    """Return the figures of the last ``days`` days.

    Raises:
        RecordsError: the records cannot be read.
    """
    last = today or datetime.now().astimezone().date()
    dates = [last - timedelta(days=back) for back in reversed(range(days))]
    begin = datetime.combine(dates[0], time.min).astimezone().astimezone(UTC)
    since = begin.isoformat(timespec="milliseconds")
    with Database(settings).open() as connection:
        rows = connection.execute(
            "select moment, outcome, seconds, vote, person from entries where moment >= ?", (since,)
        ).fetchall()
        cited = connection.execute(
            "select c.document, max(c.title), count(distinct c.entry) as answers from citations c"
            " join entries e on e.id = c.entry where e.moment >= ? and e.outcome <> ?"
            " group by c.document order by answers desc, c.document limit ?",
            (since, Outcome.REFUSED.value, _MOST_CITED),
        ).fetchall()
    outcomes: dict[date, Counter[str]] = defaultdict(Counter)
    seconds: dict[date, list[float]] = defaultdict(list)
    for moment, outcome, taken, _, _ in rows:
        day = datetime.fromisoformat(moment).astimezone().date()
        outcomes[day][outcome] += 1
        if outcome != FAILED:
            seconds[day].append(taken)
    every = [taken for day in dates for taken in seconds[day]]
    return Usage(
        days=[
            Day(day, dict(outcomes[day]), _share(seconds[day], 0.5), _share(seconds[day], 0.95))
            for day in dates
        ],
        cited=[Cited(*row) for row in cited],
        middle=_share(every, 0.5),
        slow=_share(every, 0.95),
        up=sum(row[3] > 0 for row in rows),
        down=sum(row[3] < 0 for row in rows),
        people=len({row[4] for row in rows}),
    )


def _share(values: Sequence[float], share: float) -> float:
    """Return the smallest value that ``share`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)] if ordered else 0.0
