"""The table that examination platforms take, as XLSX and CSV."""

import csv
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.quiz.exports.wording import (
    LETTERS,
    explained,
    facts_of,
    heading_of,
    options_of,
    points,
)
from assistant.quiz.papers import Asked, Paper

COLUMNS = (
    "题型", "题干", *(f"选项{letter}" for letter in LETTERS),
    "答案", "解析", "难度", "知识点", "出处", "分值",
)  # fmt: skip
_WIDTHS = {
    "题型": 8, "题干": 42, "答案": 8, "解析": 42, "难度": 6, "知识点": 12, "出处": 22, "分值": 6,
    "结论": 12, "理由": 36,
}  # fmt: skip
_OPTION_WIDTH = 16
_LINE_HEIGHT, _TALLEST = 15.0, 400.0
_SHEET_COLUMNS = 10
_LINE = Side(style="thin", color="999999")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="E8EEF7")
_A4 = 9


def rows_of(paper: Paper) -> list[list[str]]:
    """Return one row a question, in the order of :data:`COLUMNS`."""
    return [_row(entry) for entry in paper.asked]


def _row(entry: Asked) -> list[str]:
    question = entry.question
    return [
        question.type.label,
        question.stem,
        *(options_of(question) + [""] * len(LETTERS))[: len(LETTERS)],
        question.letters,
        explained(question),
        question.difficulty.label,
        question.topic,
        question.citation,
        points(entry.points) if entry.points else "",
    ]


def write_csv(paper: Paper, path: Path) -> None:
    """Write the table as CSV."""
    # With the byte-order mark, spreadsheet programs read the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows_of(paper)])


def write_xlsx(paper: Paper, path: Path) -> None:
    """Write the table as XLSX; a paper has a second sheet to answer on."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "题库"
    write_sheet(sheet, COLUMNS, rows_of(paper))
    if paper.version:
        _answer_sheet(book.create_sheet("答题卡"), paper)
    book.save(path)


def write_sheet(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Fill a sheet with a table that reads well on the screen and on paper."""
    used = [column for column, _ in enumerate(columns) if any(row[column] for row in rows)]
    sheet.append(list(columns))
    for row in rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            # A stem that begins with = is words, not a formula.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = _GRID
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = _SHADE
    for place, name in enumerate(columns):
        dimension = sheet.column_dimensions[get_column_letter(place + 1)]
        dimension.width = _width(name)
        # Columns of options that no question has stay for the platform, out of sight.
        dimension.hidden = place not in used and name[:2] == "选项"
    for number, row in enumerate(rows, start=2):
        # Not every program finds the height of wrapped text by itself.
        lines = max(map(_lines, row, map(_width, columns)))
        sheet.row_dimensions[number].height = min(lines * _LINE_HEIGHT, _TALLEST)
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    _fit_to_width(sheet)


def _width(column: str) -> int:
    """Width of a column in Latin letters; a Chinese one takes two."""
    return _WIDTHS.get(column, _OPTION_WIDTH if column[:2] == "选项" else 10)


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column, a little generously."""
    return sum(1 + 2 * len(line) // (width - 5) for line in text.split("\n"))


def _fit_to_width(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True


def _answer_sheet(sheet: Worksheet, paper: Paper) -> None:
    sheet.append([f"{paper.title}　答题卡"])
    sheet.append([facts_of(paper)])
    sheet.append(["单位：", *[""] * 3, "姓名：", *[""] * 2, "得分："])
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_SHEET_COLUMNS)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    for place, section in enumerate(paper.sections):
        sheet.append([])
        sheet.append([heading_of(place, section)])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for start in range(0, len(section.asked), _SHEET_COLUMNS):
            group = section.asked[start : start + _SHEET_COLUMNS]
            sheet.append([entry.number for entry in group])
            _boxes(sheet, sheet.max_row, len(group), shaded=True)
            _boxes(sheet, sheet.max_row + 1, len(group), shaded=False)
            sheet.append([""])
    for letter in "ABCDEFGHIJ":
        sheet.column_dimensions[letter].width = 11
    _fit_to_width(sheet)


def _boxes(sheet: Worksheet, row: int, count: int, *, shaded: bool) -> None:
    sheet.row_dimensions[row].height = 18 if shaded else 28
    for column in range(1, count + 1):
        cell = sheet.cell(row, column)
        cell.border = _GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if shaded:
            cell.fill = _SHADE
