"""What the events of 管理 › 待办 and 使用情况 do; all but administrators are refused."""

from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.people import Person, Role, mask, require
from assistant.records import Feedback, RecordsError, WorkEntry, usage_of
from assistant.ui import worklist_render as render
from assistant.ui.visitor import visitor

OPEN, DONE = "open", "done"
VIEWS = [("待处理", OPEN), ("已处理", DONE)]
DAYS = [("最近 7 天", 7), ("最近 30 天", 30), ("最近 90 天", 90)]
_AT_ONCE = 8
_SUGGESTED = 3


class WorkHandlers:
    """The events of the work list and of the figures."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._feedback = Feedback(live.settings)

    def enter(self, view: str, request: gr.Request) -> tuple[Any, ...]:
        """Show the first page: first entry, list."""
        self._administrator(request)
        return self._page(view, 0)

    def turn_page(self, view: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Show another page: first entry, list."""
        self._administrator(request)
        return self._page(view, max(0, int(getattr(event, "first", 0))))

    def finish(
        self, view: str, first: int, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        """Mark a question as done: first entry, list."""
        self._feedback.finish(self._administrator(request), str(getattr(event, "entry", "")))
        return self._page(view, first)

    def reopen(
        self, view: str, first: int, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        """Put a question back: first entry, list."""
        self._administrator(request)
        self._feedback.reopen(str(getattr(event, "entry", "")))
        return self._page(view, first)

    def usage(self, days: int, request: gr.Request) -> str:
        """Return the figures of the last days."""
        self._administrator(request)
        if days not in [count for _, count in DAYS]:
            days = DAYS[0][1]
        try:
            return render.usage(usage_of(self._live.settings, days))
        except RecordsError as error:
            return render.problem(str(error))

    def _page(self, view: str, first: int) -> tuple[int, str]:
        try:
            work, total = self._feedback.work(done=view == DONE, first=first, count=_AT_ONCE)
            if not work and first:
                return self._page(view, max(0, first - _AT_ONCE))
        except RecordsError as error:
            return 0, render.problem(str(error))
        rows = [self._row(entry) for entry in work]
        return first, render.work(rows, total, first, _AT_ONCE, done=view == DONE)

    def _row(self, work: WorkEntry) -> render.WorkRow:
        assistant = self._live.current
        found = assistant.searcher.search(work.entry.question, count=_SUGGESTED)
        question, note = work.entry.question, work.entry.note
        if self._live.settings.mask_personal_data:
            question, note = mask(question), mask(note)
        return render.WorkRow(work, question, note, tuple(found[:_SUGGESTED]))

    def _administrator(self, request: gr.Request) -> Person:
        person = visitor(request)
        require(person, Role.ADMINISTRATOR)
        return person
