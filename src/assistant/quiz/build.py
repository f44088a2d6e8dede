"""Make a bank of questions from articles in force: seeded, proved, without repetition."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from assistant.corpus import Document, Passage
from assistant.items.extract import read_list
from assistant.quiz.limits import MARKS
from assistant.quiz.makers_cases import article_cases, limit_cases
from assistant.quiz.makers_flows import flow_questions
from assistant.quiz.makers_lists import list_questions
from assistant.quiz.makers_sanctions import fine_cases, sanction_cases, sanctions_of
from assistant.quiz.makers_values import ValuePool, duty_questions, value_questions
from assistant.quiz.makers_words import (
    WordPool,
    authorities_in,
    authority_questions,
    definition_in,
    definition_questions,
    item_cases,
)
from assistant.quiz.model import Question, QuestionType, sentence_of
from assistant.quiz.proof import Fault, prove
from assistant.quiz.source import Article, articles, rows
from assistant.quiz.values import Value, plain, values
from assistant.quiz.wording import ARTICLE_ASKED, RANGE_ASKED, SANCTION_ASKED

_COMMON = 5
_CODE = 250
"""A law of more articles is a code: what its chapters are on has little in common."""

_MANNERS = (SANCTION_ASKED, RANGE_ASKED, MARKS[0])
"""Words of the stem that tell one manner of case from another."""
_DULL = 6
"""One turn of so many takes a question that only asks for the number of an article."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What questions are wanted; an empty field wants all.

    Attributes:
        documents: parts of titles.
        topics: parts of chapter names or subjects.
        types: kinds.
    """

    documents: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    types: tuple[QuestionType, ...] = ()

    def wants(self, question: Question) -> bool:
        """Return whether a question is of a wanted topic and kind."""
        return (not self.types or question.type in self.types) and (
            not self.topics or any(topic in question.topic for topic in self.topics)
        )

    def reads(self, document: Document) -> bool:
        """Return whether a document is wanted."""
        return not self.documents or any(part in document.title for part in self.documents)


@dataclass(frozen=True, slots=True)
class Made:
    """A bank and what did not come into it.

    Attributes:
        questions: proved questions, mixed.
        rejected: how many candidates failed, by kind of fault; a candidate with
            several faults counts once, under the first.
        repeated: how many candidates asked what another asks.
    """

    questions: tuple[Question, ...]
    rejected: Counter[Fault] = field(default_factory=Counter)
    repeated: int = 0


def make_questions(
    sources: Iterable[tuple[Document, Sequence[Passage]]],
    *,
    selection: Selection | None = None,
    count: int = 0,
    seed: int = 0,
    day: date | None = None,
) -> Made:
    """Make questions from documents in force.

    Args:
        sources: documents with all their passages.
        selection: what is wanted.
        count: how many at most, taken over documents and kinds in turn; 0 for all.
        seed: the same seed and sources give the same bank.
        day: the day on which an article must be in force; today by default.
    """
    wanted = selection or Selection()
    today = day or date.today()
    chosen = [(document, passages) for document, passages in sources if wanted.reads(document)]
    made: dict[str, Question] = {}
    rejected: Counter[Fault] = Counter()
    repeated = 0
    for question, text in _candidates(chosen, today, seed):
        if not wanted.wants(question):
            continue
        if faults := prove(question, text):
            rejected[faults[0]] += 1
            continue
        words = plain(question.stem)
        if words in made:
            repeated += 1
        else:
            made[words] = question
    return Made(_drawn(list(made.values()), count, seed), rejected, repeated)


def _candidates(
    chosen: Sequence[tuple[Document, Sequence[Passage]]], day: date, seed: int
) -> Iterator[tuple[Question, str]]:
    laws = [(document, articles(document, passages, day)) for document, passages in chosen]
    far = _common(found for _, group in laws for found in group)
    for document, group in laws:
        rng = Random(f"{seed} {document.id}")
        numbers = ValuePool([v for a in group for v in values(a.passage.text)], far)
        words = WordPool(
            [(article, listing) for article in group for listing in article.listings()],
            [d for a in group for w in a.words() if (d := definition_in(w.text))],
            [
                (article, who)
                for article in group
                for _, who in authorities_in(article.passage.text)
            ],
            [
                (article, sanction)
                for article in group
                for sanction in sorted(sanctions_of(article))
            ],
            divided=len(group) > _CODE,
        )
        for article in group:
            pool = words.near(article)
            made = [
                *value_questions(article, numbers, rng),
                *duty_questions(article, rng),
                *fine_cases(article, numbers, rng),
                *limit_cases(article, rng),
                *article_cases(article, group, rng),
                *sanction_cases(article, group, pool, rng),
                *list_questions(article, pool, rng),
                *definition_questions(article, pool, rng),
                *authority_questions(article, pool, rng),
            ]
            for question in made:
                yield question, article.passage.text
    yield from flow_questions(chosen, day, Random(f"{seed} flows"))
    for document, passages in chosen:
        yield from _from_list(document, passages, day, seed)


def _from_list(
    document: Document, passages: Sequence[Passage], day: date, seed: int
) -> Iterator[tuple[Question, str]]:
    by_address = rows(document, passages, day)
    found = read_list(document, passages) if by_address else None
    if found is None:
        return
    rng = Random(f"{seed} {document.id}")
    for item in found[1]:
        row = by_address[item.address]
        for question in item_cases(row, item, found[1], rng):
            yield question, row.passage.text


def _common(found: Iterable[Article]) -> list[Value]:
    """Values that several articles have."""
    counts: Counter[str] = Counter()
    by_text: dict[str, Value] = {}
    for article in found:
        for value in values(article.passage.text):
            counts[value.text] += 1
            by_text[value.text] = value
    return [by_text[text] for text, number in counts.items() if number >= _COMMON]


@dataclass(slots=True)
class _Lane:
    """Questions of one kind and manner, the next to take last."""

    questions: list[Question]
    taken: int = 0


def _lanes(questions: Iterable[Question]) -> list[_Lane]:
    """Group the questions of a kind by what they ask for, so that no manner crowds others."""
    lanes: dict[str, _Lane] = {}
    for question in questions:
        cases = question.type is QuestionType.CASE
        manner = next((m for m in _MANNERS if cases and m in question.stem), "")
        lanes.setdefault(manner, _Lane([])).questions.append(question)
    return list(lanes.values())


def _drawn(questions: list[Question], count: int, seed: int) -> tuple[Question, ...]:
    """Mix the questions; of too many, take the kinds in turn so that none crowds others.

    Of cases few ask for an article's number: that is dull to learn.
    What rests on a sentence that another question rests on comes last.
    """
    rng = Random(seed)
    rng.shuffle(questions)
    if not count or count >= len(questions):
        return tuple(questions)
    seen: Counter[tuple[str, str]] = Counter()
    turns = {}
    for question in questions:
        turns[question.id] = seen[sentence_of(question)]
        seen[sentence_of(question)] += 1
    questions.sort(key=lambda question: -turns[question.id])
    dull = _Lane([q for q in questions if ARTICLE_ASKED in q.stem])
    others = [q for q in questions if ARTICLE_ASKED not in q.stem]
    kinds = [_lanes(q for q in others if q.type is kind) for kind in QuestionType]
    chosen: list[Question] = []
    turn = 0
    while len(chosen) < count:
        for lanes in [*kinds, *([] if turn % _DULL else [[dull]])]:
            filled = [lane for lane in lanes if lane.questions]
            if filled and len(chosen) < count:
                lane = min(filled, key=lambda lane: lane.taken)
                lane.taken += 1
                chosen.append(lane.questions.pop())
        turn += 1
    rng.shuffle(chosen)
    return tuple(chosen)
