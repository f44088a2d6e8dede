"""What the events of the 题库与考试 room do."""

import logging
import random
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from assistant.index import IndexMissingError
from assistant.people import Person, Role
from assistant.quiz import QuestionType, QuizError, make_paper, read_sources, versions_of
from assistant.quiz.practice import (
    Drawing,
    Feedback,
    Plan,
    Posed,
    Purpose,
    Session,
    choices,
    draw,
    first_bank,
    tallies,
    usable,
)
from assistant.ui import quiz_render as render
from assistant.ui.quiz_papers import chosen_blueprint, paper_choices
from assistant.ui.quiz_stage import Act, Desk, play
from assistant.ui.visitor import visitor

FREE, PACED = "不限时", "每题一分钟"
MINE, ALL_PEOPLE = "我的", "全体学员"
BY_TOPIC, BY_DOCUMENT = "按知识点", "按文件"
VERSIONS = "ABC"
_MOST = 100
_REVIEWED = 20
_SPLIT = "｜"
_ROOM = 7
"""Parts that entering the room refreshes, besides what every answer changes."""
_FAILED = "这次没有成功，系统内部出了错。请再试一次。"
_log = logging.getLogger(__name__)


class QuizHandlers:
    """The room's events; everything of a visitor is in the records, by name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def enter(self, request: gr.Request) -> tuple[Any, ...]:
        """Refresh the room.

        Returns:
            documents, topics, papers, button that fills an empty bank, 审题, 组卷, whose
            results, then what :meth:`refreshed` returns.
        """
        person = visitor(request)
        trainer = person.may(Role.TRAINER)
        try:
            entries = usable(self._desk.bank)
            papers = paper_choices(self._desk)
        except QuizError as error:
            return _only(render.banner((), message=str(error), wrong=True))
        documents, topics = choices(entries)
        return (
            gr.update(choices=[(f"{c.document}（{c.count}题）", c.document) for c in documents]),
            gr.update(choices=[_topic_choice(c.document, c.topic, c.count) for c in topics]),
            gr.update(choices=papers, value=papers[0][1] if papers else None),
            gr.update(visible=not entries),
            gr.update(visible=trainer),
            gr.update(visible=trainer),
            gr.update(visible=trainer),
            *self.refreshed(person),
        )

    def refreshed(
        self, person: Person, message: str = "", *, wrong: bool = False
    ) -> tuple[str, ...]:
        """Return what changes with every answer: banner, wrong-question book, results."""
        learning, entries = self._desk.learning, usable(self._desk.bank)
        opened = [
            s for s in learning.sessions(person.name, opened=True) if s.purpose is not Purpose.UNIT
        ]
        known = {entry.id for entry in entries}
        due = sum(key in known for key in learning.due(person.name))
        return (
            render.banner(entries, opened, due, message=message, wrong=wrong),
            render.book(learning.mistakes(person.name)),
            self._results(person, MINE, BY_TOPIC),
        )

    def topics(self, documents: Sequence[str] | None) -> Any:
        """Return the topics of the chosen documents."""
        chosen = documents or ()
        _, topics = choices(usable(self._desk.bank))
        fitting = [c for c in topics if not chosen or c.document in chosen]
        return gr.update(
            choices=[_topic_choice(c.document, c.topic, c.count) for c in fitting], value=[]
        )

    def fill_bank(self, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Fill an empty bank, showing how far it is: the banner, then what :meth:`enter` gives."""
        try:
            sources = read_sources(self._desk.settings)
            yield _only(render.making(0.0))
            for share in first_bank(sources, self._desk.bank):
                yield _only(render.making(share))
            self._desk.auditing.changed_questions("自动出题", "题库")
        except (QuizError, IndexMissingError) as error:
            yield _only(render.banner((), message=str(error), wrong=True))
            return
        yield self.enter(request)

    def practise(
        self,
        documents: Sequence[str] | None,
        topics: Sequence[str] | None,
        types: Sequence[str] | None,
        count: float | None,
        timing: str,
        feedback: str,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        """Begin a practice: stage, menus, banner, book, results."""
        number = min(_MOST, max(1, int(count or 10)))

        def plan() -> Plan:
            drawing = Drawing(
                tuple(documents or ()),
                tuple(_topic(value) for value in topics or ()),
                tuple(QuestionType(name) for name in types or ()),
                number,
            )
            drawn = draw(usable(self._desk.bank), drawing, random.randrange(2**32))
            minutes = len(drawn) if timing == PACED else None
            return Plan("练习", Purpose.PRACTICE, drawn, Feedback(feedback), minutes)

        return self._begin(visitor(request), plan)

    def sit(
        self, blueprint: str | None, seed: float | None, version: str, request: gr.Request
    ) -> tuple[Any, ...]:
        """Begin an examination: stage, menus, banner, book, results."""

        def plan() -> Plan:
            wanted = chosen_blueprint(self._desk, blueprint)
            paper = make_paper(self._desk.bank, wanted, int(seed or 0))
            paper = versions_of(paper, len(VERSIONS))[VERSIONS.index(version)]
            posed = tuple(
                Posed(a.id, a.question, a.points, part.partial)
                for part in paper.sections
                for a in part.asked
            )
            title = f"{paper.title}（{int(seed or 0)}号{version}卷）"
            return Plan(title, Purpose.EXAM, posed, Feedback.FINAL, paper.minutes or None)

        return self._begin(visitor(request), plan)

    def act(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Do what was done on the stage or in a list: stage, menus, banner, book, results."""
        person, act = visitor(request), Act.read(event)
        if act.name == "leave":
            return "", gr.update(visible=True), *self.refreshed(person)
        if act.name == "review":
            return self._begin(person, lambda: self._again(person, due=True))
        if act.name == "mistakes":
            return self._begin(person, lambda: self._again(person, due=False))
        try:
            if act.name == "forget":
                self._desk.learning.forget_mistake(person.name, act.id)
                return gr.skip(), gr.skip(), *self.refreshed(person)
            played = play(self._desk.learning, person, act)
        except QuizError as error:
            return "", gr.update(visible=True), *self.refreshed(person, str(error), wrong=True)
        if played is None:
            return tuple(gr.skip() for _ in range(5))
        html = render.result(played) if isinstance(played, Session) else played
        return html, gr.update(visible=False), *(gr.skip() for _ in range(3))

    def results(self, whose: str, by: str, request: gr.Request) -> str:
        """Return the results by topic or document, one's own or, for trainers, everybody's."""
        return self._results(visitor(request), whose, by)

    def _results(self, person: Person, whose: str, by: str) -> str:
        learning = self._desk.learning
        people = whose == ALL_PEOPLE and person.may(Role.TRAINER)
        found = tallies(learning, None if people else person.name, topics=by == BY_TOPIC)
        ended = [] if people else learning.sessions(person.name, opened=False)
        return render.results(found, ended, people=people)

    def _again(self, person: Person, *, due: bool) -> Plan:
        learning = self._desk.learning
        entries = {entry.id: entry for entry in usable(self._desk.bank)}
        keys = (
            learning.due(person.name)
            if due
            else [mistake.posed.id for mistake in learning.mistakes(person.name)]
        )
        posed = tuple(Posed(key, entries[key].question) for key in keys if key in entries)
        if not posed:
            raise QuizError("现在没有要复习的题。" if due else "错题本中没有还能使用的题。")
        purpose = Purpose.REVIEW if due else Purpose.MISTAKES
        return Plan(purpose.label, purpose, posed[:_REVIEWED])

    def _begin(self, person: Person, plan: Any) -> tuple[Any, ...]:
        try:
            session = self._desk.learning.begin(person.name, plan())
        except QuizError as error:
            return "", gr.update(visible=True), *self.refreshed(person, str(error), wrong=True)
        except Exception:
            _log.exception("A session could not be begun")
            return "", gr.update(visible=True), *self.refreshed(person, _FAILED, wrong=True)
        return render.shown(session), gr.update(visible=False), *(gr.skip() for _ in range(3))


def _only(banner: str) -> tuple[Any, ...]:
    """A change of the banner and of nothing else that entering the room refreshes."""
    return (*(gr.skip() for _ in range(_ROOM)), banner, gr.skip(), gr.skip())


def _topic_choice(document: str, topic: str, count: int) -> tuple[str, str]:
    short = document.removeprefix("中华人民共和国")
    return f"{short}：{topic}（{count}题）", f"{document}{_SPLIT}{topic}"


def _topic(value: str) -> tuple[str, str]:
    document, _, topic = value.partition(_SPLIT)
    return document, topic
