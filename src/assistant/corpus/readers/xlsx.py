"""Excel workbooks: every sheet as rows of cell texts, merged cells repeated."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers.xlsx_extras import SheetExtras, read_extras
from assistant.corpus.source import Source, Table

_DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OSError, LxmlError, zlib.error,
)  # fmt: skip
# Rows without a word beyond which what follows is a table of its own.
_GAP = 20
# Cells of a merged range that repeat its value.
_MOST_COLUMNS = 200
_MOST_ROWS = 2000
_MIDNIGHT = time()


def read(path: Path, origin: str) -> Source:
    """Read an XLSX file; formulas give the values that were last computed.

    Raises:
        CorpusError: the file is damaged or is no workbook.
    """
    try:
        # Read-only, a sheet is a stream; otherwise each cell of a merged range is an object,
        # and a range may span the whole sheet.
        book = load_workbook(path, data_only=True, read_only=True)
        try:
            tables, warnings = _sheets(path, book)
            title = (book.properties.title or "").strip()
            created = _created(path, book)
        finally:
            book.close()
    except _DAMAGED as error:
        raise CorpusError(
            origin, "Excel 文件已损坏或不完整，无法打开", "请用 WPS 或 Excel 打开后另存为 XLSX"
        ) from error
    return Source(origin, content_digest(path), tables, title, created, tuple(warnings))


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


def _sheets(path: Path, book: Workbook) -> tuple[list[Table], list[str]]:
    tables: list[Table] = []
    warnings: list[str] = []
    with zipfile.ZipFile(path) as package:
        pictures = sum(name.startswith("xl/media/") for name in package.namelist())
        # The type stubs know only sheets that can be written.
        sheets: list[Any] = list(book.worksheets)
        for sheet in sheets:
            with package.open(sheet._worksheet_path) as part:
                extras = read_extras(part)
            tables += _tables(sheet.title, _filled(sheet, extras.merged))
            warnings += _warnings(sheet, extras)
    if pictures:
        warnings.append(f"表格中有 {pictures} 幅图片，图片里的文字没有收录。")
    return tables, warnings


def _tables(name: str, filled: dict[tuple[int, int], str]) -> Iterator[Table]:
    """Yield the rows of a sheet; far-apart parts become tables of their own."""
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
            sheet=name,
            first_row=first,
        )


def _filled(sheet: Any, merged: Sequence[tuple[int, int, int, int]]) -> dict[tuple[int, int], str]:
    """Return the cells that hold words, by row and column; merged cells repeat theirs.

    Args:
        merged: first row, first column, last row and last column of each merged range.
    """
    filled: dict[tuple[int, int], str] = {}
    # The stated size of a sheet may be anything.
    sheet.reset_dimensions()
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None and (words := shown(cell.value, cell.number_format)):
                filled[cell.row, cell.column] = words
    last = max((row for row, _ in filled), default=0)
    for top, left, bottom, right in merged:
        words = filled.get((top, left), "")
        if not words:
            continue
        for row in range(top, min(bottom, last, top + _MOST_ROWS) + 1):
            for column in range(left, min(right, left + _MOST_COLUMNS) + 1):
                filled[row, column] = words
    return filled


def _warnings(sheet: Any, extras: SheetExtras) -> Iterator[str]:
    if sheet.sheet_state != "visible":
        yield f"工作表“{sheet.title}”是隐藏的，内容已收录。"
    if extras.empty_formulas:
        count = len(extras.empty_formulas)
        named = "、".join(extras.empty_formulas[:5]) + ("等" if count > 5 else "")
        yield (
            f"工作表“{sheet.title}”的 {named} 共 {count} 格是没有保存结果的公式，未能收录；"
            "请用 WPS 或 Excel 打开后重新保存。"
        )


def _created(path: Path, book: Workbook) -> date | None:
    """Return the stated date of creation; openpyxl puts today where there is none."""
    with zipfile.ZipFile(path) as package:
        if "docProps/core.xml" not in package.namelist():
            return None
        stated = b":created" in package.read("docProps/core.xml")
    created = book.properties.created
    return created.date() if stated and created else None
