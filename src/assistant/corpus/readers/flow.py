"""From pages to blocks in reading order: paragraphs whole over page breaks, tables too."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.corpus.readers.layout import (
    WESTERN,
    Line,
    Margins,
    PageContent,
    joined,
    lines_of,
    margins,
)
from assistant.corpus.readers.ruling import Grid, continues, grids, table_of
from assistant.corpus.source import Block, Paragraph

_NUMBER = re.compile(
    r"第[零〇一二三四五六七八九十百千\d]+(?:条|章|节|编)|[一二三四五六七八九十]+、"
    r"|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|[①-⑳]"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－·・]*\d{1,4}[-—–－·・]*|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}"
)
# A paragraph may also begin by referring to an article: 第七条规定的, 第七条、第八条.
_UNSPACED = re.compile(
    r"\A第[零〇一二三四五六七八九十百千]+[编章节条](?:之[一二三四五六七八九十]+)?"
    r"(?![\s　、，和至第]|之[一二三四五六七八九十]|规定|所列|的)"
)
_ENDS = tuple("。；：！？.;:!?”）)")
# Share of the page height in which a repeated line is a running head or foot.
_BAND = 0.14


@dataclass(frozen=True, slots=True)
class _Page:
    """What is kept of a page: far less than its characters."""

    number: int
    grids: Sequence[Grid]
    lines: Sequence[Line]
    slanted: str


def blocks_of(pages: Iterable[PageContent]) -> list[Block]:
    """Return the text and tables of a document; running heads and feet are marked."""
    laid_out = [_laid_out(page) for page in pages]
    apart = _furniture([page.lines for page in laid_out])
    flow = _Flow(_frames([line for page in laid_out for line in page.lines if line not in apart]))
    for page in laid_out:
        if page.slanted:
            flow.aside(page.slanted, page.number)
        placed: list[tuple[float, Grid | Line]] = [(grid.lines[0], grid) for grid in page.grids]
        for line in page.lines:
            if line in apart:
                flow.aside(line.text, page.number)
            else:
                placed.append((line.top, line))
        for _, item in sorted(placed, key=lambda pair: pair[0]):
            if isinstance(item, Grid):
                flow.grid(item)
            else:
                flow.line(item)
    return flow.closed()


def _laid_out(page: PageContent) -> _Page:
    tables, rest = grids(page.edges, page.glyphs, page.number)
    return _Page(
        page.number, tables, lines_of(rest, page.number, page.width, page.height), page.slanted
    )


class _Flow:
    """Blocks in the making: at most one paragraph or one table is open.

    Args:
        frame_of: margins that hold for a line.
    """

    def __init__(self, frame_of: Callable[[Line], Margins]) -> None:
        self._frame_of = frame_of
        self._lines: list[Line] = []
        self._grids: list[Grid] = []
        self._asides: list[Paragraph] = []
        self._blocks: list[Block] = []

    def aside(self, text: str, page: int) -> None:
        """Add a running head or foot; it waits until the block that it interrupts is whole."""
        self._asides.append(Paragraph(text, page, furniture=True))

    def line(self, line: Line) -> None:
        """Add a line of the body."""
        frame = self._frame_of(line)
        last = self._lines[-1] if self._lines else None
        if last is None or self._frame_of(last) != frame or not _goes_on(last, line, frame):
            self._close()
        self._lines.append(line)

    def grid(self, grid: Grid) -> None:
        """Add a drawn table."""
        last = self._grids[-1] if self._grids else None
        if last is None or last.page == grid.page or not continues(last, grid):
            self._close()
        self._grids.append(grid)

    def closed(self) -> list[Block]:
        """Return all blocks."""
        self._close()
        return self._blocks

    def _close(self) -> None:
        if self._lines:
            self._blocks.append(_paragraph(self._lines))
        if self._grids:
            self._blocks.append(table_of(self._grids))
        self._blocks += self._asides
        self._lines, self._grids, self._asides = [], [], []


def _frames(body: Iterable[Line]) -> Callable[[Line], Margins]:
    """Return the margins that hold for a line: those of all pages of its width."""
    by_width: dict[int, list[Line]] = {}
    for line in body:
        by_width.setdefault(round(line.width), []).append(line)
    frames = {width: margins(lines) for width, lines in by_width.items()}
    return lambda line: frames[round(line.width)]


def _furniture(pages: Sequence[Sequence[Line]]) -> set[Line]:
    """Return the running heads, feet and page numbers among the lines of every page."""
    at_edge = [[line for line in _outer(page) if _in_band(line)] for page in pages]
    seen = Counter(
        (pattern, spot) for page in at_edge for pattern, spot in {_pattern(line) for line in page}
    )
    # A head on the right pages only is on half of them.
    needed = max(2, round(0.3 * len(pages)))
    return {
        line
        for page in at_edge
        for line in page
        if seen[_pattern(line)] >= needed or _PAGE_NUMBER.fullmatch(_squeezed(line.text))
    }


def _outer(page: Sequence[Line]) -> Sequence[Line]:
    return page if len(page) <= 6 else [*page[:3], *page[-3:]]


def _in_band(line: Line) -> bool:
    return line.bottom < _BAND * line.height or line.top > (1 - _BAND) * line.height


def _pattern(line: Line) -> tuple[str, int]:
    """Words with their numbers blanked, and the rough height on the page."""
    return re.sub(r"\d+", "#", _squeezed(line.text)), round(line.top / 6)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _goes_on(above: Line, below: Line, frame: Margins) -> bool:
    """Tell whether ``below`` continues the paragraph that ``above`` belongs to."""
    size = above.size
    if abs(below.size - size) > 0.12 * size:
        return False
    new_page = above.page != below.page
    if not new_page and below.bottom - above.bottom > max(1.4 * frame.pitch, 1.9 * size):
        return False
    if _centred(above, frame) and _centred(below, frame):
        return size > 1.1 * frame.size and not new_page and not _NUMBER.match(below.text)
    # The ink of an opening bracket begins in the middle of its square.
    if below.x0 > frame.left + (1.5 if below.text[0] in "（《“〈〔" else 0.8) * size:
        return False
    room = 2.2 * size
    if WESTERN.match(below.text):
        word = re.match(r"[\x21-\x7e]+", below.text)
        room += 0.6 * size * len(word[0]) if word else 0.0
    if frame.right - above.x1 > room:
        return False
    return not (above.text.endswith(_ENDS) and _NUMBER.match(below.text))


def _centred(line: Line, frame: Margins) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    return left > line.size and right > line.size and abs(left - right) < 2 * line.size


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    sure = [line.confidence for line in lines if line.confidence is not None]
    first, last = lines[0].page, lines[-1].page
    text = joined([line.text for line in lines])
    if sure:
        # The recogniser sees no space after the number of an article or chapter.
        text = _UNSPACED.sub(r"\g<0>　", text)
    return Paragraph(
        text,
        page=first,
        confidence=min(sure) if sure else None,
        last_page=last if last != first else None,
    )
