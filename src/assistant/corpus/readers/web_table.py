"""Tables of web pages as rectangular rows; spanning cells repeat their value."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

# What browsers clip spans to.
_WIDEST = 1000
_LONGEST = 65_534
# Cells in one table beyond which spans are an attack rather than a layout.
_MOST = 2_000_000


def is_layout(table: Any) -> bool:
    """Tell whether a table only places text on the page, as old sites do."""
    if table.find(".//table") is not None:
        return True
    rows = list(_rows(table))
    return sum(1 for row in rows for _ in _cells(row)) <= 1


def rows_of(table: Any, text_of: Callable[[Any], str]) -> Sequence[Sequence[str]]:
    """Return the cell texts of a table without its nested tables.

    Args:
        text_of: gives the words of a ``td`` or ``th``.
    """
    rows: list[list[str]] = []
    # Column: words of a cell that reaches down, and how many more rows it covers.
    above: dict[int, tuple[str, int]] = {}
    total = 0
    for row in _rows(table):
        cells: list[str] = []

        def fill(cells: list[str] = cells) -> None:
            while (held := above.get(len(cells))) is not None:
                words, left = held
                if left == 1:
                    del above[len(cells)]
                else:
                    above[len(cells)] = (words, left - 1)
                cells.append(words)

        for cell in _cells(row):
            fill()
            words = text_of(cell)
            wide = _span(cell.get("colspan"), _WIDEST)
            high = _span(cell.get("rowspan"), _LONGEST)
            for _ in range(wide):
                if high > 1:
                    above[len(cells)] = (words, high - 1)
                cells.append(words)
        fill()
        total += len(cells)
        if total > _MOST:
            break
        rows.append(cells)
    width = max(map(len, rows), default=0)
    if width * len(rows) > _MOST:
        return rows
    return [row + [""] * (width - len(row)) for row in rows]


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _cells(row: Any) -> Iterator[Any]:
    yield from row.iterchildren("td", "th")


def _span(text: str | None, most: int) -> int:
    plain = (text or "").strip()
    return max(1, min(int(plain), most)) if plain.isascii() and plain.isdigit() else 1
