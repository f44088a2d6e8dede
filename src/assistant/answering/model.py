"""What flows out of the answering room: answers whose every sentence can be opened."""

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Citation:
    """A stable address of a passage, the quoted words, and how officials write it.

    Attributes:
        number: 1-based number shown in the answer.
        passage_id: address that ``Assistant.open`` takes; survives re-indexing.
        official: 《中华人民共和国行政处罚法》第六十三条, or title and section for others.
        quotes: words of the passage that the answer repeats, in order.
        document: the document cited.
        passage: the passage cited.
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
    """A sentence of the answer with the numbers of the citations it stands on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A cited passage laid out for reading.

    Attributes:
        citation: number of the citation.
        lines: the passage's paragraphs and items in order.
        deciding: indexes into ``lines`` of those that the lead quotes.
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
