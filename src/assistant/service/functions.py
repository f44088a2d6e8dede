"""What programs can have done, the same over HTTP and MCP."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import TypeVar

from assistant.answering import Answer, Assistant, Generator, LiveAssistant, Outcome
from assistant.corpus import DocumentKind
from assistant.items import check_list
from assistant.people import Action, open_people
from assistant.procedures import Procedures, ToolResult
from assistant.procedures.thresholds import Thresholds
from assistant.procedures.workdays import WorkCalendar
from assistant.retrieval import Stage
from assistant.service.access import Caller
from assistant.service.desk import Desk
from assistant.service.metrics import ANSWER, WAITING, WRITING, Metrics
from assistant.service.problems import ProblemError
from assistant.service.replies import AnswerReply, SearchReply
from assistant.service.requests import AskRequest, ItemsRequest, SearchRequest
from assistant.service.sources import (
    CitationsReply,
    DocumentsReply,
    OutlineReply,
    PassageReply,
)
from assistant.service.work import HealthReply, ItemListReply, ItemsReply, ToolReply
from assistant.settings import AccountsMode

_T = TypeVar("_T")
_NO_PASSAGE = "没有地址为“{address}”的原文。请用检索或条文引用查找它的地址。"
_NO_DOCUMENT = "没有编号为“{document}”的文件。请用文件列表查找它的编号。"
_NO_LIST = "没有编号为“{key}”的事项清单。请用清单列表查找它的编号。"
_NO_ITEMS = "这个问题不是对事项清单的提问，或者资料库中没有清单。请改用提问接口。"


class Functions:
    """Searches, answers, opens and reckons on behalf of callers.

    Its methods are to be called on one event loop; the work is done on the desk's threads.

    Args:
        live: the assistant over the newest index.
        metrics: where times and outcomes are counted.
    """

    def __init__(self, live: LiveAssistant, metrics: Metrics) -> None:
        settings = live.settings
        self._live = live
        self._metrics = metrics
        self._generator = Generator(settings)
        self._desk = Desk(settings, lambda seconds: metrics.stage(WAITING, seconds))
        metrics.waiting.set_function(lambda: self._desk.waiting)
        self._audit = open_people(settings).audit if settings.accounts is AccountsMode.ON else None
        self._work = WorkCalendar(settings.holidays)
        self._thresholds = Thresholds.of(settings)

    def close(self) -> None:
        """Take on nothing more."""
        self._desk.close()

    async def search(self, caller: Caller, request: SearchRequest) -> SearchReply:
        """Return the evidence for a question."""

        def work() -> SearchReply:
            trace = self._live.current.searcher.trace(
                request.question, count=request.count, day=request.day, filters=request.filters
            )
            self._metrics.stages({s.value: t for s, t in trace.seconds.items() if s != Stage.TOTAL})
            reply = SearchReply.of(trace)
            self._record(
                caller, Action.ASKED, request.question, [e.address for e in reply.evidence]
            )
            return reply

        return await self._done(caller, work)

    async def ask(self, caller: Caller, request: AskRequest) -> AnswerReply:
        """Return the answer to a question, in the model's words where one is set."""
        replies = [reply async for reply in self.stream(caller, request)]
        return replies[-1]

    async def stream(self, caller: Caller, request: AskRequest) -> AsyncIterator[AnswerReply]:
        """Yield the answer; with a model, longer each time, the last one complete."""
        assistant, answer = await self._done(caller, lambda: self._answer(caller, request))
        writes = self._generator.enabled and not request.extract
        if not writes or answer.outcome is Outcome.REFUSED:
            yield AnswerReply.of(answer)
            return
        stop = threading.Event()
        names = assistant.searcher.names
        parts = self._generator.stream(answer, assistant.index, names, stop)
        begun = time.perf_counter()
        try:
            # Each sentence waits for the server that writes; the desk must not wait with it.
            while (part := await asyncio.to_thread(next, parts, None)) is not None:
                yield AnswerReply.of(part)
        finally:
            stop.set()
            self._metrics.stage(WRITING, time.perf_counter() - begun)

    async def open(self, caller: Caller, address: str, quotes: tuple[str, ...]) -> PassageReply:
        """Return a passage in its context, with ``quotes`` marked."""

        def work() -> PassageReply:
            try:
                view = self._live.current.open(address, quotes)
            except KeyError as error:
                words = _NO_PASSAGE.format(address=address)
                raise ProblemError(404, "no-passage", words) from error
            self._record(caller, Action.OPENED, address, [])
            return PassageReply.of(view)

        return await self._done(caller, work)

    async def resolve(self, caller: Caller, text: str, day: date | None) -> CitationsReply:
        """Return what the citations in a text point to."""

        def work() -> CitationsReply:
            assistant = self._live.current
            query = assistant.searcher.understand(text, day)
            return CitationsReply.of(assistant, text, query.cited, query.day)

        return await self._done(caller, work)

    async def documents(
        self, caller: Caller, words: str, kind: DocumentKind | None, offset: int, limit: int
    ) -> DocumentsReply:
        """Return the documents whose title, number or authority has all the words."""

        def work() -> DocumentsReply:
            found = [
                document
                for document in self._live.current.documents()
                if kind in (None, document.kind)
                and all(
                    word in f"{document.title} {document.number} {document.authority}"
                    for word in words.split()
                )
            ]
            return DocumentsReply.of(found, offset, limit)

        return await self._done(caller, work)

    async def outline(self, caller: Caller, document_id: str) -> OutlineReply:
        """Return a document with the addresses of its passages."""

        def work() -> OutlineReply:
            assistant = self._live.current
            document = next((d for d in assistant.documents() if d.id == document_id), None)
            if document is None:
                words = _NO_DOCUMENT.format(document=document_id)
                raise ProblemError(404, "no-document", words)
            return OutlineReply.of(document, assistant.passages(document_id))

        return await self._done(caller, work)

    async def item_lists(self, caller: Caller) -> list[ItemListReply]:
        """Return the item lists."""
        return await self._done(
            caller,
            lambda: [ItemListReply.of(e) for e in self._live.current.items.register.lists],
        )

    async def items(self, caller: Caller, request: ItemsRequest) -> ItemsReply:
        """Return what the item lists answer."""

        def work() -> ItemsReply:
            answer = self._live.current.items.answer(
                request.question, request.day or date.today(), request.history
            )
            if answer is None:
                raise ProblemError(422, "no-items", _NO_ITEMS)
            self._record(caller, Action.ASKED, request.question, answer.items)
            return ItemsReply.of(answer)

        return await self._done(caller, work)

    async def check(self, caller: Caller, list_id: str) -> HealthReply:
        """Return what is wrong with an item list."""

        def work() -> HealthReply:
            register = self._live.current.items.register
            entry = register.find_list(list_id)
            if entry is None:
                raise ProblemError(404, "no-list", _NO_LIST.format(key=list_id))
            return HealthReply.of(check_list(register, entry))

        return await self._done(caller, work)

    async def reckon(self, caller: Caller, tool: Callable[[Procedures], ToolResult]) -> ToolReply:
        """Return what a procedure tool finds."""

        def work() -> ToolReply:
            catalogue = self._live.current.index.catalogue
            return ToolReply.of(tool(Procedures(catalogue, self._work, self._thresholds)))

        return await self._done(caller, work)

    def _answer(self, caller: Caller, request: AskRequest) -> tuple[Assistant, Answer]:
        assistant = self._live.current
        # Only the words of earlier questions complete a question that leans on them.
        earlier = [Answer(q, Outcome.REFUSED, (), (), (), (), 0.0) for q in request.history]
        answer = assistant.ask(request.question, day=request.day, history=earlier)
        self._metrics.stage(ANSWER, answer.seconds)
        self._metrics.outcome(answer.outcome.value)
        shown = [citation.passage_id for citation in answer.citations]
        self._record(caller, Action.ASKED, request.question, shown)
        return assistant, answer

    async def _done(self, caller: Caller, work: Callable[[], _T]) -> _T:
        return await self._desk.do(caller.person, work)

    def _record(
        self, caller: Caller, action: Action, subject: str, shown: list[str] | tuple[str, ...]
    ) -> None:
        if self._audit is not None:
            self._audit.record(
                caller.person, action, subject, address=caller.address, shown=list(shown)
            )
