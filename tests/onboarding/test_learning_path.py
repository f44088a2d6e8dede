"""The learning path: passages of today's documents, checks that count, a certificate."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import gradio as gr
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.corpus import Passage, Unit
from assistant.onboarding import (
    Library,
    PathError,
    Progress,
    certificate_docx,
    certificate_html,
    check_plan,
    read_path,
    unit_text,
)
from assistant.onboarding.library import definition
from assistant.people import Person, Role
from assistant.quiz import Bank, State
from assistant.quiz.practice import Learning
from assistant.settings import Settings
from assistant.ui.learn_handlers import LearnHandlers
from assistant.ui.quiz_stage import Desk

if TYPE_CHECKING:
    from assistant.index import OpenedIndex, PassageEmbedding

ZHANG = Person("zhang", Role.READER, shown="张三")


def test_the_shipped_path_finds_everything_in_the_default_documents(
    default_settings: Settings, default_index: OpenedIndex
) -> None:
    path = read_path(default_settings)
    library = Library(default_settings)
    texts = [unit_text(unit, library) for unit in path.unit]
    assert len(texts) == 8
    assert [text.missing for text in texts] == [()] * 8
    for text in texts:
        for found in text.found:
            [opened, *_] = default_index.catalogue.cited(found.passage.citation_id)
            assert found.passage.text == opened.text
            assert found.quote in opened.text


def test_every_unit_of_the_shipped_path_has_a_check(
    default_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    library = Library(default_settings)
    bank = Bank(tmp_path_factory.mktemp("bank"))
    for unit in read_path(default_settings).unit:
        text = unit_text(unit, library)
        plan = check_plan(text, library, bank, seed=1)
        assert 5 <= len(plan.questions) <= unit.check
        documents = {found.document.title for found in text.found}
        assert {posed.question.document for posed in plan.questions} <= documents


def test_what_is_not_found_is_named_and_nothing_takes_its_place(settings: Settings) -> None:
    [unit] = read_path(settings).unit
    text = unit_text(unit, Library(settings))
    assert text.readings[0].found[0].passage.label == "第二条"
    assert text.readings[1].found == ()
    assert text.missing == (
        "现行资料中查不到《行政处罚法》第九百条",
        "现行资料中没有关于“采访纪律”的规定",
        "现行资料中没有说明“回形针”的条文",
    )
    assert text.glossary[0].found[0].quote.startswith("本制度所称案件移送，是指")


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("本办法所称评议，包括两种。每年一次。", "评议", "本办法所称评议，包括两种。"),
        ("评议要公开。年评是指每年的评价。", "年评", "年评是指每年的评价。"),
        ("甲制度和乙制度（以下统称两制）。", "两制", "甲制度和乙制度（以下统称两制）。"),
        ("第三条 方式包括：\n（一）约谈；\n（二）通报。", "方式",
         "方式包括：\n（一）约谈；\n（二）通报。"),
        ("满六十分的为合格，不满的不合格。", "合格", "满六十分的为合格，不满的不合格。"),
        ("第四条 各单位应当明确联络员。", "联络员", ""),
        ("年度评议是指每年一次的评价。", "评议", ""),
        ("首案指导由派驻人员负责。", "首案", ""),
        ("合格是否有效，由局里决定。", "合格", ""),
    ],
)  # fmt: skip
def test_a_term_is_explained_by_words_that_define_it_and_not_by_others(
    text: str, term: str, words: str
) -> None:
    assert definition(Passage("a", "a1", Unit.ARTICLE, "", text, 0, 0, 0), term) == words


def test_a_term_that_is_nowhere_defined_is_not_shown_in_the_page(settings: Settings) -> None:
    room = LearnHandlers(Desk(settings))
    html = room.act(gr.EventData(None, {"do": "open", "id": "transfer"}), None)  # type: ignore[arg-type]
    assert "本制度所称案件移送，是指" in html and "回形针" not in html


def test_the_bureaus_own_document_takes_the_place_of_the_sample(
    settings: Settings, embedding: PassageEmbedding
) -> None:
    from assistant.index import build

    [unit] = read_path(settings).unit
    assert unit_text(unit, Library(settings)).readings[0].found[0].document.sample
    sample = next(settings.corpus.glob("示范区*.txt"))
    own = "云溪县案件移送工作制度"
    words = sample.read_text(encoding="utf-8").split("\n", 1)[1]
    (settings.corpus / f"{own}.txt").write_text(f"{own}\n{words}", encoding="utf-8")
    build(settings, embedding=embedding)
    found = unit_text(unit, Library(settings)).readings[0].found[0]
    assert found.document.title == own


def test_a_unit_is_passed_at_eighty_percent_and_then_certified(settings: Settings) -> None:
    path = read_path(settings)
    [unit] = path.unit
    library, bank = Library(settings), Bank(settings.data)
    learning = Learning(settings.data)
    progress = Progress(settings.data, learning)
    with pytest.raises(PathError, match="案件移送"):
        progress.certificate(ZHANG, path)
    for wrong, passed in ((2, False), (1, True)):
        plan = check_plan(unit_text(unit, library), library, bank, seed=wrong)
        assert len(plan.questions) == 5
        session = learning.begin(ZHANG.name, plan)
        for slot in session.slots[wrong:]:
            learning.answer(ZHANG.name, session.id, slot.place, slot.posed.question.key)
        learning.finish(ZHANG.name, session.id)
        assert progress.states(ZHANG, path)[0].passed is passed

    issued = progress.certificate(ZHANG, path)
    assert progress.certificate(ZHANG, path).number == issued.number
    words = "\n".join(
        p.text for p in docx.Document(io.BytesIO(certificate_docx(issued))).paragraphs
    )
    for form in (words, certificate_html(issued)):
        assert "张三 已完成“云溪县新人学习路径”" in form
        assert "不是行政执法资格证件" in form


def test_a_rejected_question_is_not_asked_again(settings: Settings) -> None:
    [unit] = read_path(settings).unit
    library, bank = Library(settings), Bank(settings.data)
    text = unit_text(unit, library)
    first = check_plan(text, library, bank, seed=1).questions[0]
    bank.decide(first.id, State.REJECTED, "李四")
    for seed in range(4):
        again = check_plan(text, library, bank, seed=seed)
        assert first.id not in [posed.id for posed in again.questions]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("title = ", "不是有效的 TOML"),
        ('title = "甲"', "缺少 unit"),
        (
            'title = "甲"\n[[unit]]\nid="a"\ntitle="乙"\n[[unit.reading]]\nheading="丙"',
            "至少写一个",
        ),
        ('title = "甲"\nseite = 1\nunit = []', "不认识 seite"),
    ],
)
def test_a_path_that_cannot_be_used_says_what_is_wrong(
    settings: Settings, wrong: str, said: str
) -> None:
    (settings.data / "path.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(PathError, match=said):
        read_path(settings)


def test_a_check_is_taken_in_the_terminal(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("corpus", "index", "data"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("ASSISTANT_LAW_PACK", "none")
    [unit] = read_path(settings).unit
    library = Library(settings)
    plan = check_plan(unit_text(unit, library), library, Bank(settings.data), seed=3)
    answers = "\n".join(posed.question.letters for posed in plan.questions) + "\n"

    run = CliRunner()
    taken = run.invoke(
        app, ["learn", "check", "移送", "--by", "张三", "--seed", "3"], input=answers
    )
    assert "答对 5 题，共 5 题（100%）：通过" in taken.output
    assert "已通过（100%）" in run.invoke(app, ["learn", "list", "--by", "张三"]).output
    shown = run.invoke(app, ["learn", "show", "1"]).output
    assert "5个工作日内移送" in shown and "查不到《行政处罚法》第九百条" in shown
    file = settings.data / "证明.docx"
    assert run.invoke(app, ["learn", "certificate", str(file), "--by", "张三"]).exit_code == 0
    assert file.read_bytes().startswith(b"PK")
