"""What the events of 管理 › 文件 do; every one is refused to all but administrators."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.corpus import CorpusError, Document
from assistant.corpus.keeping import Change, Keeper, Staged, Stated, look
from assistant.people import Action, Person, Role, open_people, require
from assistant.ui import admin_render as render
from assistant.ui.admin_form import FIELDS, FormError, filled, read_form
from assistant.ui.indexing import Indexing
from assistant.ui.visitor import visitor

_LONGEST_NEEDLE = 100
_LAW_PACK = "law-pack:"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """The files that an administrator is looking at before they are taken in.

    Attributes:
        files: what was recognised.
        stated: what is stated about each.
        at: which one the form shows.
    """

    files: tuple[Staged, ...] = ()
    stated: tuple[Stated, ...] = ()
    at: int = 0


class AdminHandlers:
    """The events of 管理 › 文件."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._keeper = Keeper(live.settings)
        self._indexing = Indexing(live)

    def enter(self, needle: str, request: gr.Request) -> tuple[Any, ...]:
        """Refresh the room: documents, changes, state of the index."""
        self._administrator(request)
        return (*self._lists(needle), render.build_state(self._indexing.state))

    def search(self, needle: str, request: gr.Request) -> str:
        """Return the documents that have the words."""
        self._administrator(request)
        return self._listing(needle)

    def look(self, uploads: list[str] | None, request: gr.Request) -> tuple[Any, ...]:
        """Look at uploaded files: desk, file box, form area, replacing, preview, form."""
        self._administrator(request)
        files: list[Staged] = []
        problems: list[str] = []
        for upload in uploads or ():
            path = Path(upload)
            try:
                files.append(look(path, path.name, self._live.settings))
            except (CorpusError, OSError) as error:
                problems.append(str(error))
        desk = Desk(tuple(files), tuple(Stated.of(file.source.document) for file in files))
        return self._shown(desk, problems)

    def choose(
        self, desk: Desk, at: int | None, request: gr.Request, *form: Any
    ) -> tuple[Any, ...]:
        """Go to another of the files, keeping what was filled in: as :meth:`look`."""
        self._administrator(request)
        if not desk.files or at is None or at == desk.at:
            return (gr.skip(),) * (5 + FIELDS)
        try:
            desk = _with_form(desk, form)
        except FormError as error:
            chosen = gr.update(value=desk.at)
            notice = render.notice(str(error), wrong=True)
            return gr.skip(), chosen, gr.skip(), gr.skip(), notice, *(gr.skip(),) * FIELDS
        return self._shown(replace(desk, at=at), [])

    def take(
        self, desk: Desk, replacing: bool, needle: str, request: gr.Request, *form: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Take the files in: desk, form area, upload box, preview, progress, documents, changes."""
        person = self._administrator(request)
        keep = (gr.skip(),) * 3
        try:
            desk = _with_form(desk, form)
            if not desk.files:
                raise FormError("请先选择文件。")
            if not replacing and (known := [f.origin for f in desk.files if f.exists]):
                raise FormError(
                    f"资料库中已有同名文件：{'、'.join(known)}。请勾选“替换同名文件”，或改名后再上传。"
                )
            for file, stated in zip(desk.files, desk.stated, strict=True):
                changes = stated.changes(file.source.document)
                change = self._keeper.add(
                    file.path, file.origin, changes, person.name, replace=replacing
                )
                self._record(person, change, changes)
        except (FormError, CorpusError, OSError) as error:
            notice = render.notice(str(error), wrong=True)
            yield *keep, notice, gr.skip(), gr.skip(), gr.skip()
            return
        done = render.notice(f"已入库 {len(desk.files)} 份文件，正在更新索引。")
        cleared = (Desk(), gr.update(visible=False), gr.update(value=None), done)
        for progress, lists in self._rebuilt(needle):
            yield *cleared, progress, *lists
            cleared = (gr.skip(), gr.skip(), gr.skip(), gr.skip())

    def edit(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Show what is known about a document: its place, form area, heading, form."""
        self._administrator(request)
        document = self._document(str(getattr(event, "origin", "")))
        if document is None:
            return (gr.skip(),) * (3 + FIELDS)
        heading = render.editing(document)
        shown = gr.update(visible=True)
        return document.origin, shown, heading, *filled(Stated.of(document))

    def save(
        self, origin: str, needle: str, request: gr.Request, *form: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Keep what was filled in: form area, heading, progress, documents, changes."""
        person = self._administrator(request)
        document = self._document(origin)
        try:
            stated = read_form(form)
            if document is None:
                raise FormError("文件已不在资料库中，请重新选择。")
            changes = stated.changes(document)
            if not changes:
                raise FormError("没有改动。")
            self._record(person, self._keeper.state(origin, changes, person.name), changes)
        except (FormError, CorpusError, OSError) as error:
            heading = render.editing(document, str(error)) if document else gr.skip()
            yield gr.skip(), heading, gr.skip(), gr.skip(), gr.skip()
            return
        closed: tuple[Any, ...] = (gr.update(visible=False), "")
        for progress, lists in self._rebuilt(needle):
            yield *closed, progress, *lists
            closed = (gr.skip(), gr.skip())

    def remove(
        self, needle: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Remove a document, which can be undone: progress, documents, changes."""
        person = self._administrator(request)
        try:
            change = self._keeper.remove(str(getattr(event, "origin", "")), person.name)
        except (CorpusError, OSError) as error:
            yield render.notice(str(error), wrong=True), gr.skip(), gr.skip()
            return
        self._record(person, change, {})
        for progress, lists in self._rebuilt(needle):
            yield progress, *lists

    def undo(
        self, needle: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Undo a change: progress, documents, changes."""
        person = self._administrator(request)
        try:
            change = self._keeper.undo(str(getattr(event, "change", "")))
        except (CorpusError, OSError) as error:
            yield render.notice(str(error), wrong=True), gr.skip(), gr.skip()
            return
        self._record(person, change, {}, undone=True)
        for progress, lists in self._rebuilt(needle):
            yield progress, *lists

    def rebuild(self, needle: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Bring the index up to date with the folder: progress, documents, changes."""
        self._administrator(request)
        for progress, lists in self._rebuilt(needle):
            yield progress, *lists

    def _administrator(self, request: gr.Request) -> Person:
        person = visitor(request)
        require(person, Role.ADMINISTRATOR)
        return person

    def _rebuilt(self, needle: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
        for state in self._indexing.run():
            lists = (gr.skip(), gr.skip()) if state.running else self._lists(needle)
            yield render.build_state(state), lists

    def _lists(self, needle: str) -> tuple[Any, ...]:
        return self._listing(needle), render.changes(self._keeper.changes())

    def _listing(self, needle: str) -> str:
        words = (needle or "")[:_LONGEST_NEEDLE].lower().split()
        own = [d for d in self._live.current.documents() if not d.origin.startswith(_LAW_PACK)]
        found = [
            document
            for document in own
            if all(word in f"{document.title} {document.origin}".lower() for word in words)
        ]
        return render.documents(found, len(own), self._live.current.skipped(), date.today())

    def _document(self, origin: str) -> Document | None:
        return next((d for d in self._live.current.documents() if d.origin == origin), None)

    def _shown(self, desk: Desk, problems: list[str]) -> tuple[Any, ...]:
        choices = [(file.path.name, number) for number, file in enumerate(desk.files)]
        at = desk.at if desk.files else None
        box = gr.update(choices=choices, value=at, visible=len(choices) > 1)
        area = gr.update(visible=bool(desk.files))
        replacing = gr.update(value=False, visible=any(file.exists for file in desk.files))
        preview = render.preview(desk.files[desk.at] if desk.files else None, problems)
        values = filled(desk.stated[desk.at]) if desk.files else (gr.skip(),) * FIELDS
        return desk, box, area, replacing, preview, *values

    def _record(
        self, person: Person, change: Change, changes: Mapping[str, Any], *, undone: bool = False
    ) -> None:
        act = f"撤销{change.act.label}" if undone else change.act.label
        open_people(self._live.settings).audit.record(
            person,
            Action.CHANGED_DOCUMENT,
            change.origin,
            act=act,
            fields=[f"{name}={value}" for name, value in changes.items()],
        )


def _with_form(desk: Desk, form: tuple[Any, ...]) -> Desk:
    if not desk.files:
        return desk
    stated = list(desk.stated)
    stated[desk.at] = read_form(form)
    return replace(desk, stated=tuple(stated))
