"""Question files: one JSON object a line, a question with the passages that govern it."""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator

_SAMPLE = re.compile(r"[（(]示范文本[^）)]*[）)]")
_MARKS = re.compile(r"[\s《》〈〉]")


class EvaluationError(Exception):
    """A question file cannot be used; the message is in Chinese."""


class Gold(BaseModel):
    """A passage that governs a question, by names that survive re-indexing.

    Attributes:
        title: full title of the law (field ``law``) or of the bureau's document
            (field ``document``).
        label: what readers call the passage: an article number in Chinese numerals
            (field ``article``), a section's or a row's label (field ``label``).
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str = Field(validation_alias=AliasChoices("law", "document", "title"))
    label: str = Field(validation_alias=AliasChoices("article", "label"))

    @property
    def key(self) -> tuple[str, str]:
        """Title and label in the form that :func:`passage_key` gives a passage."""
        return passage_key(self.title, self.label)


class Expect(StrEnum):
    """What the assistant should do with a question."""

    ANSWER = "answer"
    CORRECT = "correct"
    WARN = "warn"
    REFUSE = "refuse"


class Question(BaseModel):
    """A question of a data set.

    Attributes:
        id: unique within the file.
        question: the words as asked.
        relevant: passages that govern it; empty where it is outside the documents.
        kind: what it asks for, such as ``time_limit``; empty if the file has no kinds.
        voice: who asks, such as ``officer``; empty if the file does not say.
        history: the questions asked before it, oldest first.
        day: the day whose law applies; None means today.
        answerable: whether the documents hold the answer; None if the file does not say.
        facts: words of the gold passages that a complete answer carries.
        expect: what the assistant should do; None if the file does not say.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str = Field(min_length=1)
    relevant: tuple[Gold, ...] = ()
    kind: str = ""
    voice: str = ""
    history: tuple[str, ...] = ()
    day: date | None = None
    answerable: bool | None = None
    facts: tuple[str, ...] = ()
    expect: Expect | None = None

    @property
    def expected(self) -> Expect:
        """What the assistant should do; refuse what has no answer unless the file says else."""
        if self.expect is not None:
            return self.expect
        return Expect.REFUSE if self.answerable is False else Expect.ANSWER

    @model_validator(mode="after")
    def _words(self) -> Self:
        if not self.question.strip():
            raise ValueError("question is blank")
        return self


def passage_key(title: str, label: str) -> tuple[str, str]:
    """Return what identifies a passage across versions and spellings of its document.

    >>> passage_key("《行政处罚法》", "第六十三条")
    ('行政处罚法', '第六十三条')
    """
    plain = _MARKS.sub("", _SAMPLE.sub("", title)).removeprefix("中华人民共和国")
    return unicodedata.normalize("NFKC", plain), unicodedata.normalize("NFKC", label).strip()


def load_questions(path: Path) -> list[Question]:
    """Read a question file.

    Raises:
        EvaluationError: it is missing, empty, not UTF-8 or has a line of another form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"问题文件 {path} 无法读取：{error}。请检查路径和编码。") from error
    questions: list[Question] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(Question.model_validate_json(line))
        except ValidationError as error:
            raise EvaluationError(
                f"问题文件 {path} 第 {number} 行格式不对："
                f"{error.errors()[0]['msg']}。每行应是含 id、question、relevant 的 JSON 对象。"
            ) from error
    if not questions:
        raise EvaluationError(f"问题文件 {path} 是空的。每行应是一个 JSON 对象。")
    return questions
