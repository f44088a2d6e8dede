"""What trainers do with the question bank in the page."""

from collections.abc import Sequence
from dataclasses import replace

import gradio as gr

from assistant.people import Person, Role
from assistant.quiz import (
    Kept,
    Question,
    QuestionType,
    QuizError,
    Selection,
    State,
    make_questions,
    read_sources,
)
from assistant.quiz.practice import read_words
from assistant.ui import quiz_render as render
from assistant.ui.quiz_stage import Act, Desk
from assistant.ui.visitor import visitor

ANY = ""
FLAGGED = "flagged"
_PAGE = 20
_FORBIDDEN = "只有培训人员可以审题。"


class ReviewHandlers:
    """The events of the review table; each asks first whether the visitor may."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(
        self, state: str, kind: str, words: str, page: float, request: gr.Request
    ) -> tuple[str, int]:
        """Return the table and its page for the filters."""
        if not visitor(request).may(Role.TRAINER):
            return render.review((), 0, 1, 1, message=_FORBIDDEN, wrong=True), 1
        return self._table(state, kind, words, int(page))

    def first(self, state: str, kind: str, words: str, request: gr.Request) -> tuple[str, int]:
        """Return the first page for changed filters."""
        return self.table(state, kind, words, 1, request)

    def act(
        self,
        state: str,
        kind: str,
        words: str,
        page: float,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[str, int]:
        """Accept, reject, edit or turn the page: table and page."""
        person, act = visitor(request), Act.read(event)
        if not person.may(Role.TRAINER):
            return self.table(state, kind, words, page, request)
        if act.name == "page":
            return self._table(state, kind, words, act.to)
        try:
            said = self._decide(act, person, self._found(state, kind, words), int(page))
        except QuizError as error:
            return self._table(state, kind, words, int(page), str(error), editing=act.id)
        return self._table(state, kind, words, int(page), said)

    def make(
        self, documents: Sequence[str] | None, count: float | None, request: gr.Request
    ) -> tuple[str, int]:
        """Make questions from the chosen documents: table and page."""
        person = visitor(request)
        if not person.may(Role.TRAINER):
            return self.first(ANY, ANY, "", request)
        selection = Selection(tuple(documents or ()))
        sources = read_sources(self._desk.settings)
        made = make_questions(sources.values(), selection=selection, count=int(count or 0))
        new = self._desk.bank.add(made.questions, person.name)
        self._desk.auditing.changed_questions(
            "出题", "、".join(documents or ()) or "全部文件", new=new
        )
        dropped = sum(made.rejected.values())
        said = f"出题 {len(made.questions)} 道，新入库 {new} 道；未通过校验 {dropped} 道。"
        return self._table(State.NEW.value, ANY, "", 1, said)

    def check(self, request: gr.Request) -> tuple[str, int]:
        """Hold the bank against the sources of today: table and page."""
        if not visitor(request).may(Role.TRAINER):
            return self.first(ANY, ANY, "", request)
        flagged = self._desk.bank.check(read_sources(self._desk.settings))
        self._desk.auditing.changed_questions("核对", "题库", flagged=len(flagged))
        said = f"{len(flagged)} 道题需要处理。" if flagged else "题库中的题均与现行条文相符。"
        return self._table(FLAGGED if flagged else ANY, ANY, "", 1, said)

    def _decide(self, act: Act, person: Person, found: list[Kept], page: int) -> str:
        bank = self._desk.bank
        if act.name in ("accept", "reject"):
            state = State.ACCEPTED if act.name == "accept" else State.REJECTED
            entry = bank.decide(act.id, state, person.name)
            self._noted(state.label, [entry])
            return f"{state.label} 1 道题。"
        if act.name == "accept-page":
            waiting = [entry for entry in _on(found, page) if entry.state is State.NEW]
            for entry in waiting:
                bank.decide(entry.id, State.ACCEPTED, person.name)
            if waiting:
                self._noted(State.ACCEPTED.label, waiting)
            return f"已采用 {len(waiting)} 道题。"
        if act.name == "edit":
            self._edit(act, person)
            return "已保存修改，并通过校验。"
        return ""

    def _edit(self, act: Act, person: Person) -> None:
        bank = self._desk.bank
        entry = bank.get(act.id)
        edited = _edited(entry.question, act)
        if edited != entry.question:
            changed = bank.edit(entry.id, edited, person.name)
            self._noted("修改", [changed], before=_told(entry.question), after=_told(edited))
        tags = [tag.strip() for tag in act.field("tags").replace("，", "、").split("、")]
        if (tags := [tag for tag in tags if tag]) != list(entry.tags):
            self._noted("标记", [bank.tag(entry.id, tags, person.name)], tags=tags)

    def _noted(self, act: str, entries: Sequence[Kept], **detail: str | list[str]) -> None:
        subject = "；".join(entry.question.citation for entry in entries)
        questions = [entry.id for entry in entries]
        self._desk.auditing.changed_questions(act, subject, questions=questions, **detail)

    def _table(
        self, state: str, kind: str, words: str, page: int, message: str = "", editing: str = ""
    ) -> tuple[str, int]:
        found = self._found(state, kind, words)
        pages = max(1, -(-len(found) // _PAGE))
        page = min(max(1, page), pages)
        html = render.review(
            _on(found, page),
            len(found),
            page,
            pages,
            message=message,
            wrong=bool(editing),
            editing=editing,
        )
        return html, page

    def _found(self, state: str, kind: str, words: str) -> list[Kept]:
        needles = (words or "").split()
        return [
            entry
            for entry in self._desk.bank.all()
            if state in (ANY, entry.state.value, FLAGGED if entry.flag else ANY)
            and kind in (ANY, entry.question.type.value)
            and all(needle in _words_of(entry) for needle in needles)
        ]


def states() -> list[tuple[str, str]]:
    """Return the states to choose from."""
    return [("全部", ANY), *((s.label, s.value) for s in State), ("条文有变化", FLAGGED)]


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of questions to choose from."""
    return [("全部题型", ANY), *((kind.label, kind.value) for kind in QuestionType)]


def _on(found: Sequence[Kept], page: int) -> list[Kept]:
    return list(found[(page - 1) * _PAGE : page * _PAGE])


def _edited(question: Question, act: Act) -> Question:
    lines = [line.strip() for line in act.field("options").splitlines() if line.strip()]
    changed = replace(
        question,
        stem=act.field("stem").strip() or question.stem,
        options=tuple(lines) if lines else question.options,
    )
    key = read_words(changed, act.field("key"))
    if not key:
        raise QuizError("答案有误：请写选项字母，如 AC；判断题写“正确”或“错误”；填空题写原词。")
    if changed.options and changed.type is not QuestionType.ORDER:
        key = tuple(option for option in changed.options if option in key)
    return replace(changed, key=key)


def _told(question: Question) -> str:
    return f"{question.stem}　{'　'.join(question.options)}　答案：{question.letters}"


def _words_of(entry: Kept) -> str:
    question = entry.question
    return " ".join(
        (question.stem, question.citation, question.topic, *entry.tags, *question.options)
    )
