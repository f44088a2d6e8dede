"""The order of what the retrievers found: one linear score over a few features."""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.corpus import Document, DocumentKind, Passage
from assistant.index.lexical import Terms, tokens
from assistant.retrieval.model import Finding, Reason
from assistant.retrieval.query import Query, Tier
from assistant.retrieval.signals import SIGNALS, is_administrative, is_frame, matches
from assistant.retrieval.wording import statutory, subject

K = 60
# Cosines of this family of models differ by about so much between passages.
_SPREAD = 0.02
_TYPICAL_LENGTH = 60
_LONGEST_PHRASE = 8
READ = 150
"""How many candidates are ranked; what both retrievers rank last is not read."""
_WORDS = re.compile(r"[㐀-鿿a-zA-Z0-9]+")

FEATURES = (
    "dense_rank", "lexical_rank", "dense", "lexical", "coverage", "phrase", "length",
    "civil_length", "general", "title", "liability", "named", "topic", "kind", "tier",
    "frame", *SIGNALS,
)  # fmt: skip
"""Names of the features, in the order of the columns of :func:`features`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a retriever found.

    Attributes:
        passage: the passage.
        document: its document.
        length: how many passages the document has.
        dense: cosine with the question; None where the dense retriever left it out.
        lexical: BM25 score of the question's words.
        dense_rank, lexical_rank: 1-based places; 0 where the retriever left it out.
    """

    passage: Passage
    document: Document
    length: int
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


def order(
    query: Query,
    candidates: Sequence[Candidate],
    terms: Mapping[str, float],
    topic: frozenset[str] = frozenset(),
) -> list[tuple[Candidate, float]]:
    """Return the candidates with their scores, best first.

    The score is linear in the features, squeezed into 0 to 1; its weights are learned
    by ``benchmarks/ranking.py``.

    Args:
        query: the question.
        candidates: what the retrievers found.
        terms: weight of each term of the question.
        topic: ids of the documents that the question before was about.
    """
    if not candidates:
        return []
    likely = sorted(candidates, key=_promise, reverse=True)[:READ]
    rows = features(query, likely, terms, topic)
    raw = rows @ np.array([weights()[name] for name in FEATURES])
    scores = 1 / (1 + np.exp(-raw / 4))
    return [(likely[row], float(scores[row])) for row in np.argsort(-raw, kind="stable")]


def features(
    query: Query,
    candidates: Sequence[Candidate],
    terms: Mapping[str, float],
    topic: frozenset[str] = frozenset(),
) -> npt.NDArray[np.float64]:
    """Return one row for each candidate, its columns in the order of :data:`FEATURES`."""
    words = query.standalone
    asked = set(tokens(subject(words)))
    named = {document.id for document in query.named}
    cosines = [candidate.dense for candidate in candidates if candidate.dense is not None]
    low, high = min(cosines, default=0.0), max(cosines, default=1.0)
    most = max((candidate.lexical for candidate in candidates), default=0.0) or 1.0
    translated = set(tokens(statutory(words)))
    total = sum(terms.values()) or 1.0
    administrative = is_administrative(words)
    preferred = _preferred(words) if administrative else frozenset()
    penal = bool(SIGNALS["penalty"].asked.search(words))
    plain = "".join(_WORDS.findall(words))
    rows = []
    for candidate in candidates:
        document, passage = candidate.document, candidate.passage
        text = passage.text
        whole = Terms(f"{document.short_title} {' '.join(passage.breadcrumb)} {text}")
        covered = sum(weight for term, weight in terms.items() if term in whole) / total
        met = sum(term in whole for term in translated) / len(translated) if translated else 0.0
        statute = document.kind is DocumentKind.STATUTE
        size = math.log(candidate.length / _TYPICAL_LENGTH) if statute else 0.0
        rows.append(
            (
                10 * _reciprocal(candidate.dense_rank),
                10 * _reciprocal(candidate.lexical_rank),
                ((low if candidate.dense is None else candidate.dense) - high) / _SPREAD,
                candidate.lexical / most,
                covered + met / 2,
                _phrase(plain, text) / _LONGEST_PHRASE,
                size,
                0.0 if administrative else size,
                float(document.short_title in preferred),
                _share(asked, document.short_title),
                float(penal and any("法律责任" in part for part in passage.breadcrumb)),
                float(document.id in named),
                float(document.id in topic),
                float(document.kind in query.kinds),
                _tier(query, candidate),
                float(is_frame(words, text)),
                *matches(words, text).values(),
            )
        )
    return np.array(rows, dtype=np.float64)


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each feature, from ``ranking.toml``."""
    found: Mapping[str, float] = _table()["weights"]
    return found


def _preferred(words: str) -> frozenset[str]:
    """Short titles of the general laws that govern what is asked; all where no word tells."""
    titles = {title: re.compile(pattern) for title, pattern in _table()["general"].items()}
    return frozenset(t for t, words_of in titles.items() if words_of.search(words)) or frozenset(
        titles
    )


@cache
def _table() -> Mapping[str, Any]:
    source = resources.files(__package__).joinpath("ranking.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _promise(candidate: Candidate) -> float:
    """A first guess from the ranks alone, which costs nothing."""
    return _reciprocal(candidate.dense_rank) + _reciprocal(candidate.lexical_rank)


def _reciprocal(rank: int) -> float:
    return 1 / (K + rank) if rank else 0.0


def _phrase(question: str, text: str) -> int:
    """Length of the longest run of the question's characters that the text has."""
    longest = 0
    for start in range(len(question)):
        while (
            longest < _LONGEST_PHRASE
            and start + longest < len(question)
            and question[start : start + longest + 1] in text
        ):
            longest += 1
    return longest


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
