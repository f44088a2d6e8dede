"""What the events around the conversations do: list, open, rename, remove, export, vote."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.answering.export import to_docx, to_markdown
from assistant.people import Person
from assistant.records import Complaint, Feedback, RecordsError, Talks, Vote
from assistant.ui import history_render, render
from assistant.ui.conversation import LONGEST_CONVERSATION, Turns, kept_turns, waiting
from assistant.ui.visitor import visitor

_LONGEST_NEEDLE = 100
_SKIP = (gr.skip(),) * 4
_log = logging.getLogger(__name__)
_Rest = ParamSpec("_Rest")


def _said(
    method: Callable[Concatenate["HistoryHandlers", _Rest], str],
) -> Callable[Concatenate["HistoryHandlers", _Rest], str]:
    """Show what kept the records from being read in place of the list."""

    @wraps(method)
    def told(self: "HistoryHandlers", /, *args: _Rest.args, **kwargs: _Rest.kwargs) -> str:
        try:
            return method(self, *args, **kwargs)
        except RecordsError as error:
            _log.exception("The records cannot be used")
            return history_render.problem(str(error))

    return told


class HistoryHandlers:
    """The events around conversations; every one sees only the visitor's own."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._talks = Talks(live.settings)
        self._feedback = Feedback(live.settings)

    @_said
    def list(self, needle: str, talk: str, request: gr.Request) -> str:
        """Return the visitor's conversations that have the words."""
        return self._listed(visitor(request), needle, talk)

    def open(self, turns: Turns, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Go on with a conversation: turns, talk, conversation, title."""
        if waiting(turns):
            return _SKIP
        return self._opened(visitor(request), str(getattr(event, "talk", "")))

    def begin(self, turns: Turns, talk: str) -> tuple[Any, ...]:
        """Begin a conversation; the one before can be gone back to."""
        if waiting(turns):
            return _SKIP
        return (), "", render.conversation((), before=talk), history_render.talk_bar("", "")

    def restore(self, talk: str, request: gr.Request) -> tuple[Any, ...]:
        """Return what a newly loaded page shows: the answer in its link, or what it showed."""
        person = visitor(request)
        link = request.query_params.get("answer", "")
        try:
            if link:
                return self._linked(person, link)
            return self._opened(person, talk) if talk else _SKIP
        except RecordsError:
            _log.exception("A conversation could not be restored")
            return _SKIP

    def earlier(self, turns: Turns) -> str:
        """Return the conversation with all that was left out of it."""
        return render.conversation(turns, shown=LONGEST_CONVERSATION)

    @_said
    def rename(self, needle: str, talk: str, event: gr.EventData, request: gr.Request) -> str:
        """Give a conversation another title: list."""
        person = visitor(request)
        self._talks.rename(person, _talk(event), str(getattr(event, "title", "")))
        return self._listed(person, needle, talk)

    @_said
    def remove(self, needle: str, talk: str, event: gr.EventData, request: gr.Request) -> str:
        """Remove a conversation, which can be undone: list."""
        person, removed = visitor(request), _talk(event)
        title = self._talks.title(person, removed)
        self._talks.remove(person, removed)
        return self._listed(person, needle, talk, removed=(removed, title))

    @_said
    def put_back(self, needle: str, talk: str, event: gr.EventData, request: gr.Request) -> str:
        """Undo a removal: list."""
        person = visitor(request)
        self._talks.restore(person, _talk(event))
        return self._listed(person, needle, talk)

    def export(self, event: gr.EventData, request: gr.Request) -> str:
        """Return a link that holds a whole conversation as a file."""
        entries = self._talks.entries(visitor(request), _talk(event))
        answers = [entry.answer for entry in entries if entry.answer is not None]
        if not answers:
            return ""
        if getattr(event, "format", "") == "md":
            return render.download(to_markdown(answers).encode("utf-8"), "text/markdown", "md")
        return render.download(to_docx(answers), render.WORD, "docx")

    def vote(self, turns: Turns, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Keep the visitor's opinion of an answer: turns, conversation."""
        number, value = getattr(event, "number", 0), getattr(event, "vote", 0)
        turn = next((t for t in turns if t.number == number and t.entry), None)
        if turn is None or value not in tuple(Vote):
            return gr.skip(), gr.skip()
        reason = str(getattr(event, "complaint", "") or "")
        judged = replace(
            turn,
            vote=Vote(value),
            complaint=Complaint(reason) if reason in tuple(Complaint) else None,
            note=str(getattr(event, "note", "") or ""),
        )
        self._feedback.vote(
            visitor(request), turn.entry, judged.vote, judged.complaint, judged.note
        )
        changed = tuple(judged if t is turn else t for t in turns)
        return changed, render.conversation(changed)

    def _opened(self, person: Person, talk: str) -> tuple[Any, ...]:
        turns = kept_turns(self._talks.entries(person, talk, last=LONGEST_CONVERSATION))
        if not turns:
            return (), "", render.conversation(()), history_render.talk_bar("", "")
        title = self._talks.title(person, talk)
        return turns, talk, render.conversation(turns), history_render.talk_bar(talk, title)

    def _linked(self, person: Person, link: str) -> tuple[Any, ...]:
        entry = self._talks.find(person, link)
        if entry is None:
            notice = history_render.missing_answer()
            return (), "", notice, history_render.talk_bar("", "")
        if entry.person == person.name:
            turns = kept_turns(self._talks.entries(person, entry.talk, last=LONGEST_CONVERSATION))
            if any(turn.entry == link for turn in turns):
                title = self._talks.title(person, entry.talk)
                bar = history_render.talk_bar(entry.talk, title)
                shown = render.conversation(turns, shown=LONGEST_CONVERSATION)
                return turns, entry.talk, shown, bar
        turns = kept_turns([entry])
        return turns, "", render.conversation(turns), history_render.talk_bar("", "")

    def _listed(
        self, person: Person, needle: str, talk: str, removed: tuple[str, str] = ("", "")
    ) -> str:
        words = (needle or "")[:_LONGEST_NEEDLE]
        talks = self._talks.list(person, words)
        return history_render.history(talks, talk, words.strip(), removed, datetime.now())


def _talk(event: gr.EventData) -> str:
    return str(getattr(event, "talk", ""))
