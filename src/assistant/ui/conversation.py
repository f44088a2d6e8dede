"""What one visitor has asked: immutable turns, so that no two sessions share anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.model import Answer, Citation
from assistant.records import Complaint, Entry, Vote

LONGEST_QUESTION = 2000
LONGEST_CONVERSATION = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what became of it.

    Attributes:
        number: 1-based, counted over the whole conversation.
        question: as asked.
        answer: None while the assistant works, or if it failed.
        failed: True if the assistant could not answer because of a fault.
        writing: True while a model is still writing the answer.
        entry: address of the record that keeps it; empty until it is kept.
        vote, complaint, note: the visitor's opinion of the answer.
    """

    number: int
    question: str
    answer: Answer | None = None
    failed: bool = False
    writing: bool = False
    entry: str = ""
    vote: Vote = Vote.NONE
    complaint: Complaint | None = None
    note: str = ""

    @property
    def waiting(self) -> bool:
        """True until an answer or a fault is known."""
        return self.writing or (self.answer is None and not self.failed)


Turns = tuple[Turn, ...]


def asked(turns: Turns, question: str) -> Turns:
    """Add a question; leave the conversation alone if it is blank or one is in work.

    Only the last turns are kept, so that a long day does not slow the page down.
    """
    words = question.strip()[:LONGEST_QUESTION]
    if not words or waiting(turns):
        return turns
    number = turns[-1].number + 1 if turns else 1
    return (*turns, Turn(number, words))[-LONGEST_CONVERSATION:]


def waiting(turns: Turns) -> bool:
    """Return whether the last question is still in work."""
    return bool(turns) and turns[-1].waiting


def answered(turns: Turns, answer: Answer) -> Turns:
    """Return the conversation with the waiting question answered."""
    return (*turns[:-1], replace(turns[-1], answer=answer, writing=False))


def being_written(turns: Turns, answer: Answer) -> Turns:
    """Return the conversation with as much of the answer as has been written."""
    return (*turns[:-1], replace(turns[-1], answer=answer, writing=True))


def failed(turns: Turns) -> Turns:
    """Return the conversation with the waiting question marked as failed."""
    return (*turns[:-1], replace(turns[-1], failed=True, writing=False))


def kept_turns(entries: Sequence[Entry]) -> Turns:
    """Return the conversation that was kept as ``entries``."""
    return tuple(
        Turn(
            number,
            entry.question,
            entry.answer,
            failed=entry.answer is None,
            entry=entry.id,
            vote=entry.vote,
            complaint=entry.complaint,
            note=entry.note,
        )
        for number, entry in enumerate(entries, start=1)
    )


def find_citation(turns: Sequence[Turn], turn: int, citation: int) -> Citation | None:
    """Return a citation by its turn and number; None if there is none such."""
    for candidate in turns:
        if candidate.number == turn and candidate.answer is not None:
            return next((c for c in candidate.answer.citations if c.number == citation), None)
    return None
