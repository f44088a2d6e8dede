"""The check quiz of a unit, from the bank and from the passages that the unit shows."""

from collections.abc import Mapping
from datetime import date
from random import Random

from assistant.corpus import DocumentKind
from assistant.onboarding.library import Library
from assistant.onboarding.model import PathError, UnitText
from assistant.quiz import Bank, Question, State, make_questions
from assistant.quiz.practice import Feedback, Plan, Posed, Purpose, usable

MAKER = "学习路径"
"""Who the questions in the bank come from that a unit's check had made."""
_FEWEST = 5
_FAR = 2
_STATUTES = (DocumentKind.STATUTE, DocumentKind.REGULATION)


def check_plan(
    text: UnitText, library: Library, bank: Bank, seed: int, day: date | None = None
) -> Plan:
    """Return the check quiz of a unit.

    Questions are made from the unit's documents and kept in the bank, where trainers
    accept or reject them.  Those on passages that the unit shows come first, then those
    on the rest of the bureau's own documents; the rest of the statutes only fills up to
    :data:`_FEWEST`.

    Args:
        text: the unit as the documents fill it.
        library: the documents.
        bank: the question bank.
        seed: another seed gives other questions, where there are more than needed.
        day: the day on which an article must be in force; today by default.

    Raises:
        PathError: the unit's documents give no question at all.
    """
    shown = {found.passage.citation_id for found in text.found}
    documents = {found.document.id: found.document for found in text.found}
    sources = library.sources(list(documents))
    bank.add(make_questions(sources, seed=0, day=day).questions, MAKER)
    own = {key for key, document in documents.items() if document.kind not in _STATUTES}
    rng = Random(seed)
    entries = [
        entry for entry in usable(bank) if entry.question.citation_id.partition("#")[0] in documents
    ]
    rng.shuffle(entries)
    entries.sort(key=lambda e: (_rank(e.question, shown, own), e.state is not State.ACCEPTED))
    near = {e.id: e.question for e in entries if _rank(e.question, shown, own) < _FAR}
    chosen = _one_a_place(near, text.unit.check)
    if len(chosen) < _FEWEST:
        chosen = _one_a_place({e.id: e.question for e in entries}, min(_FEWEST, text.unit.check))
    if not chosen:
        raise PathError(f"“{text.unit.title}”所引的条文出不了题，请在学习路径中补充条文。")
    posed = [Posed(key, question) for key, question in chosen.items()]
    rng.shuffle(posed)
    title = f"单元测验：{text.unit.title}"
    return Plan(title, Purpose.UNIT, tuple(posed), Feedback.FINAL, None, text.unit.id)


def _rank(question: Question, shown: set[str], own: set[str]) -> int:
    if question.citation_id in shown:
        return 0
    return 1 if question.citation_id.partition("#")[0] in own else _FAR


def _one_a_place(questions: Mapping[str, Question], count: int) -> dict[str, Question]:
    """The first questions, none on the same sentence as another."""
    chosen: dict[str, Question] = {}
    places: set[tuple[str, str]] = set()
    for key, question in questions.items():
        place = (question.citation_id, question.quote[:20])
        if place not in places and len(chosen) < count:
            places.add(place)
            chosen[key] = question
    return chosen
