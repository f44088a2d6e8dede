"""What flows out of the quiz room: questions whose key is proved by a quoted sentence."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

BLANK = "____"
"""Stands in a stem for the words that are asked for."""
TRUE, FALSE = "正确", "错误"


class QuestionType(StrEnum):
    """The kinds of questions that Chinese examinations know."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    JUDGE = "judge"
    FILL = "fill"
    ORDER = "order"
    CASE = "case"

    @property
    def label(self) -> str:
        """Name of the kind as readers see it, in Chinese."""
        return _TYPE_LABELS[self]


_TYPE_LABELS = {
    QuestionType.SINGLE: "单选题",
    QuestionType.MULTIPLE: "多选题",
    QuestionType.JUDGE: "判断题",
    QuestionType.FILL: "填空题",
    QuestionType.ORDER: "排序题",
    QuestionType.CASE: "案例题",
}


class Difficulty(StrEnum):
    """How hard a question is, by its kind and the length of what must be read."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def label(self) -> str:
        """Name as readers see it, in Chinese."""
        return {"easy": "易", "medium": "中", "hard": "难"}[self.value]


@dataclass(frozen=True, slots=True)
class Question:
    """One question with everything needed to mark it and to check it later.

    Attributes:
        type: its kind.
        stem: what is asked; ``BLANK`` stands for missing words.
        options: what can be chosen, or put in order; empty for a fill-in.
        key: the right options, or the missing words; for an order, all options in it.
        quote: the words that prove the key, verbatim from the passage.
        citation_id: address of the article or row.
        citation: the same as officials write it.
        document: title of the document.
        topic: chapter, or subject of the document.
        difficulty: how hard it is.
        validity: status of the document on the day the question was made, in Chinese.
        digest: hash of the passage's text, so that a change is noticed.
    """

    type: QuestionType
    stem: str
    options: tuple[str, ...]
    key: tuple[str, ...]
    quote: str
    citation_id: str
    citation: str
    document: str
    topic: str
    difficulty: Difficulty
    validity: str
    digest: str

    @property
    def id(self) -> str:
        """Stable name: the same words asked of the same place are the same question."""
        words = "\n".join((self.type, self.stem, *sorted(self.options), "", *self.key))
        return digest_of(f"{self.citation_id}\n{words}")

    @property
    def letters(self) -> str:
        """The key as letters, such as AC; as words where there are no options."""
        if not self.options:
            return "；".join(self.key)
        if self.type is QuestionType.JUDGE:
            return self.key[0]
        places = [self.options.index(words) for words in self.key]
        if self.type is not QuestionType.ORDER:
            places.sort()
        return "".join(chr(ord("A") + place) for place in places)


def sentence_of(question: Question) -> tuple[str, str]:
    """Return what a question rests on: two with the same give each other away.

    The quote of one may go on after the sentence that is the whole quote of the other.
    """
    return question.citation_id, re.split(r"[。\n]", question.quote)[0]


def digest_of(text: str) -> str:
    """Return a short hash of a text."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


class QuizError(ValueError):
    """Something cannot be done with questions as asked; the message is in Chinese."""
