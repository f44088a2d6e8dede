"""Repeal clauses: texts that say of other texts that they no longer apply."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.corpus.model import Document, Passage, Validity
from assistant.corpus.statements import OWNER

_CLAUSE = re.compile(r"[^。；\n]*?(?:同时|即行|相应)废止")
_TITLE = re.compile(r"《((?:[^《》]|《[^》]*》)+)》(?=(.?))")
# Behind the title of a text of which only a part ends.
_PART = "第中有的"


def repealed_titles(text: str) -> Iterator[str]:
    """Yield the titles of the texts that a repeal clause in ``text`` ends as a whole."""
    for clause in _CLAUSE.findall(text):
        for title, following in _TITLE.findall(clause):
            if not following or following not in _PART:
                yield title


def with_repeals(documents: Sequence[Document], clauses: Iterable[Passage]) -> list[Document]:
    """Return ``documents`` with those ended that a later document's clause repeals.

    What the owner states about a document stands, and so does what is already known to be
    repealed or superseded.

    Args:
        documents: all that are known.
        clauses: passages that may hold repeal clauses.
    """
    known = {document.id: document for document in documents}
    by_title: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_title[document.short_title].append(document)
    for passage in clauses:
        by = known[passage.document_id]
        for title in repealed_titles(passage.text):
            for ended in by_title.get(title.removeprefix("中华人民共和国"), ()):
                if by.effective is not None and _may_end(ended, by):
                    known[ended.id] = replace(
                        ended,
                        repealed=by.effective,
                        replaced_by=(by.id,),
                        evidence=f"《{by.title}》{passage.label}载明，自{by.effective}起同时废止。",
                    )
    return [known[document.id] for document in documents]


def _may_end(ended: Document, by: Document) -> bool:
    if ended.repealed is not None or ended.evidence == OWNER or ended.title == by.title:
        return False
    if ended.validity in (Validity.REPEALED, Validity.SUPERSEDED):
        return False
    # A text never ends one that was written after it.
    return (_written(ended) or date.min) < (_written(by) or date.max)


def _written(document: Document) -> date | None:
    return document.version or document.published or document.effective
