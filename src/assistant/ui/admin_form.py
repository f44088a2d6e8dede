"""The form in which an administrator states what a document is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from assistant.corpus import DocumentKind, Level, Validity
from assistant.corpus.keeping import Stated

FIELDS = 10
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Form:
    """The boxes of the form, in the order of the fields of :class:`Stated`."""

    boxes: tuple[Any, ...]


class FormError(ValueError):
    """What was filled in cannot be; the message is in Chinese."""


def lay_out_form(name: str) -> Form:
    """Lay out the form.

    Args:
        name: beginning of the boxes' element ids.
    """
    with gr.Row(elem_classes="admin-row"):
        title = _words("标题", f"{name}-title", scale=3)
    with gr.Row(elem_classes="admin-row"):
        kind = gr.Dropdown(
            [(kind.label, kind.value) for kind in DocumentKind], label="类型", min_width=150
        )
        level = gr.Dropdown(
            [(level.label, level.name) for level in Level], label="效力层级", min_width=150
        )
        validity = gr.Dropdown(
            [(validity.label, validity.value) for validity in Validity],
            label="效力",
            min_width=150,
            elem_id=f"{name}-validity",
        )
    with gr.Row(elem_classes="admin-row"):
        authority = _words("发文机关", f"{name}-authority")
        number = _words("文号", f"{name}-number")
    with gr.Row(elem_classes="admin-row"):
        published = _day("公布日期", f"{name}-published")
        effective = _day("施行日期", f"{name}-effective")
        repealed = _day("失效日期", f"{name}-repealed")
    with gr.Row(elem_classes="admin-row"):
        evidence = _words("效力的依据（说明何文件废止或修改）", f"{name}-evidence", scale=3)
    return Form(
        (title, kind, level, authority, number, published, effective, repealed, validity, evidence)
    )


def filled(stated: Stated) -> tuple[Any, ...]:
    """Return the values of the boxes for what is stated."""
    return (
        stated.title,
        stated.kind.value,
        stated.level.name,
        stated.authority,
        stated.number,
        _shown(stated.published),
        _shown(stated.effective),
        _shown(stated.repealed),
        stated.validity.value,
        stated.evidence,
    )


def read_form(values: tuple[Any, ...]) -> Stated:
    """Return what is stated in the boxes.

    Raises:
        FormError: a value cannot be.
    """
    words = [" ".join(str(value or "").split())[:_LONGEST] for value in values]
    try:
        stated = Stated(
            title=words[0],
            kind=DocumentKind(words[1]),
            level=Level[words[2]],
            authority=words[3],
            number=words[4],
            published=_read_day("公布日期", words[5]),
            effective=_read_day("施行日期", words[6]),
            repealed=_read_day("失效日期", words[7]),
            validity=Validity(words[8]),
            evidence=words[9],
        )
    except FormError:
        raise
    except (KeyError, ValueError) as error:
        raise FormError("请选择类型、效力层级和效力。") from error
    if problem := stated.problem():
        raise FormError(problem)
    return stated


def _words(label: str, name: str, scale: int = 1) -> gr.Textbox:
    return gr.Textbox(
        label=label, max_lines=1, max_length=_LONGEST, scale=scale, min_width=220, elem_id=name
    )


def _day(label: str, name: str) -> gr.Textbox:
    return gr.Textbox(
        label=label, placeholder="2026-03-01", max_lines=1, max_length=10, min_width=140,
        elem_id=name,
    )  # fmt: skip


def _shown(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read_day(label: str, words: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise FormError(f"{label}“{words}”应写成 2026-03-01 的样子。") from error
