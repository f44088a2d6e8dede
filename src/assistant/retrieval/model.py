"""What flows out of the retrieval room: evidence and the reasons it was found."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.corpus import Document, Passage, Validity


class Reason(StrEnum):
    """Why a passage is among the evidence."""

    EXACT = "exact"
    DENSE = "dense"
    LEXICAL = "lexical"
    REFERENCE = "reference"
    REPLACEMENT = "replacement"

    @property
    def label(self) -> str:
        """The reason as readers see it, in Chinese."""
        return _REASON_LABELS[self]


_REASON_LABELS = {
    Reason.EXACT: "条文引用",
    Reason.DENSE: "语义相近",
    Reason.LEXICAL: "字词匹配",
    Reason.REFERENCE: "被引用条文",
    Reason.REPLACEMENT: "现行对应条文",
}


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place that a text cites.

    Attributes:
        document: the document, in the version that applies.
        anchor: anchor of the article or row, such as ``a63``; empty for a row that the
            list does not have.
        paragraph: number of the paragraph (款), 0 if none is named.
        item: number of the item (项), 0 if none is named.
        start, end: where the citation stands in the text, after NFKC; with the list's
            name for the first of its rows.
        row: for a row of an item list its printed number, such as 第60项; else empty.
    """

    document: Document
    anchor: str
    paragraph: int
    item: int
    start: int
    end: int
    row: str = ""

    @property
    def citation_id(self) -> str:
        """Address of the cited article or row."""
        return f"{self.document.id}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One retriever's view of a passage.

    Attributes:
        reason: which retriever found it.
        rank: 1-based place in that retriever's list.
        score: that retriever's own score; comparable only within the retriever.
    """

    reason: Reason
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with its score and the reasons it was found.

    Attributes:
        document: the document it belongs to.
        passage: the passage found.
        score: final score, larger is better.
        findings: every retriever's view, best rank first.
        validity: status of the document on the day the question is about.
        referred_by: address of the passage that leans on this one; empty unless it was
            found by following a reference.
    """

    document: Document
    passage: Passage
    score: float
    findings: tuple[Finding, ...]
    validity: Validity
    referred_by: str = ""
