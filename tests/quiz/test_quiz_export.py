"""A paper that can be printed, and a table that can be taken elsewhere."""

import csv
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from tests.quiz.conftest import DAY, Source

from assistant.quiz import Question, QuestionType, QuizError, export_questions, make_questions


@pytest.fixture
def questions(sample: Source) -> tuple[Question, ...]:
    """The sample's questions."""
    return make_questions([sample], day=DAY).questions


def test_the_table_has_one_row_a_question_with_its_key_and_source(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    path = tmp_path / "题库.xlsx"
    export_questions(questions, path, "测试")
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("题型", "题干", "选项A")
    assert len(rows) == len(questions) + 1
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["题干"], row["答案"]) == (questions[0].stem, questions[0].letters)
    assert row["出处"] == questions[0].citation


def test_the_letters_of_a_multiple_choice_name_the_right_options(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    path = tmp_path / "题库.csv"
    export_questions(questions, path, "测试")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    asked = next(q for q in questions if q.type is QuestionType.MULTIPLE)
    row = next(row for row in rows if row["题干"] == asked.stem)
    assert {row[f"选项{letter}"] for letter in row["答案"]} == set(asked.key)


def test_the_printed_paper_shows_the_key_only_after_the_questions(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    path = tmp_path / "试卷.docx"
    export_questions(questions, path, "新人测试")
    lines = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    place = lines.index("参考答案及依据")
    assert lines[0] == "新人测试"
    assert not any(question.citation in "\n".join(lines[:place]) for question in questions
                   if question.type is QuestionType.FILL)  # fmt: skip
    assert sum(line[:1].isdigit() for line in lines[place:]) == len(questions)


def test_markdown_has_every_stem(questions: tuple[Question, ...], tmp_path: Path) -> None:
    path = tmp_path / "试卷.md"
    export_questions(questions, path, "新人测试")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 新人测试")
    assert all(question.stem.replace("____", "＿＿＿＿") in text for question in questions)


def test_an_unknown_ending_is_refused(questions: tuple[Question, ...], tmp_path: Path) -> None:
    with pytest.raises(QuizError, match="文件名请以"):
        export_questions(questions, tmp_path / "题库.pdf", "测试")
