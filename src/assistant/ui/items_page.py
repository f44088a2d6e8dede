"""The 事项 room: item lists to search, compare, check and bring in."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.ui.items_handlers import ALL, MAPPED, NONE, ItemsHandlers, kinds

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_BUSY: dict[str, Any] = {"show_progress": "minimal", "api_visibility": "private"}
_TYPES = [".xlsx", ".csv", ".html", ".htm", ".docx", ".pdf"]


@dataclass(frozen=True, slots=True)
class _Search:
    needle: gr.Textbox
    entry: gr.Dropdown
    department: gr.Dropdown
    kind: gr.Dropdown
    listing: gr.HTML

    @property
    def filters(self) -> list[Any]:
        return [self.needle, self.entry, self.department, self.kind]


def add_items_room(live: LiveAssistant) -> None:
    """Add the room to the tabs that are being laid out."""
    handlers = ItemsHandlers(live)
    with gr.Tab("事项", id="items", elem_id="room-items") as room, gr.Tabs(elem_id="item-views"):
        with gr.Tab("查询"):
            search = _lay_out_search(handlers)
        with gr.Tab("对比"):
            first, second = _lay_out_comparison(handlers)
        with gr.Tab("体检"):
            checked = _lay_out_check(handlers)
        with gr.Tab("导入清单") as importing:
            changes = _lay_out_import(handlers)
    refreshed = [search.entry, search.department, first, second, checked, search.listing]
    room.select(handlers.enter, search.filters, refreshed, queue=False, **_QUIET)
    room.select(handlers.offer_import, None, importing, queue=False, **_QUIET)
    for change in changes:
        change.then(handlers.enter, search.filters, refreshed, **_QUIET)


def _lay_out_search(handlers: ItemsHandlers) -> _Search:
    with gr.Row(elem_classes="item-filters"):
        needle = gr.Textbox(
            label="查找",
            placeholder="字词、依据或日常说法，如 乱倒垃圾",
            max_lines=1,
            scale=3,
            min_width=200,
            elem_id="item-needle",
        )
        entry = _choice("清单", [("全部清单", ALL)], ALL)
        department = _choice("原行使部门", [("全部部门", ALL)], ALL)
        kind = _choice("类型", kinds(), ALL)
    parts = _Search(needle, entry, department, kind, _markup("item-list"))
    needle.change(
        handlers.search, parts.filters, parts.listing, trigger_mode="always_last", queue=False,
        **_QUIET,
    )  # fmt: skip
    for box in (entry, department, kind):
        box.input(handlers.search, parts.filters, parts.listing, queue=False, **_QUIET)
    return parts


def _lay_out_comparison(handlers: ItemsHandlers) -> tuple[gr.Dropdown, gr.Dropdown]:
    with gr.Row(elem_classes="item-filters"):
        first = _choice("清单一", [], None)
        second = _choice("清单二", [], None)
        start = gr.Button("对比", variant="primary", scale=0, min_width=88)
    shown = _markup("item-comparison")
    start.click(handlers.compare, [first, second], shown, **_BUSY)
    return first, second


def _lay_out_check(handlers: ItemsHandlers) -> gr.Dropdown:
    with gr.Row(elem_classes="item-filters"):
        checked = _choice("清单", [], None)
        start = gr.Button("开始体检", variant="primary", scale=0, min_width=108)
    shown = _markup("item-health")
    start.click(handlers.check, checked, shown, **_BUSY)
    return checked


def _lay_out_import(handlers: ItemsHandlers) -> list[Any]:
    """Lay out the import and return the events that change the lists."""
    receipt = gr.State(None)
    upload = gr.File(
        label="选择清单文件（XLSX、CSV、HTML、DOCX、PDF）",
        file_types=_TYPES,
        type="filepath",
        height=120,
        elem_id="item-upload",
    )
    with gr.Accordion("各列对应的表头（可更正）", open=True), gr.Row(elem_classes="item-filters"):
        boxes = [_choice(column.label, [NONE], NONE) for column in MAPPED]
    with gr.Row(elem_classes="item-filters"):
        take = gr.Button("确认导入", variant="primary", interactive=False, elem_id="item-take")
        back = gr.Button("撤销导入", visible=False, elem_id="item-back")
    result = _markup("item-result")
    seen = _markup("item-preview")
    upload.change(handlers.look, upload, [*boxes, seen, take], **_BUSY)
    for box in boxes:
        box.input(handlers.remap, [upload, *boxes], [seen, take], **_QUIET)
    return [
        take.click(handlers.take, [upload, *boxes], [result, receipt, back], **_BUSY),
        back.click(handlers.take_back, receipt, [result, receipt, back], **_BUSY),
    ]


def _choice(label: str, choices: list[Any], value: str | None) -> gr.Dropdown:
    return gr.Dropdown(label=label, choices=choices, value=value, scale=2, min_width=150)


def _markup(name: str) -> gr.HTML:
    return gr.HTML("", elem_id=name, js_on_load=None, apply_default_css=False)
