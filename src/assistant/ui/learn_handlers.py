"""What the events of the 新人学习 room do."""

import logging
import random
import threading
from datetime import date
from functools import cached_property
from typing import Any

import gradio as gr

from assistant.index import IndexMissingError, generation_name
from assistant.onboarding import (
    LearningPath,
    Library,
    PathError,
    Progress,
    Unit,
    UnitText,
    check_plan,
    read_path,
    unit_text,
)
from assistant.people import Person
from assistant.quiz import QuizError
from assistant.quiz.practice import Purpose, Session
from assistant.ui import learn_render as render
from assistant.ui import quiz_render
from assistant.ui.quiz_stage import Act, Desk, play
from assistant.ui.visitor import visitor

PATH_CLASS = "learn-path"
_FAILED = "这次没有成功，系统内部出了错。请再试一次。"
_log = logging.getLogger(__name__)


class LearnHandlers:
    """The room's events; everything of a visitor is in the records, by name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._opening = threading.Lock()
        self._library: Library | None = None
        self._texts: dict[tuple[Unit, date], UnitText] = {}

    def enter(self, shown: str | None, request: gr.Request) -> Any:
        """Return the units of the path; a unit or check that is ``shown`` stays."""
        if shown and PATH_CLASS not in shown:
            return gr.skip()
        try:
            return self._path(visitor(request))
        except (PathError, QuizError) as error:
            return render.problem(str(error))

    def act(self, event: gr.EventData, request: gr.Request) -> str:
        """Open the path or a unit, begin its check, show the certificate."""
        person, act = visitor(request), Act.read(event)
        try:
            if act.name == "certificate":
                issued = self._progress.certificate(person, read_path(self._desk.settings))
                return render.certificate(issued)
            if act.name == "open":
                return self._unit(person, act.id)
            if act.name == "check":
                return self._begin(person, act.id)
            return self._path(person)
        except (PathError, QuizError, IndexMissingError) as error:
            return self._path(person, str(error))
        except Exception:
            _log.exception("The learning path failed")
            return render.problem(_FAILED)

    def session(self, event: gr.EventData, request: gr.Request) -> Any:
        """Do what was done on the stage of a check."""
        person, act = visitor(request), Act.read(event)
        try:
            if act.name == "leave":
                session = self._desk.learning.session(person.name, act.session)
                return self._unit(person, session.subject)
            played = play(self._desk.learning, person, act)
            if played is None:
                return gr.skip()
            return self._result(played) if isinstance(played, Session) else played
        except (PathError, QuizError) as error:
            return self._path(person, str(error))

    @cached_property
    def _progress(self) -> Progress:
        desk = self._desk
        return Progress(desk.settings.data, desk.learning, desk.auditing.certified)

    def _path(self, person: Person, message: str = "") -> str:
        path = read_path(self._desk.settings)
        return render.path(path, self._progress.states(person, path), message)

    def _unit(self, person: Person, key: str) -> str:
        path = read_path(self._desk.settings)
        unit = path.find(key)
        self._progress.opened(person, unit)
        text, _ = self._filled(unit)
        return render.unit(path, text, self._progress.states(person, path))

    def _begin(self, person: Person, key: str) -> str:
        text, library = self._filled(read_path(self._desk.settings).find(key))
        plan = check_plan(text, library, self._desk.bank, random.randrange(2**32))
        return quiz_render.shown(self._desk.learning.begin(person.name, plan))

    def _result(self, session: Session) -> str:
        note = ""
        if session.purpose is Purpose.UNIT:
            note = _verdict(read_path(self._desk.settings), session)
        return quiz_render.result(session, note)

    def _filled(self, unit: Unit) -> tuple[UnitText, Library]:
        """The unit in the words of the newest index; filled once for each."""
        with self._opening:
            if self._library is None or self._library.name != generation_name(self._desk.settings):
                self._library, self._texts = Library(self._desk.settings), {}
            library, texts = self._library, self._texts
        key = unit, date.today()
        if key not in texts:
            texts[key] = unit_text(unit, library, key[1])
        return texts[key], library


def _verdict(path: LearningPath, session: Session) -> str:
    if round(session.share * 100) >= path.passed:
        return "恭喜，本单元已通过。返回后可以继续下一单元。"
    return f"还没有达到 {path.passed}%。返回后再看看条文，可以重做测验。"
