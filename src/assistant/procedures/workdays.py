"""Which days are working days: the State Council's arrangement of holidays, year by year."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import chinese_calendar
from chinese_calendar import constants
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.settings import SettingsError

_SATURDAY = 5
# 元旦, 劳动节 and 国庆节 of every year (全国年节及纪念日放假办法, as amended in 2024).
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


class _Year(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


class WorkCalendar:
    """Working days, with the days moved by the yearly arrangement of holidays.

    The package ``chinesecalendar`` knows the arrangements of past years; a file adds
    the ones that were announced since.  In a year that neither knows only weekends and
    the holidays of fixed date are left out, and :meth:`knows` says so.

    Args:
        extra: TOML file with a table a year: ``[2027]``, ``holidays = [2027-01-01]``,
            ``workdays = [2027-02-06]`` (days worked instead).

    Raises:
        SettingsError: the file cannot be read.
    """

    def __init__(self, extra: Path | None = None) -> None:
        self._extra: Mapping[int, _Year] = _read(extra) if extra else {}
        self._packaged = {day.year for day in constants.holidays}

    def knows(self, year: int) -> bool:
        """Whether the arrangement of holidays for a year is known."""
        return year in self._extra or year in self._packaged

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is a working day, as far as is known."""
        if added := self._extra.get(day.year):
            if day in added.holidays or day in added.workdays:
                return day in added.workdays
            return day.weekday() < _SATURDAY
        if day.year in self._packaged:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED


def _read(path: Path) -> Mapping[int, _Year]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return TypeAdapter(dict[int, _Year]).validate_python(raw)
    except (OSError, tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"放假安排文件 {path} 无法读取。请按 docs/procedures.md 的格式填写，"
            "或清空设置 holidays。"
        ) from error
