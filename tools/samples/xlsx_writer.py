"""Write an item list as a worksheet laid out the way districts publish theirs."""

from io import BytesIO

from archive import fixed
from content import COLUMNS, MARK, ItemList
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (6, 58, 20, 16, 56, 34)
_LINE = Side(style="thin", color="000000")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEADER_ROW = 4


def write(items: ItemList) -> bytes:
    """Return the workbook's bytes, the same for the same list."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = items.sheet
    book.properties.title = items.title
    book.properties.creator = "示范区人民政府办公室"
    for row, (text, size) in enumerate(
        ((items.title, 18), (MARK, 12), (items.issued, 11)), start=1
    ):
        _merged(sheet, row, text, Font(name="宋体", size=size, bold=row == 1), "center")
    for column, (heading, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(_HEADER_ROW, column, heading)
        cell.font = Font(name="黑体", size=11)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _FRAME
        sheet.column_dimensions[cell.column_letter].width = width
    for offset, values in enumerate(items.rows, start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(_HEADER_ROW + offset, column, value)
            cell.font = Font(name="仿宋", size=10)
            cell.alignment = Alignment(
                horizontal="center" if column in (1, 3, 4) else "left",
                vertical="center",
                wrap_text=True,
            )
            cell.border = _FRAME
    last = _HEADER_ROW + len(items.rows) + 1
    _merged(sheet, last, "备注：" + "\n".join(items.notes), Font(name="仿宋", size=10), "left")
    sheet.row_dimensions[last].height = 120
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    out = BytesIO()
    book.save(out)
    return fixed(out.getvalue(), items.day)


def _merged(sheet: Worksheet, row: int, text: str, font: Font, align: str) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
    cell = sheet.cell(row, 1, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
