"""What a paper shall be made of: kinds of questions, how many, on what, for how many points."""

import tomllib
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from assistant.quiz.model import Difficulty, Question, QuestionType, QuizError

FOLDER = "blueprints"
"""Name of the folder, in the package and among the bureau's data, that holds blueprints."""

_KINDS = {kind.label: kind for kind in QuestionType}
_LEVELS = {level.label: level for level in Difficulty}
_WHOLE = 100


def _kind(given: object) -> object:
    return _KINDS.get(given, given) if isinstance(given, str) else given


def _level(given: object) -> object:
    return _LEVELS.get(given, given) if isinstance(given, str) else given


_Kind = Annotated[QuestionType, BeforeValidator(_kind)]
_Level = Annotated[Difficulty, BeforeValidator(_level)]


class Part(BaseModel):
    """A number of questions of one kind; an empty field takes all.

    Attributes:
        type: their kind, such as 单选题.
        count: how many.
        topics, documents: parts of the names of topics and documents; any of them will do.
        difficulty: levels, such as 易.
        tags: tags that trainers put to a question; any of them will do.
        shares: per part of a document's title the share of the questions, in percent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: _Kind
    count: int = Field(ge=1)
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    difficulty: tuple[_Level, ...] = ()
    tags: tuple[str, ...] = ()
    shares: dict[str, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _shares_are_whole(self) -> "Part":
        if self.shares and sum(self.shares.values()) != _WHOLE:
            raise ValueError(f"shares 各项之和应为 {_WHOLE}，现为 {sum(self.shares.values())}")
        return self

    def split(self) -> list["Part"]:
        """Return one part per document that has a share, or the part itself.

        What does not divide evenly goes to the largest remainders.
        """
        if not self.shares:
            return [self]
        exact = {name: self.count * share / _WHOLE for name, share in self.shares.items()}
        counts = {name: int(number) for name, number in exact.items()}
        order = sorted(exact, key=lambda name: counts[name] - exact[name])
        for name in order[: self.count - sum(counts.values())]:
            counts[name] += 1
        return [
            self.model_copy(update={"documents": (name,), "count": number, "shares": {}})
            for name, number in counts.items()
            if number
        ]

    def wants(self, question: Question, tags: Iterable[str]) -> bool:
        """Return whether a question may stand here."""
        return (
            question.type is self.type
            and (not self.difficulty or question.difficulty in self.difficulty)
            and (not self.topics or any(topic in question.topic for topic in self.topics))
            and (not self.documents or any(name in question.document for name in self.documents))
            and (not self.tags or any(tag in self.tags for tag in tags))
        )

    @property
    def words(self) -> str:
        """What is wanted, in Chinese, for telling what the bank lacks."""
        limits = (
            ("文件", self.documents),
            ("知识点", self.topics),
            ("难度", tuple(level.label for level in self.difficulty)),
            ("标签", self.tags),
        )
        told = "，".join(f"{name}“{'、'.join(words)}”" for name, words in limits if words)
        return f"{self.type.label}（{told}）" if told else self.type.label


class Blueprint(BaseModel):
    """What a paper is made of.

    Attributes:
        title: heading of the paper.
        minutes: time allowed; 0 for no limit.
        note: words below the heading, for those who sit the paper.
        unreviewed: whether questions that no trainer has decided on may be taken.
        points: points a question, by kind; a kind that is not named has one point.
        partial: whether a multiple choice that lacks right options and has no wrong one
            earns half its points; otherwise it earns none.
        part: what it is made of; parts of one kind stand together in the paper.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    minutes: int = Field(default=0, ge=0)
    note: str = ""
    unreviewed: bool = False
    points: dict[_Kind, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    partial: bool = False
    part: tuple[Part, ...] = Field(min_length=1)

    @property
    def kinds(self) -> tuple[QuestionType, ...]:
        """The kinds of questions in the order in which the paper has them."""
        return tuple(dict.fromkeys(part.type for part in self.part))

    def points_of(self, kind: QuestionType) -> float:
        """Points for one question of a kind."""
        return self.points.get(kind, 1.0)


def read_blueprint(path: Path) -> Blueprint:
    """Read a blueprint.

    Raises:
        QuizError: the file cannot be read, or says something that cannot be done.
    """
    try:
        return _checked(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QuizError(f"读不到命题蓝图 {path}（{error}）。请检查路径，并存为 UTF-8。") from error


def blueprints(data: Path) -> dict[str, Blueprint]:
    """Return the blueprints by their file's name: those shipped, and those under ``data``.

    A file of the bureau takes the place of the shipped one of the same name.

    Args:
        data: the folder of the setting ``data``.

    Raises:
        QuizError: one of the bureau's files cannot be used.
    """
    shipped = resources.files(__package__).joinpath(FOLDER)
    found = {
        file.name.removesuffix(".toml"): _checked(file.name, file.read_text(encoding="utf-8"))
        for file in sorted(shipped.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }
    own = sorted((data / FOLDER).glob("*.toml"))
    return found | {path.stem: read_blueprint(path) for path in own}


def _checked(name: str, text: str) -> Blueprint:
    try:
        return Blueprint.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise QuizError(f"命题蓝图 {name} 不是有效的 TOML 文件（{error}）。") from error
    except ValidationError as error:
        told = "；".join(_told(dict(fault)) for fault in error.errors())
        raise QuizError(f"命题蓝图 {name} 不能使用：{told}。") from error


def _told(fault: dict[str, Any]) -> str:
    """One fault of a blueprint in Chinese: where it is and what is allowed there."""
    where = ".".join(
        str(step + 1) if isinstance(step, int) else str(step)
        for step in fault["loc"]
        if step != "[key]"
    )
    kind, limits = fault["type"], fault.get("ctx") or {}
    if kind == "missing":
        return f"缺少 {where}"
    if kind == "extra_forbidden":
        return f"不认识 {where}"
    if kind == "value_error":
        return f"{where} 有误：{limits['error']}"
    if kind == "enum":
        names = _LEVELS if "difficulty" in where else _KINDS
        return f"{where} 不能是“{fault['input']}”，可用：{'、'.join(names)}"
    return f"{where} 的值 {fault['input']!r} 不合要求"
