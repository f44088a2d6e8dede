"""Amounts, periods and shares as statutes write them, and when two of them are equal."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from assistant.corpus.numerals import to_int

_N = r"(?:[一二两三四五六七八九十百千万亿]+|\d+(?:\.\d+)?[万亿]?)"
_VALUE = re.compile(
    rf"(?<![第每当同月\d.零〇一二两三四五六七八九十百千万亿至])"
    rf"(?:百分之(?P<percent>{_N})|(?P<under>{_N})分之(?P<over>{_N})|(?P<half>半)年"
    rf"|(?P<number>{_N})(?P<unit>个?工作日|个月|小时|分钟|周岁|倍|元|[日天](?![常报])|年(?![度龄检\d])))"
)
DETAINED = re.compile(r"(?:以上[^，。；]{1,4})?以下拘留")
"""Follows a value that is how long somebody is detained."""
_TEN_THOUSAND = 10_000
_UNITS: dict[str, tuple[str, Fraction]] = {
    "日": ("hour", Fraction(24)),
    "天": ("hour", Fraction(24)),
    "小时": ("hour", Fraction(1)),
    "分钟": ("hour", Fraction(1, 60)),
    "年": ("month", Fraction(12)),
    "个月": ("month", Fraction(1)),
    "工作日": ("workday", Fraction(1)),
    "个工作日": ("workday", Fraction(1)),
    "周岁": ("age", Fraction(1)),
    "倍": ("times", Fraction(1)),
    "元": ("yuan", Fraction(1)),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit, where it stands.

    Attributes:
        text: as written.
        start, end: span in the text it was read from.
        family: values of one family can be compared.
        number: its size in the family's smallest unit.
    """

    text: str
    start: int
    end: int
    family: str
    number: Fraction


def values(text: str) -> list[Value]:
    """Return the values of a text in order; dates and ordinals are left out.

    >>> [(v.text, v.family, int(v.number)) for v in values("十五日内处二百元以下罚款")]
    [('十五日', 'hour', 360), ('二百元', 'yuan', 200)]
    """
    found = []
    for match in _VALUE.finditer(text):
        try:
            family, number = _read(match)
        except (ValueError, ZeroDivisionError):
            continue
        found.append(Value(match[0], match.start(), match.end(), family, number))
    return found


def same_value(one: str, other: str) -> bool:
    """Return whether two notations mean one value: 十五日 and 15日, 半年 and 六个月."""
    if plain(one) == plain(other):
        return True
    left, right = values(one), values(other)
    if len(left) != 1 or len(right) != 1:
        return False
    return (left[0].family, left[0].number) == (right[0].family, right[0].number)


def notations(text: str) -> list[str]:
    """Return the ways to write a value, as it stands first; other words only as they are.

    >>> notations("十五日"), notations("半年"), notations("百分之五")
    (['十五日', '15日'], ['半年', '六个月', '6个月'], ['百分之五', '5%'])
    """
    found = values(text)
    if len(found) != 1 or found[0].text != text:
        return [text]
    match = _VALUE.fullmatch(text)
    assert match is not None
    ways = [text]
    if match["half"]:
        ways += ["六个月", "6个月"]
    elif match["percent"]:
        ways.append(f"{_shown(_number(match['percent']))}%")
    elif match["number"]:
        number, unit = _number(match["number"]), match["unit"]
        ways.append(f"{_shown(number)}{unit}")
        if number >= _TEN_THOUSAND and number % (_TEN_THOUSAND / 100) == 0:
            ways.append(f"{_shown(number / _TEN_THOUSAND)}万{unit}")
    return list(dict.fromkeys(ways))


def _shown(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):g}"


def plain(text: str) -> str:
    """Return a text without blanks and differences of width, for comparing."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _read(match: re.Match[str]) -> tuple[str, Fraction]:
    if match["percent"]:
        return "share", _number(match["percent"]) / 100
    if match["under"]:
        return "share", _number(match["over"]) / _number(match["under"])
    if match["half"]:
        return "month", Fraction(6)
    family, scale = _UNITS[match["unit"]]
    return family, _number(match["number"]) * scale


def _number(words: str) -> Fraction:
    if words[0].isascii():
        scale = {"万": 10_000, "亿": 100_000_000}.get(words[-1], 1)
        return Fraction(words.rstrip("万亿")) * scale
    return Fraction(to_int(words))
