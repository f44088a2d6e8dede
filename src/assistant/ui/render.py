"""HTML of the page's parts; every value is escaped by the templates."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Generic, TypeVar
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.answering import plain
from assistant.answering.model import SourceView
from assistant.answering.official import place_of
from assistant.corpus import CorpusError, Document, DocumentKind, Passage
from assistant.people import Person
from assistant.procedures import ToolResult
from assistant.procedures.export import as_text
from assistant.records import Complaint
from assistant.ui import text
from assistant.ui.conversation import Turns
from assistant.ui.items_links import question_address
from assistant.ui.starters import STARTERS
from assistant.ui.suggestions import suggestions

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_DOCUMENTS = 400
MOST_PASSAGES = 1500
MOST_HITS = 60
_PREVIEW = 46
# More turns than these are left out until they are asked for: a page stays quick.
_TURNS = 12


_Member = TypeVar("_Member")


@dataclass(frozen=True)
class _Group(Generic[_Member]):
    heading: str
    members: list[_Member]


def header(person: Person | None = None, token: str = "") -> str:
    """Return the head of the page: name, purpose, account, switch for light and dark.

    Args:
        person: who is signed in; None where nobody needs to.
        token: what the form to sign out must carry.
    """
    return _render("header.html", person=person, token=token)


def guide(documents: int) -> str:
    """Return the instructions for use."""
    return _render("guide.html", documents=documents)


def conversation(turns: Turns, *, before: str = "", shown: int = _TURNS) -> str:
    """Return the questions and answers, or the starter questions before the first.

    Args:
        turns: the conversation so far.
        before: the conversation that was just left; it can be gone back to.
        shown: how many of the last turns are shown; the others can be asked for.
    """
    last = turns[-1] if turns else None
    offered: tuple[str, ...] = ()
    if last is not None and last.answer is not None and not last.waiting:
        offered = suggestions(last.answer, [turn.question for turn in turns])
    return _render(
        "conversation.html",
        turns=turns[-shown:],
        hidden=max(0, len(turns) - shown),
        starters=STARTERS,
        before=before,
        last=last,
        offered=offered,
        complaints=tuple(Complaint),
    )


def source(view: SourceView | None) -> str:
    """Return the source pane; without a passage the words that say how to open one."""
    return _render("source.html", view=view)


def tool(result: ToolResult, exports: Sequence[tuple[str, str, str]]) -> str:
    """Return the result of a procedure tool.

    Args:
        result: what the tool found.
        exports: links to its files: name of the format, file name, address.
    """
    return _render("tool.html", result=result, exports=exports)


def tool_problem(message: str) -> str:
    """Return what is shown where a form was filled in wrongly."""
    return _render("tool_problem.html", message=message)


def missing_source(passage_id: str) -> str:
    """Return the source pane for an address that is not in the index."""
    return _render("missing.html", passage_id=passage_id)


def documents(
    found: Sequence[Document],
    total: int,
    skipped: Iterable[CorpusError],
    today: date,
    hits: Sequence[tuple[Document, Passage]] = (),
    word: str = "",
) -> str:
    """Return the list of documents by kind, and the files that could not be read.

    Args:
        found: the documents that fit the filter.
        total: documents in all.
        skipped: files that could not be read.
        today: day for which the status is shown.
        hits: passages that have the words searched for, with their documents.
        word: the first of these words; each passage is shown from where it stands.
    """
    shown = found[:MOST_DOCUMENTS]
    groups = [
        _Group(kind.label, members)
        for kind in DocumentKind
        if (members := [document for document in shown if document.kind is kind])
    ]
    return _render(
        "documents.html",
        groups=groups,
        found=len(found),
        total=total,
        hidden=len(found) - len(shown),
        skipped=list(skipped),
        today=today,
        hits=[(document, p, _around(p, word)) for document, p in hits[:MOST_HITS]],
        word=word,
        more=len(hits) > MOST_HITS,
    )


def citing(found: Sequence[tuple[Document, Passage]]) -> str:
    """Return the passages that cite the opened one."""
    return _render("citing.html", found=found)


def outline(
    document: Document,
    found: Sequence[Passage],
    total: int,
    names: Mapping[str, str],
    today: date,
) -> str:
    """Return a document's passages under their headings.

    Args:
        document: the document shown.
        found: its passages that fit the filter, in order.
        total: how many passages it has.
        names: titles of the documents that replace it, by id.
        today: day for which the status is shown.
    """
    shown = found[:MOST_PASSAGES]
    groups: list[_Group[Passage]] = []
    for passage in shown:
        heading = " › ".join(passage.breadcrumb)
        if not groups or groups[-1].heading != heading:
            groups.append(_Group(heading, []))
        groups[-1].members.append(passage)
    return _render(
        "outline.html",
        document=document,
        groups=groups,
        found=len(found),
        total=total,
        hidden=len(found) - len(shown),
        names=names,
        today=today,
    )


def download(content: bytes, media_type: str, ending: str) -> str:
    """Return a link that holds a file to be saved."""
    name = f"执法助手问答记录.{ending}"
    return f'<a href="{data_address(content, media_type)}" download="{name}">{name}</a>'


def data_address(content: bytes, media_type: str) -> str:
    """Return an address that holds a file itself."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def _preview(passage: Passage) -> str:
    words = " ".join(passage.text[text.body_start(passage) :].split())
    return words if len(words) <= _PREVIEW else words[:_PREVIEW] + "…"


def _around(passage: Passage, word: str) -> str:
    words = " ".join(passage.text.split())
    begin = max(0, words.find(word) - _PREVIEW // 2)
    end = begin + 2 * _PREVIEW
    return f"{'…' if begin else ''}{words[begin:end]}{'…' if end < len(words) else ''}"


def _short_basis(official: str) -> str:
    return official.replace("《中华人民共和国", "《")


def _address(passage_id: str) -> str:
    return f"?passage={quote(passage_id, safe='')}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def fill(template: str, **values: object) -> str:
    """Return a template of the page with ``values``, each escaped."""
    return _render(template, **values)


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("assistant.ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        address=_address,
        answer_text=plain.answer_text,
        body_start=text.body_start,
        day=_day,
        fields=text.fields,
        item_download=question_address,
        level=text.list_level,
        lines=text.lines,
        marked=text.marked,
        passage_text=plain.passage_text,
        place=place_of,
        preview=_preview,
        short_basis=_short_basis,
        tool_text=as_text,
    )
    return environment
