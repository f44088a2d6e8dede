"""Whether a law that a question names may be applied: the clause that says so, quoted."""

import re
from collections.abc import Iterable, Sequence

from assistant.answering.draft import Draft
from assistant.answering.layout import Piece, lay_out, whole
from assistant.corpus import Document, Passage, Unit, Validity
from assistant.index import OpenedIndex
from assistant.retrieval import Evidence, Finding, Query, Reason, Searcher

_ASKS = re.compile(
    r"废止|失效|生效|有效|施行|实施了|现行|(?:现在|如今|目前|还)(?:在|能|可以|可|是)|还管用|能(?:不能)?适用|过期|作废"
)
_SHORT = 500
_ENDED = (Validity.REPEALED, Validity.SUPERSEDED, Validity.AMENDED)


def stale_documents(query: Query) -> list[Document]:
    """Return the documents that a question names and that do not apply on its day."""
    return [d for d in query.named if not d.validity_on(query.day).is_current]


def asks_standing(question: str) -> bool:
    """Return whether a question asks if, or since when, a text is in force."""
    return bool(_ASKS.search(question))


def say_standing(
    draft: Draft,
    documents: Iterable[Document],
    query: Query,
    index: OpenedIndex,
    searcher: Searcher,
) -> None:
    """Quote the clauses that end or begin the force of documents; nothing where none is found.

    Args:
        draft: the answer; extended.
        documents: the documents asked about.
        query: the question.
        index: the opened index.
        searcher: knows the documents that replaced others.
    """
    known = {document.id: document for document in searcher.documents}
    for document in documents:
        if document.validity_on(query.day) in _ENDED:
            for successor in (known[key] for key in document.replaced_by if key in known):
                title = f"《{document.title}》"
                _quote(draft, successor, index, query, (title, "废止"))
        else:
            _quote(draft, document, index, query, ("起施行",))


def _quote(
    draft: Draft, document: Document, index: OpenedIndex, query: Query, words: Sequence[str]
) -> None:
    """Quote the last article of a document that has all the words."""
    for passage in reversed(index.catalogue.passages(document.id)):
        if passage.unit is Unit.PREAMBLE or not all(word in passage.text for word in words):
            continue
        joined = whole(index.catalogue.cited(passage.citation_id))
        pieces = _pieces_with(joined, words)
        if pieces:
            finding = Finding(Reason.REFERENCE, 1, 1.0)
            validity = document.validity_on(query.day)
            draft.say(pieces, Evidence(document, joined, 0.0, (finding,), validity))
            return


def _pieces_with(passage: Passage, words: Sequence[str]) -> list[Piece]:
    pieces = lay_out(passage).pieces
    if len(passage.text) <= _SHORT:
        # The day stands in the sentence before the one that ends the old texts.
        return list(pieces)
    holding = [piece for piece in pieces if all(word in piece.text for word in words)]
    return holding or [piece for piece in pieces if any(word in piece.text for word in words)]
