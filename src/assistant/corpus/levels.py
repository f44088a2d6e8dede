"""The outline below chapters: 一、（一）1.（1）① as far as it is open at a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.numbering import Marker, Style, is_sentence

PASSAGE_DEPTH = 2
"""Outline levels that become passages; deeper ones stay inside theirs."""
_CRUMB = 30


@dataclass(frozen=True, slots=True)
class Key:
    """What tells one level from another: the style of its numbers and their depth.

    Headings that only the format states have no style; their depth is their level.
    """

    style: Style | None
    depth: int


@dataclass(frozen=True, slots=True)
class Level:
    """One open level.

    Attributes:
        key: which kind of number it has.
        number: the number last seen.
        label: that number as written.
        crumb: the heading it stands for in breadcrumbs.
        listed: its numbers only list what a sentence above them introduces.
    """

    key: Key
    number: int
    label: str
    crumb: str
    listed: bool


class Levels:
    """The open levels, the outermost first."""

    def __init__(self) -> None:
        self._open: list[Level] = []

    def clear(self) -> None:
        """Close all levels."""
        self._open = []

    def crumbs(self) -> tuple[str, ...]:
        """Return the headings of the open levels, lists left out."""
        return tuple(level.crumb for level in self._open if not level.listed)

    def continues(self, key: Key, number: int) -> bool:
        """True if ``number`` is the next one of an open level."""
        return any(level.key == key and level.number + 1 == number for level in self._open)

    def unnumbered(self, heading: int) -> Marker:
        """Return a number for a heading that has none: its place among its kind."""
        deeper = [x for x in self._open if x.key.style is None and x.key.depth > heading]
        if deeper:
            del self._open[self._open.index(deeper[0]) :]
        last = next((x.number for x in self._open if x.key == Key(None, heading)), 0)
        return Marker(Style.ENUMERATED, last + 1, "", 0)

    def enter(self, line: str, marker: Marker, key: Key, above: str | None) -> int | None:
        """Open the level of a numbered line; return its depth, None if the number orders nothing.

        Args:
            line: the line with its number.
            marker: its number.
            key: the level that the number belongs to.
            above: the line before it in the same passage, None if it starts one.
        """
        depth = next((d for d, level in enumerate(self._open) if level.key == key), None)
        if depth is None:
            if marker.number != 1 and (self._open or above is not None):
                return None
            depth = len(self._open)
        listed = self._is_listed(line, depth, above)
        del self._open[depth:]
        label = marker.label or line
        self._open.append(Level(key, marker.number, label, _crumb(line, marker), listed))
        return PASSAGE_DEPTH if listed else depth

    def _is_listed(self, line: str, depth: int, above: str | None) -> bool:
        if depth < len(self._open):
            return self._open[depth].listed
        inside = any(level.listed for level in self._open)
        if not self._open or above is None:
            return inside
        return inside or above.endswith(("：", ":")) or line.endswith(("；", ";"))

    def address(self) -> str:
        """Return the numbers of the open levels: 2.1 for 二、（一）."""
        return ".".join(str(level.number) for level in self._open)

    def label(self, line: str) -> str:
        """Return what readers call the section that ``line`` opens."""
        if len(self._open) == 1 and not is_sentence(line):
            return line
        if self._open[-1].key.style is Style.DECIMAL:
            return self._open[-1].label
        return "".join(level.label for level in self._open)

    def crumbs_above(self) -> tuple[str, ...]:
        """Return the headings of all open levels but the innermost."""
        return tuple(level.crumb for level in self._open[:-1])


def shortened(text: str) -> str:
    """Return ``text`` at a length that fits a breadcrumb."""
    return text if len(text) <= _CRUMB else text[:_CRUMB] + "…"


def _crumb(text: str, marker: Marker) -> str:
    """Return a line's heading: all of a short line, else its words up to the first pause."""
    if not is_sentence(text):
        return text
    pause = next((i for i, c in enumerate(text) if c in "。：:，；" and i > marker.end), len(text))
    return shortened(text[:pause])


def is_bare_heading(lines: Sequence[str]) -> bool:
    """True for a section that is only a heading."""
    return len(lines) == 1 and not is_sentence(lines[0])
