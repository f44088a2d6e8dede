"""管理 › 待办 and 管理 › 使用情况: what is to be mended, and how the assistant is used."""

from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.ui.worklist_handlers import DAYS, OPEN, VIEWS, WorkHandlers

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def lay_out_work(live: LiveAssistant, bridge: gr.HTML) -> None:
    """Add the list of questions without an answer, or with one that was not liked."""
    handlers = WorkHandlers(live)
    with gr.Tab("待办", id="work") as tab:
        view = gr.Radio(VIEWS, value=OPEN, label="显示", elem_id="work-view")
        listing = gr.HTML("", elem_id="work-list", js_on_load=None, apply_default_css=False)
    first = gr.State(0)
    shown = [first, listing]
    tab.select(handlers.enter, view, shown, queue=False, **_QUIET)
    view.input(handlers.enter, view, shown, queue=False, **_QUIET)
    bridge.work_page(handlers.turn_page, view, shown, queue=False, **_QUIET)
    bridge.work_done(handlers.finish, [view, first], shown, queue=False, **_QUIET)
    bridge.work_reopen(handlers.reopen, [view, first], shown, queue=False, **_QUIET)


def lay_out_usage(live: LiveAssistant) -> None:
    """Add the figures."""
    handlers = WorkHandlers(live)
    with gr.Tab("使用情况", id="usage") as tab:
        days = gr.Radio(DAYS, value=DAYS[1][1], label="时间", elem_id="usage-days")
        figures = gr.HTML("", elem_id="usage", js_on_load=None, apply_default_css=False)
    tab.select(handlers.usage, days, figures, queue=False, **_QUIET)
    days.input(handlers.usage, days, figures, queue=False, **_QUIET)
