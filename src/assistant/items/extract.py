"""Make the register's lists out of a document's rows."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.corpus import Document, Passage, Unit
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.items.columns import column_called, is_header, recognise
from assistant.items.model import Column, Item, ItemList, Tier
from assistant.items.places import reach_of, tiers_of
from assistant.retrieval.lists import district_of, edition_of

_MARK = re.compile(r"[（(](?:示范文本|征求意见稿|试行|公示稿)[）)]")
_STATED = re.compile(rf"共(?:计|有)?\s*({NUMERAL})\s*[项个]")
_ISSUED = re.compile(
    r"(?:公布|发布|印发|成文)(?:日期|时间)?[：:]?\s*(20\d\d)年(\d{1,2})月(\d{1,2})日"
)
_DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_SHEET = re.compile(r"^(.*)!")
_ROW = re.compile(r"第(\d+)行")
_SUM = re.compile(r"合\s*计|总\s*计|小\s*计")
_LIST_WORD = re.compile(r"清单|目录|事项")


def read_list(
    document: Document, passages: Sequence[Passage]
) -> tuple[ItemList, tuple[Item, ...]] | None:
    """Return the list that a document is, None if it is no item list.

    A document is one if its tables have a column of names and at least one of
    department, basis and scope.

    Args:
        document: the document.
        passages: all its passages, in order.
    """
    stated = {heading: column_called(meaning) for heading, meaning in document.columns}
    rows = [passage for passage in passages if passage.unit is Unit.ROW and passage.fields]
    tiers = tiers_of(document.title) or _tiers_nearby(passages)
    items: list[Item] = []
    columns: dict[Column, str] = {}
    unknown: dict[str, None] = {}
    for _, group in groupby(rows, key=_table):
        table = [passage for passage in group if not is_header([v for _, v in passage.fields])]
        # Empty cells are left out of a row, so only all rows together tell the headings.
        headings = list(dict.fromkeys(name for row in table for name, _ in row.fields))
        found = dict(zip(headings, recognise(headings, stated), strict=True))
        if not _is_list(found.values()):
            continue
        for heading, column in found.items():
            if column is not None:
                columns.setdefault(column, heading)
            else:
                unknown[heading] = None
        for passage in table:
            cells = _cells(passage, found)
            if cells is not None:
                items.append(_item(passage, cells, document.id, len(items) + 1, tiers))
    if not items:
        return None
    return _describe(document, passages, items, columns, tuple(unknown), tiers), tuple(items)


def _table(passage: Passage) -> str:
    """What rows of one table share: the part of the anchor before the row."""
    return passage.anchor.rpartition(".")[0]


def _is_list(found: Collection[Column | None]) -> bool:
    others = (Column.DEPARTMENT, Column.BASIS, Column.SCOPE)
    return Column.NAME in found and any(column in found for column in others)


def _cells(passage: Passage, found: Mapping[str, Column | None]) -> dict[Column, str] | None:
    """Return an item's cells; None for a row that is a note or a sum."""
    cells: dict[Column, str] = {}
    for heading, value in passage.fields:
        column = found[heading]
        if column is not None and value.strip():
            cells[column] = value.strip()
    if not any(cells.get(column) for column in (Column.NAME, Column.BASIS, Column.DEPARTMENT)):
        return None
    if len(set(cells.values())) == 1 < len(cells):
        return None
    if _SUM.fullmatch(cells.get(Column.NAME) or cells.get(Column.NUMBER, "")):
        return None
    return cells


def _item(
    passage: Passage,
    cells: Mapping[Column, str],
    list_id: str,
    position: int,
    tiers: frozenset[Tier],
) -> Item:
    place = cells.get(Column.PLACE, "")
    number = re.search(r"\d+", passage.cell)
    row = _ROW.search(passage.cell) or _ROW.search(passage.label)
    return Item(
        address=passage.citation_id,
        list_id=list_id,
        position=position,
        number=_whole(cells.get(Column.NUMBER, "")),
        code=cells.get(Column.CODE, ""),
        name=cells.get(Column.NAME, ""),
        department=cells.get(Column.DEPARTMENT, ""),
        scope=cells.get(Column.SCOPE, ""),
        basis=cells.get(Column.BASIS, ""),
        place=place,
        note=cells.get(Column.NOTE, ""),
        reach=reach_of(place, tiers),
        cell=passage.cell,
        sheet=_sheet(passage),
        row=int(row[1]) if row else int(number[0]) if number else 0,
    )


def _whole(number: str) -> str:
    """Return 12 for 12.0: spreadsheets keep whole numbers as floating ones."""
    return number.removesuffix(".0") if re.fullmatch(r"\d+\.0", number) else number


def _describe(
    document: Document,
    passages: Iterable[Passage],
    items: Sequence[Item],
    columns: Mapping[Column, str],
    unknown: tuple[str, ...],
    tiers: frozenset[Tier],
) -> ItemList:
    title = _MARK.sub("", document.title).strip()
    around = "\n".join(p.text for p in passages if p.unit is not Unit.ROW)
    # A date that the list states goes before one that only the file's properties have.
    issued = _day(_ISSUED, around) or document.published or _day(_DAY, around)
    stated = _STATED.search(around) or _STATED.search(document.title)
    return ItemList(
        id=document.id,
        title=title,
        origin=document.origin,
        district=district_of(title),
        year=edition_of(title) or (issued.year if issued else 0),
        issued=issued,
        tiers=tiers,
        stated=to_int(stated[1]) if stated else 0,
        columns=tuple(columns.items()),
        unknown=unknown,
        count=len(items),
    )


def _tiers_nearby(passages: Sequence[Passage]) -> frozenset[Tier]:
    for passage in passages:
        text = passage.text[:200] if passage.unit is not Unit.ROW else ""
        if _LIST_WORD.search(text) and (found := tiers_of(text)):
            return found
    return frozenset()


def _day(pattern: re.Pattern[str], text: str) -> date | None:
    for match in pattern.finditer(text):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            continue
    return None


def _sheet(passage: Passage) -> str:
    match = _SHEET.match(passage.cell)
    return match[1] if match else ""
