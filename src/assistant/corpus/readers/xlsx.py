"""Excel workbooks: every sheet as rows of cell texts, merged cells repeated."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.source import Source, Table

_DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OSError,
)  # fmt: skip
# Rows without a word beyond which what follows is a table of its own.
_GAP = 20
_MOST_COLUMNS = 200
_MIDNIGHT = time()


def read(path: Path, origin: str) -> Source:
    """Read an XLSX file; formulas give the values that were last computed.

    Raises:
        CorpusError: the file is damaged or is no workbook.
    """
    try:
        book = load_workbook(path, data_only=True)
        tables = [table for sheet in book.worksheets for table in _tables(sheet)]
        warnings = tuple(_warnings(path, book))
        title = (book.properties.title or "").strip()
        created = _created(path, book)
    except _DAMAGED as error:
        raise CorpusError(
            origin, "Excel 文件已损坏或不完整，无法打开", "请用 WPS 或 Excel 打开后另存为 XLSX"
        ) from error
    return Source(origin, content_digest(path), tables, title, created, warnings)


def shown(value: object, form: str) -> str:
    """Return a cell's value as text.

    Args:
        form: number format of the cell; only dates, times and percentages follow it.
    """
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == _MIDNIGHT else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return f"{value:%Y-%m-%d}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
        case int() | float() if form.endswith("%"):
            return f"{value * 100:.10g}%"
        case float():
            return f"{value:.15g}"
        case _:
            return str(value).strip()


def _tables(sheet: Worksheet) -> Iterator[Table]:
    """Yield the sheet's rows; far-apart parts become tables of their own."""
    filled = _filled(sheet)
    rows = sorted({row for row, _ in filled})
    columns = sorted({column for _, column in filled})
    if not rows:
        return
    if columns[-1] - columns[0] < _MOST_COLUMNS:
        columns = list(range(columns[0], columns[-1] + 1))
    # Rows of one run differ from their rank by less than a gap.
    starts = [0, *(at for at in range(1, len(rows)) if rows[at] - rows[at - 1] > _GAP), len(rows)]
    for start, end in pairwise(starts):
        first, last = rows[start], rows[end - 1]
        yield Table(
            tuple(
                tuple(filled.get((row, column), "") for column in columns)
                for row in range(first, last + 1)
            ),
            sheet=sheet.title,
            first_row=first,
        )


def _filled(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Return the cells that hold words; merged cells repeat theirs."""
    # Walking all coordinates of a sheet whose last cell is XFD1048576 never ends; the
    # sheet's own dictionary has only the cells that the file states.
    cells = sheet._cells
    filled = {
        place: words
        for place, cell in cells.items()
        if (words := shown(cell.value, cell.number_format))
    }
    used = {row for row, _ in cells}
    for merged in sheet.merged_cells.ranges:
        words = filled.get((merged.min_row, merged.min_col), "")
        if not words:
            continue
        right = min(merged.max_col, merged.min_col + _MOST_COLUMNS)
        for row in range(merged.min_row, min(merged.max_row, max(used)) + 1):
            for column in range(merged.min_col, right + 1):
                filled[row, column] = words
    return filled


def _warnings(path: Path, book: Workbook) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        with_formulas = any(b"<f" in package.read(name) for name in sheets)
        pictures = sum(name.startswith("xl/media/") for name in package.namelist())
    if pictures:
        yield f"表格中有 {pictures} 幅图片，图片里的文字没有收录。"
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            yield f"工作表“{sheet.title}”是隐藏的，内容已收录。"
    if not with_formulas:
        return
    for sheet in load_workbook(path).worksheets:
        missing = [
            cell.coordinate
            for cell in sheet._cells.values()
            if cell.data_type == "f" and book[sheet.title][cell.coordinate].value is None
        ]
        if missing:
            named = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
            yield (
                f"工作表“{sheet.title}”的 {named} 共 {len(missing)} 格是没有保存结果的公式，"
                "未能收录；请用 WPS 或 Excel 打开后重新保存。"
            )


def _created(path: Path, book: Workbook) -> date | None:
    """Return the stated date of creation; openpyxl puts today where there is none."""
    with zipfile.ZipFile(path) as package:
        if "docProps/core.xml" not in package.namelist():
            return None
        stated = b":created" in package.read("docProps/core.xml")
    created = book.properties.created
    return created.date() if stated and created else None
