"""What trainers decide is kept, and a changed article is noticed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.quiz.conftest import DAY, Source, document
from typer.testing import CliRunner

from assistant.cli import app
from assistant.corpus import Validity
from assistant.index import OpenedIndex
from assistant.quiz import Bank, QuestionType, QuizError, State, make_questions
from assistant.settings import Settings

RULE = {
    "示范规定.txt": "示范区店招管理规定\n"
    "第一条 市容管理部门应当自收到店招设置申请之日起七日内作出决定。\n"
    "第二条 沿街商户应当在每次清扫后十五日内报送清扫记录。\n"
    "第三条 当事人应当自收到整改通知之日起三十日内完成整改。\n"
    "第四条 申请人对设置决定有异议的，可以在六十日内申请复核。\n"
}


@pytest.fixture
def bank(tmp_path: Path, sample: Source) -> Bank:
    """A bank with the sample's questions."""
    kept = Bank(tmp_path / "data")
    kept.add(make_questions([sample], day=DAY).questions, "甲")
    return kept


def test_a_rejected_question_does_not_return(bank: Bank, sample: Source) -> None:
    first = bank.all()[0]
    bank.decide(first.id, State.REJECTED, "乙")
    assert bank.add(make_questions([sample], day=DAY).questions, "甲") == 0
    assert bank.get(first.id).state is State.REJECTED


def test_who_decided_and_tagged_is_told(bank: Bank) -> None:
    first = bank.all()[0]
    bank.decide(first.id, State.ACCEPTED, "乙")
    assert bank.tag(first.id, ["新人", "新人"], "丙").tags == ("新人",)
    assert [entry[:2] for entry in bank.history(first.id)] == [("已采用", "乙"), ("标记", "丙")]


def test_an_edit_that_breaks_the_key_is_refused(bank: Bank) -> None:
    entry = next(e for e in bank.all() if e.question.type is QuestionType.MULTIPLE)
    with pytest.raises(QuizError, match="未通过校验"):
        bank.edit(entry.id, replace(entry.question, key=entry.question.options), "乙")
    stem = entry.question.stem.replace("下列选项中", "以下选项中")
    assert bank.edit(entry.id, replace(entry.question, stem=stem), "乙").question.stem == stem


def test_questions_of_an_unchanged_document_are_sound(bank: Bank, sample: Source) -> None:
    assert bank.check({"sample": sample}, DAY) == []


def test_a_changed_article_flags_its_questions_only(bank: Bank, sample: Source) -> None:
    source, passages = sample
    changed = [replace(p, text=p.text.replace("七日", "九日")) for p in passages]
    flagged = bank.check({"sample": (source, changed)}, DAY)
    assert flagged
    assert {entry.question.citation_id for entry in flagged} == {"sample#a1"}
    assert all("条文已修改" in entry.flag for entry in flagged)


def test_a_repealed_document_flags_all_its_questions(bank: Bank) -> None:
    gone = document(validity=Validity.REPEALED, repealed=date(2026, 1, 1))
    flagged = bank.check({"sample": gone}, DAY)
    assert len(flagged) == len(bank.all())
    assert flagged[0].flag == "出处已废止"


def test_the_command_line_builds_lists_reviews_and_checks(
    small_settings: Settings,
    small_index: Callable[..., OpenedIndex],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small_index(RULE)
    monkeypatch.setenv("ASSISTANT_CORPUS", str(small_settings.corpus))
    monkeypatch.setenv("ASSISTANT_INDEX", str(small_settings.index))
    monkeypatch.setenv("ASSISTANT_LAW_PACK", "none")
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["quiz", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert "出题" in run("build", "--by", "甲")
    listed = run("list")
    assert "第一条" in listed
    assert "已弃用" in run("review", listed.split()[0], "--reject", "--by", "乙")
    assert "相符" in run("check")
    assert "已导出" in run("export", str(tmp_path / "试卷.docx"), "--all")
    refused = CliRunner().invoke(app, ["quiz", "export", str(tmp_path / "试卷.docx")])
    assert "没有可导出的题" in refused.stderr
    plan = tmp_path / "小测.toml"
    plan.write_text('title = "小测"\n[[part]]\ntype = "判断题"\ncount = 1\n', encoding="utf-8")
    assert "newcomers　行政执法新人入门测试（20题）" in run("paper")
    told = run("paper", str(plan), str(tmp_path / "卷.docx"), "--all", "--versions", "2")
    assert "已组卷（B卷，1题，1分）" in told
    assert (tmp_path / "卷-A.docx").exists()
    refused = CliRunner().invoke(app, ["quiz", "paper", "没有", str(tmp_path / "卷.docx")])
    assert refused.exit_code == 2
    table = tmp_path / "题.csv"
    stem = "申请人对设置决定有异议的，可以在（ ）日内申请复核。"
    table.write_text(f"题干,A,B,答案\n{stem},30,60,B\n{stem}?,30,60,A\n", encoding="utf-8")
    told = run("import", str(table), "--report", str(tmp_path / "核对.xlsx"))
    assert "没有导入" in told
    assert "第3行 条文为“六十日”，与答案“30”不符" in told
    assert "已导入 1 道" in run("import", str(table), "--yes", "--by", "甲")
    assert "已导入 0 道" in run("import", str(table), "--yes", "--by", "甲")
    refused = CliRunner().invoke(app, ["quiz", "build", "--type", "作文题"])
    assert refused.exit_code == 2
