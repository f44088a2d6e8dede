"""What an import found, as a table to work through."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from assistant.quiz.exports.tables import write_sheet
from assistant.quiz.importing.examine import Checked

_COLUMNS = ("行号", "结论", "理由", "出处", "解析", "题型", "题干", "答案")


def write_report(checked: Sequence[Checked], path: Path) -> None:
    """Write one row a question: what became of it, why, and what the sources say.

    Raises:
        OSError: the file cannot be written.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "导入核对"
    write_sheet(sheet, _COLUMNS, [_row(entry) for entry in checked])
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def _row(entry: Checked) -> list[str]:
    question = entry.question
    return [
        str(entry.row.number),
        entry.outcome.value,
        entry.reason,
        question.citation if question else "",
        question.quote if question else "",
        entry.row.type,
        entry.row.stem,
        entry.row.key,
    ]
