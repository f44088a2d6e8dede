"""A paper that can be printed, tables and Moodle files that can be taken elsewhere."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree
from moodle_xml_parser.parser import parse_file
from openpyxl import load_workbook
from tests.quiz.conftest import DAY, Source
from tests.quiz.gift import Item, read_gift

from assistant.quiz import (
    TRUE,
    Bank,
    Blueprint,
    Paper,
    Question,
    QuestionType,
    QuizError,
    export_paper,
    export_questions,
    make_paper,
    make_questions,
    versions_of,
)


@pytest.fixture
def questions(sample: Source) -> tuple[Question, ...]:
    """The sample's questions."""
    return make_questions([sample], day=DAY).questions


@pytest.fixture
def paper(questions: tuple[Question, ...], tmp_path: Path) -> Paper:
    """A paper of several kinds, in version B."""
    bank = Bank(tmp_path / "data")
    bank.add(questions, "甲")
    kinds = (QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.ORDER, QuestionType.FILL)
    parts = [{"type": kind.label, "count": 1} for kind in kinds]
    wanted = Blueprint.model_validate(
        {
            "title": "新人测试",
            "minutes": 15,
            "note": "请独立作答。",
            "unreviewed": True,
            "points": {"多选题": 2.5},
            "part": parts,
        }
    )
    return versions_of(make_paper(bank, wanted, seed=5), 2)[1]


def _lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def _cells(path: Path) -> list[list[str]]:
    tables = docx.Document(str(path)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_the_table_has_one_row_a_question_with_its_key_and_source(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    path = tmp_path / "题库.xlsx"
    export_questions(questions, path, "测试")
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("题型", "题干", "选项A")
    assert len(rows) == len(questions) + 1
    by_stem = {question.stem: question for question in questions}
    for words in rows[1:]:
        row = dict(zip(rows[0], words, strict=True))
        assert row["答案"] == by_stem[row["题干"]].letters
        assert row["出处"] == by_stem[row["题干"]].citation


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


def test_the_printed_paper_shows_head_points_and_time(paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "试卷.docx"
    export_paper(paper, path)
    lines = _lines(path)
    assert lines[:2] == ["新人测试", "考试时间：15分钟　　满分：5.5分　　B卷"]
    assert "考生须知：请独立作答。" in lines
    assert any(line.startswith("二、多选题（共1题，每题2.5分，共2.5分") for line in lines)
    assert ["满分", "1", "2.5", "1", "1", "5.5", ""] in _cells(path)


def test_the_printed_paper_has_the_names_at_the_sealing_line(paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "试卷.docx"
    export_paper(paper, path)
    header = docx.Document(str(path)).sections[0].first_page_header._element
    words = "".join(header.itertext())
    assert all(part in words for part in ("单位", "姓名", "准考证号", "密", "封", "线"))


def test_the_key_stands_apart_after_the_answer_sheet(paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "试卷.docx"
    export_paper(paper, path)
    lines, cells = _lines(path), _cells(path)
    assert lines.index("新人测试　答题卡") < lines.index("B卷　参考答案及依据")
    for entry in paper.asked:
        (row,) = [row for row in cells if row[0] == str(entry.number) and len(row) == 3]
        assert row[1] == entry.question.letters
        assert entry.question.citation in row[2]


def test_a_table_of_a_paper_has_points_and_an_answer_sheet(paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "试卷.xlsx"
    export_paper(paper, path)
    book = load_workbook(path)
    assert [row[-1].value for row in book["题库"].rows] == ["分值", "1", "2.5", "1", "1"]
    words = [cell.value for row in book["答题卡"].rows for cell in row if cell.value]
    assert {1, 2, 3, 4} <= set(words)


def test_markdown_has_every_stem_and_quote(questions: tuple[Question, ...], tmp_path: Path) -> None:
    path = tmp_path / "试卷.md"
    export_questions(questions, path, "新人测试")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 新人测试")
    assert all(question.stem.replace("____", "＿＿＿＿") in text for question in questions)
    assert all(line in text for question in questions for line in question.quote.split("\n"))


def _right(item: Item) -> set[str]:
    return {answer.words for answer in item.answers if answer.percent > 0}


def test_a_gift_file_says_the_same_to_moodle(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    path = tmp_path / "题库.gift"
    export_questions(questions, path, "测试")
    read = {item.stem: item for item in read_gift(path.read_text(encoding="utf-8"))}
    assert len(read) == len(questions)
    for question in questions:
        item = read[question.stem]
        assert item.feedback == f"{question.citation}：{question.quote}"
        if question.type is QuestionType.JUDGE:
            assert item.truth is (question.key == (TRUE,))
        elif question.type is QuestionType.ORDER:
            places = {str(n): step for n, step in enumerate(question.key, start=1)}
            assert {answer.match: answer.words for answer in item.answers} == places
        elif question.type is QuestionType.FILL:
            assert question.key[0] in _right(item)
        else:
            assert _right(item) == set(question.key)
            assert {answer.words for answer in item.answers} == set(question.options)
            assert sum(a.percent for a in item.answers if a.percent > 0) == pytest.approx(100)


def test_signs_that_mean_something_to_gift_are_kept_as_words(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    odd = "比例{甲}=乙~丙#丁:戊\\己"
    single = next(q for q in questions if q.type is QuestionType.SINGLE)
    options = (odd, *single.options[1:])
    asked = replace(single, stem=f"{odd}的是____。", options=options, key=(odd,))
    path = tmp_path / "题库.gift"
    export_questions([asked], path, "测试")
    (item,) = read_gift(path.read_text(encoding="utf-8"))
    assert item.stem == asked.stem
    assert _right(item) == {odd}


def test_a_moodle_reader_gets_every_choice_with_its_right_options(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    path = tmp_path / "题库.xml"
    export_questions(questions, path, "测试")
    read = {item.text_pre_parse: item for item in parse_file(str(path))["multichoice"]}
    choices = [
        q for q in questions
        if q.type in (QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.CASE)
    ]  # fmt: skip
    assert len(read) == len(choices) > 0
    for question in choices:
        item = read[question.stem]
        right = [option for option in item.options if option.score_fraction > 0]
        assert {option.answer for option in right} == set(question.key)
        assert sum(option.score_fraction for option in right) == pytest.approx(100)
        assert item.single is (question.type is not QuestionType.MULTIPLE)


def test_a_moodle_file_has_the_points_and_the_other_kinds(paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "试卷.xml"
    export_paper(paper, path)
    root = etree.parse(str(path)).getroot()
    kinds = [question.get("type") for question in root if question.get("type") != "category"]
    assert kinds == ["multichoice", "multichoice", "matching", "shortanswer"]
    assert [grade.text for grade in root.iter("defaultgrade")] == ["1", "2.5", "1", "1"]
    order = paper.asked[2].question
    pairs = {
        pair.findtext("text"): pair.findtext("answer/text") for pair in root.iter("subquestion")
    }
    assert pairs == {step: str(place) for place, step in enumerate(order.key, start=1)}


def test_a_period_may_be_filled_in_with_digits(
    questions: tuple[Question, ...], tmp_path: Path
) -> None:
    fills = [q for q in questions if q.type is QuestionType.FILL]
    path = tmp_path / "题库.gift"
    export_questions(fills, path, "测试")
    for item in read_gift(path.read_text(encoding="utf-8")):
        assert any(re.search(r"\d", words) for words in _right(item))


def test_an_unknown_ending_is_refused(questions: tuple[Question, ...], tmp_path: Path) -> None:
    with pytest.raises(QuizError, match="文件名请以"):
        export_questions(questions, tmp_path / "题库.pdf", "测试")
