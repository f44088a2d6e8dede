"""A tool's result as a file that an officer can put into the case."""

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.procedures import DeadlineQuestion, ProcedureError, Procedures, export

DAY = date(2026, 11, 24)
_OFFICIAL = "《中华人民共和国行政处罚法》第六十条"


def test_word_has_the_date_and_the_article(procedures: Procedures, tmp_path: Path) -> None:
    path = export(procedures.deadlines(DeadlineQuestion("立案", DAY), day=DAY), tmp_path / "a.docx")
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "2027-02-22 星期一" in words
    assert _OFFICIAL in words


def test_excel_has_one_row_a_finding(procedures: Procedures, tmp_path: Path) -> None:
    path = export(procedures.flow("听证", day=DAY), tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert ("事项", "结果", "说明", "依据") in rows
    assert sum(1 for row in rows if row[3] and "行政处罚法" in row[3]) == 7


def test_markdown_has_headings_and_sources(procedures: Procedures, tmp_path: Path) -> None:
    path = export(procedures.deadlines(DeadlineQuestion("立案", DAY), day=DAY), tmp_path / "a.md")
    words = path.read_text(encoding="utf-8")
    assert words.startswith("# 时限计算：行政处罚立案")
    assert f"- 依据：{_OFFICIAL}" in words


def test_another_ending_is_refused(procedures: Procedures, tmp_path: Path) -> None:
    with pytest.raises(ProcedureError, match=r"\.docx、\.xlsx、\.md"):
        export(procedures.flow("听证", day=DAY), tmp_path / "a.pdf")
