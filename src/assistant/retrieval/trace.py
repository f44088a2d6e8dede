"""What happened to one question on its way: every stage's ranking and its time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

from assistant.retrieval.model import Evidence
from assistant.retrieval.query import Query


class Stage(StrEnum):
    """A step from the question to the evidence."""

    UNDERSTAND = "understand"
    EMBED = "embed"
    DENSE = "dense"
    LEXICAL = "lexical"
    FUSED = "fused"
    RERANKED = "reranked"
    TOTAL = "total"


RANKED = (Stage.LEXICAL, Stage.DENSE, Stage.FUSED, Stage.RERANKED)
"""The stages that order passages, in the order in which they build on each other."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One question followed through retrieval.

    Attributes:
        query: the question as understood.
        evidence: what :meth:`Searcher.search` returns for it.
        rankings: passage ids of each ranked stage, best first.
        seconds: time that each stage took.
    """

    query: Query
    evidence: tuple[Evidence, ...]
    rankings: Mapping[Stage, tuple[str, ...]]
    seconds: Mapping[Stage, float]


class Recorder:
    """Collects rankings and times while a question is worked on.

    Attributes:
        rankings: passage ids of each ranked stage so far.
        seconds: time of each stage so far.
    """

    def __init__(self) -> None:
        self.rankings: dict[Stage, tuple[str, ...]] = {}
        self.seconds: dict[Stage, float] = {}

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - begun
