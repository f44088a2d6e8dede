"""Make passages of the rows of a list, and lines of a table that illustrates a text."""

from collections.abc import Iterator

from assistant.corpus.characters import clean, squeezed
from assistant.corpus.lines import Line
from assistant.corpus.model import Unit
from assistant.corpus.pieces import Draft, Piece, Rest
from assistant.corpus.remainder import Reason
from assistant.corpus.source import Table
from assistant.corpus.tables import TableReading


def row_pieces(
    table: Table, reading: TableReading, number: int, breadcrumb: tuple[str, ...]
) -> Iterator[Piece]:
    """Yield a draft for each row of a list, and what stands above and between them.

    Args:
        table: the list.
        reading: the same, taken apart.
        number: 1 for the document's first table.
        breadcrumb: headings that the list stands under.
    """
    pages = _pages(table)
    for words in reading.above:
        yield Rest(Reason.HEADING, Line(words, pages))
    if reading.headings:
        yield Rest(Reason.COLUMN_HEADINGS, Line(" ".join(reading.headings), pages))
    title = " ".join(reading.above[:1]) or table.sheet
    for row in reading.rows:
        for between in row.above:
            reason = Reason.HEADING if between.group else Reason.COLUMN_HEADINGS
            yield Rest(reason, Line(between.words, pages))
        yield Draft(
            Unit.ROW,
            f"r{number}.{row.number}",
            f"第{row.ordinal}项" if row.ordinal else f"第{row.number}行",
            breadcrumb + tuple(crumb for crumb in (title, *row.groups) if crumb),
            row=row,
            cell=f"{table.sheet}!第{row.number}行" if table.sheet else "",
        )


def note_lines(table: Table, reading: TableReading) -> list[Line]:
    """Return the notes below a list."""
    return [Line(words, _pages(table), confidence=table.confidence) for words in reading.below]


def text_lines(table: Table) -> Iterator[Line]:
    """Yield a table row by row as lines of the text around it."""
    for number, row in enumerate(table.rows):
        page = table.row_pages[number] if number < len(table.row_pages) else table.page
        cells = [squeezed(clean(cell)) for cell in row]
        if any(cells):
            pages = (page, page) if page is not None else None
            yield Line(" | ".join(cells), pages, confidence=table.confidence)


def _pages(table: Table) -> tuple[int, int] | None:
    return (table.page, table.page) if table.page is not None else None
