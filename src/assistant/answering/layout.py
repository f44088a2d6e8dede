"""An article laid out as officials count it: paragraphs (款), items (项) and their words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.corpus import Passage, Unit
from assistant.corpus.numerals import to_int

_ITEM = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)]")
_LOWER_ITEM = re.compile(r"\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")
_SENTENCE_END = re.compile(r"[。！？!?]+")
_CLAUSE_END = re.compile(r"[。！？!?；;]+")
# Stands between the cells of a table's row.
_CELL = " | "
_OPENING = "（(“‘《〈【「『"
_CLOSING = "）)”’》〉】」』"
# A sentence longer than this is quoted clause by clause.
_LONG_SENTENCE = 170


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article: the words of a paragraph, or one item of its list.

    Attributes:
        start, end: where its words stand in the passage, end exclusive.
        paragraph: number of the paragraph it belongs to, from 1.
        item: number of the item, 0 for the words of the paragraph itself.
        lower: True for a line below the items: 1. or （1） or ①.
    """

    start: int
    end: int
    paragraph: int
    item: int
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage that can be quoted by itself: a sentence or an item.

    Attributes:
        text: the words, exactly as they stand in the passage.
        start: where they stand.
        line: index of the line that has them.
        heads_list: True for the words that introduce a list of items.
        head: the words that introduce the list this item belongs to; empty if none.
    """

    text: str
    start: int
    line: int
    heads_list: bool = False
    head: str = ""

    @property
    def end(self) -> int:
        """Where the words end, exclusive."""
        return self.start + len(self.text)

    @property
    def in_context(self) -> str:
        """The words with those that introduce them, for comparing with a question."""
        return self.head + self.text


@dataclass(frozen=True, slots=True)
class Layout:
    """A passage's lines and quotable pieces, in order."""

    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the passage has."""
        return self.lines[-1].paragraph if self.lines else 0

    def items(self, paragraph: int) -> int:
        """Return how many items a paragraph has."""
        return max((line.item for line in self.lines if line.paragraph == paragraph), default=0)

    def listed_under(self, head: Piece) -> tuple[Piece, ...]:
        """Return the items that a list's introducing words belong to."""
        paragraph = self.lines[head.line].paragraph
        return tuple(
            piece
            for piece in self.pieces
            if piece.head == head.text
            and (self.lines[piece.line].paragraph == paragraph or _CELL in head.text)
        )

    def at(self, paragraph: int, item: int = 0) -> tuple[Piece, ...]:
        """Return the pieces of a paragraph, or of one item with the words before its list.

        Returns:
            the pieces in order; empty if there is no such place.
        """
        chosen = [p for p in self.pieces if self.lines[p.line].paragraph == paragraph]
        if not item:
            return tuple(chosen)
        of_item = [p for p in chosen if self.lines[p.line].item == item]
        if not of_item:
            return ()
        return tuple(p for p in chosen if p.heads_list or p in of_item)


def whole(parts: Sequence[Passage]) -> Passage:
    """Join the parts of an article that the index keeps apart.

    Args:
        parts: all parts in order, at least one.
    """
    first = parts[0]
    text = first.text
    pages = [part.pages for part in parts if part.pages is not None]
    for before, part in pairwise(parts):
        text += ("\n" if part.start > before.end else "") + part.text
    if len(parts) == 1:
        return first
    span = (pages[0][0], pages[-1][1]) if pages else None
    return replace(first, text=text, part=0, end=parts[-1].end, pages=span)


@lru_cache(maxsize=4096)
def lay_out(passage: Passage) -> Layout:
    """Lay a passage out.

    A row of a list is one piece: a cell means nothing without its neighbours.
    """
    if passage.unit is Unit.ROW:
        text = passage.text.strip()
        start = passage.text.index(text)
        line = Line(start, start + len(text), 1, 0)
        return Layout((line,), (Piece(text, start, 0),) if text else ())
    lines = tuple(_lines(passage))
    return Layout(lines, tuple(_pieces(passage.text, lines)))


def shown_lines(passage: Passage) -> list[str]:
    """Return the passage's paragraphs and items, one a line, as the reader sees them."""
    if passage.fields:
        return [f"{name}：{value}" for name, value in passage.fields if value]
    return [line.strip() for line in passage.text.split("\n") if line.strip()]


def _lines(passage: Passage) -> Iterator[Line]:
    paragraph = item = 0
    for start, end in _spans(passage):
        words = passage.text[start:end]
        if paragraph and (match := _ITEM.match(words)):
            item = _value(match[1])
            yield Line(start, end, paragraph, item)
        elif paragraph and _LOWER_ITEM.match(words):
            yield Line(start, end, paragraph, item, lower=True)
        else:
            paragraph, item = paragraph + 1, 0
            yield Line(start, end, paragraph, 0)


def _spans(passage: Passage) -> Iterator[tuple[int, int]]:
    cursor = 0
    for raw in passage.text.split("\n"):
        words = raw.strip()
        start = cursor + (raw.index(words) if words else 0)
        cursor += len(raw) + 1
        if start == 0 and words.startswith(passage.label) and passage.label:
            rest = words[len(passage.label) :].lstrip(" 　")
            # A label glued to its words (“第六十三条规定”) is part of the sentence.
            if len(rest) < len(words) - len(passage.label) or not rest:
                start, words = len(words) - len(rest), rest
        if words:
            yield start, start + len(words)


def _value(numeral: str) -> int:
    try:
        return to_int(numeral)
    except ValueError:
        return 0


def _pieces(text: str, lines: Sequence[Line]) -> Iterator[Piece]:
    head = columns = ""
    for number, line in enumerate(lines):
        words = text[line.start : line.end]
        if line.item or line.lower:
            yield Piece(words, line.start, number, head=head)
            continue
        if _CELL in words:
            # A row of a table means little without the names of its columns.
            columns = columns or words
            heads = columns == words
            yield Piece(words, line.start, number, heads_list=heads, head="" if heads else columns)
            continue
        head = columns = ""
        sentences = list(_sentences(text, line.start, line.end))
        followed = number + 1 < len(lines) and (
            lines[number + 1].item > 0 or lines[number + 1].lower
        )
        for start, end in sentences:
            last = end == line.end
            heads = last and followed
            if heads:
                head = text[start:end]
            yield Piece(text[start:end], start, number, heads_list=heads)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for left, right in _cut(text, start, end, _SENTENCE_END):
        if right - left <= _LONG_SENTENCE:
            yield left, right
        else:
            yield from _cut(text, left, right, _CLAUSE_END)


def _cut(text: str, start: int, end: int, stop: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield spans that end at a stop outside brackets and quotation marks."""
    left = cursor = start
    depth = 0
    for match in stop.finditer(text, start, end):
        depth = max(0, depth + _depth(text[cursor : match.start()]))
        cursor = match.end()
        if depth == 0:
            yield from _stripped(text, left, cursor)
            left = cursor
    yield from _stripped(text, left, end)


def _depth(words: Iterable[str]) -> int:
    return sum((mark in _OPENING) - (mark in _CLOSING) for mark in words)


def _stripped(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    words = text[left:right].strip()
    if words:
        start = left + text[left:right].index(words)
        yield start, start + len(words)
