"""Answers are judged by key facts, citations, refusals and warnings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistant.evaluation import Question, answers_json, evaluate_answers

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.evaluation import AnswersReport

GOLD = {"law": "中华人民共和国行政强制法", "article": "第二十五条"}


@pytest.fixture(scope="module")
def report(assistant: Assistant) -> AnswersReport:
    questions = [
        {
            "id": "1",
            "question": "查封最长几天？",
            "relevant": [GOLD],
            "facts": ["三十日", "九十日"],
        },
        {"id": "2", "question": "怎么做红烧肉？", "answerable": False},
        {"id": "3", "question": "行政强制法第九百条", "answerable": True},
        {"id": "4", "question": "行政强制法第二十五条", "expect": "warn"},
    ]
    return evaluate_answers(assistant, [Question.model_validate(q) for q in questions])


def test_counts_the_facts_said(report: AnswersReport) -> None:
    assert report.outcomes[0].facts_missing == ("九十日",)
    assert report.fact_recall == 0.5


def test_counts_right_and_false_refusals(report: AnswersReport) -> None:
    assert report.right_refusals == 1.0
    assert report.outcomes[2].false_refusal
    assert report.false_refusals == pytest.approx(1 / 3)


def test_misses_a_warning_that_was_due(report: AnswersReport) -> None:
    assert report.warned == 0.0


def test_no_sentence_is_fabricated(report: AnswersReport) -> None:
    assert report.fabricated == 0
    assert report.citation_precision == 1.0


def test_the_json_report_has_each_answer_with_its_verdicts(report: AnswersReport) -> None:
    record = json.loads(json.dumps(answers_json(report)))
    first = record["results"][0]
    assert first["citations"][0]["official"].startswith("《中华人民共和国行政强制法》第二十五条")
    assert first["verdicts"]["facts_missing"] == ["九十日"]
