"""A bank from elsewhere: read as it comes, held against the statutes, taken in once."""

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from benchmarks.quiz_import import spoiled
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.quiz.conftest import DAY, Source

from assistant.quiz import (
    FALSE,
    TRUE,
    Bank,
    Checked,
    Examiner,
    Outcome,
    Question,
    QuestionType,
    QuizError,
    export_questions,
    read_table,
    take,
    write_report,
)
from assistant.quiz.importing import DraftError, Row, read_draft

HEAD = ("正确答案", "题目", "试题类型", "B选项", "A选项", "选项C", "解析")


@pytest.fixture(scope="session")
def examiner(statutes: list[Source]) -> Examiner:
    """Checks against the statutes."""
    return Examiner({document.id: (document, passages) for document, passages in statutes}, DAY)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """An empty bank."""
    return Bank(tmp_path / "data")


def _table(path: Path, *rows: Sequence[str]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["某单位题库"])
    for row in (HEAD, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


def _one(examiner: Examiner, bank: Bank, path: Path, *row: str) -> Checked:
    (checked,) = examiner.examine(read_table(_table(path, row)), bank)
    return checked


def test_headings_may_stand_in_any_order(tmp_path: Path) -> None:
    row = ("AB", "有哪些？", "多选", "乙", "甲", "丙", "")
    (read,) = read_table(_table(tmp_path / "题.xlsx", row))
    draft = read_draft(read)
    assert (read.number, draft.options, draft.key) == (3, ("甲", "乙", "丙"), ("甲", "乙"))


def test_a_csv_of_old_programs_is_read(tmp_path: Path) -> None:
    path = tmp_path / "题.csv"
    path.write_bytes("题干\t答案\n执法人员不得少于两人。\t√\n".encode("gb18030"))
    (row,) = read_table(path)
    assert read_draft(row).key == (TRUE,)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("B", ("乙",)),
        ("b.", ("乙",)),
        ("乙", ("乙",)),
        ("Ａ、Ｃ", ("甲", "丙")),
        ("甲；丙", ("甲", "丙")),
    ],
)
def test_an_answer_may_be_letters_or_words(answer: str, key: tuple[str, ...]) -> None:
    row = Row(2, stem="选哪个（ ）", key=answer, options={"A": "甲", "B": "乙", "C": "丙"})
    assert read_draft(row).key == key


@pytest.mark.parametrize(
    ("answer", "key"), [("对", TRUE), ("×", FALSE), ("错误", FALSE), ("T", TRUE), ("B", FALSE)]
)
def test_a_judgement_may_be_written_in_many_ways(answer: str, key: str) -> None:
    assert read_draft(Row(2, type="判断题", stem="催告应当书面作出。（ ）", key=answer)).key == (
        key,
    )


def test_options_may_stand_in_the_stem() -> None:
    draft = read_draft(Row(2, stem="3. 期限为（ ）。A.三日 B．五日 C、七日", key="C"))
    assert (draft.stem, draft.options, draft.key) == (
        "期限为（ ）。",
        ("三日", "五日", "七日"),
        ("七日",),
    )


@given(st.text(max_size=40), st.text(max_size=20), st.lists(st.text(max_size=8), max_size=4))
def test_no_row_breaks_the_reading(stem: str, answer: str, options: list[str]) -> None:
    row = Row(2, stem=stem, key=answer, options=dict(zip("ABCD", options, strict=False)))
    try:
        draft = read_draft(row)
    except DraftError:
        return
    assert draft.key
    assert not draft.options or set(draft.key) <= set(draft.options)


def test_a_key_in_the_words_of_its_article_is_proved(
    examiner: Examiner, bank: Bank, tmp_path: Path
) -> None:
    stem = "违法行为在（ ）内未被发现的，不再给予行政处罚"
    checked = _one(
        examiner, bank, tmp_path / "题.xlsx", "B", stem, "单选", "二年", "一年", "三年", ""
    )
    assert checked.outcome is Outcome.PROVED
    assert checked.question is not None
    assert checked.question.citation == "《中华人民共和国行政处罚法》第三十六条"


def test_a_paraphrase_that_agrees_is_told_from_a_proof(
    examiner: Examiner, bank: Bank, tmp_path: Path
) -> None:
    stem = "行政机关自立案之日起应当在多少日内作出行政处罚决定？"
    checked = _one(
        examiner, bank, tmp_path / "题.xlsx",
        "C", stem, "单选", "60", "30", "90", "行政处罚法第60条",
    )  # fmt: skip
    assert checked.outcome is Outcome.AGREES


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("A", "听证应当在告知后（ ）内由当事人提出。", "单选", "五日", "三日", "七日",
          "处罚法第64条"),
         "条文为“五日”，与答案“三日”不符"),
        (("对", "不满十六周岁的未成年人有违法行为的，不予行政处罚。", "判断", "", "", "",
          "处罚法第30条"),
         "答案似应为错误"),
        (("错", "行政法规可以设定除限制人身自由以外的行政处罚。", "判断", "", "", "", ""),
         "答案似应为正确"),
        (("AB", "行政处罚的种类有", "多选", "行政拘留", "冻结存款、汇款", "警告、通报批评",
          "处罚法第9条"),
         "条文中没有“冻结存款、汇款”"),
        (("B", "违法行为在（ ）内未被发现的，不再给予行政处罚", "单选", "二年", "一年", "三年",
          "处罚法第60条"), "答案见《中华人民共和国行政处罚法》第三十六条"),
        (("A", "本市共有执法车辆多少台（ ）", "单选", "二十", "十", "三十", ""), "查不到依据"),
    ],
)  # fmt: skip
def test_a_doubtful_key_is_listed_with_its_reason(
    examiner: Examiner, bank: Bank, tmp_path: Path, row: tuple[str, ...], reason: str
) -> None:
    checked = _one(examiner, bank, tmp_path / "题.xlsx", *row)
    assert checked.outcome is Outcome.DOUBTFUL
    assert reason in checked.reason
    assert take([checked], bank, "甲") == 0


def test_our_own_table_comes_back_proved_and_once(
    examiner: Examiner, bank: Bank, bank_of_statutes: tuple[Question, ...], tmp_path: Path
) -> None:
    kinds = (QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.JUDGE, QuestionType.FILL)
    questions = [q for q in bank_of_statutes if q.type in kinds][:40]
    path = tmp_path / "题库.xlsx"
    export_questions(questions, path, "测试")
    checked = list(examiner.examine(read_table(path), bank))
    assert {entry.outcome for entry in checked} == {Outcome.PROVED}
    assert take(checked, bank, "甲") == len(questions)
    again = list(examiner.examine(read_table(path), bank))
    assert {entry.outcome for entry in again} == {Outcome.KNOWN}
    assert take(again, bank, "甲") == 0
    assert {entry.question.id for entry in bank.all()} == {question.id for question in questions}


def test_no_spoiled_key_is_taken_in(
    examiner: Examiner, bank: Bank, bank_of_statutes: tuple[Question, ...], tmp_path: Path
) -> None:
    path = tmp_path / "题库.xlsx"
    export_questions(bank_of_statutes, path, "测试")
    rows = [spoiled(row, Random(row.number)) for row in read_table(path)]
    assert [c.row for c in examiner.examine(rows, bank) if c.outcome.is_sound] == []


def test_a_question_twice_in_a_table_is_taken_once(
    examiner: Examiner, bank: Bank, tmp_path: Path
) -> None:
    row = ("对", "当事人不承担行政机关组织听证的费用。", "判断", "", "", "", "")
    path = _table(tmp_path / "题.xlsx", row, row)
    outcomes = [entry.outcome for entry in examiner.examine(read_table(path), bank)]
    assert outcomes == [Outcome.PROVED, Outcome.KNOWN]


def test_the_hand_written_bank_has_no_wrong_key_taken_in(
    examiner: Examiner, bank: Bank, statutes: list[Source]
) -> None:
    path = Path("benchmarks/data/quiz_foreign.csv")
    with path.open(encoding="utf-8", newline="") as file:
        wrong = {int(row["序号"]) + 1 for row in csv.DictReader(file) if row["核对"] == "错"}
    checked = list(examiner.examine(read_table(path), bank))
    assert len(checked) == 40
    assert not [c.row.stem for c in checked if c.outcome.is_sound and c.row.number in wrong]
    assert sum(entry.outcome.is_sound for entry in checked) >= 15


def test_the_report_says_what_to_do_about_each_row(
    examiner: Examiner, bank: Bank, tmp_path: Path
) -> None:
    wrong = ("A", "听证应当在告知后（ ）内提出。", "单选", "五日", "三日", "七日", "处罚法第64条")
    open_ = ("略", "简述处罚原则。", "简答题", "", "", "", "")
    path = _table(tmp_path / "题.xlsx", wrong, open_)
    report = tmp_path / "核对.xlsx"
    write_report(list(examiner.examine(read_table(path), bank)), report)
    rows = list(load_workbook(report).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows] == [("行号", "结论"), ("3", "存疑"), ("4", "不能识别")]
    assert "第六十四条" in rows[1][3]


def test_a_file_that_is_no_bank_is_named(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,单位\n张三,示范区\n", encoding="utf-8")
    with pytest.raises(QuizError, match=r"名单\.csv 中没有识别出试题"):
        read_table(path)
    with pytest.raises(QuizError, match="读不到题库文件"):
        read_table(tmp_path / "没有.xlsx")
    with pytest.raises(QuizError, match="请存为"):
        read_table(tmp_path / "题.pdf")
