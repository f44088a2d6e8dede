"""What flows out of the procedures room: findings that name the article they rest on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.corpus import Document, Passage, Validity


class ProcedureError(ValueError):
    """A tool was asked something that it cannot answer; the message is in Chinese."""


class Verdict(StrEnum):
    """Whether a requirement applies to a case."""

    MUST = "must"
    MAY = "may"
    OPEN = "open"
    NOT = "not"

    @property
    def label(self) -> str:
        """The verdict as readers see it, in Chinese."""
        return {"must": "应当", "may": "可以", "open": "待核定", "not": "不要求"}[self.value]


@dataclass(frozen=True, slots=True)
class Basis:
    """A place in a statute that a rule rests on, as found in the index.

    Attributes:
        official: 《中华人民共和国行政处罚法》第六十三条第一款第（一）项.
        passage_id: address of the article, which ``Assistant.open`` takes.
        quote: words of the cited paragraph or item, to mark in the source.
        document: the document, in the version that applies.
        passage: the article (its first part, if it is split).
        validity: status on the day the tool was asked about.
    """

    official: str
    passage_id: str
    quote: str
    document: Document
    passage: Passage
    validity: Validity


@dataclass(frozen=True, slots=True)
class RuleFault:
    """A rule that is not applied because the index does not bear it out.

    Attributes:
        rule: id of the rule.
        name: what the rule is about, in Chinese.
        citation: the place the rule cites, such as 行政处罚法第六十四条第（一）项.
        reason: what is wrong, in Chinese.
    """

    rule: str
    name: str
    citation: str
    reason: str

    @property
    def message(self) -> str:
        """One Chinese sentence for readers."""
        return f"规则“{self.name}”未适用：所依据的{self.citation}{self.reason}。"


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled remark of an entry."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding: a period, a requirement or a step.

    Attributes:
        id: id of the rule it comes from; unique within a result.
        title: what it is about.
        badge: the finding in a few words, such as a date; empty for steps.
        lines: remarks in reading order.
        bases: the places it rests on.
        day: the date found, for periods.
        verdict: whether a requirement applies, for reviews.
    """

    id: str
    title: str
    badge: str
    lines: tuple[Line, ...]
    bases: tuple[Basis, ...]
    day: date | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool found.

    Attributes:
        title: name of the tool and what it was asked.
        given: what the officer stated, one remark a line.
        entries: findings in order.
        notes: Chinese sentences that hold for the whole result.
        withheld: rules that were not applied, with the reason.
    """

    title: str
    given: tuple[Line, ...]
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    withheld: tuple[RuleFault, ...] = ()

    def entry(self, rule: str) -> Entry:
        """Return the entry of a rule.

        Raises:
            KeyError: the result has none.
        """
        for entry in self.entries:
            if entry.id == rule:
                return entry
        raise KeyError(rule)
