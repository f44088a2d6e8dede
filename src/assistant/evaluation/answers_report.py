"""Reports of a run over answers: a table for a terminal, JSON for everything else."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.evaluation.answers import AnswerOutcome, AnswersReport
from assistant.evaluation.metrics import percentile

_FIGURES = {
    "要点召回": "fact_recall",
    "结论要点": "fact_recall_lead",
    "含条文要点": "fact_recall_shown",
    "引用准确": "citation_precision",
    "引用召回": "citation_recall",
    "正确拒答": "right_refusals",
    "误拒": "false_refusals",
    "效力提示": "warned",
}
_ALL = (*_FIGURES.values(), "citation_precision_gold", "fabricated")


def answers_table(report: AnswersReport) -> RenderableType:
    """Return the figures as tables: all questions, each kind, what went wrong."""
    table = Table("问题类型", "问题数", *_FIGURES, "编造", title="回答质量", title_justify="left")
    table.add_row("全部", *_cells(report))
    for kind in report.kinds:
        table.add_row(kind, *_cells(report.of_kind(kind)))
    p50, p95 = (percentile(report.seconds, share) * 1000 for share in (0.5, 0.95))
    time = Text(f"完整回答用时：p50 {p50:.0f} 毫秒，p95 {p95:.0f} 毫秒。")
    faults = Table(
        "问题", "结果", "缺少的要点", "不当的依据", title="有误的回答", title_justify="left"
    )
    for outcome in report.outcomes:
        if _faulty(outcome):
            faults.add_row(
                f"{outcome.question.id} {outcome.question.question}",
                _verdict(outcome),
                "、".join(outcome.facts_missing),
                "、".join("".join(key) for key in sorted(outcome.wrongly_led_by)),
            )
    return Group(table, time, faults) if faults.row_count else Group(table, time)


def answers_json(report: AnswersReport) -> dict[str, Any]:
    """Return the figures, and each answer with its citations and verdicts, as plain values."""
    return {
        "questions": len(report.outcomes),
        "figures": _figures(report),
        "kinds": {kind: _figures(report.of_kind(kind)) for kind in report.kinds},
        "milliseconds": {
            "p50": round(percentile(report.seconds, 0.5) * 1000, 1),
            "p95": round(percentile(report.seconds, 0.95) * 1000, 1),
        },
        "results": [_record(outcome) for outcome in report.outcomes],
    }


def _figures(report: AnswersReport) -> dict[str, float]:
    return {name: round(getattr(report, name), 4) for name in _ALL}


def _cells(report: AnswersReport) -> list[str]:
    figures = [f"{getattr(report, name):.3f}" for name in _FIGURES.values()]
    return [str(len(report.outcomes)), *figures, str(report.fabricated)]


def _faulty(outcome: AnswerOutcome) -> bool:
    wrong = outcome.false_answer or outcome.false_refusal or outcome.unwarned
    incomplete = bool(outcome.facts_missing) and outcome.question.answerable is not False
    return wrong or incomplete or bool(outcome.wrongly_led_by or outcome.unsupported)


def _verdict(outcome: AnswerOutcome) -> str:
    if outcome.false_answer:
        return "应拒答而作答"
    if outcome.false_refusal:
        return "应作答而拒答"
    if outcome.unsupported:
        return "有句子不在所引原文中"
    if outcome.unwarned:
        return "缺效力提示"
    return outcome.answer.outcome.label


def _record(outcome: AnswerOutcome) -> dict[str, Any]:
    answer = outcome.answer
    return {
        "id": outcome.question.id,
        "question": outcome.question.question,
        "understood": answer.understood,
        "kind": outcome.question.kind,
        "expected": outcome.question.expected.value,
        "outcome": answer.outcome.value,
        "lead": [_sentence(sentence) for sentence in answer.lead],
        "further": [_sentence(sentence) for sentence in answer.further],
        "differences": list(answer.differences),
        "missing": list(answer.missing),
        "warnings": list(answer.warnings),
        "citations": [
            {"number": c.number, "official": c.official, "address": c.passage_id}
            for c in answer.citations
        ],
        "verdicts": {
            "false_answer": outcome.false_answer,
            "false_refusal": outcome.false_refusal,
            "unwarned": outcome.unwarned,
            "facts_missing": list(outcome.facts_missing),
            "facts_missing_in_lead": list(outcome.facts_missing_in_lead),
            "wrongly_led_by": ["".join(key) for key in sorted(outcome.wrongly_led_by)],
            "gold_not_cited": ["".join(key) for key in sorted(outcome.gold - outcome.cited)],
            "unsupported": list(outcome.unsupported),
        },
        "milliseconds": round(answer.seconds * 1000, 1),
    }


def _sentence(sentence: Any) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "role": sentence.role.value,
    }
