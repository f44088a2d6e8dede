"""Papers by blueprint: the same seed and bank give the same paper, in shuffled versions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from assistant.quiz.bank import Bank, Kept, State
from assistant.quiz.blueprint import Blueprint, Part
from assistant.quiz.filling import fill
from assistant.quiz.model import Question, QuestionType, QuizError, sentence_of

MOST_VERSIONS = 8
"""A paper has at most versions A to H."""
_REFERS = re.compile(r"以上|上述|上列|[A-H][和、与及]|选项[A-H]|都[对错是不]|均[正错不]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a paper.

    Attributes:
        number: its place in the paper, counted from 1 through all sections.
        id: its name in the bank.
        question: with its options in the order of this version.
        points: points for the right answer; 0 where points are not counted.
    """

    number: int
    id: str
    question: Question
    points: float


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one kind (大题).

    Attributes:
        type: their kind.
        asked: the questions in order.
        partial: whether right options that are not all earn half the points.
    """

    type: QuestionType
    asked: tuple[Asked, ...]
    partial: bool = False

    @property
    def points(self) -> float:
        """Points of all its questions."""
        return sum(entry.points for entry in self.asked)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as one group of people sits it.

    Attributes:
        title: its heading.
        minutes: time allowed; 0 for no limit.
        note: words below the heading.
        seed: what it was drawn with.
        version: A, B, …; empty for a mere list of questions.
        sections: its parts in order.
    """

    title: str
    minutes: int
    note: str
    seed: int
    version: str
    sections: tuple[Section, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All questions in order."""
        return tuple(entry for section in self.sections for entry in section.asked)

    @property
    def points(self) -> float:
        """Points of the whole paper."""
        return sum(section.points for section in self.sections)


def make_paper(
    bank: Bank, blueprint: Blueprint, seed: int = 0, *, unreviewed: bool = False
) -> Paper:
    """Draw a paper from the bank.

    No two of its questions rest on the same sentence, so that none gives another away.
    Rejected and flagged questions are never taken.

    Args:
        bank: where the questions are.
        blueprint: what is wanted.
        seed: the same bank and seed give the same paper.
        unreviewed: also take questions that no trainer has decided on, whatever the
            blueprint says.

    Raises:
        QuizError: the bank does not have what the blueprint wants; says what is short.
    """
    kept = sorted((e for e in bank.all() if not e.flag), key=lambda entry: entry.id)
    open_too = unreviewed or blueprint.unreviewed
    usable = [e for e in kept if e.state is State.ACCEPTED or (open_too and e.state is State.NEW)]
    parts = [piece for part in blueprint.part for piece in part.split()]
    places = [part for part in parts for _ in range(part.count)]
    suited = {
        id(part): [n for n, e in enumerate(usable) if part.wants(e.question, e.tags)]
        for part in parts
    }
    rng = Random(f"{seed} {blueprint.title}")
    groups = [sentence_of(entry.question) for entry in usable]
    chosen = fill([suited[id(part)] for part in places], groups, rng)
    if -1 in chosen:
        raise QuizError(_shortage(parts, places, chosen, () if open_too else kept))
    drawn = [usable[number] for number in chosen]
    sections = []
    for kind in blueprint.kinds:
        entries = [entry for entry in drawn if entry.question.type is kind]
        rng.shuffle(entries)
        points = blueprint.points_of(kind)
        sections.append((kind, [(e.id, e.question, points) for e in entries]))
    numbered = tuple(
        replace(section, partial=blueprint.partial and section.type is QuestionType.MULTIPLE)
        for section in _numbered(sections)
    )
    return Paper(blueprint.title, blueprint.minutes, blueprint.note, seed, "A", numbered)


def versions_of(paper: Paper, count: int) -> tuple[Paper, ...]:
    """Return a paper in several versions: A as it is, B and on with everything shuffled.

    The questions stay in their sections; options stay in place where one speaks of others.

    Raises:
        QuizError: more versions than letters are wanted.
    """
    if not 1 <= count <= MOST_VERSIONS:
        raise QuizError(f"试卷可以有 1 至 {MOST_VERSIONS} 个版本，不能是 {count} 个。")
    return (paper, *(_shuffled(paper, "ABCDEFGH"[place]) for place in range(1, count)))


def paper_of(questions: Sequence[Question], title: str) -> Paper:
    """Return questions as a paper without points: grouped by kind, otherwise in order."""
    groups = [(kind, [q for q in questions if q.type is kind]) for kind in QuestionType]
    sections = [(kind, [(q.id, q, 0.0) for q in group]) for kind, group in groups if group]
    return Paper(title, 0, "", 0, "", _numbered(sections))


def _numbered(
    sections: Sequence[tuple[QuestionType, Sequence[tuple[str, Question, float]]]],
) -> tuple[Section, ...]:
    made, number = [], 0
    for kind, entries in sections:
        start = number + 1
        number += len(entries)
        asked = tuple(
            Asked(start + place, name, question, points)
            for place, (name, question, points) in enumerate(entries)
        )
        made.append(Section(kind, asked))
    return tuple(made)


def _shuffled(paper: Paper, version: str) -> Paper:
    rng = Random(f"{paper.seed} {paper.title} {version}")
    sections = []
    for section in paper.sections:
        entries = list(section.asked)
        rng.shuffle(entries)
        mixed = [(e.id, _reordered(e.question, rng), e.points) for e in entries]
        sections.append((section.type, mixed))
    mixed_up = zip(paper.sections, _numbered(sections), strict=True)
    kept = tuple(replace(before, asked=after.asked) for before, after in mixed_up)
    return replace(paper, version=version, sections=kept)


def _reordered(question: Question, rng: Random) -> Question:
    options = list(question.options)
    if question.type is QuestionType.JUDGE or any(map(_REFERS.search, options)):
        return question
    rng.shuffle(options)
    if question.type is QuestionType.ORDER and tuple(options) == question.key:
        options.reverse()
    return replace(question, options=tuple(options))


def _shortage(
    parts: Sequence[Part], places: Sequence[Part], chosen: Sequence[int], waiting: Sequence[Kept]
) -> str:
    lacks = []
    for part in parts:
        empty = sum(
            place is part and number < 0 for place, number in zip(places, chosen, strict=True)
        )
        if not empty:
            continue
        unseen = sum(
            entry.state is State.NEW and part.wants(entry.question, entry.tags) for entry in waiting
        )
        lacks.append(
            f"{part.words}需要{part.count}道，只有{part.count - empty}道可用"
            + (f"（题库中有{unseen}道待审）" if unseen else "")
        )
    return (
        f"题库不能满足命题蓝图：{'；'.join(lacks)}。同一句条文只出一题。"
        "请补充出题（页面的“审题”或 assistant quiz build），采用更多待审的题，或减少蓝图中的题数。"
    )
