"""The room 办案工具: three small forms, each with its result beneath."""

from datetime import date
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.procedures import Party, acts, events, facts, flows
from assistant.ui.tools_handlers import ToolHandlers

_QUIET: dict[str, Any] = {
    "queue": False,
    "show_progress": "hidden",
    "api_visibility": "private",
}


def tools_room(live: LiveAssistant) -> None:
    """Lay out and wire the forms; call it inside the room's tab."""
    handlers = ToolHandlers(live)
    with gr.Tabs(elem_id="tools"):
        with gr.Tab("时限计算", id="deadlines", elem_id="tool-deadlines"):
            _deadlines(handlers)
        with gr.Tab("审查要件", id="review", elem_id="tool-review"):
            _review(handlers)
        with gr.Tab("办理流程", id="flow", elem_id="tool-flow"):
            _flow(handlers)


def _deadlines(handlers: ToolHandlers) -> None:
    with gr.Row(elem_classes="tool-form"):
        event = gr.Dropdown(
            [(f"{event.field}｜{event.name}", event.id) for event in events()],
            value="filing",
            label="从哪个事件起算",
            scale=3,
            min_width=260,
            elem_id="deadline-event",
        )
        day = gr.Textbox(
            date.today().isoformat,
            label="事件日期",
            placeholder="2026-08-15",
            max_lines=1,
            max_length=10,
            scale=1,
            min_width=140,
            elem_id="deadline-day",
        )
        fine = gr.Number(
            None,
            label="罚款数额（元，可不填）",
            minimum=0,
            scale=1,
            min_width=160,
            elem_id="deadline-fine",
        )
    go = gr.Button("计算", variant="primary", elem_classes="tool-go", elem_id="deadline-go")
    result = _result("deadline-result")
    given = [event, day, fine]
    go.click(handlers.deadlines, given, result, **_QUIET)
    day.submit(handlers.deadlines, given, result, **_QUIET)


def _review(handlers: ToolHandlers) -> None:
    with gr.Row(elem_classes="tool-form"):
        chosen = gr.Dropdown(
            [(name, key) for key, name in acts().items()],
            multiselect=True,
            label="拟作的决定（可多选）",
            scale=3,
            min_width=260,
            elem_id="review-acts",
        )
        party = gr.Radio(
            [(party.label, party.value) for party in reversed(Party)],
            value=Party.ORGANISATION.value,
            label="当事人",
            scale=2,
            min_width=220,
            elem_id="review-party",
        )
    with gr.Row(elem_classes="tool-form"):
        fine = gr.Number(
            None, label="罚款数额（元）", minimum=0, min_width=140, elem_id="review-fine"
        )
        confiscated = gr.Number(
            None, label="没收数额或价值（元）", minimum=0, min_width=140, elem_id="review-taken"
        )
    circumstances = gr.CheckboxGroup(
        [(name, key) for key, name in facts().items()],
        label="情形（符合的都勾选）",
        elem_id="review-facts",
    )
    go = gr.Button("核对", variant="primary", elem_classes="tool-go", elem_id="review-go")
    result = _result("review-result")
    given = [chosen, party, fine, confiscated, circumstances]
    go.click(handlers.review, given, result, **_QUIET)


def _flow(handlers: ToolHandlers) -> None:
    name = gr.Radio(
        [(flow.name, flow.id) for flow in flows()], label="选择程序", elem_id="flow-name"
    )
    result = _result("flow-result")
    name.change(handlers.flow, name, result, trigger_mode="always_last", **_QUIET)


def _result(name: str) -> gr.HTML:
    return gr.HTML("", elem_id=name, js_on_load=None, apply_default_css=False)
