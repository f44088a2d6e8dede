"""What the events of the 事项 room do."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.corpus import CorpusError
from assistant.index import BuildRunningError, IndexWriteError, IngestError, build
from assistant.items import Column, Item, Kind, Register, check_list
from assistant.items.compare import compare
from assistant.items.imports import Preview, Receipt, preview, read_upload, take_in, undo
from assistant.items.matching import POSSIBLE
from assistant.people import Role, only
from assistant.ui import items_render as render
from assistant.ui.visitor import visitor

ALL = ""
NONE = "（没有）"
MAPPED = tuple(Column)
_LONGEST_NEEDLE = 100
_NEAR = 0.3
_EVERY = [("全部清单", ALL)]
_log = logging.getLogger(__name__)


class ItemsHandlers:
    """The events of the 事项 room; holds nothing of any visitor."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live

    @property
    def register(self) -> Register:
        """The lists of the newest generation of the index."""
        return self._live.current.items.register

    def enter(self, needle: str, list_id: str, department: str, kind: str) -> tuple[Any, ...]:
        """Refresh the room: list, department, both sides, list to check, and what is found."""
        lists = [(entry.title, entry.id) for entry in self.register.lists]
        known = [key for _, key in lists]
        departments = sorted({item.department for item in self.register.items() if item.department})
        first = known[0] if known else None
        second = known[1] if len(known) > 1 else first
        list_id = list_id if list_id in known else ALL
        department = department if department in departments else ALL
        return (
            gr.update(choices=_EVERY + lists, value=list_id),
            gr.update(choices=[("全部部门", ALL), *departments], value=department),
            gr.update(choices=lists, value=first),
            gr.update(choices=lists, value=second),
            gr.update(choices=lists, value=first),
            self.search(needle, list_id, department, kind),
        )

    def search(self, needle: str, list_id: str, department: str, kind: str) -> str:
        """Return the items that fit the words and the filters."""
        register = self.register
        words = (needle or "")[:_LONGEST_NEEDLE].strip()
        items = filtered(register, list_id or ALL, department or ALL, kind or ALL)
        found, near = find(register, items, words)
        download = {
            "list": list_id or ALL,
            "department": department or ALL,
            "kind": kind or ALL,
            "words": words,
        }
        return render.item_list(register, found, len(items), download, near)

    def compare(self, first: str, second: str) -> str:
        """Return the differences between two lists."""
        register = self.register
        one, other = register.find_list(first or ""), register.find_list(second or "")
        if one is None or other is None or one.id == other.id:
            return render.notice("请选择两份不同的清单。")
        found = compare(register.items(one.id), register.items(other.id))
        return render.comparison(register, one, other, found)

    def check(self, list_id: str) -> str:
        """Return the health check of a list."""
        entry = self.register.find_list(list_id or "")
        if entry is None:
            return render.notice("请选择一份清单。")
        return render.health(check_list(self.register, entry))

    def offer_import(self, request: gr.Request) -> Any:
        """Show the import to those who may use it."""
        return gr.update(visible=visitor(request).may(Role.ADMINISTRATOR))

    @only(Role.ADMINISTRATOR)
    def look(self, upload: str | None) -> tuple[Any, ...]:
        """Show what an uploaded file would become: a box for each column, preview, 导入."""
        if not upload:
            empty = gr.update(choices=[NONE], value=NONE)
            return *(empty for _ in MAPPED), "", gr.update(interactive=False)
        try:
            seen = preview(read_upload(Path(upload)))
        except (CorpusError, OSError) as error:
            off = gr.update(interactive=False)
            keep = tuple(gr.skip() for _ in MAPPED)
            return *keep, render.notice(str(error), wrong=True), off
        headings = [guess.heading for guess in seen.headings]
        taken = {guess.column: guess.heading for guess in seen.headings if guess.column}
        boxes = (
            gr.update(choices=[NONE, *headings], value=taken.get(column, NONE)) for column in MAPPED
        )
        return *boxes, render.preview(seen), gr.update(interactive=seen.entry is not None)

    @only(Role.ADMINISTRATOR)
    def remap(self, upload: str | None, *chosen: str) -> tuple[Any, ...]:
        """Show the file with the columns that the visitor says: preview, 导入."""
        if not upload:
            return gr.skip(), gr.skip()
        try:
            source = read_upload(Path(upload))
            seen = preview(source, _stated(preview(source), chosen))
        except (CorpusError, OSError) as error:
            return render.notice(str(error), wrong=True), gr.update(interactive=False)
        return render.preview(seen), gr.update(interactive=seen.entry is not None)

    @only(Role.ADMINISTRATOR)
    def take(self, upload: str | None, *chosen: str) -> tuple[Any, ...]:
        """Take the file in and index it: result, receipt, 撤销."""
        if not upload:
            return render.notice("请先选择文件。", wrong=True), gr.skip(), gr.skip()
        path = Path(upload)
        corpus = self._live.settings.corpus
        try:
            seen = preview(read_upload(path))
            receipt = take_in(path, path.name, corpus, _stated(seen, chosen))
        except (CorpusError, OSError) as error:
            return render.notice(str(error), wrong=True), gr.skip(), gr.skip()
        words = self._index(f"已导入为 {receipt.origin}，现在可以查询、对比和体检。")
        return words, receipt, gr.update(visible=True)

    @only(Role.ADMINISTRATOR)
    def take_back(self, receipt: Receipt | None) -> tuple[Any, ...]:
        """Undo the last import of this visitor: result, receipt, 撤销."""
        if receipt is None:
            return gr.skip(), None, gr.update(visible=False)
        try:
            undo(receipt, self._live.settings.corpus)
        except (CorpusError, OSError) as error:
            return render.notice(str(error), wrong=True), receipt, gr.skip()
        words = self._index(f"已撤销导入，{receipt.origin} 已从资料库移除。")
        return words, None, gr.update(visible=False)

    def _index(self, done: str) -> str:
        try:
            build(self._live.settings, embedding=self._live.embedding)
        except (BuildRunningError, IndexWriteError, IngestError, CorpusError, OSError) as error:
            return render.notice(f"文件已就位，但索引未更新：{error}", wrong=True)
        return render.notice(done)


def filtered(register: Register, list_id: str, department: str, kind: str) -> list[Item]:
    """Return the items of a list, department and kind; empty names restrict nothing."""
    return [
        item
        for item in register.items(list_id)
        if (not department or item.department == department)
        and (not kind or item.kind.value == kind)
    ]


def find(register: Register, items: Sequence[Item], words: str) -> tuple[list[Item], bool]:
    """Return the items that have all words, or else those that everyday words may mean.

    Returns:
        the items, and True if they only may be meant.
    """
    if not words:
        return list(items), False
    literal = [item for item in items if all(word in _cells(item) for word in words.split())]
    if literal:
        return literal, False
    matches = register.matcher.match(words, items)
    least = max(POSSIBLE, matches[0].score - _NEAR) if matches else POSSIBLE
    return [match.item for match in matches if match.score >= least], True


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of item to choose from."""
    return [("全部类型", ALL), *((kind.label, kind.value) for kind in Kind)]


def _cells(item: Item) -> str:
    return " ".join(
        (item.number, item.code, item.name, item.department, item.scope, item.basis,
         item.place, item.note)
    )  # fmt: skip


def _stated(seen: Preview, chosen: Sequence[str]) -> Mapping[str, str]:
    """Return the meanings of headings where the visitor and the recognition differ."""
    said = {heading: column for column, heading in zip(MAPPED, chosen, strict=True)}
    stated = {}
    for guess in seen.headings:
        column = said.get(guess.heading)
        if column is not guess.column:
            stated[guess.heading] = column.label if column else ""
    return stated
