"""The 新人学习 room: the learning path, its units, their checks and the certificate."""

from typing import Any

import gradio as gr

from assistant.ui.learn_handlers import LearnHandlers
from assistant.ui.quiz_page import QUIET, SHOWN, markup, quiz_bridge
from assistant.ui.quiz_stage import Desk

_EVERY_ACT: dict[str, Any] = {"trigger_mode": "multiple", **QUIET}


def add_learn_room(desk: Desk) -> None:
    """Add the room to the tabs that are being laid out."""
    handlers = LearnHandlers(desk)
    with gr.Tab("新人学习", id="learn", elem_id="room-learn", elem_classes="quiz-room") as room:
        bridge = quiz_bridge()
        view = markup("learn-view")
    room.select(handlers.enter, view, view, **QUIET)
    bridge.learn_act(handlers.act, None, view, **_EVERY_ACT).then(None, js=SHOWN, **QUIET)
    bridge.session_act(handlers.session, None, view, **_EVERY_ACT).then(None, js=SHOWN, **QUIET)
