"""Reports of a retrieval run: tables for a terminal, JSON for everything else."""

from collections.abc import Hashable
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.evaluation.metrics import Scores, percentile
from assistant.evaluation.retrieval import STAGE_LABELS, RetrievalReport
from assistant.retrieval import Stage

_COLUMNS = {
    "R@5": "recall_5", "R@10": "recall_10", "R@20": "recall_20", "R@100": "recall_100",
    "hit@1": "hit_1", "hit@5": "hit_5", "MRR@10": "mrr_10", "nDCG@10": "ndcg_10",
}  # fmt: skip
_SHOWN = 20


def as_table(report: RetrievalReport) -> RenderableType:
    """Return the figures of a run as tables: stages, kinds of question, times."""
    asked = Text(f"{len(report.outcomes)} 个问题，{report.passages} 个段落。{_left_out(report)}")
    return Group(asked, _stages(report), *_kinds(report), _times(report))


def as_json(report: RetrievalReport) -> dict[str, Any]:
    """Return the same figures, and the ranked passages of each question, as plain values."""
    return {
        "questions": len(report.outcomes),
        "unanswerable": report.unanswerable,
        "passages": report.passages,
        "scores": {stage: asdict(report.scores(stage)) for stage in report.stages},
        "kinds": {
            kind: {stage: asdict(report.scores(stage, kind)) for stage in report.stages}
            for kind in report.kinds
        },
        "milliseconds": {
            stage: {"p50": _p(values, 0.5), "p95": _p(values, 0.95)}
            for stage, values in report.seconds.items()
        },
        "results": [
            {
                "id": outcome.question.id,
                "question": outcome.question.question,
                "kind": outcome.question.kind,
                "relevant": [_named(gold.key) for gold in outcome.question.relevant],
                "missing": [_named(key) for key in outcome.missing],
                "stages": {
                    stage: {
                        "scores": asdict(ranked.scores),
                        "ranking": [_named(key) for key in ranked.keys[:_SHOWN]],
                    }
                    for stage, ranked in outcome.stages.items()
                },
            }
            for outcome in report.outcomes
        ],
    }


def _named(key: Hashable) -> str:
    return "".join(key) if isinstance(key, tuple) else str(key)


def _left_out(report: RetrievalReport) -> str:
    missing = sum(bool(outcome.missing) for outcome in report.outcomes)
    sentences = (
        (report.unanswerable, "个问题没有标准答案，未计入。"),
        (missing, "个问题的标准答案不全在索引中，缺的计为未找到。"),
    )
    return "".join(f"{count} {words}" for count, words in sentences if count)


def _stages(report: RetrievalReport) -> Table:
    table = Table("阶段", *_COLUMNS, title="检索质量", title_justify="left")
    for stage in report.stages:
        table.add_row(STAGE_LABELS[stage], *_cells(report.scores(stage)))
    return table


def _kinds(report: RetrievalReport) -> list[Table]:
    if not report.kinds:
        return []
    table = Table(
        "问题类型", "问题数", *_COLUMNS, title="按类型（融合并重排）", title_justify="left"
    )
    for kind in report.kinds:
        count = sum(outcome.question.kind == kind for outcome in report.outcomes)
        scores = report.scores(Stage.RERANKED.value, kind)
        table.add_row(kind, str(count), *_cells(scores))
    return [table]


def _times(report: RetrievalReport) -> Table:
    table = Table("步骤", "p50 毫秒", "p95 毫秒", title="每问耗时", title_justify="left")
    for stage, values in report.seconds.items():
        table.add_row(STAGE_LABELS[stage], f"{_p(values, 0.5):.1f}", f"{_p(values, 0.95):.1f}")
    return table


def _cells(scores: Scores) -> list[str]:
    return [f"{getattr(scores, name):.3f}" for name in _COLUMNS.values()]


def _p(seconds: Any, share: float) -> float:
    return round(percentile(seconds, share) * 1000, 2)
