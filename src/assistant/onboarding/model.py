"""What a learning path says, and what becomes of it in the documents of today."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.corpus import Document, Passage


class PathError(ValueError):
    """The learning path cannot be used; the message is in Chinese."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reading(_Part):
    """Passages under one heading.

    Attributes:
        heading: what they are about.
        cite: places such as 《行政处罚法》第七十六条.
        find: words that the passages should hold; the bureau's own documents come first.
        count: how many passages are found at most.
    """

    heading: str = Field(min_length=1)
    cite: tuple[str, ...] = ()
    find: str = ""
    count: int = Field(default=1, ge=1, le=5)

    @model_validator(mode="after")
    def _points_somewhere(self) -> "Reading":
        if not self.cite and not self.find:
            raise ValueError("cite 和 find 至少写一个")
        return self


class Term(_Part):
    """A word of the glossary.

    Attributes:
        name: the word.
        cite: the place that defines it; empty to look for it.
        find: words to look for besides the name.
    """

    name: str = Field(min_length=1)
    cite: str = ""
    find: str = ""


class Unit(_Part):
    """A unit of the path.

    Attributes:
        id: name in the records; keep it when the unit is rewritten.
        title: what readers call it.
        aim: what one can do afterwards.
        documents: parts of the titles of the documents that it is about.
        reading, term: what is read.
        questions: to be asked of the assistant.
        check: how many questions the check quiz has.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    aim: str = ""
    documents: tuple[str, ...] = ()
    reading: tuple[Reading, ...] = Field(min_length=1)
    term: tuple[Term, ...] = ()
    questions: tuple[str, ...] = ()
    check: int = Field(default=8, ge=1, le=50)


class LearningPath(_Part):
    """The units in the order in which they are learned.

    Attributes:
        title: what the path is called on the certificate.
        passed: share of right answers, in percent, at which a unit is passed.
        unit: the units.
    """

    title: str = Field(min_length=1)
    passed: int = Field(default=80, ge=1, le=100)
    unit: tuple[Unit, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_differ(self) -> "LearningPath":
        ids = [unit.id for unit in self.unit]
        if twice := {name for name in ids if ids.count(name) > 1}:
            raise ValueError(f"单元编号 {'、'.join(sorted(twice))} 重复")
        return self

    def find(self, key: str) -> Unit:
        """Return a unit by its id, its number from 1 or a part of its title.

        Raises:
            PathError: there is none, or several.
        """
        found = [unit for unit in self.unit if unit.id == key]
        if not found and key.isdigit() and 1 <= int(key) <= len(self.unit):
            found = [self.unit[int(key) - 1]]
        if not found and key:
            found = [unit for unit in self.unit if key in unit.title]
        if len(found) != 1:
            known = "、".join(unit.id for unit in self.unit)
            raise PathError(f"没有单元“{key}”，可选：{known}。")
        return found[0]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a unit shows.

    Attributes:
        document: where it stands.
        passage: its words and address.
        citation: the place as officials write it.
        quote: the words that matter; empty for all of them.
    """

    document: Document
    passage: Passage
    citation: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading or term with its passages.

    Attributes:
        name: the heading or term.
        found: the passages.
        missing: places and words that the documents do not have, in Chinese.
    """

    name: str
    found: tuple[Found, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit as the documents of today fill it.

    Attributes:
        unit: the unit.
        readings: its passages by heading.
        glossary: its terms with the passages that define them.
    """

    unit: Unit
    readings: tuple[Part, ...]
    glossary: tuple[Part, ...]

    @property
    def found(self) -> tuple[Found, ...]:
        """Every passage that it shows."""
        return tuple(found for part in (*self.readings, *self.glossary) for found in part.found)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the documents do not have."""
        return tuple(words for part in (*self.readings, *self.glossary) for words in part.missing)
