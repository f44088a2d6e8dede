"""The day a question speaks of: 2026年8月1日的行为, 2020年时, 去年, 三年前."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from assistant.corpus.numerals import NUMERAL, to_int

_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇零○九一二三四五六七八]{3})"
_DAY = re.compile(
    rf"{_YEAR}\s*[年./-]\s*(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    r"(?:\s*[月./-]\s*(?:(?P<day>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"\s*[日号]?|\s*月))?)?"
)
_AGO = re.compile(rf"(?P<count>{NUMERAL}|半)\s*(?P<unit>年|个月|天|日)(?:以)?前")
_RELATIVE = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1,
}  # fmt: skip
_DAYS = {"前天": 2, "昨天": 1, "昨日": 1, "上周": 7, "上星期": 7, "上个月": 30, "上月": 30}
# A year that dates a document or an edition, not an act.
_EDITION = re.compile(
    r"\s*(?:年)?(?:度|修订|修正|修改|版|文本|通过|公布|颁布|发布|印发|出台|的?新法|起?施行|起?生效|起实施|〕|\])"
)
_TITLE = re.compile(r"《[^《》]*》|〔\d{4}〕")


def day_of(text: str, today: date) -> date | None:
    """Return the day whose law a question asks for, None where it names none.

    A year alone stands for its middle, a month for its fifteenth day: the law of a
    period is the law in force for most of it.  Years that date an edition (2021年修订),
    a report (2023年度) or a title are no days of acts.  Days to come are allowed, for
    laws not yet in force.

    >>> day_of("2020年时怎么罚？", date(2026, 11, 1))
    datetime.date(2020, 7, 1)
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = _TITLE.sub(lambda match: " " * len(match[0]), plain)
    for match in _DAY.finditer(plain):
        if _EDITION.match(plain, match.end()):
            continue
        if day := _absolute(match):
            return day
    return _relative(plain, today)


def _absolute(match: re.Match[str]) -> date | None:
    words = match[0]
    # 2020-63 or 2020.5 is a number; a bare year needs 年, a dotted date all three parts.
    if "年" not in words and not match["day"]:
        return None
    year = to_int(match["year"].replace("○", "〇"))
    if not match["month"]:
        return date(year, 7, 1)
    month = to_int(match["month"])
    if not match["day"]:
        return date(year, month, 15)
    return date(year, month, min(to_int(match["day"]), monthrange(year, month)[1]))


def _relative(plain: str, today: date) -> date | None:
    for words, years in _RELATIVE.items():
        if words in plain:
            return date(today.year + years, 7, 1)
    for words, days in _DAYS.items():
        if words in plain:
            return today - timedelta(days=days)
    if match := _AGO.search(plain):
        days_of = {"年": 365.25, "个月": 30.44}
        try:
            count = 0.5 if match["count"] == "半" else to_int(match["count"])
            return today - timedelta(days=round(count * days_of.get(match["unit"], 1)))
        except (OverflowError, ValueError):
            # Before the calendar, or characters of numerals that make no number (〇十).
            return None
    return None
