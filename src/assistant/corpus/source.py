"""What a reader hands to the structure parser: blocks of text and tables with their places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text that the source keeps together.

    Attributes:
        text: one line, without line breaks.
        page: 1-based page, None where the format has no pages.
        heading: outline level that the format itself states (1 = title), 0 if none.
        confidence: 0 to 1, how sure the recogniser of a scanned page is of the words;
            None for text that was read rather than recognised.
        last_page: page on which a paragraph ends that is broken over pages, else None.
        furniture: a running head, foot or page number that the layout repeats; part of the
            file but not of the text.
    """

    text: str
    page: int | None = None
    heading: int = 0
    confidence: float | None = None
    last_page: int | None = None
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as the source shows them, header rows included.

    Attributes:
        rows: cell texts; merged cells repeat their value.
        sheet: worksheet name, empty outside spreadsheets.
        first_row: 1-based number of ``rows[0]`` in the sheet or table.
        page: 1-based page of the table's first row, None where there are no pages.
        confidence: as for :class:`Paragraph`.
        row_pages: 1-based page of each row where the table goes over pages, else empty.
    """

    rows: Sequence[Sequence[str]]
    sheet: str = ""
    first_row: int = 1
    page: int | None = None
    confidence: float | None = None
    row_pages: Sequence[int] = ()


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read, before any structure is recognised.

    Attributes:
        origin: path relative to the corpus folder.
        digest: hash of the file's bytes.
        blocks: text and tables in reading order.
        title: title in the file's own properties; empty if none.
        created: creation date in the file's own properties.
        warnings: Chinese sentences on what could not be read in full.
    """

    origin: str
    digest: str
    blocks: Sequence[Block]
    title: str = ""
    created: date | None = None
    warnings: tuple[str, ...] = field(default=())
