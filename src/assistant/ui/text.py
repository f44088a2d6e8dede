"""Lay a passage out for reading: lines, list levels and marked words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.marks import find_marks
from assistant.corpus import Passage

# The outline of Chinese official texts below the paragraph: （一） 1. （1） ①.
_LEVELS = (
    re.compile(r"[（(][零〇一二三四五六七八九十百]+[）)]"),
    re.compile(r"\d{1,3}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,3}[）)]"),
    re.compile(r"[①-⑳]"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are marked as a whole or not at all."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or item.

    Attributes:
        segments: the line's words in order.
        level: 0 for a paragraph, 1 for （一）, 2 for 1., 3 for （1）, 4 for ①.
    """

    segments: tuple[Segment, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a list row under its column heading."""

    name: str
    segments: tuple[Segment, ...]


def marked(words: str) -> tuple[tuple[str, str], ...]:
    """Cut words at their amounts, periods, counts and authorities.

    Returns:
        (words, what they say) pairs in order; the second is empty for ordinary words.
    """
    pairs = []
    cursor = 0
    for mark in find_marks(words):
        if cursor < mark.start:
            pairs.append((words[cursor : mark.start], ""))
        pairs.append((words[mark.start : mark.end], mark.kind.value))
        cursor = mark.end
    if cursor < len(words):
        pairs.append((words[cursor:], ""))
    return tuple(pairs)


def list_level(line: str) -> int:
    """Return how deep a line stands in the outline; 0 for a paragraph."""
    stripped = line.lstrip()
    for level, pattern in enumerate(_LEVELS, start=1):
        if pattern.match(stripped):
            return level
    return 0


def body_start(passage: Passage) -> int:
    """Return where the words begin after the passage's own number, which is shown as heading."""
    if not passage.text.startswith(passage.label):
        return 0
    rest = passage.text[len(passage.label) :]
    body = rest.lstrip()
    # A label glued to its words (“第六十三条规定”) is part of the sentence.
    return len(passage.text) - len(body) if body and len(body) < len(rest) else 0


def lines(text: str, marks: Sequence[tuple[int, int]] = (), start: int = 0) -> tuple[Line, ...]:
    """Split ``text`` from ``start`` into its lines, with the marked spans in them.

    Args:
        text: the passage's words.
        marks: character spans in ``text``, in order, not overlapping.
        start: first character to show.

    Returns:
        the non-empty lines in order.
    """
    result = []
    for begin, end in _line_spans(text, start):
        segments = segments_of(text, begin, end, marks)
        result.append(Line(segments, list_level(text[begin:end])))
    return tuple(result)


def fields(passage: Passage, marks: Sequence[tuple[int, int]] = ()) -> tuple[Field, ...]:
    """Lay a list row out cell by cell, with the marked spans in the cells.

    Returns:
        the cells; empty if the passage is no row, or its words do not hold every cell,
        in which case its lines show the marks reliably.
    """
    result = []
    cursor = 0
    for name, value in passage.fields:
        begin = passage.text.find(value, cursor)
        if begin < 0:
            return ()
        cursor = begin + len(value)
        result.append(Field(name, segments_of(passage.text, begin, cursor, marks)))
    return tuple(result)


def segments_of(
    text: str, begin: int, end: int, marks: Sequence[tuple[int, int]]
) -> tuple[Segment, ...]:
    """Cut ``text[begin:end]`` at the edges of the marked spans."""
    result = []
    cursor = begin
    for mark_begin, mark_end in marks:
        left, right = max(mark_begin, cursor), min(mark_end, end)
        if left >= right:
            continue
        if cursor < left:
            result.append(Segment(text[cursor:left], False))
        result.append(Segment(text[left:right], True))
        cursor = right
    if cursor < end:
        result.append(Segment(text[cursor:end], False))
    return tuple(result)


def _line_spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    cursor = start
    for line in text[start:].splitlines(keepends=True):
        words = line.strip()
        if words:
            begin = cursor + line.index(words)
            yield begin, begin + len(words)
        cursor += len(line)
