"""Fusion of ranked lists into one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.retrieval.model import Finding, Reason

K = 60


def fuse(
    rankings: Mapping[Reason, Sequence[tuple[str, float]]],
    weights: Mapping[Reason, float] | None = None,
) -> list[tuple[str, float, tuple[Finding, ...]]]:
    """Fuse ranked lists by weighted reciprocal rank.

    A passage scores the sum of weight / (60 + rank) over the lists that have it
    (Cormack, Clarke, Büttcher: "Reciprocal rank fusion outperforms Condorcet and
    individual rank learning methods", SIGIR 2009).

    Args:
        rankings: for each retriever, (passage id, its own score), best first.
        weights: of each retriever; 1 where none is given.

    Returns:
        (passage id, fused score, findings), best first; ties keep the order in which
        the passages were first seen.
    """
    totals: dict[str, float] = defaultdict(float)
    findings: dict[str, list[Finding]] = defaultdict(list)
    for reason, ranking in rankings.items():
        weight = (weights or {}).get(reason, 1.0)
        for rank, (key, score) in enumerate(ranking, start=1):
            totals[key] += weight / (K + rank)
            findings[key].append(Finding(reason, rank, score))
    ordered = sorted(totals, key=lambda key: -totals[key])
    return [
        (key, totals[key], tuple(sorted(findings[key], key=lambda finding: finding.rank)))
        for key in ordered
    ]
