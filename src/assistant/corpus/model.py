"""What flows out of the corpus room: documents, passages and their stable addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from assistant.people import Person, Role


class DocumentKind(StrEnum):
    """What a document is, by its function in the bureau's work."""

    STATUTE = "statute"
    REGULATION = "regulation"
    PLAN = "plan"
    ITEM_LIST = "item_list"
    WORK_SYSTEM = "work_system"
    REPORT = "report"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Name of the kind as readers see it, in Chinese."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    DocumentKind.STATUTE: "法律",
    DocumentKind.REGULATION: "法规规章",
    DocumentKind.PLAN: "实施方案",
    DocumentKind.ITEM_LIST: "事项清单",
    DocumentKind.WORK_SYSTEM: "工作制度",
    DocumentKind.REPORT: "工作报告",
    DocumentKind.OTHER: "其他文件",
}


class Level(IntEnum):
    """Rank in the hierarchy of norms; a smaller number outranks a larger one.

    Source: 立法法 第九十八条 to 第一百零二条 (order of effect).
    """

    CONSTITUTION = 1
    LAW = 2
    ADMINISTRATIVE_REGULATION = 3
    LOCAL_REGULATION = 4
    RULE = 5
    NORMATIVE_DOCUMENT = 6
    INTERNAL = 7

    @property
    def label(self) -> str:
        """Name of the level as readers see it, in Chinese."""
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    Level.CONSTITUTION: "宪法",
    Level.LAW: "法律",
    Level.ADMINISTRATIVE_REGULATION: "行政法规",
    Level.LOCAL_REGULATION: "地方性法规",
    Level.RULE: "规章",
    Level.NORMATIVE_DOCUMENT: "规范性文件",
    Level.INTERNAL: "内部文件",
}


class Validity(StrEnum):
    """Whether a text may be applied."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    AMENDED = "amended"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Name of the status as readers see it, in Chinese."""
        return _VALIDITY_LABELS[self]

    @property
    def is_current(self) -> bool:
        """True where the text may be quoted without a warning."""
        return self in (Validity.IN_FORCE, Validity.UNKNOWN)


_VALIDITY_LABELS = {
    Validity.IN_FORCE: "现行有效",
    Validity.NOT_YET: "尚未施行",
    Validity.AMENDED: "已被修改",
    Validity.SUPERSEDED: "历史版本",
    Validity.REPEALED: "已废止",
    Validity.UNKNOWN: "效力未标明",
}


class Unit(StrEnum):
    """What a passage is within its document."""

    ARTICLE = "article"
    SECTION = "section"
    ROW = "row"
    PREAMBLE = "preamble"


@dataclass(frozen=True, slots=True)
class Document:
    """One source with its metadata.

    Attributes:
        id: stable across re-indexing; survives edits of the text.
        title: full title without book-title marks.
        kind: function of the document.
        level: rank in the hierarchy of norms.
        origin: path relative to the corpus folder, or ``law-pack:<id>``.
        digest: hash of the source bytes (of the rows, for the law pack).
        authority: issuing authority; empty if unknown.
        number: document number (文号) such as 示范办发〔2026〕7号; empty if none.
        subject: field of law or department the source files it under; empty if none.
        published: date of publication, None if unknown.
        effective: first day in force, None if unknown.
        version: date of this version of the text, None if unknown.
        repealed: first day no longer in force, None if in force or unknown.
        replaced_by: ids of the documents that replace this one.
        validity: status as the source states it; use :meth:`validity_on` for a day.
        evidence: Chinese sentence saying what the status rests on; may be empty.
        sample: True for the sample documents (示范文本) that ship with the project.
        warnings: Chinese sentences on what of the file could not be read.
        columns: for an item list, what its owner says a heading of the table means, as
            (heading, meaning) pairs; an empty meaning sets the column aside.
        units: the units (单位) whose people may see it; empty for everyone.
    """

    id: str
    title: str
    kind: DocumentKind
    level: Level
    origin: str
    digest: str
    authority: str = ""
    number: str = ""
    subject: str = ""
    published: date | None = None
    effective: date | None = None
    version: date | None = None
    repealed: date | None = None
    replaced_by: tuple[str, ...] = ()
    validity: Validity = Validity.UNKNOWN
    evidence: str = ""
    sample: bool = False
    warnings: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()

    def may_be_seen_by(self, person: Person) -> bool:
        """Whether a person may see it: one of its units, or whoever administers all."""
        return (
            not self.units
            or person.may(Role.ADMINISTRATOR)
            or not person.units.isdisjoint(self.units)
        )

    @property
    def short_title(self) -> str:
        """Title as people write it in citations: without 中华人民共和国."""
        return self.title.removeprefix("中华人民共和国") or self.title

    def validity_on(self, day: date) -> Validity:
        """Return the status on ``day``, as far as the known dates tell.

        A text whose dates are unknown keeps the status that its source states.
        """
        if self.effective is not None and day < self.effective:
            return Validity.NOT_YET
        if self.repealed is not None:
            if day < self.repealed:
                return Validity.IN_FORCE
            return (
                self.validity
                if self.validity in (Validity.SUPERSEDED, Validity.AMENDED)
                else Validity.REPEALED
            )
        if self.validity is Validity.NOT_YET:
            return Validity.IN_FORCE if self.effective is not None else Validity.NOT_YET
        return self.validity


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest citable unit: an article, a numbered section or a list row.

    An article too long for the index is split at its paragraphs and items; the parts
    share ``anchor`` and ``label``, so they are cited as one article, and differ in
    ``part``.

    Attributes:
        document_id: id of the document it belongs to.
        anchor: address within the document, such as ``a63`` (第六十三条), ``a17-1``
            (第十七条之一), ``s2.1`` (section 二、（一）) or ``r1.12`` (sheet 1, row 12);
            inside an annex or a chapter ``f1.a3``, ``c2.s1``; notes below a list ``n1``,
            what stands above the first number ``p``, a text without numbers ``full``.
        part: 0 for the whole or first part, then 1, 2, …
        unit: what it is.
        label: what readers call it: 第六十三条, 二、（一）, 第12项 or 第12行.
        breadcrumb: headings from the outermost to the one above the passage.
        text: the passage's words, including its own number where the source has it.
        order: 0-based position among the document's passages.
        start, end: character span in the document's text (end exclusive).
        pages: first and last page, 1-based; None where the format has no pages.
        cell: sheet and row such as ``清单!第12行``; empty where there is none.
        fields: column heading and cell value pairs of a list row.
        confidence: 0 to 1 for words recognised on a scanned page, the lowest of the lines
            they come from; None for text that was read as such.
    """

    document_id: str
    anchor: str
    unit: Unit
    label: str
    text: str
    order: int
    start: int
    end: int
    part: int = 0
    breadcrumb: tuple[str, ...] = ()
    pages: tuple[int, int] | None = None
    cell: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    confidence: float | None = None

    @property
    def id(self) -> str:
        """Key in every store: ``document#anchor`` with ``~part`` for later parts."""
        suffix = f"~{self.part}" if self.part else ""
        return f"{self.document_id}#{self.anchor}{suffix}"

    @property
    def citation_id(self) -> str:
        """Address of the article, section or row that the passage is cited as."""
        return f"{self.document_id}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document together with its text and passages, as the readers produce it."""

    document: Document
    text: str
    passages: Sequence[Passage]


class CorpusError(Exception):
    """A source could not be used.

    Attributes:
        origin: the file or source, as the user knows it.
        reason: why, in Chinese.
        remedy: what the user can do, in Chinese.
    """

    def __init__(self, origin: str, reason: str, remedy: str) -> None:
        super().__init__(f"{origin}：{reason}。{remedy}")
        self.origin = origin
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["CorpusError"], tuple[str, str, str]]:
        """Pass from one process to another whole."""
        return CorpusError, (self.origin, self.reason, self.remedy)
