"""Answers and passages as plain text, for pasting into a file or a message."""

from collections.abc import Iterable, Iterator

from assistant.answering.model import Answer, Citation, Outcome, Role, Sentence, SourceView

NEAREST = "最接近的资料"
SOURCES = "依据"


def answer_text(answer: Answer) -> str:
    """Return the answer with what goes with it, its warnings and its numbered sources."""
    parts = [f"问：{answer.question}"]
    if answer.understood:
        parts.append(f"按上文理解为：{answer.understood}")
    parts += ["", *(said(sentence) for sentence in answer.lead)]
    for heading, sentences in sections(answer):
        parts += ["", f"{heading}：", *sentences]
    if answer.citations:
        parts += ["", f"{sources_heading(answer)}："]
        parts += [f"[{citation.number}] {cited(citation)}" for citation in answer.citations]
    return "\n".join(parts)


def passage_text(view: SourceView) -> str:
    """Return how the opened passage is cited, its status and its words."""
    words = [context.passage.text for context in view.context if context.target]
    return "\n".join([f"{view.official}（{view.validity.label}）", *words])


def said(sentence: Sentence) -> str:
    """Return a sentence with the numbers of its citations: ……三十日内……。[1]"""
    return sentence.text + _numbers(sentence.citations)


def cited(citation: Citation) -> str:
    """Return a citation in the official form with its status."""
    sample = "，示范文本" if citation.document.sample else ""
    return f"{citation.official}（{citation.validity.label}{sample}）"


def sources_heading(answer: Answer) -> str:
    """Return the heading over the citations of an answer or a refusal."""
    return NEAREST if answer.outcome is Outcome.REFUSED else SOURCES


def sections(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Yield what follows the lead, heading by heading; empty ones are left out."""
    for role in (Role.EXCEPTION, Role.NEIGHBOUR, Role.RELATED, Role.VERSION):
        if found := [said(sentence) for sentence in answer.further if sentence.role is role]:
            yield role.label, found
    if answer.differences:
        yield "依据之间的差异", list(answer.differences)
    if answer.missing:
        yield "资料没有回答的部分", list(answer.missing)
    if answer.warnings:
        yield "效力提示", list(answer.warnings)


def _numbers(citations: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in citations)
