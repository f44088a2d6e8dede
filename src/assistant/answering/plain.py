"""Answers and passages as plain text, for pasting into a file or a message."""

from collections.abc import Iterable

from assistant.answering.model import Answer, Outcome, SourceView


def answer_text(answer: Answer) -> str:
    """Return the answer with its warnings and numbered sources."""
    parts = [f"问：{answer.question}", ""]
    parts += [sentence.text + _numbers(sentence.citations) for sentence in answer.lead]
    if answer.warnings:
        parts += ["", *(f"注意：{warning}" for warning in answer.warnings)]
    if answer.citations:
        heading = "最接近的资料：" if answer.outcome is Outcome.REFUSED else "依据："
        parts += ["", heading]
        parts += [
            f"[{citation.number}] {citation.official}（{citation.validity.label}）"
            for citation in answer.citations
        ]
    return "\n".join(parts)


def passage_text(view: SourceView) -> str:
    """Return how the opened passage is cited, its status and its words."""
    words = [context.passage.text for context in view.context if context.target]
    return "\n".join([f"{view.official}（{view.validity.label}）", *words])


def _numbers(citations: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in citations)
