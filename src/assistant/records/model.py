"""Conversations, their entries, and what people think of an answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from assistant.answering import Answer


class Vote(IntEnum):
    """A person's opinion of an answer."""

    DOWN = -1
    NONE = 0
    UP = 1


class Complaint(StrEnum):
    """Why an answer was voted down."""

    BESIDE = "beside"
    SOURCE = "source"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as readers see it, in Chinese."""
        return _COMPLAINTS[self]


_COMPLAINTS = {
    Complaint.BESIDE: "答非所问",
    Complaint.SOURCE: "依据不对",
    Complaint.OUTDATED: "规定已过时",
    Complaint.INCOMPLETE: "不完整",
    Complaint.UNCLEAR: "看不明白",
    Complaint.OTHER: "其他",
}


class RecordsError(RuntimeError):
    """The records cannot be read or written; the message is in Chinese."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of one person.

    Attributes:
        id: its address.
        title: what it is called; the first question unless it was renamed.
        changed: when it was last added to, in UTC.
        count: questions that it holds.
    """

    id: str
    title: str
    changed: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with what became of it.

    Attributes:
        id: its address.
        talk: the conversation that it belongs to.
        person: name of who asked.
        question: as asked.
        answer: what was shown, sufficient to show it again; None after a fault.
        moment: when it was asked, in UTC.
        vote: the asker's opinion.
        complaint: why it was voted down, None where no reason was chosen.
        note: the asker's own words on it; may be empty.
    """

    id: str
    talk: str
    person: str
    question: str
    answer: Answer | None
    moment: datetime
    vote: Vote = Vote.NONE
    complaint: Complaint | None = None
    note: str = ""
