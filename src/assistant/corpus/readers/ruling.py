"""Tables that a page draws with lines: the grid, its merged cells and their words."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.corpus.readers.layout import Edge, Glyph, Line, joined, lines_of
from assistant.corpus.source import Table


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawn table.

    Attributes:
        columns, lines: x of the column bounds and y of the row bounds, ascending.
        rows: cell texts; merged cells repeat their value.
    """

    page: int
    columns: Sequence[float]
    lines: Sequence[float]
    rows: Sequence[Sequence[str]]


# Points within which two rulings are one, and within which crossing lines meet.
_SAME = 2.5
_MEET = 3.0
# No table of a printed page has more bounds; a drawing of thousands of strokes is not one.
_MOST = 400


def grids(
    edges: Iterable[Edge], glyphs: Sequence[Glyph], page: int
) -> tuple[list[Grid], list[Glyph]]:
    """Return the tables of a page and the glyphs that stand outside them."""
    upright = _merged([edge for edge in edges if edge.upright])
    level = _merged([edge for edge in edges if not edge.upright])
    found: list[Grid] = []
    if len(upright) > _MOST or len(level) > _MOST:
        return found, list(glyphs)
    rest = list(glyphs)
    for part in _components(upright, level):
        columns = _positions(edge.at for edge in part if edge.upright)
        lines = _positions(edge.at for edge in part if not edge.upright)
        if (len(columns) - 1) * (len(lines) - 1) < 2:
            continue
        inside = [glyph for glyph in rest if _within(glyph, columns, lines)]
        rows = _filled(columns, lines, part, inside)
        if len({cell for row in rows for cell in row if cell}) < 2:
            continue
        chosen = set(map(id, inside))
        rest = [glyph for glyph in rest if id(glyph) not in chosen]
        found.append(Grid(page, columns, lines, rows))
    found.sort(key=lambda grid: grid.lines[0])
    return found, rest


def continues(before: Grid, after: Grid) -> bool:
    """Tell whether ``after``, first on its page, has the columns of ``before``."""
    return len(before.columns) == len(after.columns) and all(
        abs(one - other) < 6 for one, other in zip(before.columns, after.columns, strict=True)
    )


def table_of(parts: Sequence[Grid]) -> Table:
    """Join a table that goes over pages: header rows once, broken rows made whole."""
    rows = [list(row) for row in parts[0].rows]
    pages = [parts[0].page] * len(rows)
    for part in parts[1:]:
        more = [list(row) for row in part.rows]
        repeated = 0
        while repeated < min(len(more), len(rows), 4) and more[repeated] == rows[repeated]:
            repeated += 1
        more = more[repeated:]
        if more and _broken(rows[-1], more[0]):
            rows[-1] = [joined([a, b]) for a, b in zip(rows[-1], more[0], strict=True)]
            more = more[1:]
        rows += more
        pages += [part.page] * len(more)
    return Table(
        tuple(tuple(row) for row in rows),
        page=pages[0],
        row_pages=tuple(pages) if len(parts) > 1 else (),
    )


def _broken(above: Sequence[str], below: Sequence[str]) -> bool:
    """A numbered row that a page break cut in two: the lower half has no number."""
    return not below[0] and re.fullmatch(r"\d+", above[0]) is not None and any(below)


def _merged(edges: list[Edge]) -> list[Edge]:
    """Unite rulings that lie on each other or touch end to end."""
    edges.sort(key=lambda e: e.at)
    groups: list[list[Edge]] = []
    for edge in edges:
        if groups and edge.at - groups[-1][-1].at <= _SAME:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    merged = []
    for group in groups:
        at = sum(edge.at for edge in group) / len(group)
        group.sort(key=lambda e: e.start)
        start, end = group[0].start, group[0].end
        for edge in group[1:]:
            if edge.start <= end + _MEET:
                end = max(end, edge.end)
            else:
                merged.append(Edge(edge.upright, at, start, end))
                start, end = edge.start, edge.end
        merged.append(Edge(group[0].upright, at, start, end))
    return merged


def _components(upright: Sequence[Edge], level: Sequence[Edge]) -> list[list[Edge]]:
    """Group rulings that cross or touch."""
    edges = [*upright, *level]
    groups = _Groups(len(edges))
    for one, a in enumerate(upright):
        for other, b in enumerate(level, start=len(upright)):
            if (
                b.start - _MEET <= a.at <= b.end + _MEET
                and a.start - _MEET <= b.at <= a.end + _MEET
            ):
                groups.unite(one, other)
    parts: dict[int, list[Edge]] = {}
    for at, edge in enumerate(edges):
        parts.setdefault(groups.root(at), []).append(edge)
    return [part for part in parts.values() if len(part) >= 4]


def _positions(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _within(glyph: Glyph, columns: Sequence[float], lines: Sequence[float]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return columns[0] <= x <= columns[-1] and lines[0] <= y <= lines[-1]


def _filled(
    columns: Sequence[float], lines: Sequence[float], edges: Sequence[Edge], glyphs: Sequence[Glyph]
) -> list[list[str]]:
    """Put the glyphs into the cells; cells without a line between them are one."""
    wide, high = len(columns) - 1, len(lines) - 1
    groups = _Groups(wide * high)
    upright = [edge for edge in edges if edge.upright]
    level = [edge for edge in edges if not edge.upright]
    for row in range(high):
        for column in range(wide):
            here = row * wide + column
            if column + 1 < wide and not _ruled(
                upright, columns[column + 1], lines[row], lines[row + 1]
            ):
                groups.unite(here, here + 1)
            if row + 1 < high and not _ruled(
                level, lines[row + 1], columns[column], columns[column + 1]
            ):
                groups.unite(here, here + wide)
    held: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        column = min(bisect_right(columns, (glyph.x0 + glyph.x1) / 2) - 1, wide - 1)
        row = min(bisect_right(lines, (glyph.top + glyph.bottom) / 2) - 1, high - 1)
        held.setdefault(groups.root(max(row, 0) * wide + max(column, 0)), []).append(glyph)
    texts = {root: _cell(lines_of(content)) for root, content in held.items()}
    return [
        [texts.get(groups.root(row * wide + column), "") for column in range(wide)]
        for row in range(high)
    ]


def _ruled(edges: Sequence[Edge], at: float, start: float, end: float) -> bool:
    """Tell whether a line at ``at`` covers at least half of the way."""
    covered = sum(
        max(0.0, min(edge.end, end) - max(edge.start, start))
        for edge in edges
        if abs(edge.at - at) <= _SAME
    )
    return covered >= 0.5 * (end - start)


def _cell(lines: Sequence[Line]) -> str:
    """Join a cell's lines; a line that ends early ends a paragraph of the cell."""
    if not lines:
        return ""
    right = max(line.x1 for line in lines)
    parts = [[lines[0].text]]
    for above, below in pairwise(lines):
        if right - above.x1 > 2 * above.size and below.x0 - lines[0].x0 < 4 * above.size:
            parts.append([below.text])
        else:
            parts[-1].append(below.text)
    return "\n".join(joined(part) for part in parts)


class _Groups:
    """Disjoint sets of small numbers."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, member: int) -> int:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def unite(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        # The smaller number stays root, so that a region is named by its first cell.
        self._parent[max(one, other)] = min(one, other)
