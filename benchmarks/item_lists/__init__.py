"""Three item lists in layouts other than the samples', written from the tables beside this file."""

import csv
import html
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_HERE = Path(__file__).parent
_Row = dict[str, str]


def write_lists(folder: Path) -> None:
    """Write the three lists into ``folder``: two header rows, several sheets, HTML."""
    folder.mkdir(parents=True, exist_ok=True)
    _two_header_rows(read_rows("towns-2025"), folder / "镇综合执法事项清单（2025年）.xlsx")
    _split_over_sheets(read_rows("yunxi-2026"), folder / "云溪县赋权事项目录.xlsx")
    _html_with_spans(read_rows("gaoxin-2026"), folder / "高新区街道事项表.html")


def read_rows(name: str) -> list[_Row]:
    """Return the rows of a table beside this file."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_plain(
    path: Path, title: str, stated: str, columns: Sequence[str], rows: Sequence[_Row]
) -> None:
    """Write a list with a title, a line that states its size and day, and its rows."""
    book, sheet = _book("清单")
    _line(sheet, 1, title, len(columns))
    _line(sheet, 2, stated, len(columns))
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(column) or None for column in columns])
    book.save(path)


def _two_header_rows(rows: Sequence[_Row], path: Path) -> None:
    """Merged cells: two of the columns stand under a common heading, departments span rows."""
    book, sheet = _book("镇清单")
    _line(sheet, 1, "示范区镇综合执法事项清单（2025年）", 6)
    _line(sheet, 2, "示范府办发〔2025〕14号　　公布日期：2025年5月20日　　（示范文本）", 6)
    upper = ("序号", "原行使部门", "事项名称", "赋权内容", "", "执法依据")
    lower = ("", "", "", "赋权范围", "赋权镇街", "")
    for column, (above, below) in enumerate(zip(upper, lower, strict=True), start=1):
        sheet.cell(3, column, above or None)
        sheet.cell(4, column, below or None)
        if not below:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.merge_cells("D3:E3")
    columns = ("序号", "原行使部门", "事项名称", "赋权范围", "赋权镇街", "执法依据")
    number = 5
    for _, group in groupby(rows, key=lambda row: row["原行使部门"]):
        first = number
        for row in group:
            for column, name in enumerate(columns, start=1):
                if name != "原行使部门" or number == first:
                    sheet.cell(number, column, row[name])
            number += 1
        sheet.merge_cells(start_row=first, end_row=number - 1, start_column=2, end_column=2)
    _line(sheet, number, f"备注：本清单共{len(rows)}项。", 6)
    book.save(path)


def _split_over_sheets(rows: Sequence[_Row], path: Path) -> None:
    """Each field of law on its own sheet, numbered from 1 on each."""
    columns = [name for name in rows[0] if name != "工作表"]
    book: Workbook | None = None
    for name, group in groupby(rows, key=lambda row: row["工作表"]):
        if book is None:
            book, sheet = _book(name)
        else:
            sheet = book.create_sheet(name)
        title = "云溪县乡镇（街道）赋权事项目录（2026年）（示范文本）"
        _line(sheet, 1, title, len(columns))
        _line(sheet, 2, f"共{len(rows)}项　　公布日期：2026年10月8日", len(columns))
        for column, heading in enumerate(columns, start=1):
            sheet.cell(3, column, heading)
        for number, row in enumerate(group, start=4):
            for column, heading in enumerate(columns, start=1):
                sheet.cell(number, column, row[heading] or None)
    if book is not None:
        book.save(path)


def _html_with_spans(rows: Sequence[_Row], path: Path) -> None:
    """A web page whose department cells span the rows of the department."""
    columns = list(rows[0])
    lines = [
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'>",
        "<title>高新区街道综合执法事项表（2026年）</title></head><body>",
        "<h1>高新区街道综合执法事项表（2026年）</h1><p>（示范文本）</p>",
        "<p>公布日期：2026年9月28日</p><p>由高新区各街道行使下列事项。</p><table><thead><tr>",
        *(f"<th>{name}</th>" for name in columns),
        "</tr></thead><tbody>",
    ]
    for _, group in groupby(rows, key=lambda row: row["实施主体"]):
        members = list(group)
        for place, row in enumerate(members):
            lines.append("<tr>")
            for name in columns:
                if name == "实施主体" and place:
                    continue
                span = f" rowspan='{len(members)}'" if name == "实施主体" else ""
                lines.append(f"<td{span}>{html.escape(row[name])}</td>")
            lines.append("</tr>")
    lines.append("</tbody></table></body></html>")
    path.write_text("\n".join(lines), encoding="utf-8")


def _book(name: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = name
    return book, sheet


def _line(sheet: Worksheet, row: int, text: str, width: int) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet.cell(row, 1, text)
