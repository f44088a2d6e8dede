"""Recognise the numbers at the start of lines by which Chinese official texts are arranged."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from assistant.corpus.characters import squeezed
from assistant.corpus.numerals import NUMERAL, to_int


class Style(IntEnum):
    """Kinds of numbers, the outermost first."""

    BOOK = 1
    """第一编, 第一篇, 第一部分"""
    SUBBOOK = 2
    """第一分编"""
    CHAPTER = 3
    """第一章, and 附则 without a number"""
    SECTION = 4
    """第一节"""
    ARTICLE = 5
    """第一条, 第十条之一"""
    ENUMERATED = 6
    """一、"""
    BRACKETED = 7
    """（一）"""
    ARABIC = 8
    """1."""
    ARABIC_BRACKETED = 9
    """（1）"""
    CIRCLED = 10
    """①"""
    DECIMAL = 11
    """1.2, and 1 before a heading"""

    @property
    def is_heading(self) -> bool:
        """True for what only arranges: parts, chapters and sections."""
        return self <= Style.SECTION


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line.

    Attributes:
        style: kind of number.
        number: its value; 0 where the line has none (附则). For ``1.2.3`` the last value.
        label: the number as readers write it, without blanks: 第十条之一, （二）, 3.
        end: where the line's words begin, after the number.
        suffix: 1 for 之一, 0 if there is none.
        depth: how many values a decimal number has, else 1.
        loose: True if no blank separates an article's number from its words, as in a
            reference to the article.
    """

    style: Style
    number: int
    label: str
    end: int
    suffix: int = 0
    depth: int = 1
    loose: bool = False


_LONGEST_HEADING = 50
_HEADING = re.compile(rf"第\s*({NUMERAL})\s*(编|篇|部分|分编|章|节)(?=[\s：:]|[一-鿿]|$)\s*")
_HEADING_STYLES = {
    "编": Style.BOOK,
    "篇": Style.BOOK,
    "部分": Style.BOOK,
    "分编": Style.SUBBOOK,
    "章": Style.CHAPTER,
    "节": Style.SECTION,
}
_FINAL_CHAPTER = re.compile(r"附\s*则|总\s*则|序\s*言")
# A dash for 一 is a common slip of scans and typists.
_ARTICLE = re.compile(rf"第\s*({NUMERAL}[－—―-]?)\s*条(?:\s*之\s*({NUMERAL})(?![\d年月]))?(\s*)")
# What follows the number of an article that is only mentioned.
_MENTION = re.compile(
    r"第|规定|所[列称述指]|[、，。；：,;:”」）)]|[和与及或至到的]|以[上下]|中|款|项|之规定|"
    r"修改|删[除去]|改为|[增调]|作为|内容|适用"
)
# 3.5米 is a quantity, 3.5 米面加工 would be a heading.
_MEASURE = (
    r"(?:[米元万亿吨倍个度年天月日亩升人名件次分厘毫千%％]|平方|立方|公[里斤顷]|小时|以[上下]|左右)"
)
_ITEM_STYLES = (
    (
        Style.ENUMERATED,
        re.compile(r"([零〇一二三四五六七八九十百]{1,4})\s*(?:、|[．.](?!\s*\d))\s*"),
    ),
    (
        Style.BRACKETED,
        re.compile(r"[（(﹙]\s*([零〇一二三四五六七八九十百]{1,4})\s*[)）﹚]\s*[、.．]?\s*"),
    ),
    (
        Style.DECIMAL,
        re.compile(
            rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,4}})(?!\d)[.．]?(?:\s+|(?!{_MEASURE}))(?=[一-鿿《“（(])"
        ),
    ),
    (Style.ARABIC, re.compile(r"([0-9０-９]{1,3})\s*[.．、]\s*(?![\d０-９])")),
    (Style.ARABIC_BRACKETED, re.compile(r"[（(]?\s*([0-9０-９]{1,3})\s*[)）]\s*")),
    (Style.CIRCLED, re.compile(r"([①-⑳㉑-㉟])\s*")),
)
_BARE_DECIMAL = re.compile(r"(\d{1,2})\s+(?=[一-鿿])")
_SENTENCE = re.compile(r"[。；，！？]")


def is_sentence(line: str) -> bool:
    """True if ``line`` reads as running text rather than as a heading."""
    return len(line) > _LONGEST_HEADING or bool(_SENTENCE.search(line))


@lru_cache(maxsize=4096)
def read_marker(line: str) -> Marker | None:
    """Return the number that ``line`` starts with, None if there is none.

    ``line`` must be clean (see :func:`assistant.corpus.characters.clean`).
    """
    if line.startswith("第"):
        return _read_article(line) or _read_heading(line)
    if _FINAL_CHAPTER.fullmatch(line):
        return Marker(Style.CHAPTER, 0, squeezed(line), len(line))
    for style, pattern in _ITEM_STYLES:
        if match := pattern.match(line):
            return _item(style, match)
    if (match := _BARE_DECIMAL.match(line)) and not is_sentence(line):
        return Marker(Style.DECIMAL, int(match[1]), match[1], match.end())
    return None


def _read_heading(line: str) -> Marker | None:
    match = _HEADING.match(line)
    if match is None or len(line) > _LONGEST_HEADING or re.search(r"[。；！？]", line):
        return None
    if _MENTION.match(line, match.end()) and match[0] == match[0].rstrip():
        return None
    number = _value(match[1])
    if number is None:
        return None
    label = re.sub(r"\s", "", match[0]).rstrip("：:")
    return Marker(_HEADING_STYLES[match[2]], number, label, match.end())


def _read_article(line: str) -> Marker | None:
    match = _ARTICLE.match(line)
    if match is None:
        return None
    number, suffix = _value(match[1]), _value(match[2]) if match[2] else 0
    if number is None or suffix is None:
        return None
    loose = not match[3] and match.end() < len(line)
    if loose and _MENTION.match(line, match.end()):
        return None
    label = re.sub(r"\s", "", match[0])
    return Marker(Style.ARTICLE, number, label, match.end(), suffix, loose=loose)


def _item(style: Style, match: re.Match[str]) -> Marker | None:
    label = re.sub(r"\s", "", match[0])
    if style is Style.CIRCLED:
        return Marker(style, int(unicodedata.numeric(match[1])), label, match.end())
    if style is Style.DECIMAL:
        values = re.split(r"[.．]", match[1])
        return Marker(style, int(values[-1]), match[1], match.end(), depth=len(values))
    number = _value(match[1])
    return None if number is None else Marker(style, number, label, match.end())


def _value(numeral: str) -> int | None:
    try:
        return to_int(re.sub(r"[－—―-]$", "一", numeral))
    except ValueError:
        return None
