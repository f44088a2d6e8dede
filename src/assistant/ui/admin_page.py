"""The room 管理, which only administrators see: files, work, usage."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.answering import LiveAssistant
from assistant.people import Role
from assistant.settings import AccountsMode
from assistant.ui.admin_form import Form, lay_out_form
from assistant.ui.admin_handlers import AdminHandlers, Desk
from assistant.ui.admin_render import build_state
from assistant.ui.indexing import BuildState
from assistant.ui.visitor import visitor
from assistant.ui.worklist_page import lay_out_usage, lay_out_work

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_BUSY: dict[str, Any] = {"show_progress": "minimal", "api_visibility": "private"}
_SHOW_FORM = "() => window.assistantPage.showForm()"


@dataclass(frozen=True, slots=True)
class _Files:
    upload: gr.File
    chosen: gr.Dropdown
    area: gr.Column
    form: Form
    replacing: gr.Checkbox
    take: gr.Button
    preview: gr.HTML
    progress: gr.HTML
    rebuild: gr.Button
    needle: gr.Textbox
    editor: gr.Column
    heading: gr.HTML
    edited: Form
    save: gr.Button
    close: gr.Button
    listing: gr.HTML
    changes: gr.HTML


def add_admin_room(live: LiveAssistant, page: gr.Blocks, bridge: gr.HTML) -> None:
    """Add the room to the tabs that are being laid out."""
    handlers = AdminHandlers(live)
    local = live.settings.accounts is AccountsMode.OFF
    with (
        gr.Tab("管理", id="admin", elem_id="room-admin", visible=local) as room,
        gr.Tabs(elem_id="admin-views"),
    ):
        with gr.Tab("文件", id="files"):
            files = _lay_out_files()
        lay_out_work(live, bridge)
        lay_out_usage(live)
    _wire_upload(handlers, files)
    _wire_documents(handlers, bridge, files)
    entered = [files.listing, files.changes, files.progress]
    room.select(handlers.enter, files.needle, entered, queue=False, **_QUIET)
    page.load(_seen_by, None, room, queue=False, **_QUIET)


def _seen_by(request: gr.Request) -> Any:
    """Show the room to administrators only; its events are refused to others anyway."""
    return gr.update(visible=visitor(request).may(Role.ADMINISTRATOR))


def _lay_out_files() -> _Files:
    upload = gr.File(
        label="上传文件（PDF、DOCX、XLSX、OFD、HTML、TXT、图片等，可多选）",
        file_count="multiple",
        type="filepath",
        height=160,
        elem_id="admin-upload",
    )
    preview = _markup("", "admin-preview")
    with gr.Column(visible=False, elem_id="admin-form") as area:
        chosen = gr.Dropdown([], label="正在核对的文件", visible=False, elem_id="admin-chosen")
        form = lay_out_form("new")
        replacing = gr.Checkbox(False, label="替换同名文件", visible=False, elem_id="admin-replace")
        with gr.Row(elem_classes="admin-row"):
            take = gr.Button("确认入库", variant="primary", scale=0, elem_id="admin-take")
    progress = _markup(build_state(BuildState()), "admin-build")
    with gr.Column(visible=False, elem_id="admin-editor") as editor:
        heading = _markup("", "admin-heading")
        edited = lay_out_form("edit")
        with gr.Row(elem_classes="admin-row"):
            save = gr.Button("保存修改", variant="primary", scale=0, elem_id="admin-save")
            close = gr.Button("取消", scale=0, min_width=88, elem_id="admin-close")
    with gr.Row(elem_classes="admin-row"):
        needle = gr.Textbox(
            label="筛选文件",
            placeholder="标题或文件名",
            max_lines=1,
            scale=3,
            min_width=200,
            elem_id="admin-needle",
        )
        rebuild = gr.Button("更新索引", scale=0, min_width=108, elem_id="admin-rebuild")
    listing = _markup("", "admin-list")
    with gr.Accordion("最近的改动（可撤销）", open=True, elem_id="admin-history"):
        changes = _markup("", "admin-changes")
    return _Files(
        upload, chosen, area, form, replacing, take, preview, progress, rebuild, needle,
        editor, heading, edited, save, close, listing, changes,
    )  # fmt: skip


def _wire_upload(handlers: AdminHandlers, files: _Files) -> None:
    desk = gr.State(Desk())
    boxes = list(files.form.boxes)
    shown = [desk, files.chosen, files.area, files.replacing, files.preview, *boxes]
    files.upload.upload(handlers.look, files.upload, shown, **_BUSY)
    files.upload.clear(handlers.look, files.upload, shown, **_QUIET)
    files.chosen.input(handlers.choose, [desk, files.chosen, *boxes], shown, queue=False, **_QUIET)
    files.take.click(
        handlers.take,
        [desk, files.replacing, files.needle, *boxes],
        [
            desk, files.area, files.upload, files.preview, files.progress, files.listing,
            files.changes,
        ],
        **_QUIET,
    )  # fmt: skip


def _wire_documents(handlers: AdminHandlers, bridge: gr.HTML, files: _Files) -> None:
    origin = gr.State("")
    boxes = list(files.edited.boxes)
    lists = [files.progress, files.listing, files.changes]
    files.needle.change(
        handlers.search, files.needle, files.listing, trigger_mode="always_last", queue=False,
        **_QUIET,
    )  # fmt: skip
    bridge.admin_edit(
        handlers.edit, None, [origin, files.editor, files.heading, *boxes], queue=False, **_QUIET
    ).then(None, js=_SHOW_FORM, **_QUIET)
    files.save.click(
        handlers.save, [origin, files.needle, *boxes], [files.editor, files.heading, *lists],
        **_QUIET,
    )  # fmt: skip
    files.close.click(lambda: gr.update(visible=False), None, files.editor, queue=False, **_QUIET)
    bridge.admin_remove(handlers.remove, files.needle, lists, **_QUIET)
    bridge.admin_undo(handlers.undo, files.needle, lists, **_QUIET)
    files.rebuild.click(handlers.rebuild, files.needle, lists, **_QUIET)


def _markup(html: str, name: str) -> gr.HTML:
    return gr.HTML(html, elem_id=name, js_on_load=None, apply_default_css=False)
