"""What stands today in the place of an article that is no longer in force."""

from collections.abc import Mapping

from assistant.corpus import Document, Passage, Validity
from assistant.index import OpenedIndex
from assistant.index.lexical import tokens
from assistant.index.texts import embedded_text
from assistant.retrieval.fusion import fuse
from assistant.retrieval.model import Evidence, Finding, Reason
from assistant.retrieval.query import Query
from assistant.retrieval.retrievers import Bounds, DenseRetriever, LexicalRetriever
from assistant.retrieval.scope import may_be_found

_ENDED = (Validity.REPEALED, Validity.SUPERSEDED)
# Share of the old article's terms that the new one must have to stand for it.
_ALIKE = 0.4
_READ = 5


class Replacements:
    """Finds the provision of a replacing document that says what an old article said.

    Args:
        index: the opened index.
        bounds: which passages belong to which document.
        documents: every document by its id.
    """

    def __init__(
        self, index: OpenedIndex, bounds: Bounds, documents: Mapping[str, Document]
    ) -> None:
        self._index = index
        self._bounds = bounds
        self._documents = documents
        self._dense = DenseRetriever(index, _READ)
        self._lexical = LexicalRetriever(index, _READ)

    def of(self, old: Evidence, query: Query) -> Evidence | None:
        """Return the provision in force that replaces a cited one; None if none is found.

        Args:
            old: evidence of a cited article.
            query: the question; its day decides what is in force.
        """
        if old.validity not in _ENDED:
            return None
        successors = self._in_force(old.document, query)
        if not successors:
            return None
        words = embedded_text(old.document, old.passage)
        vector = self._index.embedding.encode([words])[0].tolist()
        ids = frozenset(successors)
        fused = fuse(
            {
                Reason.DENSE: self._dense.nearest(vector, self._bounds, ids),
                Reason.LEXICAL: self._lexical.nearest(old.passage.text, self._bounds, ids)[0],
            }
        )
        passages = self._index.catalogue.get([key for key, _, _ in fused[:_READ]])
        alike = {key: _alike(old.passage, passage) for key, passage in passages.items()}
        best = max(alike, key=lambda key: alike[key], default=None)
        if best is None or alike[best] < _ALIKE:
            return None
        document = successors[passages[best].document_id]
        finding = Finding(Reason.REPLACEMENT, 1, alike[best])
        validity = document.validity_on(query.day)
        return Evidence(
            document, passages[best], old.score - 1e-3, (finding,), validity,
            referred_by=old.passage.citation_id,
        )  # fmt: skip

    def _in_force(self, document: Document, query: Query) -> dict[str, Document]:
        """Follow replacements until a text that applies on the day."""
        pending, seen = list(document.replaced_by), {document.id}
        found: dict[str, Document] = {}
        while pending:
            key = pending.pop()
            if key in seen or key not in self._documents:
                continue
            seen.add(key)
            successor = self._documents[key]
            if may_be_found(successor, query.day):
                found[key] = successor
            else:
                pending += successor.replaced_by
        return found


def _alike(old: Passage, new: Passage) -> float:
    wanted, present = set(tokens(old.text)), set(tokens(new.text))
    return len(wanted & present) / len(wanted) if wanted else 0.0
