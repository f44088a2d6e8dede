"""What earlier answers of a dialogue mean for the next question."""

import re
from collections.abc import Sequence

from assistant.answering.model import Answer, Outcome
from assistant.corpus.numerals import NUMERAL

REMEMBERED = 4
"""Answers that a follow-up question can lean on; older ones are another topic by then."""

_PLACE_ONLY = re.compile(
    rf"^(?:那么?)?第?\s*[（(]?{NUMERAL}[）)]?\s*[条款项][^，。]{{0,12}}[？?。]?$"
)


def earlier_questions(question: str, history: Sequence[Answer]) -> list[str]:
    """Return the questions that a new one may lean on, oldest first, each standing alone.

    A question for another paragraph or item (第二款呢？) leans on the article that the last
    answer led with, which the questions themselves need not name.

    Args:
        question: the new question.
        history: earlier answers, oldest first.
    """
    remembered = list(history)[-REMEMBERED:]
    questions = [answer.understood or answer.question for answer in remembered]
    if remembered and _PLACE_ONLY.match(question.strip()):
        last = remembered[-1]
        if last.outcome is not Outcome.REFUSED and last.citations:
            first = last.citations[0]
            questions.append(f"《{first.document.title}》{first.passage.label}")
    return questions
