"""Choose questions of the bank for a session."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.bank import Bank, Kept, State
from assistant.quiz.model import QuestionType, QuizError
from assistant.quiz.practice.model import Posed


@dataclass(frozen=True, slots=True)
class Drawing:
    """What questions are wanted; an empty field wants all.

    Attributes:
        documents: full titles.
        topics: (title, topic) pairs.
        types: kinds.
        count: how many at most.
    """

    documents: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    types: tuple[QuestionType, ...] = ()
    count: int = 10

    def wants(self, entry: Kept) -> bool:
        """Return whether a question is among those wanted."""
        question = entry.question
        return (
            (not self.documents or question.document in self.documents)
            and (not self.topics or (question.document, question.topic) in self.topics)
            and (not self.types or question.type in self.types)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A document or topic that the bank has questions on.

    Attributes:
        document: title.
        topic: chapter or subject; empty for the whole document.
        count: how many questions.
    """

    document: str
    topic: str
    count: int


def usable(bank: Bank) -> list[Kept]:
    """Return the questions that may be asked: not rejected, not flagged."""
    return [entry for entry in bank.all(State.ACCEPTED, State.NEW) if not entry.flag]


def choices(entries: Iterable[Kept]) -> tuple[list[Choice], list[Choice]]:
    """Return the documents and the topics of questions, most questions first."""
    documents: Counter[str] = Counter()
    topics: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        documents[entry.question.document] += 1
        topics[entry.question.document, entry.question.topic] += 1
    return (
        [Choice(title, "", number) for title, number in documents.most_common()],
        [Choice(*pair, number) for pair, number in topics.most_common()],
    )


def draw(entries: Sequence[Kept], drawing: Drawing, seed: int) -> tuple[Posed, ...]:
    """Draw questions, accepted ones before those that nobody has reviewed.

    Documents take turns, so that a long item list does not crowd out the rest.

    Raises:
        QuizError: the bank has none that fit.
    """
    rng = Random(seed)
    groups: dict[tuple[str, QuestionType], list[Kept]] = {}
    for entry in entries:
        if drawing.wants(entry):
            groups.setdefault((entry.question.document, entry.question.type), []).append(entry)
    if not groups:
        raise QuizError("题库中没有符合所选范围和题型的题，请放宽选择。")
    for group in groups.values():
        rng.shuffle(group)
        group.sort(key=lambda entry: entry.state is not State.ACCEPTED, reverse=True)
    turns = list(groups.values())
    rng.shuffle(turns)
    drawn: list[Kept] = []
    while turns and len(drawn) < drawing.count:
        for group in turns:
            if group and len(drawn) < drawing.count:
                drawn.append(group.pop())
        turns = [group for group in turns if group]
    rng.shuffle(drawn)
    return tuple(Posed(entry.id, entry.question) for entry in drawn)
