"""Make a first bank, so that people can practise at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.corpus import Document, DocumentKind
from assistant.quiz.bank import Bank
from assistant.quiz.build import make_questions
from assistant.quiz.model import Question
from assistant.quiz.sources import Sources

MAKER = "自动出题"
"""Who a question comes from that nobody asked for by name."""
_PER_DOCUMENT = 30
# Taking several documents at once gives the makers more wrong options of the same kind.
_AT_ONCE = 12


def first_bank(sources: Sources, bank: Bank, day: date | None = None) -> Iterator[float]:
    """Make questions of every document in force and take them in, yielding the share done.

    What was made stays when this is broken off.

    Args:
        sources: every document with its passages.
        bank: where the questions go.
        day: the day on which an article must be in force; today by default.
    """
    ordered = sorted(sources.values(), key=lambda source: _rank(source[0]))
    for start in range(0, len(ordered), _AT_ONCE):
        made = make_questions(ordered[start : start + _AT_ONCE], seed=start, day=day)
        bank.add(_bounded(made.questions), MAKER)
        yield min(1.0, (start + _AT_ONCE) / len(ordered))


def _bounded(questions: Sequence[Question]) -> list[Question]:
    """At most so many of each document, so that an item list does not fill the bank."""
    taken: dict[str, int] = {}
    kept = []
    for question in questions:
        taken[question.document] = taken.get(question.document, 0) + 1
        if taken[question.document] <= _PER_DOCUMENT:
            kept.append(question)
    return kept


def _rank(document: Document) -> tuple[bool, str]:
    return document.kind is DocumentKind.STATUTE, document.title
