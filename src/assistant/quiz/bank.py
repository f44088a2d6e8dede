"""The question bank: one SQLite file that keeps what trainers decided, and who and when."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from assistant.corpus import Document, Passage
from assistant.quiz.model import Question, QuizError, digest_of
from assistant.quiz.proof import prove

FILE = "quiz.db"
_QUESTION = TypeAdapter(Question)
_SCHEMA = """
create table if not exists questions (
    id text primary key, record text not null, state text not null, tags text not null,
    person text not null, moment text not null, flag text not null default ''
);
create table if not exists history (
    question text not null, action text not null, person text not null, moment text not null
);
"""


class State(StrEnum):
    """What a trainer decided about a question."""

    NEW = "new"
    ACCEPTED = "accepted"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """Name as readers see it, in Chinese."""
        return {"new": "待审", "accepted": "已采用", "rejected": "已弃用"}[self.value]


@dataclass(frozen=True, slots=True)
class Kept:
    """A question in the bank.

    Attributes:
        id: its name in the bank, which edits do not change.
        question: as it stands now.
        state: what was decided.
        tags: words that trainers put to it.
        person, moment: who changed it last, and when (UTC, ISO 8601).
        flag: Chinese words on what the last check found; empty if nothing.
    """

    id: str
    question: Question
    state: State
    tags: tuple[str, ...]
    person: str
    moment: str
    flag: str


class Bank:
    """Questions with their history; every change is written at once.

    Args:
        folder: where the bank's file is, made if it is missing.

    Raises:
        QuizError: the file cannot be opened.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as connection:
                connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise QuizError(
                f"题库文件 {self._path} 无法打开（{error}）。请检查设置 data 所指的文件夹。"
            ) from error

    def add(self, questions: Iterable[Question], person: str) -> int:
        """Take questions in and return how many were new.

        A question that the bank has, rejected or edited ones too, stays as it is.
        """
        with closing(self._open()) as connection, connection:
            before = connection.total_changes
            connection.executemany(
                "insert or ignore into questions values (?, ?, 'new', '', ?, ?, '')",
                [(q.id, _QUESTION.dump_json(q).decode(), person, _now()) for q in questions],
            )
            return connection.total_changes - before

    def all(self, *states: State) -> list[Kept]:
        """Return the questions in one of the states, or all, in the order they came."""
        with closing(self._open()) as connection:
            rows = connection.execute(
                "select id, record, state, tags, person, moment, flag from questions order by rowid"
            ).fetchall()
        kept = [_kept(row) for row in rows]
        return [entry for entry in kept if not states or entry.state in states]

    def get(self, key: str) -> Kept:
        """Return a question by its id or the unmistakable beginning of it.

        Raises:
            QuizError: there is none, or several.
        """
        found = [entry for entry in self.all() if entry.id.startswith(key)]
        if not key or len(found) != 1:
            raise QuizError(
                f"题库中没有编号为“{key}”的题。"
                if not found
                else f"编号“{key}”对应多道题，请写全。"
            )
        return found[0]

    def decide(self, key: str, state: State, person: str) -> Kept:
        """Accept or reject a question, or put it back."""
        return self._change(key, person, state.label, state=state.value)

    def tag(self, key: str, tags: Sequence[str], person: str) -> Kept:
        """Replace the tags of a question."""
        return self._change(key, person, "标记", tags="\n".join(dict.fromkeys(tags)))

    def edit(self, key: str, question: Question, person: str) -> Kept:
        """Replace the words of a question; its id and its place in the bank stay.

        Raises:
            QuizError: the words have a fault that they did not have before.
        """
        # A question from elsewhere may agree with its quote without being proved by it.
        before = self.get(key).question
        known = prove(before, before.quote)
        if faults := [f for f in prove(question, question.quote) if f not in known]:
            raise QuizError(f"修改后的题目未通过校验：{'；'.join(faults)}。")
        record = _QUESTION.dump_json(question).decode()
        return self._change(key, person, "修改", record=record)

    def history(self, key: str) -> list[tuple[str, str, str]]:
        """Return (action, person, moment) of every change of a question, oldest first."""
        entry = self.get(key)
        with closing(self._open()) as connection:
            return connection.execute(
                "select action, person, moment from history where question = ? order by rowid",
                (entry.id,),
            ).fetchall()

    def check(
        self,
        documents: Mapping[str, tuple[Document, Sequence[Passage]]],
        day: date | None = None,
    ) -> list[Kept]:
        """Hold every question that is not rejected against the sources of today.

        Args:
            documents: by id, with their passages.
            day: the day on which an article must be in force; today by default.

        Returns:
            The questions that may no longer be used, with the reason as their flag.
        """
        texts = {
            passage.citation_id: passage.text
            for _, passages in documents.values()
            for passage in passages
        }
        checked = [
            replace(entry, flag=_flag(entry.question, documents, texts, day or date.today()))
            for entry in self.all(State.NEW, State.ACCEPTED)
        ]
        with closing(self._open()) as connection, connection:
            connection.executemany(
                "update questions set flag = ? where id = ?", [(e.flag, e.id) for e in checked]
            )
        return [entry for entry in checked if entry.flag]

    def _change(self, key: str, person: str, action: str, **columns: str) -> Kept:
        entry, moment = self.get(key), _now()
        written = {**columns, "person": person, "moment": moment}
        with closing(self._open()) as connection, connection:
            connection.execute(
                f"update questions set {', '.join(f'{name} = ?' for name in written)} where id = ?",
                (*written.values(), entry.id),
            )
            connection.execute(
                "insert into history values (?, ?, ?, ?)", (entry.id, action, person, moment)
            )
        return self.get(entry.id)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)


def _flag(
    question: Question,
    documents: Mapping[str, tuple[Document, Sequence[Passage]]],
    texts: Mapping[str, str],
    day: date,
) -> str:
    found = documents.get(question.citation_id.partition("#")[0])
    if found is None:
        return "出处已不在资料中"
    validity = found[0].validity_on(day)
    if not validity.is_current:
        return f"出处{validity.label}"
    text = texts.get(question.citation_id)
    if text is None:
        return "所引条文已不存在"
    if digest_of(text) == question.digest:
        return ""
    return "条文已修改，答案不再成立" if prove(question, text) else "条文已修改，请复核"


def _kept(row: tuple[str, str, str, str, str, str, str]) -> Kept:
    key, record, state, tags, person, moment, flag = row
    words = tuple(tag for tag in tags.split("\n") if tag)
    return Kept(key, _QUESTION.validate_json(record), State(state), words, person, moment, flag)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
