"""Sample texts as written by hand, and the lists of matters, before they take a file format.

A text file starts with ``键：值`` lines, then an empty line, then the body. In the body
``# `` marks a first-level heading (第一章, 一、), ``## `` a second-level one (（一）),
``| a | b |`` a table row (the first of a block is its header), and every other line is
a paragraph.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MARK = "（示范文本）"
COLUMNS = ("序号", "事项名称", "原行使部门", "赋权范围", "执法依据", "赋权镇街")

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (``level`` 1 or 2) or a paragraph (``level`` 0)."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first row is its header."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A document of headings, paragraphs and tables.

    Attributes:
        output: path under ``corpus/``; its ending decides the format.
        title, number, authority, issued: as printed; ``issued`` like 2026年3月20日.
        letterhead: red heading of the first page; empty for none.
        addressee: 主送机关 with its colon; empty for none.
        body: what follows.
    """

    output: str
    title: str
    number: str
    authority: str
    issued: str
    letterhead: str
    addressee: str
    body: tuple[Line | Grid, ...]

    @property
    def day(self) -> date:
        """Day of issue."""
        found = _DAY.fullmatch(self.issued)
        if found is None:
            raise ValueError(f"{self.output}: 日期 {self.issued!r}")
        year, month, day = map(int, found.groups())
        return date(year, month, day)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of matters with what stands above and below its rows."""

    output: str
    sheet: str
    title: str
    issued: str
    day: date
    notes: tuple[str, ...]
    rows: tuple[tuple[int, str, str, str, str, str], ...]


def read_texts(folder: Path) -> Iterator[Text]:
    """Yield the texts in ``folder`` in the order of their file names."""
    for path in sorted(folder.glob("*.txt")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split("：", 1) for line in head.splitlines())
        yield Text(
            output=fields["输出"],
            title=fields["标题"],
            number=fields["文号"],
            authority=fields["机关"],
            issued=fields["日期"],
            letterhead=fields.get("版头", ""),
            addressee=fields.get("主送", ""),
            body=tuple(_blocks(body)),
        )


def read_lists(folder: Path) -> Iterator[ItemList]:
    """Yield the item lists that ``lists.toml`` describes, filled from ``items.csv``.

    Raises:
        ValueError: a list has another number of rows than ``lists.toml`` states.
    """
    settings = tomllib.loads((folder / "lists.toml").read_text(encoding="utf-8"))
    with (folder / "items.csv").open(encoding="utf-8", newline="") as file:
        items = list(csv.DictReader(file))
    for entry in settings["lists"]:
        chosen = [item for item in items if item[entry["column"]]]
        if len(chosen) != entry["rows"]:
            raise ValueError(f"{entry['title']}: {len(chosen)} rows, not {entry['rows']}")
        yield ItemList(
            output=entry["output"],
            sheet=entry["sheet"],
            title=entry["title"],
            issued=entry["issued"],
            day=entry["date"],
            notes=tuple(entry["notes"]),
            rows=tuple(
                (
                    number,
                    item["事项名称"],
                    settings["departments"][item["原行使部门"]],
                    settings["scopes"][item["赋权范围"]],
                    item["执法依据"].replace("《", "《中华人民共和国"),
                    entry["places"][item[entry["column"]]],
                )
                for number, item in enumerate(chosen, start=1)
            ),
        )


def _blocks(body: str) -> Iterator[Line | Grid]:
    rows: list[tuple[str, ...]] = []
    for raw in [*body.splitlines(), ""]:
        line = raw.strip()
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            yield Grid(tuple(rows))
            rows = []
        if line.startswith("## "):
            yield Line(line[3:], 2)
        elif line.startswith("# "):
            yield Line(line[2:], 1)
        elif line:
            yield Line(line)
