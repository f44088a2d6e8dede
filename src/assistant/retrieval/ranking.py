"""The order of what the retrievers found: one linear score over a few features."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.corpus import Document, Passage
from assistant.index.lexical import tokens
from assistant.retrieval.model import Finding, Reason
from assistant.retrieval.query import Query, Tier
from assistant.retrieval.wording import subject

K = 60
WEIGHTS = {
    "dense_rank": 1.0,
    "lexical_rank": 1.0,
    "dense": 0.02,
    "lexical": 0.02,
    "title": 0.0,
    "named": 0.008,
    "kind": 0.004,
    "tier": 0.004,
}
"""Weight of each feature; chosen by ``benchmarks/ranking.py``."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a retriever found.

    Attributes:
        passage: the passage.
        document: its document.
        dense: cosine with the question; None where the dense retriever left it out.
        lexical: BM25 score of the question's words.
        dense_rank, lexical_rank: 1-based places; 0 where the retriever left it out.
    """

    passage: Passage
    document: Document
    dense: float | None
    lexical: float
    dense_rank: int
    lexical_rank: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every retriever's view, best rank first."""
        found = []
        if self.dense_rank:
            found.append(Finding(Reason.DENSE, self.dense_rank, self.dense or 0.0))
        if self.lexical_rank:
            found.append(Finding(Reason.LEXICAL, self.lexical_rank, self.lexical))
        return tuple(sorted(found, key=lambda finding: finding.rank))


def order(query: Query, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Return the candidates with their scores, best first."""
    if not candidates:
        return []
    scores = features(query, candidates) @ np.array(list(WEIGHTS.values()))
    return [(candidates[row], float(scores[row])) for row in np.argsort(-scores, kind="stable")]


def features(query: Query, candidates: Sequence[Candidate]) -> npt.NDArray[np.float64]:
    """Return one row for each candidate, its columns in the order of :data:`WEIGHTS`."""
    asked = set(tokens(subject(query.standalone)))
    named = {document.id for document in query.named}
    cosines = [candidate.dense for candidate in candidates if candidate.dense is not None]
    low, high = min(cosines, default=0.0), max(cosines, default=1.0)
    most = max((candidate.lexical for candidate in candidates), default=0.0) or 1.0
    rows = [
        (
            _reciprocal(candidate.dense_rank),
            _reciprocal(candidate.lexical_rank),
            ((candidate.dense if candidate.dense is not None else low) - low)
            / max(high - low, 1e-6),
            candidate.lexical / most,
            _share(asked, candidate.document.short_title),
            float(candidate.document.id in named),
            float(candidate.document.kind in query.kinds),
            _tier(query, candidate),
        )
        for candidate in candidates
    ]
    return np.array(rows, dtype=np.float64)


def _reciprocal(rank: int) -> float:
    return 1 / (K + rank) if rank else 0.0


def _share(asked: set[str], text: str) -> float:
    """Share of a title's terms that the question has."""
    terms = set(tokens(text))
    return len(asked & terms) / len(terms) if terms else 0.0


def _tier(query: Query, candidate: Candidate) -> float:
    """1 where a document is of the tier asked about, -1 where it is of another."""
    tiers = [tier for tier in (Tier.TOWN, Tier.STREET) if tier in query.tiers]
    if len(tiers) != 1:
        return 0.0
    other = Tier.STREET if tiers[0] is Tier.TOWN else Tier.TOWN
    title = candidate.document.title
    return float(tiers[0].value in title) - float(other.value in title)
