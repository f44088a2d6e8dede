"""What flows out of the answering room: answers whose every sentence can be opened."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answering.marks import Mark, find_marks
from assistant.corpus import Document, Passage, Validity
from assistant.items import ItemTable


class Outcome(StrEnum):
    """How far the sources answer the question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The outcome as readers see it, in Chinese."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.ANSWERED: "已找到依据",
    Outcome.PARTIAL: "部分找到依据",
    Outcome.REFUSED: "资料库中没有依据",
}


class Role(StrEnum):
    """What a sentence does in the answer."""

    ANSWER = "answer"
    EXCEPTION = "exception"
    NEIGHBOUR = "neighbour"
    RELATED = "related"
    VERSION = "version"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Heading over sentences of this role, in Chinese."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.ANSWER: "回答",
    Role.EXCEPTION: "例外与限制",
    Role.NEIGHBOUR: "相邻规定",
    Role.RELATED: "其他相关规定",
    Role.VERSION: "适用哪个版本",
    Role.NOTE: "说明",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A stable address of a passage, the quoted words, and how officials write it.

    Attributes:
        number: 1-based number shown in the answer.
        passage_id: address that ``Assistant.open`` takes; survives re-indexing.
        official: 《中华人民共和国行政处罚法》第六十三条第一款第（一）项 where the quotes stand
            in one paragraph or item, or title and section or row for others.
        quotes: words of the passage that the answer repeats, in order.
        document: the document cited.
        passage: the whole passage cited.
        validity: status on the day the question is about.
    """

    number: int
    passage_id: str
    official: str
    quotes: tuple[str, ...]
    document: Document
    passage: Passage
    validity: Validity


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer with the numbers of the citations it stands on.

    Attributes:
        text: words of the cited passage; the assistant's own words for a ``NOTE``.
        citations: numbers of the citations; empty for a ``NOTE`` about what is missing.
        role: what it does in the answer.
    """

    text: str
    citations: tuple[int, ...]
    role: Role = Role.ANSWER

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Amounts, periods, counts and authorities in the words."""
        return find_marks(self.text)


@dataclass(frozen=True, slots=True)
class Clause:
    """A cited passage laid out for reading.

    Attributes:
        citation: number of the citation.
        lines: the passage's paragraphs and items in order.
        deciding: indexes into ``lines`` of those that the answer quotes.
    """

    citation: int
    lines: tuple[str, ...]
    deciding: frozenset[int]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal with the nearest sources.

    Attributes:
        question: the question as asked.
        outcome: answered, partly answered or refused.
        lead: the deciding sentences, each with its citations; for a refusal one
            sentence that says so, without citations.
        clauses: the cited passages in the order of their citations.
        citations: everything cited, by number; for a refusal the nearest sources.
        warnings: Chinese sentences on validity; empty if nothing is wrong.
        seconds: time taken.
        table: rows of item lists that the answer rests on, None where it rests on none.
        table_question: the question that gives the table again, for downloading it.
        further: exceptions, neighbouring duties and the rule on which version applies,
            each with its citations, after the lead.
        differences: Chinese sentences naming where the cited sources differ.
        missing: parts of the question that the sources do not answer.
        understood: the question that was answered, where it leaned on the dialogue;
            empty if that is the question as asked.
        day: the day whose law was applied.
        by_model: whether a language model wrote the lead; else it is quoted from the sources.
    """

    question: str
    outcome: Outcome
    lead: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]
    seconds: float
    table: ItemTable | None = None
    table_question: str = ""
    further: tuple[Sentence, ...] = ()
    differences: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    understood: str = ""
    day: date | None = None
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class ContextPassage:
    """A passage as shown in the source pane.

    Attributes:
        passage: the passage.
        marks: character spans in ``passage.text`` to mark, in order, not overlapping.
        target: True for the passage that was opened (all its parts).
    """

    passage: Passage
    marks: tuple[tuple[int, int], ...]
    target: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A passage opened in its context.

    Attributes:
        document: the document.
        validity: its status today.
        official: how officials cite the opened passage.
        breadcrumb: headings above it.
        place: page or cell, such as 第3页 or 清单!第12行; empty if the format has none.
        context: the passages around it and itself, in document order.
    """

    document: Document
    validity: Validity
    official: str
    breadcrumb: tuple[str, ...]
    place: str
    context: tuple[ContextPassage, ...]
