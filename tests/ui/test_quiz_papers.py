"""组卷 and the audit log of the rooms for learning: who may, what is short, who did what."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import gradio as gr
import pytest
from tests.quiz.conftest import DAY, document

from assistant.people import Action, Person, Role, acting_as, open_people
from assistant.quiz import QuestionType, make_questions
from assistant.settings import AccountsMode, Settings
from assistant.ui.quiz_handlers import QuizHandlers
from assistant.ui.quiz_papers import FORMS, PaperHandlers
from assistant.ui.quiz_review import ANY, ReviewHandlers
from assistant.ui.quiz_stage import Desk

TRAINER = Person("教员", Role.TRAINER)
LEARNER = Person("张三", Role.READER)
BLUEPRINT = """
title = "小测"
unreviewed = true
[[part]]
type = "单选题"
count = 2
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A bank on one regulation and a blueprint that it fills, with accounts on."""
    (tmp_path / "blueprints").mkdir()
    (tmp_path / "blueprints" / "small.toml").write_text(BLUEPRINT, encoding="utf-8")
    desk = Desk(Settings(data=tmp_path, accounts=AccountsMode.ON))
    desk.bank.add(make_questions([document()], seed=1, day=DAY).questions, "自动出题")
    return desk


def _compose(desk: Desk, plan: str, form: str = ".md", versions: int = 2) -> str:
    return PaperHandlers(desk).compose(plan, 1, versions, form, False, None)  # type: ignore[arg-type]


def _event(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def _logged(desk: Desk) -> list[tuple[str, Action, str]]:
    entries = open_people(desk.settings).audit.entries()
    return [(entry.person, entry.action, str(entry.detail.get("act", ""))) for entry in entries]


@pytest.mark.parametrize("form", [ending for _, ending in FORMS])
def test_each_form_of_a_paper_is_a_file_for_each_version(desk: Desk, form: str) -> None:
    with acting_as(TRAINER):
        html = _compose(desk, "small", form)
    files = re.findall(r'download="([^"]+)" href="[^"]*base64,([^"]+)"', html)
    assert [name for name, _ in files] == [f"小测（1号A卷）{form}", f"小测（1号B卷）{form}"]
    assert all(b64decode(content) for _, content in files)


def test_only_trainers_draw_papers(desk: Desk) -> None:
    with acting_as(LEARNER):
        html = _compose(desk, "small")
    assert "只有培训人员可以组卷" in html and "download" not in html


def test_a_bank_that_is_short_says_what_it_lacks(desk: Desk) -> None:
    with acting_as(TRAINER):
        html = _compose(desk, "newcomers")
    assert "题库不能满足命题蓝图：单选题需要10道，只有" in html
    assert "download" not in html


def test_the_audit_log_says_who_changed_the_bank_and_who_sat_an_examination(desk: Desk) -> None:
    review, room = ReviewHandlers(desk), QuizHandlers(desk)
    first, second, *_ = [e for e in desk.bank.all() if e.question.type is QuestionType.SINGLE]
    options = first.question.options[::-1]
    letter = "ABCD"[options.index(first.question.key[0])]
    edited = {"options": "\n".join(options), "key": letter, "tags": "必考"}
    with acting_as(TRAINER):
        for act in (
            _event(do="accept", id=first.id),
            _event(do="reject", id=second.id),
            _event(do="edit", id=first.id, **edited),
        ):
            review.act(ANY, ANY, "", 1, act, None)  # type: ignore[arg-type]
        _compose(desk, "small")
    with acting_as(LEARNER):
        room.sit("small", 1, "A", None)  # type: ignore[arg-type]
        [session] = desk.learning.sessions(LEARNER.name, opened=True)
        room.act(_event(do="finish", session=session.id), None)  # type: ignore[arg-type]
        room.practise([], [], [], 1, "不限时", "immediate", None)  # type: ignore[arg-type]
    assert _logged(desk) == [
        ("教员", Action.CHANGED_QUESTION, "已采用"),
        ("教员", Action.CHANGED_QUESTION, "已弃用"),
        ("教员", Action.CHANGED_QUESTION, "修改"),
        ("教员", Action.CHANGED_QUESTION, "标记"),
        ("教员", Action.EXPORTED, ""),
        ("张三", Action.BEGAN_EXAM, ""),
        ("张三", Action.ENDED_EXAM, ""),
    ]
