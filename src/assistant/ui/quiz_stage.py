"""The stage on which a session is played: what each act on it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import gradio as gr

from assistant.people import Person
from assistant.quiz import Bank, Question
from assistant.quiz.practice import Learning, Session
from assistant.settings import Settings
from assistant.ui import quiz_render as render
from assistant.ui.auditing import Auditing

_LONGEST = 200
_UNANSWERED = "请先作答，再提交。"


class Desk:
    """The bank and the records that the rooms share; opened when first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def bank(self) -> Bank:
        """The question bank."""
        return Bank(self.settings.data)

    @cached_property
    def learning(self) -> Learning:
        """Sessions and what people learned."""
        return Learning(self.settings.data, told=self.auditing.sat)

    @cached_property
    def auditing(self) -> Auditing:
        """Where it is noted who did what."""
        return Auditing(self.settings)


@dataclass(frozen=True, slots=True)
class Act:
    """What was done on the page.

    Attributes:
        name: which button.
        session: id of the session, empty where there is none.
        place: number of the question that was shown.
        to: number of the question, or page, to go to.
        given: what stood in the answer.
        id: question or unit that is meant.
        fields: what else the form held.
    """

    name: str
    session: str = ""
    place: int = 0
    to: int = 0
    given: tuple[str, ...] | None = None
    id: str = ""
    fields: Mapping[str, str] | None = None

    @classmethod
    def read(cls, event: gr.EventData) -> "Act":
        """Read an event; what is missing or of the wrong kind is empty."""
        data: Mapping[str, Any] = event._data if isinstance(event._data, Mapping) else {}
        given = data.get("given")
        return cls(
            name=str(data.get("do", "")),
            session=str(data.get("session", "")),
            place=_number(data.get("place")),
            to=_number(data.get("to")),
            given=tuple(map(str, given)) if isinstance(given, list) else None,
            id=str(data.get("id") or data.get("question") or data.get("unit") or ""),
            fields={key: str(value) for key, value in data.items() if isinstance(value, str)},
        )

    def field(self, name: str) -> str:
        """Return what stood in a field of the form; empty if there is none."""
        return (self.fields or {}).get(name, "")


def play(learning: Learning, person: Person, act: Act) -> Session | str | None:
    """Do an act on a session.

    Returns:
        the HTML to show, the session itself once it is over, or None where the page
        stays as it is.

    Raises:
        QuizError: the person has no such session.
    """
    session = learning.session(person.name, act.session)
    if session.is_open and act.given is not None:
        given = read_given(session.slot(act.place).posed.question, act.given)
        if act.name == "confirm" and not given:
            return render.card(session, act.place, _UNANSWERED)
        # An order that was not touched is no answer yet; it does not undo an earlier one.
        if given or session.slot(act.place).given:
            session = learning.answer(person.name, session.id, act.place, given)
    if act.name == "finish":
        session = learning.finish(person.name, session.id)
    elif act.name == "confirm":
        session = learning.mark(person.name, session.id, act.place)
    if not session.is_open:
        return session
    if act.name == "save":
        return None
    return render.card(session, act.to if act.name == "go" else act.place or session.next_place)


def read_given(question: Question, raw: Sequence[str]) -> tuple[str, ...]:
    """Return an answer from what the page sent: numbers of options, or words."""
    if question.options:
        places = [_number(word, -1) for word in raw]
        return tuple(
            question.options[place] for place in places if 0 <= place < len(question.options)
        )
    words = tuple(word.strip()[:_LONGEST] for word in raw[: len(question.key)])
    return words if any(words) else ()


def _number(value: object, otherwise: int = 0) -> int:
    try:
        return int(str(value))
    except ValueError:
        return otherwise
