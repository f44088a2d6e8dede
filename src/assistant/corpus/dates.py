"""Dates as official texts and file names write them."""

import re
from collections.abc import Iterator
from datetime import date

_DIGITS = {
    **{c: str(n) for n, c in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "○": "0",
    "О": "0",
}
_ARABIC = r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_CHINESE = (
    r"([一二][〇零○О一二三四五六七八九]{3})年"
    r"([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
DATE = rf"(?:{_ARABIC}|{_CHINESE})"
"""Regular expression source that matches one full date in Arabic or Chinese digits."""

_FULL = re.compile(DATE)
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})日?(?!\d)")


def find_dates(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield each full date of ``text`` with its span, impossible dates left out."""
    for match in _FULL.finditer(text):
        if (day := _day(match)) is not None:
            yield day, match.start(), match.end()


def first_date(text: str) -> date | None:
    """Return the first full date of ``text``, None if there is none."""
    return next((day for day, _, _ in find_dates(text)), None)


def date_in_name(name: str) -> tuple[date, int, int] | None:
    """Return the last date in a file name, with its span: 2013-11-30, 20200101, 2020.01.01."""
    found = None
    for match in _IN_NAME.finditer(name):
        try:
            found = date(int(match[1]), int(match[2]), int(match[3])), match.start(), match.end()
        except ValueError:
            continue
    return found


def _day(match: re.Match[str]) -> date | None:
    try:
        if match[1]:
            return date(int(match[1]), int(match[2]), int(match[3]))
        year = int("".join(_DIGITS[digit] for digit in match[4]))
        return date(year, _small(match[5]), _small(match[6]))
    except ValueError:
        return None


def _small(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    value = int(_DIGITS[ones]) if ones else 0
    if ten:
        value += 10 * (int(_DIGITS[tens]) if tens else 1)
    return value
