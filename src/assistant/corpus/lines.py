"""Turn a reader's blocks into clean lines: no page furniture, no sentence broken by a page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.characters import clean
from assistant.corpus.numbering import Style, read_marker
from assistant.corpus.source import Block, Paragraph, Table

_PAGE_NUMBER = re.compile(
    r"(?:[-—–―－·•~]\s*){1,2}\d{1,4}\s*(?:[-—–―－·•~]\s*){1,2}|第\s*\d{1,4}\s*页(?:[\s，,/]*共\s*\d{1,4}\s*页)?"
)
_BARE_PAGE_NUMBER = re.compile(r"\d{1,4}(?:\s*/\s*\d{1,4})?")
_EDGE = 2
"""Lines at the top and bottom of a page among which running heads are looked for."""
_SENTENCE_END = re.compile(r"[。！？；：.!?;:…]+[”’」』）)】》]*$")
_OPEN_END = re.compile(r"[，、（(《“‘〈—]$")
_LONG = 60
"""Characters from which a line without final punctuation must be a broken paragraph."""
_DATE = re.compile(r"\d{4}\s*年")
_INLINE_ARTICLE = re.compile(r"(?<=[。；”）)])\s+(?=第[零〇一二三四五六七八九十百千]+条\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """A clean paragraph.

    Attributes:
        text: its words, never blank.
        pages: first and last page, None where the format has no pages.
        heading: outline level that the format states, 0 if none.
        confidence: of recognised text; None for text that was read.
    """

    text: str
    pages: tuple[int, int] | None = None
    heading: int = 0
    confidence: float | None = None


def clean_lines(blocks: Iterable[Block]) -> tuple[list[Line | Table], list[str]]:
    """Return the lines and tables in reading order, and the page furniture left out."""
    items: list[Line | Table] = []
    furniture: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            items.append(block)
            continue
        # A reader may hand on soft line breaks inside a paragraph.
        for part in block.text.splitlines():
            text = clean(part)
            if not text:
                continue
            if block.furniture or _PAGE_NUMBER.fullmatch(text):
                furniture.append(text)
            else:
                items.append(_line(text, block))
    running = _running(items)
    furniture += [item.text for number, item in _lines(items) if number in running]
    kept = [item for number, item in enumerate(items) if number not in running]
    return _joined(_split(kept)), furniture


def _line(text: str, block: Paragraph) -> Line:
    pages = None
    if block.page is not None:
        pages = (block.page, block.last_page or block.page)
    return Line(text, pages, block.heading, block.confidence)


def _lines(items: Sequence[Line | Table]) -> list[tuple[int, Line]]:
    return [(number, item) for number, item in enumerate(items) if isinstance(item, Line)]


def _running(items: Sequence[Line | Table]) -> set[int]:
    """Return which items are running heads, feet or page numbers that the reader missed."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number, item in _lines(items):
        if item.pages is not None:
            pages[item.pages[0]].append(number)
    if len(pages) < 2:
        return set()
    edges = {
        number for numbers in pages.values() for number in (*numbers[:_EDGE], *numbers[-_EDGE:])
    }
    shapes = Counter(_shape(items[number]) for number in edges)
    often = max(3, len(pages) // 2)
    return {
        number
        for number in edges
        if _BARE_PAGE_NUMBER.fullmatch(_text(items[number]))
        or (shapes[_shape(items[number])] >= often and read_marker(_text(items[number])) is None)
    }


def _shape(item: Line | Table) -> str:
    return re.sub(r"\d+", "0", _text(item))


def _text(item: Line | Table) -> str:
    return item.text if isinstance(item, Line) else ""


def _split(items: Iterable[Line | Table]) -> list[Line | Table]:
    """Give each article a line of its own where a source has run several together."""
    result: list[Line | Table] = []
    for item in items:
        if isinstance(item, Line) and _INLINE_ARTICLE.search(item.text):
            result += [replace(item, text=part) for part in _INLINE_ARTICLE.split(item.text)]
        else:
            result.append(item)
    return result


def _joined(items: Iterable[Line | Table]) -> list[Line | Table]:
    result: list[Line | Table] = []
    for item in items:
        before = result[-1] if result else None
        if isinstance(before, Line) and isinstance(item, Line) and _continues(before, item):
            result[-1] = _join(before, item)
        else:
            result.append(item)
    return result


def _continues(before: Line, line: Line) -> bool:
    if before.heading or line.heading or _SENTENCE_END.search(before.text):
        return False
    if read_marker(line.text) is not None or _DATE.match(line.text):
        return False
    if _OPEN_END.search(before.text):
        return True
    marker = read_marker(before.text)
    if len(before.text) >= _LONG:
        return True
    turned = (
        before.pages is not None and line.pages is not None and line.pages[0] == before.pages[1] + 1
    )
    # Headings end pages too; they are short and carry a number.
    is_heading = marker is not None and marker.style is not Style.ARTICLE
    return turned and not is_heading and len(before.text) >= _LONG // 3


def _join(before: Line, line: Line) -> Line:
    gap = " " if before.text[-1].isascii() and line.text[0].isascii() else ""
    pages = before.pages
    if before.pages is not None and line.pages is not None:
        pages = (before.pages[0], line.pages[1])
    known = [c for c in (before.confidence, line.confidence) if c is not None]
    return Line(before.text + gap + line.text, pages, 0, min(known, default=None))
