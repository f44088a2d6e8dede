"""HTML of 管理 › 文件; every value is escaped by the templates."""

from collections.abc import Sequence
from datetime import date, datetime

from assistant.corpus import CorpusError, Document
from assistant.corpus.keeping import Change, Staged
from assistant.items.imports import Preview
from assistant.items.imports import preview as item_preview
from assistant.ui.indexing import BuildState
from assistant.ui.render import fill

_MOST_DOCUMENTS = 200
_MOST_CHANGES = 12
_MOST_PASSAGES = 8


def notice(words: str, *, wrong: bool = False) -> str:
    """Return a sentence about what was done, or could not be."""
    return fill("items_notice.html", words=words, wrong=wrong)


def preview(staged: Staged | None, problems: Sequence[str]) -> str:
    """Return what was recognised of a file.

    Args:
        staged: the file, None where no file could be used.
        problems: why others cannot be used.
    """
    items: Preview | None = None
    if staged is not None:
        try:
            items = item_preview(staged.source)
        except CorpusError:
            # Most documents have no table.
            items = None
    return fill(
        "admin_preview.html",
        staged=staged,
        problems=problems,
        items=items if items and items.entry else None,
        passages=staged.source.passages[:_MOST_PASSAGES] if staged else (),
        today=date.today(),
    )


def editing(document: Document, problem: str = "") -> str:
    """Return the heading over the form of a document."""
    return fill("admin_editing.html", document=document, problem=problem)


def documents(
    found: Sequence[Document], total: int, skipped: Sequence[CorpusError], today: date
) -> str:
    """Return the bureau's own documents, each with what can be done with it."""
    return fill(
        "admin_documents.html",
        found=found[:_MOST_DOCUMENTS],
        hidden=max(0, len(found) - _MOST_DOCUMENTS),
        total=total,
        count=len(found),
        skipped=skipped,
        today=today,
    )


def changes(made: Sequence[Change]) -> str:
    """Return the last changes; each can be undone."""
    rows = [(change, _moment(change.moment)) for change in made[:_MOST_CHANGES]]
    return fill("admin_changes.html", rows=rows)


def build_state(state: BuildState) -> str:
    """Return how far the build of the index is, or what it did."""
    share = round(100 * state.done / state.total) if state.total else None
    return fill("admin_build.html", state=state, share=share)


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local.month}月{local.day}日 {local:%H:%M}"
