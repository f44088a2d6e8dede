"""The conversations of a visitor: a drawer over 问答, and the events that belong to it."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.ui.history_handlers import HistoryHandlers
from assistant.ui.history_render import talk_bar
from assistant.ui.render import fill

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_AT_ONCE: dict[str, Any] = {"queue": False, **_QUIET}
_SHOW_TALK = "() => window.assistantPage.showTalk()"
_SHOW_TURN = "() => window.assistantPage.showTurn()"
_SAVE = "() => window.assistantPage.save()"
_REFOCUS = "() => window.assistantPage.refocus()"
_LAST_TALK = "() => window.assistantPage.lastTalk()"


@dataclass(frozen=True, slots=True)
class HistoryParts:
    """What the page must lay out for the conversations.

    Attributes:
        bar: the line above the conversation.
        needle: the box to search the conversations.
        listing: the list of conversations.
        last: the conversation that the browser showed before it was reloaded.
    """

    bar: gr.HTML
    needle: gr.Textbox
    listing: gr.HTML
    last: gr.Textbox


def lay_out_history() -> HistoryParts:
    """Lay out the drawer and the line above the conversation."""
    bar = _markup(talk_bar("", ""), "talk-bar")
    last = gr.Textbox(visible=False)
    with gr.Column(elem_id="history"):
        _markup(fill("history_head.html"), "history-head")
        needle = gr.Textbox(
            label="查找历史对话",
            show_label=False,
            container=False,
            placeholder="查找：问题里的字词或引用的条文",
            max_lines=1,
            elem_id="history-needle",
        )
        listing = _markup("", "history-list")
    return HistoryParts(bar, needle, listing, last)


def wire_history(
    live: LiveAssistant,
    page: gr.Blocks,
    bridge: gr.HTML,
    parts: HistoryParts,
    turns: gr.State,
    talk: gr.State,
    conversation: gr.HTML,
    outbox: gr.HTML,
) -> None:
    """Connect the events of the conversations."""
    handlers = HistoryHandlers(live)
    opened = [turns, talk, conversation, parts.bar]
    searching = [parts.needle, talk]
    bridge.list_talks(handlers.list, searching, parts.listing, **_AT_ONCE)
    parts.needle.change(
        handlers.list, searching, parts.listing, trigger_mode="always_last", **_AT_ONCE
    )
    for happened, handler in (
        (bridge.rename_talk, handlers.rename),
        (bridge.remove_talk, handlers.remove),
        (bridge.restore_talk, handlers.put_back),
    ):
        happened(handler, searching, parts.listing, **_AT_ONCE)
    bridge.open_talk(handlers.open, turns, opened, **_AT_ONCE).then(None, js=_SHOW_TURN, **_QUIET)
    bridge.new_talk(handlers.begin, [turns, talk], opened, **_AT_ONCE).then(
        None, js=_SHOW_TALK, **_QUIET
    )
    bridge.save_talk(handlers.export, None, outbox, **_AT_ONCE).then(None, js=_SAVE, **_QUIET)
    bridge.vote(handlers.vote, turns, [turns, conversation], **_AT_ONCE).then(
        None, js=_REFOCUS, **_QUIET
    )
    bridge.show_earlier(handlers.earlier, turns, conversation, **_AT_ONCE)
    page.load(handlers.restore, parts.last, opened, js=_LAST_TALK, **_AT_ONCE).then(
        None, js=_SHOW_TURN, **_QUIET
    )


def _markup(html: str, name: str) -> gr.HTML:
    return gr.HTML(html, elem_id=name, js_on_load=None, apply_default_css=False)
