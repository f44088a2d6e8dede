"""The page: what stands where, and which event calls what."""

from dataclasses import dataclass
from importlib import resources
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.corpus import Validity
from assistant.ui import render
from assistant.ui.access import GuardedPage
from assistant.ui.access.masthead import Masthead
from assistant.ui.admin_page import add_admin_room
from assistant.ui.conversation import LONGEST_QUESTION
from assistant.ui.handlers import LIBRARY_ROOM, Handlers
from assistant.ui.history_page import HistoryParts, lay_out_history, wire_history
from assistant.ui.items_page import add_items_room
from assistant.ui.learn_page import add_learn_room
from assistant.ui.quiz_page import add_quiz_room
from assistant.ui.quiz_stage import Desk
from assistant.ui.tools_page import tools_room

TITLE = "执法助手"
_SCRIPTS = ("page", "history", "admin", "comfort", "connection")
_ANSWERS_AT_ONCE = 8
_SHOW_SOURCE = "() => window.assistantPage.showSource()"
_SHOW_TURN = "() => window.assistantPage.showTurn()"
_SHOW_CITING = "() => window.assistantPage.showCiting()"
_SAVE = "() => window.assistantPage.save()"
_SHOW_CATALOGUE = "() => window.assistantPage.showCatalogue()"
_SHOW_LINK = (
    "() => { if (new URLSearchParams(location.search).has('passage'))"
    " window.assistantPage.showSource(); }"
)


@dataclass(frozen=True, slots=True)
class _Parts:
    rooms: gr.Tabs
    library_room: gr.Tab
    conversation: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    history: HistoryParts
    needle: gr.Textbox
    validity: gr.Dropdown
    listing: gr.HTML
    source: gr.HTML


def build_page(assistant: LiveAssistant) -> GuardedPage:
    """Return the page over ``assistant``; visitors share nothing but its index."""
    handlers = Handlers(assistant)
    page = GuardedPage(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        bridge = gr.HTML("", js_on_load=page_script(), elem_id="bridge")
        head = _markup(render.header(), "masthead")
        page.load(Masthead(assistant.settings).draw, None, head, **_AT_ONCE)
        parts = _lay_out(handlers, assistant, page, bridge)
        turns, talk = gr.State(()), gr.State("")
        _wire_chat(handlers, bridge, parts, turns, talk)
        outbox = _markup("", "outbox")
        bridge.save_answers(handlers.save_answers, turns, outbox, **_AT_ONCE).then(
            None, js=_SAVE, **_QUIET
        )
        wire_history(
            assistant, page, bridge, parts.history, turns, talk, parts.conversation, outbox
        )
        _wire_sources(handlers, bridge, parts, turns, page)
        _wire_library(handlers, bridge, parts)
    return page


def page_script() -> str:
    """Return what runs in the browser; its parts share one scope."""
    return "\n".join(read_asset(f"{name}.js") for name in _SCRIPTS)


def read_asset(name: str) -> str:
    """Return a text file that stands beside this module."""
    return resources.files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def _lay_out(handlers: Handlers, live: LiveAssistant, page: gr.Blocks, bridge: gr.HTML) -> _Parts:
    with gr.Row(elem_id="desk"):
        with (
            gr.Column(elem_id="main-column", scale=6, min_width=320),
            gr.Tabs(elem_id="rooms") as rooms,
        ):
            with gr.Tab("问答", id="chat", elem_id="room-chat"):
                history = lay_out_history()
                conversation = _markup(render.conversation(()), "conversation")
                with gr.Row(elem_id="composer"):
                    question = gr.Textbox(
                        label="问题",
                        show_label=False,
                        container=False,
                        placeholder="请输入问题，按 Enter 提问",
                        lines=1,
                        max_lines=6,
                        max_length=LONGEST_QUESTION,
                        scale=8,
                        min_width=120,
                        elem_id="question",
                    )
                    send = gr.Button("提问", variant="primary", scale=0, min_width=76)
                    stop = gr.Button("停止", visible=False, scale=0, min_width=68, elem_id="stop")
            with gr.Tab("资料库", id=LIBRARY_ROOM, elem_id="room-library") as library_room:
                with gr.Row(elem_id="library-filters"):
                    needle = gr.Textbox(
                        label="筛选文件和正文",
                        show_label=False,
                        container=False,
                        placeholder=handlers.filter_hint(""),
                        max_lines=1,
                        scale=4,
                        min_width=180,
                        elem_id="filter",
                    )
                    validity = gr.Dropdown(
                        [("全部效力", ""), *((v.label, v.value) for v in Validity)],
                        value="",
                        label="效力",
                        show_label=False,
                        container=False,
                        scale=1,
                        min_width=120,
                        elem_id="library-validity",
                    )
                listing = _markup("", "library-list")
            add_items_room(live)
            with gr.Tab("办案工具", id="tools", elem_id="room-tools"):
                tools_room(live)
            desk = Desk(live.settings)
            add_quiz_room(live, desk)
            add_learn_room(desk)
            add_admin_room(live, page, bridge)
            with gr.Tab("使用说明", id="guide", elem_id="room-guide"):
                _markup(render.guide(len(live.current.documents())), "guide")
        with gr.Column(elem_id="source-column", scale=5, min_width=320):
            source = _markup(render.source(None), "source")
    return _Parts(
        rooms,
        library_room,
        conversation,
        question,
        send,
        stop,
        history,
        needle,
        validity,
        listing,
        source,
    )


def _markup(html: str, name: str) -> gr.HTML:
    return gr.HTML(html, elem_id=name, js_on_load=None, apply_default_css=False)


def _wire_chat(
    handlers: Handlers, bridge: gr.HTML, parts: _Parts, turns: gr.State, talk: gr.State
) -> None:
    begun = [parts.question, turns, parts.conversation, parts.send]
    asking = [
        parts.question.submit(handlers.begin, [parts.question, turns], begun, **_AT_ONCE),
        parts.send.click(handlers.begin, [parts.question, turns], begun, **_AT_ONCE),
        bridge.ask_question(handlers.begin_offered, turns, begun, **_AT_ONCE),
        bridge.ask_again(handlers.begin_again, turns, begun, **_AT_ONCE),
    ]
    done = [turns, parts.conversation, parts.send, parts.stop, talk, parts.history.bar]
    for started in asking:
        started.then(None, js=_SHOW_TURN, **_QUIET)
        started.then(
            handlers.finish,
            [turns, talk],
            done,
            concurrency_limit=_ANSWERS_AT_ONCE,
            concurrency_id="answers",
            **_QUIET,
        ).then(None, js=_SHOW_TURN, **_QUIET)
    parts.stop.click(handlers.stop, None, None, **_AT_ONCE)


def _wire_sources(
    handlers: Handlers, bridge: gr.HTML, parts: _Parts, turns: gr.State, page: gr.Blocks
) -> None:
    bridge.open_passage(
        handlers.open_passage, turns, parts.source, trigger_mode="multiple", **_AT_ONCE
    ).then(None, js=_SHOW_SOURCE, **_QUIET)
    bridge.list_citing(handlers.citing, None, _markup("", "citing"), **_AT_ONCE).then(
        None, js=_SHOW_CITING, **_QUIET
    )
    page.load(handlers.open_link, None, parts.source, **_AT_ONCE).then(
        None, js=_SHOW_LINK, **_QUIET
    )


def _wire_library(handlers: Handlers, bridge: gr.HTML, parts: _Parts) -> None:
    shown = gr.State("")
    listed = [shown, parts.needle, parts.listing]
    bridge.open_document(handlers.open_document, None, [parts.rooms, *listed], **_AT_ONCE).then(
        None, js=_SHOW_CATALOGUE, **_QUIET
    )
    bridge.list_documents(handlers.list_documents, None, listed, **_AT_ONCE).then(
        None, js=_SHOW_CATALOGUE, **_QUIET
    )
    filtering = [parts.needle, parts.validity, shown]
    for changed in (parts.needle.change, parts.validity.change):
        changed(handlers.listing, filtering, parts.listing, trigger_mode="always_last", **_AT_ONCE)
    parts.library_room.select(handlers.listing, filtering, parts.listing, **_AT_ONCE)


_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_AT_ONCE: dict[str, Any] = {"queue": False, **_QUIET}
