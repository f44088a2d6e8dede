"""What the page's events do; each takes a visitor's own state and returns the new one."""

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from assistant.answering import Generator, LiveAssistant, Outcome, Role, Sentence
from assistant.answering.export import to_docx, to_markdown
from assistant.corpus import Document, Passage
from assistant.people import Person
from assistant.records import RecordsError, Talks
from assistant.ui import render
from assistant.ui.auditing import Auditing
from assistant.ui.conversation import (
    Turns,
    answered,
    asked,
    being_written,
    failed,
    find_citation,
    waiting,
)
from assistant.ui.history_render import talk_bar
from assistant.ui.visitor import visitor

LIBRARY_ROOM = "library"
_LONGEST_NEEDLE = 100
# One character stands in nearly every passage.
_SHORTEST_SEARCH = 2
_MOST_HITS = 200
_WRITING = "正在根据下列资料撰写，每句核对后显示……"
_log = logging.getLogger(__name__)


class Handlers:
    """The page's events over one assistant.

    Holds nothing of any visitor but the means to stop an answer in work.
    """

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._talks = Talks(live.settings)
        self._auditing = Auditing(live.settings)
        self._generator = Generator(live.settings)
        self._stops: dict[str, threading.Event] = {}

    def begin(self, question: str, turns: Turns) -> tuple[Any, ...]:
        """Show the question at once: question box, turns, conversation, 提问."""
        begun = asked(turns, question or "")
        if begun is turns:
            return (gr.skip(),) * 4
        return "", begun, render.conversation(begun), gr.update(interactive=False)

    def begin_offered(self, turns: Turns, event: gr.EventData) -> tuple[Any, ...]:
        """Ask a question that the page itself offered."""
        return self.begin(str(getattr(event, "question", "")), turns)

    def begin_again(
        self, turns: Turns, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        """Ask the last question anew, as it was or as the visitor changed it."""
        question = str(getattr(event, "question", ""))
        if not turns or waiting(turns) or not question.strip():
            return (gr.skip(),) * 4
        if turns[-1].entry:
            self._talks.drop(visitor(request), turns[-1].entry)
        _, *begun = self.begin(question, turns[:-1])
        return gr.skip(), *begun

    def finish(self, turns: Turns, talk: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Answer the waiting question: turns, conversation, 提问, 停止, talk, its title.

        With a model the answer grows sentence by sentence.  A fault becomes a turn that
        says so; its cause goes to the server's log.
        """
        if not waiting(turns):
            yield (gr.skip(),) * 6
            return
        person, session = visitor(request), str(request.session_hash)
        stop = self._stops[session] = threading.Event()
        try:
            for state in self._answers(turns, stop):
                if waiting(state):
                    yield self._shown(state, person, talk)
                else:
                    self._auditing.asked(state[-1].question, state[-1].answer)
                    yield self._kept(state, person, talk)
        except Exception:
            _log.exception("A question could not be answered")
            yield self._kept(failed(turns), person, talk)
        finally:
            self._stops.pop(session, None)

    def stop(self, request: gr.Request) -> None:
        """End the visitor's answer in work; what was supported so far stays."""
        if stop := self._stops.get(str(request.session_hash)):
            stop.set()

    def _answers(self, turns: Turns, stop: threading.Event) -> Iterator[Turns]:
        assistant = self._live.current
        earlier = [turn.answer for turn in turns if turn.answer is not None]
        answer = assistant.ask(turns[-1].question, history=earlier)
        if not self._generator.enabled or answer.outcome is Outcome.REFUSED:
            yield answered(turns, answer)
            return
        yield being_written(turns, replace(answer, lead=(Sentence(_WRITING, (), Role.NOTE),)))
        written = answer
        names = assistant.searcher.names
        for written in self._generator.stream(answer, assistant.index, names, stop):
            yield being_written(turns, written)
        yield answered(turns, written)

    def _kept(self, turns: Turns, person: Person, talk: str) -> tuple[Any, ...]:
        last = turns[-1]
        try:
            entry = self._talks.keep(person, talk, last.question, last.answer)
        except RecordsError:
            # A full disk must not keep anybody from their answer.
            _log.exception("An answer could not be kept")
            return self._shown(turns, person, talk)
        return self._shown((*turns[:-1], replace(last, entry=entry.id)), person, entry.talk)

    def _shown(self, turns: Turns, person: Person, talk: str) -> tuple[Any, ...]:
        done = not waiting(turns)
        title = self._talks.title(person, talk) if done and talk else ""
        return (
            turns,
            render.conversation(turns),
            gr.update(interactive=done),
            gr.update(visible=not done),
            talk,
            talk_bar(talk, title) if done else gr.skip(),
        )

    def save_answers(self, turns: Turns, event: gr.EventData) -> str:
        """Return a link that holds an answer, or the whole dialogue, as a file."""
        number = getattr(event, "number", 0)
        answers = [
            turn.answer for turn in turns if turn.answer is not None and number in (0, turn.number)
        ]
        if not answers:
            return ""
        self._auditing.exported(answers[-1].question, str(getattr(event, "format", "docx")))
        if getattr(event, "format", "") == "md":
            return render.download(to_markdown(answers).encode("utf-8"), "text/markdown", "md")
        return render.download(to_docx(answers), render.WORD, "docx")

    def open_passage(self, turns: Turns, event: gr.EventData) -> str:
        """Return the source pane for a citation of the conversation, or for an address."""
        turn, number = getattr(event, "turn", None), getattr(event, "citation", None)
        if isinstance(turn, int) and isinstance(number, int):
            citation = find_citation(turns, turn, number)
            if citation is not None:
                return self._source(citation.passage_id, citation.quotes)
        quote = str(getattr(event, "quote", "") or "")
        return self._source(str(getattr(event, "passage", "")), (quote,) if quote else ())

    def open_link(self, request: gr.Request) -> str:
        """Return the source pane for the address in the page's link, if it has one."""
        passage = request.query_params.get("passage", "")
        return self._source(passage) if passage else render.source(None)

    def open_document(self, event: gr.EventData) -> tuple[Any, ...]:
        """Go to a document's passages: rooms, document shown, filter, listing."""
        document = str(getattr(event, "document", ""))
        return gr.update(selected=LIBRARY_ROOM), *self._show(document)

    def list_documents(self) -> tuple[Any, ...]:
        """Go back to all documents: document shown, filter, listing."""
        return self._show("")

    def listing(self, needle: str, validity: str, shown: str) -> str:
        """Return the documents, or the shown document's passages, that fit the filter.

        Among the documents stand also the passages of all of them that have the words.
        """
        words = (needle or "")[:_LONGEST_NEEDLE].split()
        today = date.today()
        assistant = self._live.current
        documents = {document.id: document for document in assistant.documents()}
        document = documents.get(shown)
        if document is None:
            right = [d for d in documents.values() if not validity or _is(d, validity, today)]
            found = [d for d in right if _fits(words, _document_words(d))]
            hits: list[tuple[Document, Passage]] = []
            if len("".join(words)) >= _SHORTEST_SEARCH:
                passages = _cited_once(assistant.containing(words, _MOST_HITS))
                allowed = {d.id: d for d in right}
                hits = [(allowed[p.document_id], p) for p in passages if p.document_id in allowed]
            word = words[0] if words else ""
            return render.documents(found, len(documents), assistant.skipped(), today, hits, word)
        passages = _cited_once(assistant.passages(shown))
        names = {id_: documents[id_].title for id_ in document.replaced_by if id_ in documents}
        matching = [passage for passage in passages if _fits(words, _passage_words(passage))]
        return render.outline(document, matching, len(passages), names, today)

    def citing(self, event: gr.EventData) -> str:
        """Return the passages that cite the opened one."""
        assistant = self._live.current
        found = assistant.citing(str(getattr(event, "passage", "")))
        documents = {document.id: document for document in assistant.documents()}
        return render.citing([(documents[p.document_id], p) for p in found])

    def filter_hint(self, shown: str) -> str:
        """Return the filter box's placeholder."""
        if self._is_known(shown):
            return "在本文件中筛选：条号或字词"
        return "筛选文件，并在全部正文中查找：标题、文号、机关或字词"

    def _show(self, document: str) -> tuple[Any, ...]:
        shown = document if self._is_known(document) else ""
        if shown:
            self._auditing.opened(shown)
        box = gr.update(value="", placeholder=self.filter_hint(shown))
        return shown, box, self.listing("", "", shown)

    def _is_known(self, document: str) -> bool:
        return bool(document) and any(d.id == document for d in self._live.current.documents())

    def _source(self, passage_id: str, quotes: Sequence[str] = ()) -> str:
        try:
            view = self._live.current.open(passage_id, quotes)
        except KeyError:
            return render.missing_source(passage_id)
        self._auditing.opened(passage_id)
        return render.source(view)


def _fits(words: Sequence[str], text: str) -> bool:
    return all(word.lower() in text for word in words)


def _is(document: Document, validity: str, today: date) -> bool:
    return document.validity_on(today).value == validity


def _document_words(document: Document) -> str:
    days = (document.published, document.effective)
    return " ".join(
        (
            document.title,
            document.number,
            document.authority,
            document.subject,
            document.kind.label,
            document.level.label,
            document.validity_on(date.today()).label,
            *(day.isoformat() for day in days if day is not None),
        )
    ).lower()


def _passage_words(passage: Passage) -> str:
    return f"{passage.label} {' '.join(passage.breadcrumb)} {passage.text}".lower()


def _cited_once(passages: Sequence[Passage]) -> list[Passage]:
    """Drop the later parts of split articles, which are cited as one."""
    return list({passage.citation_id: passage for passage in reversed(passages)}.values())[::-1]
