"""From placed words to paragraphs: lines, running heads and feet, text broken over pages.

Measures are in points, with the origin at the top left corner of the upright page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Glyph(NamedTuple):
    """A character of a page, or a line that a recogniser saw as one, with its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    confidence: float | None = None


class Edge(NamedTuple):
    """A ruling line; ``at`` is its x if it is upright, else its y."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands where on a page.

    Attributes:
        number: 1-based page.
        slanted: text at an angle to the rest, such as a watermark.
        image_share: largest part of the page that one image covers, 0 to 1.
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    edges: Sequence[Edge] = ()
    slanted: str = ""
    image_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline.

    Attributes:
        page: 1-based page.
        width, height: size of that page.
        confidence: lowest of its glyphs, None where they were not recognised.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    page: int = 1
    width: float = 0.0
    height: float = 0.0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of the body begin and end, their size and their distance."""

    left: float
    right: float
    size: float
    pitch: float


# Characters between which a line end or a gap stands for a space.
WESTERN = re.compile(r"[0-9A-Za-z.,;:%)\]'\"&@/-]")


def lines_of(
    glyphs: Iterable[Glyph], page: int = 1, width: float = 0.0, height: float = 0.0
) -> list[Line]:
    """Return the lines of a page or cell from top to bottom, spaces at their ends removed."""
    drawn = list(glyphs)
    rows: list[list[int]] = []
    middle = 0.0
    for at in sorted(range(len(drawn)), key=lambda n: drawn[n].top + drawn[n].bottom):
        glyph = drawn[at]
        here = (glyph.top + glyph.bottom) / 2
        if rows and here - middle <= 0.4 * min(glyph.size, drawn[rows[-1][0]].size):
            rows[-1].append(at)
        else:
            rows.append([at])
        middle = here
    lines = (_line([drawn[at] for at in sorted(row)], page, width, height) for row in rows)
    return [line for line in lines if line is not None]


def margins(lines: Sequence[Line]) -> Margins:
    """Return where most lines begin and end; ``lines`` must not be empty."""
    weight: Counter[float] = Counter()
    for line in lines:
        weight[round(line.size * 2) / 2] += len(line.text)
    size = weight.most_common(1)[0][0] or 1.0
    body = [line for line in lines if abs(line.size - size) <= 0.12 * size] or list(lines)
    few = max(2, len(body) // 20) if len(body) > 3 else 1
    left = _edge((line.x0 for line in body), few, size)
    right = -_edge((-line.x1 for line in body), few, size)
    steps = [
        below.bottom - above.bottom
        for above, below in pairwise(body)
        if above.page == below.page and 0 < below.bottom - above.bottom < 4 * size
    ]
    return Margins(left, right, size, median(steps) if steps else 1.5 * size)


def joined(parts: Sequence[str]) -> str:
    """Join what was broken at line ends: western words keep a space, others need none."""
    text = ""
    for part in parts:
        if text and part and WESTERN.match(text[-1]) and part[0].isascii() and part[0].isalnum():
            text += " "
        text += part
    return text


def _line(glyphs: list[Glyph], page: int, width: float, height: float) -> Line | None:
    glyphs = _in_order(glyphs)
    while glyphs and glyphs[-1].text.isspace():
        glyphs.pop()
    start = next((at for at, glyph in enumerate(glyphs) if not glyph.text.isspace()), len(glyphs))
    glyphs = glyphs[start:]
    if not glyphs:
        return None
    text = ""
    before = None
    for glyph in glyphs:
        if before is not None and not text[-1].isspace() and not glyph.text.isspace():
            gap = glyph.x0 - before.x1
            western = WESTERN.match(text[-1]) and WESTERN.match(glyph.text)
            if gap > (0.2 if western else 1.0) * before.size:
                text += " "
        text += glyph.text
        before = glyph
    sizes = Counter[float]()
    for glyph in glyphs:
        sizes[glyph.size] += len(glyph.text)
    sure = [glyph.confidence for glyph in glyphs if glyph.confidence is not None]
    return Line(
        re.sub(r"  +", " ", text).strip(),
        glyphs[0].x0,
        min(glyph.top for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        sizes.most_common(1)[0][0],
        page,
        width,
        height,
        min(sure) if sure else None,
    )


def _in_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Sort by x, but keep together what was drawn in one go: overprinted words stay words."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last is not None and last.x0 <= glyph.x0 < last.x1 + 0.5 * last.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [glyph for run in sorted(runs, key=lambda run: run[0].x0) for glyph in run]


def _edge(values: Iterable[float], few: int, size: float) -> float:
    """Return the smallest value near which at least ``few`` values lie."""
    ordered = sorted(values)
    for at, value in enumerate(ordered):
        if at + few <= len(ordered) and ordered[at + few - 1] - value <= 0.5 * size:
            return value
    return ordered[0]
