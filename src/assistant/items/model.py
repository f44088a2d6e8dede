"""What the register holds: lists, their items, and the columns that say what a cell is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Column(StrEnum):
    """What a column of an item list holds."""

    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    DEPARTMENT = "department"
    SCOPE = "scope"
    BASIS = "basis"
    PLACE = "place"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Name of the column as readers see it, in Chinese."""
        return _COLUMN_LABELS[self]


_COLUMN_LABELS = {
    Column.NUMBER: "序号",
    Column.CODE: "编码",
    Column.NAME: "事项名称",
    Column.DEPARTMENT: "原行使部门",
    Column.SCOPE: "赋权范围",
    Column.BASIS: "执法依据",
    Column.PLACE: "赋权镇街",
    Column.NOTE: "备注",
}


class Tier(StrEnum):
    """The two kinds of lowest government that an item may be handed to."""

    TOWN = "town"
    STREET = "street"

    @property
    def label(self) -> str:
        """Name as readers see it, in Chinese."""
        return "镇" if self is Tier.TOWN else "街道"


class Kind(StrEnum):
    """What an item empowers to do."""

    PENALTY = "penalty"
    INSPECTION = "inspection"
    COERCION = "coercion"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Name as readers see it, in Chinese."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    Kind.PENALTY: "行政处罚",
    Kind.INSPECTION: "行政检查",
    Kind.COERCION: "行政强制",
    Kind.OTHER: "其他",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Who may exercise an item.

    Attributes:
        tiers: towns, streets or both.
        places: the towns and streets named; empty where all of the tier are meant.
        optional: True if those named choose whether they take the item on (自选).
    """

    tiers: frozenset[Tier]
    places: tuple[str, ...] = ()
    optional: bool = False

    @property
    def everywhere(self) -> bool:
        """True if every town or street of the tier exercises the item."""
        return not self.places and not self.optional

    def covers(self, place: str) -> bool:
        """Return whether a named town or street may exercise the item."""
        if self.places:
            return place in self.places
        return (Tier.STREET if place.endswith("街道") else Tier.TOWN) in self.tiers


@dataclass(frozen=True, slots=True)
class Item:
    """One row of an item list.

    Attributes:
        address: citation id of the row's passage.
        list_id: document id of its list.
        position: 1-based place in the list, over all its sheets.
        number, code: as printed; empty if the list has no such column.
        name, department, scope, basis, place, note: the cells.
        reach: who may exercise it, read from ``place`` and the list's title.
        cell: sheet and row in the file, such as ``清单!第12行``.
        sheet, row: the same in parts; row is 0 where the file does not tell.
    """

    address: str
    list_id: str
    position: int
    number: str
    code: str
    name: str
    department: str
    scope: str
    basis: str
    place: str
    note: str
    reach: Reach
    cell: str
    sheet: str
    row: int

    @property
    def kind(self) -> Kind:
        """What the item empowers to do, by its scope or else its name."""
        for words in (self.scope, self.name[-12:]):
            if "检查" in words:
                return Kind.INSPECTION
            if "强制" in words or "查封" in words or "扣押" in words:
                return Kind.COERCION
            if "处罚" in words or "罚款" in words or "警告" in words:
                return Kind.PENALTY
        return Kind.OTHER

    @property
    def label(self) -> str:
        """How the item is called within its list: 第12项, or its code."""
        return f"第{self.number}项" if self.number else self.code or f"第{self.position}项"

    def value(self, column: Column) -> str:
        """Return the cell of a column."""
        return str(getattr(self, column.value))


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of items as issued.

    Attributes:
        id: document id.
        title: title without 示范文本 marks.
        origin: file, relative to the corpus folder.
        district: who issued it, as the title begins: 示范区; empty if it does not say.
        year: year of the edition, 0 if unknown.
        issued: day of issue, None if unknown.
        tiers: what the title says the list is for; empty if it does not say.
        stated: how many items the list itself says it has; 0 if it does not say.
        columns: recognised columns with the headings they stand under.
        unknown: headings that were not recognised.
        count: how many items it has.
    """

    id: str
    title: str
    origin: str
    district: str
    year: int
    issued: date | None
    tiers: frozenset[Tier]
    stated: int
    columns: tuple[tuple[Column, str], ...]
    unknown: tuple[str, ...]
    count: int

    @property
    def series(self) -> tuple[str, frozenset[Tier]]:
        """What editions of different years have in common."""
        return self.district, self.tiers
