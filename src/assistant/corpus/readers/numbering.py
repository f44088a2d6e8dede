"""The numbers that Word computes: 第一条, 一、, （一）, 1., rendered as the reader sees them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from assistant.corpus.numerals import to_chinese

_VALUE = qn("w:val")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEVELS = 9
# Word refuses larger counters; a forged document may state any.
_LARGEST = 32_767


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    restart_after: int
    spaced: bool


@dataclass(frozen=True, slots=True)
class _List:
    """What one ``w:num`` refers to: its definition, and where levels start anew."""

    definition: str
    starts: Mapping[int, int]


class Numbering:
    """Counts through a document's numbered paragraphs in their order.

    Args:
        root: the ``w:numbering`` element, None where the document has none.
    """

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._style_levels: dict[str, dict[str, int]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[str] = set()
        if root is not None:
            self._load(root)

    def label(self, list_id: str, level: int | None, style: str = "") -> str:
        """Return the number of the next paragraph of a list; empty for bullets.

        Args:
            list_id: ``w:numId`` of the paragraph or of its style.
            level: 0-based ``w:ilvl``; None takes the level that is bound to ``style``.
        """
        numbered = self._lists.get(list_id)
        if numbered is None:
            return ""
        levels = self._levels.get(numbered.definition, {})
        if level is None:
            level = self._style_levels.get(numbered.definition, {}).get(style, 0)
        if level not in levels:
            return ""
        counters = self._counters.setdefault(numbered.definition, [None] * _LEVELS)
        if list_id not in self._started:
            self._started.add(list_id)
            for at, start in numbered.starts.items():
                counters[at] = start - 1
        current = counters[level]
        counters[level] = (levels[level].start if current is None else current + 1) % _LARGEST
        for deeper in range(level + 1, _LEVELS):
            known = levels.get(deeper)
            if known is not None and known.restart_after != 0:
                counters[deeper] = None
        return self._rendered(levels, level, counters)

    def _rendered(
        self, levels: Mapping[int, _Level], level: int, counters: list[int | None]
    ) -> str:
        own = levels[level]

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, own)
            value = counters[at] if at < _LEVELS else None
            return numeral(shown.start if value is None else value, shown.form)

        text = re.sub(r"%([1-9])", number, own.pattern) if own.form != "bullet" else ""
        if not text:
            return ""
        return text + ("　" if own.spaced and text.startswith("第") else "")

    def _load(self, root: Any) -> None:
        for definition in root.iterfind(qn("w:abstractNum")):
            key = definition.get(qn("w:abstractNumId"), "")
            self._levels[key] = {}
            for level in definition.iterfind(qn("w:lvl")):
                at = _number(level.get(qn("w:ilvl")), 0)
                if at >= _LEVELS:
                    continue
                self._levels[key][at] = _level(level)
                if style := _child(level, "w:pStyle"):
                    self._style_levels.setdefault(key, {})[style] = at
        for numbered in root.iterfind(qn("w:num")):
            starts = {
                _number(override.get(qn("w:ilvl")), 0): _number(start, 1)
                for override in numbered.iterfind(qn("w:lvlOverride"))
                if (start := _child(override, "w:startOverride")) is not None
            }
            starts = {at: start for at, start in starts.items() if at < _LEVELS}
            definition = _child(numbered, "w:abstractNumId") or ""
            self._lists[numbered.get(qn("w:numId"), "")] = _List(definition, starts)


def numeral(value: int, form: str) -> str:
    """Return a counter in one of Word's number formats; unknown formats count in digits.

    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    if form == "none":
        return ""
    if value < 1:
        return str(value)
    match form:
        case (
            "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting"
            | "taiwaneseCountingThousand" | "japaneseCounting" | "ideographDigital"
            | "japaneseDigitalTenThousand" | "taiwaneseDigital"
        ):  # fmt: skip
            return to_chinese(value)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if value <= 20:
            return chr(ord("①") + value - 1)
        case "decimalZero":
            return f"{value:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(value))
        case "decimalEnclosedParen":
            return f"（{value}）"
        case "ideographEnclosedCircle" if value <= 10:
            return chr(ord("㊀") + value - 1)
        case "ideographTraditional" if value <= 10:
            return _STEMS[value - 1]
        case "ideographZodiac" if value <= 12:
            return _BRANCHES[value - 1]
        case "lowerLetter":
            return _letters(value)
        case "upperLetter":
            return _letters(value).upper()
        case "lowerRoman" if value < 40:
            return _roman(value)
        case "upperRoman" if value < 40:
            return _roman(value).upper()
        case _:
            return str(value)


def _level(level: Any) -> _Level:
    restart = _child(level, "w:lvlRestart")
    return _Level(
        _child(level, "w:numFmt") or "decimal",
        _child(level, "w:lvlText") or "",
        min(_number(_child(level, "w:start"), 1), _LARGEST),
        _number(restart, 1) if restart is not None else 1,
        (_child(level, "w:suff") or "tab") != "nothing",
    )


def _child(element: Any, name: str) -> str | None:
    found = element.find(qn(name))
    return None if found is None else str(found.get(_VALUE, ""))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def _letters(value: int) -> str:
    """Word repeats the letter: z is followed by aa, bb, cc."""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 30)


def _roman(value: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        while value >= size:
            text += letters
            value -= size
    return text
