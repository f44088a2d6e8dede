"""Write a tool's result as Markdown, DOCX, XLSX or plain text."""

from collections.abc import Callable
from pathlib import Path

import docx
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from assistant.procedures.model import Entry, ProcedureError, ToolResult

_COLUMNS = ("事项", "结果", "说明", "依据")
_WIDTHS = (30, 24, 70, 50)


def as_text(result: ToolResult) -> str:
    """Return the result as plain text, for a terminal or the clipboard."""
    lines = [result.title, *(f"{line.label}：{line.text}" for line in result.given)]
    for entry in result.entries:
        lines += ["", f"{entry.title}　{entry.badge}".strip()]
        lines += [f"  {line.label}：{line.text}" for line in entry.lines]
        if entry.bases:
            lines.append(f"  依据：{_bases(entry)}")
    if remarks := _remarks(result):
        lines += ["", *remarks]
    return "\n".join(lines)


def as_markdown(result: ToolResult) -> str:
    """Return the result as Markdown."""
    lines = [f"# {result.title}", ""]
    lines += [f"- {line.label}：{line.text}" for line in result.given]
    for entry in result.entries:
        badge = f"：**{entry.badge}**" if entry.badge else ""
        lines += ["", f"## {entry.title}{badge}", ""]
        lines += [f"- {line.label}：{line.text}" for line in entry.lines]
        if entry.bases:
            lines.append(f"- 依据：{_bases(entry)}")
    if remarks := _remarks(result):
        lines += ["", *(f"> {remark}\n" for remark in remarks)]
    return "\n".join(lines).rstrip() + "\n"


def export(result: ToolResult, path: Path) -> Path:
    """Write the result to ``path``; its ending says the format.

    Raises:
        ProcedureError: the ending is not one of :data:`EXPORTS`.
        OSError: the file cannot be written.
    """
    writer = EXPORTS.get(path.suffix.lower())
    if writer is None:
        raise ProcedureError(f"不能导出为 {path.name}。文件名请以{'、'.join(EXPORTS)}结尾。")
    writer(result, path)
    return path


def _markdown(result: ToolResult, path: Path) -> None:
    path.write_text(as_markdown(result), encoding="utf-8")


def _docx(result: ToolResult, path: Path) -> None:
    document = docx.Document()
    document.add_heading(result.title, level=1)
    for line in result.given:
        document.add_paragraph(f"{line.label}：{line.text}")
    for entry in result.entries:
        document.add_heading(entry.title, level=2)
        if entry.badge:
            document.add_paragraph().add_run(entry.badge).bold = True
        for line in entry.lines:
            document.add_paragraph(f"{line.label}：{line.text}")
        if entry.bases:
            document.add_paragraph(f"依据：{_bases(entry)}")
    for remark in _remarks(result):
        document.add_paragraph(remark)
    document.save(str(path))


def _xlsx(result: ToolResult, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([result.title])
    for line in result.given:
        sheet.append([line.label, line.text])
    sheet.append(_COLUMNS)
    head = sheet.max_row
    for entry in result.entries:
        told = "\n".join(f"{line.label}：{line.text}" for line in entry.lines)
        sheet.append([entry.title, entry.badge, told, _bases(entry)])
    for remark in _remarks(result):
        sheet.append([remark])
    for row in (1, head):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for row_cells in sheet.iter_rows(min_row=head, max_row=head + len(result.entries)):
        for cell in row_cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = f"A{head + 1}"
    book.save(path)


def _bases(entry: Entry) -> str:
    return "；".join(basis.official for basis in entry.bases)


def _remarks(result: ToolResult) -> list[str]:
    return [*result.notes, *(fault.message for fault in result.withheld)]


EXPORTS: dict[str, Callable[[ToolResult, Path], None]] = {
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".md": _markdown,
}
"""Writers by file ending."""
