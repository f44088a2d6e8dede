"""Tables as XLSX files that are safe to open."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.items.answers import ItemTable

_LONGEST_CELL = 32_767
_MOST_ROWS = 1_000_000
_WIDEST = 60
_NARROWEST = 8
_MEASURED = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKED = PatternFill("solid", fgColor="FFF2CC")
_BAD_IN_TITLE = str.maketrans("", "", "[]:*?/\\'")


def table_workbook(table: ItemTable, marked: Mapping[int, int] | None = None) -> bytes:
    """Return a workbook with one sheet that holds a table.

    A cell that begins like a formula stays text, whoever opens the file.

    Args:
        table: what to write.
        marked: columns (0-based) to shade, by row (0-based).
    """
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = table.title.translate(_BAD_IN_TITLE)[:31] or "事项"
    for column, heading in enumerate(table.headings, start=1):
        _write(sheet.cell(1, column), heading).font = Font(bold=True)
    for number, row in enumerate(islice(table.rows, _MOST_ROWS), start=2):
        for column, value in enumerate(row, start=1):
            cell = _write(sheet.cell(number, column), value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for number, column in (marked or {}).items():
        sheet.cell(number + 2, column + 1).fill = _MARKED
    for column, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: object, value: str) -> Cell:
    if not isinstance(cell, Cell):
        raise TypeError("a cell of an unmerged sheet can be written")
    if value.isascii() and value.isdigit() and len(value) < 10 and not value.startswith("0"):
        cell.value = int(value)
        return cell
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
    cell.data_type = "s"
    if value.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _widths(table: ItemTable) -> Sequence[int]:
    widths = []
    for column, heading in enumerate(table.headings):
        longest = max((len(row[column]) for row in table.rows[:_MEASURED]), default=0)
        widths.append(min(_WIDEST, max(_NARROWEST, 2 * max(longest, len(heading)) + 2)))
    return widths
