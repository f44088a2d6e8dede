"""The retrievers, each a llama-index retriever of its own: dense, lexical, and all together."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.index import OpenedIndex
from assistant.retrieval.wording import statutory, subject

if TYPE_CHECKING:
    from assistant.retrieval.search import Searcher

CANDIDATES = 150
"""How many passages each retriever hands on."""
# Everyday words are translated by hand, and not always rightly.
_STATUTORY_WEIGHT = 0.5
# Where the searched documents hold less than this share of all passages, the vector
# store is told to look only there; otherwise what lies outside is dropped afterwards.
_NARROW = 0.5
_SPARE = 1.3


class Bounds:
    """Which passages may be found, as ids of documents and as a mask over the index.

    Args:
        index: the opened index.
    """

    def __init__(self, index: OpenedIndex) -> None:
        owners = [key.partition("#")[0] for key in index.lexical.ids]
        self._places = {key: row for row, key in enumerate(index.lexical.ids)}
        self._rows = {owner: row for row, owner in enumerate(dict.fromkeys(owners))}
        self._owner = np.array([self._rows[owner] for owner in owners], dtype=np.int32)
        self._lengths = np.bincount(self._owner, minlength=len(self._rows))
        self._latest: tuple[frozenset[str], npt.NDArray[np.bool_]] | None = None

    def mask(self, documents: frozenset[str]) -> npt.NDArray[np.bool_]:
        """Return for each passage of the lexical index whether it may be found."""
        if self._latest is None or self._latest[0] != documents:
            allowed = np.zeros(len(self._rows), dtype=bool)
            allowed[[self._rows[key] for key in documents if key in self._rows]] = True
            self._latest = (documents, allowed[self._owner])
        return self._latest[1]

    def row(self, passage_id: str) -> int:
        """Return the place of a passage in the lexical index.

        Raises:
            KeyError: it is unknown.
        """
        return self._places[passage_id]

    def length(self, document_id: str) -> int:
        """Return how many passages a document has.

        Raises:
            KeyError: it is unknown.
        """
        return int(self._lengths[self._rows[document_id]])

    def share(self, documents: frozenset[str]) -> float:
        """Return which share of all passages may be found."""
        mask = self.mask(documents)
        return float(mask.mean()) if len(mask) else 0.0


class DenseRetriever(BaseRetriever):
    """Passages whose vectors are nearest to the question's, by cosine.

    Args:
        index: the opened index.
        count: how many passages to return.
    """

    def __init__(self, index: OpenedIndex, count: int = CANDIDATES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._index = index
        self._count = count

    def nearest(
        self, vector: Sequence[float], bounds: Bounds, documents: frozenset[str]
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages of some documents."""
        share = bounds.share(documents)
        if share == 0:
            return []
        if share < _NARROW:
            return self._index.vectors.nearest(vector, self._count, documents)
        found = self._index.vectors.nearest(vector, round(self._count * _SPARE / share))
        inside = [pair for pair in found if pair[0].partition("#")[0] in documents]
        return inside[: self._count]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        vector = query_bundle.embedding or self._index.embedding.search_vector(
            query_bundle.query_str
        )
        return _nodes(self._index, self._index.vectors.nearest(vector, self._count))


class LexicalRetriever(BaseRetriever):
    """Passages that share the question's words, or the statutory words for them, by BM25.

    Args:
        index: the opened index.
        count: how many passages to return.
    """

    def __init__(self, index: OpenedIndex, count: int = CANDIDATES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._index = index
        self._count = count

    def nearest(
        self, question: str, bounds: Bounds, documents: frozenset[str]
    ) -> tuple[list[tuple[str, float]], Callable[[str], float]]:
        """Return the best passages of some documents, and a look-up of any passage's score."""
        scores = self.scores(question)
        inside = np.where(bounds.mask(documents), scores, np.float32(0))
        best = self._index.lexical.best(inside, self._count)
        return best, lambda key: float(scores[bounds.row(key)])

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """Return the score of every passage, in the order of the lexical index."""
        lexical = self._index.lexical
        scores = lexical.scores(subject(question))
        if not scores.any():
            scores = lexical.scores(question)
        if translated := statutory(question):
            scores = scores + np.float32(_STATUTORY_WEIGHT) * lexical.scores(translated)
        return scores

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        scores = self.scores(query_bundle.query_str)
        return _nodes(self._index, self._index.lexical.best(scores, self._count))


class HybridRetriever(BaseRetriever):
    """Everything the searcher does, for whoever builds on llama-index.

    Nodes carry the passage's words, and as metadata its document, label, headings,
    validity on the day, and why it was found.

    Args:
        searcher: the searcher.
        count: how many passages to return.
    """

    def __init__(self, searcher: "Searcher", count: int = 10, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._searcher = searcher
        self._count = count

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        evidence = self._searcher.search(query_bundle.query_str, count=self._count)
        return [
            NodeWithScore(
                node=TextNode(
                    id_=item.passage.id,
                    text=item.passage.text,
                    metadata={
                        "document": item.document.title,
                        "label": item.passage.label,
                        "headings": " › ".join(item.passage.breadcrumb),
                        "validity": item.validity.label,
                        "found_by": "、".join(finding.reason.label for finding in item.findings),
                    },
                ),
                score=item.score,
            )
            for item in evidence
        ]


def _nodes(index: OpenedIndex, found: Sequence[tuple[str, float]]) -> list[NodeWithScore]:
    return [
        NodeWithScore(node=TextNode(id_=key), score=score)
        for key, score in found
        if key.partition("#")[0] not in index.hidden
    ]
