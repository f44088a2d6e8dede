"""Count a statutory period from a day, and say how it was counted."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.procedures.workdays import WorkCalendar

_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"


class Measure(StrEnum):
    """What a period is counted in."""

    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The measure as readers see it, in Chinese."""
        return _MEASURES[self]


_MEASURES = {
    Measure.HOUR: "小时",
    Measure.DAY: "日",
    Measure.WORKDAY: "个工作日",
    Measure.MONTH: "个月",
    Measure.YEAR: "年",
}


class Direction(StrEnum):
    """Where the period lies from its event, and what its end means.

    ``within``: to be done by its last day.  ``before``: to be done at the latest on the
    day found before the event.  ``after``: to be done only once the period is over.
    """

    WITHIN = "within"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Period:
    """A period as a statute gives it.

    Attributes:
        length: how many units.
        measure: the unit.
        direction: before or after the event.
        rolls: True where the law moves a last day that is a rest day to the next
            working day.
    """

    length: int
    measure: Measure
    direction: Direction = Direction.WITHIN
    rolls: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A period counted from a day.

    Attributes:
        last: last day by the bare count.
        due: the day that matters: ``last``, moved off a rest day where the law does so;
            for a period that must be over first, the day after it.
        how: how it was counted, in Chinese.
        rest_day: True if ``due`` is a rest day that the law does not move.
        unknown: years whose arrangement of holidays was needed and is not known.
    """

    last: date
    due: date
    how: str
    rest_day: bool
    unknown: tuple[int, ...]


def weekday(day: date) -> str:
    """Return the day of the week in Chinese.

    >>> weekday(date(2026, 11, 24))
    '星期二'
    """
    return "星期" + _WEEKDAYS[day.weekday()]


def count(start: date, period: Period, work: WorkCalendar) -> Counted:
    """Count ``period`` from ``start``; the day of the event itself is never counted.

    Months and years end on the day of the same number, or on the month's last day
    where it has none.
    """
    tally = _Tally(work)
    last, how = _last_day(start, period, tally)
    due = last
    if period.rolls:
        while not tally.is_workday(due):
            due += _DAY
        if due != last:
            how += f"；{_short(last)}（{weekday(last)}）为休息日，顺延"
    rest = False
    if period.direction is Direction.AFTER:
        due += _DAY
        how += "；期满次日起可以办理"
    elif not period.rolls and period.measure in (Measure.DAY, Measure.MONTH, Measure.YEAR):
        rest = not tally.is_workday(due)
    return Counted(last, due, how, rest, tally.unknown())


def add_months(day: date, months: int) -> date:
    """Return the day of the same number ``months`` later, or that month's last day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class _Tally:
    """Asks for working days and remembers the years that were not known."""

    def __init__(self, work: WorkCalendar) -> None:
        self._work = work
        self._years: set[int] = set()

    def is_workday(self, day: date) -> bool:
        self._years.add(day.year)
        return self._work.is_workday(day)

    def unknown(self) -> tuple[int, ...]:
        return tuple(sorted(year for year in self._years if not self._work.knows(year)))


def _last_day(start: date, period: Period, tally: _Tally) -> tuple[date, str]:
    length, measure = period.length, period.measure
    amount = f"{length}{measure.label}"
    back = period.direction is Direction.BEFORE
    if measure is Measure.WORKDAY:
        day, rests = _workdays(start, -length if back else length, tally)
        skipped = f"，跳过休息日{rests}天" if rests else ""
        return day, f"自{_short(start)}{'前一日倒' if back else '次日起'}数{amount}{skipped}"
    if back:
        return start - length * _DAY, f"自{_short(start)}前一日倒数{amount}"
    if measure is Measure.HOUR:
        return start + timedelta(
            hours=length
        ), f"自{_short(start)}实施时起{amount}，最迟次日同一时刻"
    if measure is Measure.DAY:
        return start + length * _DAY, f"自{_short(start)}次日起数{amount}（自然日）"
    months = length * (12 if measure is Measure.YEAR else 1)
    return add_months(start, months), f"自{_short(start)}次日起{amount}，至期满月的对应日"


def _workdays(start: date, length: int, tally: _Tally) -> tuple[date, int]:
    step = _DAY if length > 0 else -_DAY
    day, left, rests = start, abs(length), 0
    while left:
        day += step
        if tally.is_workday(day):
            left -= 1
        else:
            rests += 1
    return day, rests


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
