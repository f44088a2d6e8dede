"""The 题库与考试 room: practice, examinations, mistakes, results and the trainers' table."""

from importlib import resources
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.quiz import MOST_VERSIONS, QuestionType
from assistant.quiz.practice import Feedback
from assistant.ui.quiz_handlers import (
    ALL_PEOPLE,
    BY_DOCUMENT,
    BY_TOPIC,
    FREE,
    MINE,
    PACED,
    VERSIONS,
    QuizHandlers,
)
from assistant.ui.quiz_papers import FORMS, PaperHandlers
from assistant.ui.quiz_review import ANY, ReviewHandlers, kinds, states
from assistant.ui.quiz_stage import Desk

QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
_BUSY: dict[str, Any] = {"show_progress": "minimal", "api_visibility": "private"}
_EVERY_ACT: dict[str, Any] = {"trigger_mode": "multiple", **QUIET}
SHOWN = "() => window.assistantQuiz && window.assistantQuiz.shown()"


def add_quiz_room(live: LiveAssistant, desk: Desk) -> None:
    """Add the room to the tabs that are being laid out."""
    handlers = QuizHandlers(desk)
    with gr.Tab("题库与考试", id="quiz", elem_id="room-quiz", elem_classes="quiz-room") as room:
        bridge = quiz_bridge()
        stage = markup("quiz-stage")
        with gr.Column(elem_id="quiz-menus") as menus:
            banner = markup("quiz-banner")
            fill = gr.Button(
                "用资料库自动出题", variant="primary", visible=False, elem_id="quiz-fill"
            )
            with gr.Tabs(elem_id="quiz-views"):
                with gr.Tab("练习"):
                    practice, start = _lay_out_practice()
                with gr.Tab("考试"):
                    exam, sit = _lay_out_exam()
                with gr.Tab("错题本"):
                    book = markup("quiz-book")
                with gr.Tab("成绩"):
                    chosen, whose, results = _lay_out_results()
                with gr.Tab("审题", visible=False) as trainers:
                    _lay_out_review(live, desk, bridge, trainers)
                with gr.Tab("组卷", visible=False) as composing:
                    _lay_out_papers(desk, composing)
    refreshed = [banner, book, results]
    played = [stage, menus, *refreshed]
    entered = [
        practice[0], practice[1], exam[0], fill, trainers, composing, whose, *refreshed,
    ]  # fmt: skip
    room.select(handlers.enter, None, entered, **QUIET)
    fill.click(handlers.fill_bank, None, entered, **_BUSY)
    practice[0].input(handlers.topics, practice[0], practice[1], **QUIET)
    start.click(handlers.practise, practice, played, **QUIET).then(None, js=SHOWN, **QUIET)
    sit.click(handlers.sit, exam, played, **QUIET).then(None, js=SHOWN, **QUIET)
    bridge.session_act(handlers.act, None, played, **_EVERY_ACT).then(None, js=SHOWN, **QUIET)
    for box in chosen:
        box.input(handlers.results, chosen, results, **QUIET)


def quiz_bridge() -> gr.HTML:
    """Return the hidden component that turns what is done in a room into events."""
    script = resources.files(__package__).joinpath("assets", "quiz.js").read_text(encoding="utf-8")
    return gr.HTML("", js_on_load=script, elem_classes="quiz-bridge")


def markup(name: str) -> gr.HTML:
    """Return a place for HTML of the room's own."""
    return gr.HTML("", elem_id=name, js_on_load=None, apply_default_css=False)


def _lay_out_practice() -> tuple[list[Any], gr.Button]:
    documents = gr.Dropdown(
        [], multiselect=True, label="文件（不选为全部）", elem_id="quiz-documents"
    )
    topics = gr.Dropdown([], multiselect=True, label="知识点（不选为全部）", elem_id="quiz-topics")
    types = gr.CheckboxGroup(
        [(kind.label, kind.value) for kind in QuestionType],
        label="题型（不选为全部）",
        elem_id="quiz-types",
    )
    with gr.Row(elem_classes="quiz-form"):
        count = gr.Number(
            10,
            label="题数",
            minimum=1,
            maximum=100,
            precision=0,
            min_width=110,
            elem_id="quiz-count",
        )
        timing = gr.Radio([FREE, PACED], value=FREE, label="时间", min_width=260)
        feedback = gr.Radio(
            [(way.label, way.value) for way in Feedback],
            value=Feedback.IMMEDIATE.value,
            label="反馈",
            min_width=280,
            elem_id="quiz-feedback",
        )
    start = gr.Button("开始练习", variant="primary", elem_classes="quiz-go", elem_id="quiz-start")
    return [documents, topics, types, count, timing, feedback], start


def _lay_out_exam() -> tuple[list[Any], gr.Button]:
    with gr.Row(elem_classes="quiz-form"):
        paper = gr.Dropdown([], label="试卷", scale=3, min_width=240, elem_id="quiz-paper")
        seed = gr.Number(
            1, label="试卷编号（同号同题）", minimum=0, precision=0, scale=1, min_width=150
        )
        version = gr.Radio(list(VERSIONS), value=VERSIONS[0], label="卷别", scale=1, min_width=230)
    sit = gr.Button("开始考试", variant="primary", elem_classes="quiz-go", elem_id="quiz-sit")
    return [paper, seed, version], sit


def _lay_out_results() -> tuple[list[Any], gr.Radio, gr.HTML]:
    with gr.Row(elem_classes="quiz-form"):
        whose = gr.Radio(
            [MINE, ALL_PEOPLE], value=MINE, label="谁的成绩", visible=False, min_width=200,
            elem_id="quiz-whose",
        )  # fmt: skip
        by = gr.Radio([BY_TOPIC, BY_DOCUMENT], value=BY_TOPIC, label="汇总", min_width=200)
    return [whose, by], whose, markup("quiz-results")


def _lay_out_review(live: LiveAssistant, desk: Desk, bridge: gr.HTML, tab: gr.Tab) -> None:
    handlers = ReviewHandlers(desk)
    page = gr.State(1)
    with gr.Row(elem_classes="quiz-form"):
        words = gr.Textbox(
            label="查找", placeholder="题干、出处、标签", max_lines=1, scale=3, min_width=200,
            elem_id="quiz-words",
        )  # fmt: skip
        state = gr.Dropdown(states(), value=ANY, label="状态", scale=1, min_width=130)
        kind = gr.Dropdown(kinds(), value=ANY, label="题型", scale=1, min_width=130)
    with gr.Accordion("出题和核对", open=False), gr.Row(elem_classes="quiz-form"):
        titles = sorted(d.title for d in live.current.documents() if not d.units)
        documents = gr.Dropdown(
            titles, multiselect=True, label="从哪些文件出题（不选为全部）", scale=3, min_width=240
        )
        count = gr.Number(50, label="最多题数", minimum=1, precision=0, scale=1, min_width=110)
        make = gr.Button("出题", scale=0, min_width=88)
        check = gr.Button("核对条文", scale=0, min_width=108)
    table = markup("quiz-review")
    filters, shown = [state, kind, words], [table, page]
    tab.select(handlers.table, [*filters, page], shown, **QUIET)
    words.change(handlers.first, filters, shown, trigger_mode="always_last", **QUIET)
    for box in (state, kind):
        box.input(handlers.first, filters, shown, **QUIET)
    make.click(handlers.make, [documents, count], shown, **_BUSY)
    check.click(handlers.check, None, shown, **_BUSY)
    bridge.review_act(handlers.act, [*filters, page], shown, **_EVERY_ACT)


def _lay_out_papers(desk: Desk, tab: gr.Tab) -> None:
    handlers = PaperHandlers(desk)
    with gr.Row(elem_classes="quiz-form"):
        plan = gr.Dropdown([], label="命题蓝图", scale=3, min_width=240, elem_id="quiz-blueprint")
        form = gr.Dropdown(
            list(FORMS),
            value=FORMS[0][1],
            label="格式",
            scale=2,
            min_width=200,
            elem_id="quiz-form",
        )
    with gr.Row(elem_classes="quiz-form"):
        seed = gr.Number(
            1,
            label="试卷编号（同号同题）",
            minimum=0,
            precision=0,
            min_width=150,
            elem_id="quiz-seed",
        )
        count = gr.Number(
            1,
            label="份数（A、B……卷）",
            minimum=1,
            maximum=MOST_VERSIONS,
            precision=0,
            min_width=150,
            elem_id="quiz-versions",
        )
    unreviewed = gr.Checkbox(label="也用待审的题")
    compose = gr.Button("组卷", variant="primary", elem_classes="quiz-go", elem_id="quiz-compose")
    shown = markup("quiz-papers")
    # What a tab holds is not there to be changed before the tab was first opened.
    tab.select(handlers.offer, plan, [plan, shown], **QUIET)
    compose.click(handlers.compose, [plan, seed, count, form, unreviewed], shown, **_BUSY).then(
        None, js=SHOWN, **QUIET
    )
