"""What flows out of practice: sessions, their questions, mistakes and results."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.quiz.model import Question
from assistant.quiz.practice.grading import is_incomplete

_INCOMPLETE = 0.5
"""Share of the points of a multiple choice that lacks right options and has no wrong one."""


class Purpose(StrEnum):
    """Why a session is held."""

    PRACTICE = "practice"
    EXAM = "exam"
    REVIEW = "review"
    MISTAKES = "mistakes"
    UNIT = "unit"

    @property
    def label(self) -> str:
        """Name as readers see it, in Chinese."""
        return _PURPOSES[self]

    @property
    def counts_all(self) -> bool:
        """Whether a question without an answer counts as wrong: it does in an examination."""
        return self in (Purpose.EXAM, Purpose.UNIT)


_PURPOSES = {
    Purpose.PRACTICE: "练习",
    Purpose.EXAM: "考试",
    Purpose.REVIEW: "到期复习",
    Purpose.MISTAKES: "错题重做",
    Purpose.UNIT: "单元测验",
}


class Feedback(StrEnum):
    """When the right answer is shown."""

    IMMEDIATE = "immediate"
    FINAL = "final"

    @property
    def label(self) -> str:
        """Name as readers see it, in Chinese."""
        return {"immediate": "每题即时反馈", "final": "交卷后反馈"}[self.value]


@dataclass(frozen=True, slots=True)
class Posed:
    """A question that is put to someone.

    Attributes:
        id: its name in the bank.
        question: as it stands when the session begins; later edits do not change it.
        points: what a right answer earns.
        partial: whether a multiple choice that is right but not complete earns half of it.
    """

    id: str
    question: Question
    points: float = 1.0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A session to be begun.

    Attributes:
        title: what readers call it.
        purpose: why it is held.
        questions: in the order asked; at least one.
        feedback: when the right answer is shown.
        minutes: time allowed, None for as long as one likes.
        subject: what it is of, such as the id of a learning unit; may be empty.
    """

    title: str
    purpose: Purpose
    questions: tuple[Posed, ...]
    feedback: Feedback = Feedback.IMMEDIATE
    minutes: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A question's place in a session.

    Attributes:
        place: number from 1.
        posed: the question.
        given: what was answered; empty for nothing yet.
        right: None until it is marked.
    """

    place: int
    posed: Posed
    given: tuple[str, ...] = ()
    right: bool | None = None

    @property
    def earned(self) -> float:
        """The points of a marked answer; 0 before it is marked."""
        if self.right:
            return self.posed.points
        marked = self.right is False and self.posed.partial
        if marked and is_incomplete(self.posed.question, self.given):
            return self.posed.points * _INCOMPLETE
        return 0.0


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it stands.

    Attributes:
        id: its name.
        person: whose it is.
        title, purpose, subject, feedback: as planned.
        begun: when it began.
        deadline: when it ends by itself; None if it does not.
        ended: when it ended; None while it is open.
        slots: its questions in order.
    """

    id: str
    person: str
    title: str
    purpose: Purpose
    subject: str
    feedback: Feedback
    begun: datetime
    deadline: datetime | None
    ended: datetime | None
    slots: tuple[Slot, ...]

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.ended is None

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(slot.given) for slot in self.slots)

    @property
    def right(self) -> int:
        """How many answers were marked right."""
        return sum(slot.right is True for slot in self.slots)

    @property
    def counted(self) -> tuple[Slot, ...]:
        """The questions that the score is taken over."""
        if self.purpose.counts_all:
            return self.slots
        return tuple(slot for slot in self.slots if slot.right is not None)

    @property
    def points(self) -> float:
        """What the answers earned."""
        return sum(slot.earned for slot in self.slots)

    @property
    def most(self) -> float:
        """What could be earned."""
        return sum(slot.posed.points for slot in self.counted)

    @property
    def share(self) -> float:
        """What was earned of what could be, 0 to 1."""
        return self.points / self.most if self.most else 0.0

    @property
    def next_place(self) -> int:
        """The first question without an answer, or the last one."""
        done = self.feedback is Feedback.IMMEDIATE
        return next(
            (s.place for s in self.slots if (s.right is None if done else not s.given)),
            len(self.slots),
        )

    def slot(self, place: int) -> Slot:
        """Return the question at a place; the nearest one where there is no such place."""
        return self.slots[min(max(place, 1), len(self.slots)) - 1]


@dataclass(frozen=True, slots=True)
class Mistake:
    """An entry of the wrong-question book.

    Attributes:
        posed: the question as it was asked last.
        wrong: how often it was answered wrongly.
        moment: when it was answered last.
    """

    posed: Posed
    wrong: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """Results on one topic.

    Attributes:
        document: title of the document.
        topic: chapter or subject; empty where a whole document is counted.
        answered, right: numbers of answers.
        people: how many people gave them.
    """

    document: str
    topic: str
    answered: int
    right: int
    people: int

    @property
    def share(self) -> float:
        """Right answers of all, 0 to 1."""
        return self.right / self.answered if self.answered else 0.0
