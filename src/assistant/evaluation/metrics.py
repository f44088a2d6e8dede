"""How good a ranked list is, against the passages that should be in it."""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields

Ranking = Sequence[Hashable]
"""Passages in the order of a ranking, best first, each at most once."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Measures of one ranking, or their means over many; all between 0 and 1.

    Attributes:
        recall_5, recall_10, recall_20, recall_100: share of the gold passages among
            the first k.
        hit_1, hit_5: 1 if any gold passage is among the first k.
        mrr_10: 1 / place of the first gold passage, 0 if it is not among the first 10.
        ndcg_10: discounted gain of the gold passages among the first 10, as a share of
            the best order's (Järvelin, Kekäläinen, TOIS 2002).
    """

    recall_5: float
    recall_10: float
    recall_20: float
    recall_100: float
    hit_1: float
    hit_5: float
    mrr_10: float
    ndcg_10: float


def score(ranking: Ranking, gold: Iterable[Hashable]) -> Scores:
    """Measure one ranking.

    Raises:
        ValueError: there is no gold passage, so that nothing can be measured.
    """
    wanted = set(gold)
    if not wanted:
        raise ValueError("no gold passage to measure against")
    return Scores(
        recall_5=recall_at(ranking, wanted, 5),
        recall_10=recall_at(ranking, wanted, 10),
        recall_20=recall_at(ranking, wanted, 20),
        recall_100=recall_at(ranking, wanted, 100),
        hit_1=hit_at(ranking, wanted, 1),
        hit_5=hit_at(ranking, wanted, 5),
        mrr_10=reciprocal_rank_at(ranking, wanted, 10),
        ndcg_10=ndcg_at(ranking, wanted, 10),
    )


def mean_scores(scores: Sequence[Scores]) -> Scores:
    """Return the mean of each measure.

    Raises:
        ValueError: there is nothing to average.
    """
    if not scores:
        raise ValueError("no scores to average")
    names = [field.name for field in fields(Scores)]
    return Scores(*(sum(getattr(one, name) for one in scores) / len(scores) for name in names))


def recall_at(ranking: Ranking, gold: set[Hashable], k: int) -> float:
    """Return the share of ``gold`` among the first ``k``."""
    return len(gold.intersection(ranking[:k])) / len(gold)


def hit_at(ranking: Ranking, gold: set[Hashable], k: int) -> float:
    """Return 1 if any of ``gold`` is among the first ``k``, else 0."""
    return float(not gold.isdisjoint(ranking[:k]))


def reciprocal_rank_at(ranking: Ranking, gold: set[Hashable], k: int) -> float:
    """Return 1 / place of the first of ``gold``, 0 if none is among the first ``k``."""
    for place, key in enumerate(ranking[:k], start=1):
        if key in gold:
            return 1 / place
    return 0.0


def ndcg_at(ranking: Ranking, gold: set[Hashable], k: int) -> float:
    """Return the normalised discounted cumulative gain of the first ``k``."""
    gain = sum(
        1 / math.log2(place + 1) for place, key in enumerate(ranking[:k], start=1) if key in gold
    )
    return gain / sum(1 / math.log2(place + 1) for place in range(1, min(len(gold), k) + 1))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of ``values`` do not exceed (nearest rank).

    >>> percentile([1, 2, 3, 4], 0.5)
    2

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
