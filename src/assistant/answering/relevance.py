"""How well pieces of the evidence answer a question, and what speaks for and against it."""

import statistics
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.absent import Absent
from assistant.answering.asked import Ask, asks_of, states_measure
from assistant.answering.confidence import Features
from assistant.answering.layout import whole
from assistant.answering.leading import ScoredPiece, Sought, pieces_of
from assistant.answering.marks import MarkKind, find_marks
from assistant.index import OpenedIndex
from assistant.index.lexical import tokens
from assistant.retrieval import Evidence, Reason
from assistant.retrieval.wording import statutory, subject

PASSAGES_READ = 10
"""So many passages of the evidence are read piece by piece."""
_PIECES_READ = 12
_PASSAGES_HEARD = 5
# Pieces whose logarithm of the chance lies this close to the best may hold what is asked for.
_CLOSE = 4.0
# A part of a question with fewer terms names no subject of its own.
_FEW_TERMS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """The evidence as read against a question, or against one part of it.

    Attributes:
        question: the words read against.
        asks: what they ask for.
        pieces: scored pieces, best first.
        features: what the decision to answer rests on.
    """

    question: str
    asks: frozenset[Ask]
    pieces: tuple[ScoredPiece, ...]
    features: Features


def whole_evidence(index: OpenedIndex, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence with each split article joined, every article once."""
    joined: dict[str, Evidence] = {}
    for item in evidence:
        address = item.passage.citation_id
        if address not in joined:
            parts = index.catalogue.cited(address) or [item.passage]
            joined[address] = replace(item, passage=whole(parts))
    return list(joined.values())


def read(
    index: OpenedIndex,
    parts: Sequence[str],
    evidence: Sequence[Evidence],
    names: Sequence[str],
    absent: Absent,
) -> list[Reading]:
    """Score the sentences and items of the best evidence against each part of a question.

    Words decide first; the pieces that come closest are then compared by their vectors,
    few enough that an answer stays well under a second.

    Args:
        index: the opened index, for the weights of terms.
        parts: what is asked, at least one.
        evidence: best first, passages whole.
        names: names of documents, which say where to look and not what is asked.
        absent: the laws that are not held.
    """
    first = evidence[:PASSAGES_READ]
    readings = []
    about: dict[str, float] = {}
    for part in parts:
        terms = terms_of(index, part, names)
        if len(terms) < _FEW_TERMS:
            # 能不能延长 asks about the subject of the part before it.
            terms = about | terms
        about = about or terms
        asks = asks_of(part)
        sought = Sought(part, asks, terms, tokens(statutory(part)))
        pieces = _by_vectors(index, part, list(pieces_of(sought, first)))
        readings.append(Reading(part, asks, pieces, _features(part, terms, first, pieces, absent)))
    return readings


def _by_vectors(
    index: OpenedIndex, part: str, pieces: Sequence[ScoredPiece]
) -> tuple[ScoredPiece, ...]:
    """Put the best pieces in the order of words and vectors; the rest are left out."""
    if not pieces:
        return ()
    ordered = sorted(pieces, key=lambda scored: -scored.score)
    best = ordered[:_PIECES_READ]
    read_of = {scored.evidence.passage.citation_id for scored in best}
    for scored in ordered[_PIECES_READ:]:
        address = scored.evidence.passage.citation_id
        # The first passages are all heard, each with its best words.
        if address not in read_of and scored.signs.rank >= 1 / _PASSAGES_HEARD:
            read_of.add(address)
            best.append(scored)
    asked = np.asarray(index.embedding.get_query_embedding(part), dtype=np.float32)
    vectors = index.embedding.encode([scored.piece.in_context for scored in best])
    rescored = [
        scored.with_similarity(float(cosine))
        for scored, cosine in zip(best, vectors @ asked, strict=True)
    ]
    return tuple(sorted(rescored, key=lambda scored: -scored.score))


def _features(
    part: str,
    terms: dict[str, float],
    evidence: Sequence[Evidence],
    pieces: Sequence[ScoredPiece],
    absent: Absent,
) -> Features:
    total = sum(terms.values()) or 1.0
    cosines = [cosine for item in evidence if (cosine := _cosine(item))]
    best = max(cosines, default=0.0)
    close = [s for s in pieces if s.score >= pieces[0].score - _CLOSE]
    return Features(
        coverage=max(
            (_share(set(tokens(_all_words(item))), terms) for item in evidence), default=0.0
        ),
        piece=max((scored.signs.coverage for scored in pieces), default=0.0),
        similarity=best,
        peak=best - statistics.median(cosines) if cosines else 0.0,
        unknown=sum(weight for weight in terms.values() if weight >= 1.0) / total,
        agreement=_agreement(evidence),
        asked=pieces[0].signs.asked if pieces else 0.0,
        unstated=float(not any(states_measure(part, scored.piece.text) for scored in close)),
        close=pieces[0].signs.similarity if pieces else 0.0,
        focus=pieces[0].signs.focus if pieces else 0.0,
        whole=pieces[0].signs.passage if pieces else 0.0,
        elsewhere=absent.share(part, terms),
    )


def terms_of(index: OpenedIndex, question: str, names: Sequence[str]) -> dict[str, float]:
    """The weighty terms of a question: without names of documents and figures of a case."""
    words = question
    for name in names:
        words = words.replace(name, " ")
    for mark in reversed(find_marks(words)):
        if mark.kind is not MarkKind.AUTHORITY:
            words = words[: mark.start] + " " + words[mark.end :]
    return (
        index.lexical.weights(subject(words))
        or index.lexical.weights(words)
        or index.lexical.weights(question)
    )


def _cosine(evidence: Evidence) -> float:
    """The passage's cosine with the question; 0 where dense search left it out."""
    return max((f.score for f in evidence.findings if f.reason is Reason.DENSE), default=0.0)


def _share(said: Set[str], terms: dict[str, float]) -> float:
    total = sum(terms.values()) or 1.0
    return sum(weight for term, weight in terms.items() if term in said) / total


def _all_words(evidence: Evidence) -> str:
    passage = evidence.passage
    return " ".join((evidence.document.short_title, *passage.breadcrumb, passage.text))


def _agreement(evidence: Sequence[Evidence]) -> float:
    """How well dense and lexical search agree on the best passages, 0 to 1."""
    best = 0.0
    for item in evidence:
        ranks = {finding.reason: finding.rank for finding in item.findings}
        if Reason.DENSE in ranks and Reason.LEXICAL in ranks:
            best = max(best, 2 / (ranks[Reason.DENSE] + ranks[Reason.LEXICAL]))
    return best


def is_exact(evidence: Evidence) -> bool:
    """Return whether the question itself cites the passage."""
    return any(finding.reason is Reason.EXACT for finding in evidence.findings)
