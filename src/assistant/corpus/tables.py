"""Read a table: its column headings, its rows with their fields, and what stands around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.corpus.characters import clean, squeezed
from assistant.corpus.numbering import read_marker
from assistant.corpus.source import Table

_HEADING_WORD = re.compile(
    r"序号|编号|名称|事项|类别|类型|部门|单位|机关|主体|依据|内容|项目|备注|职权|范围|对象|时限|期限|"
    r"责任|镇街|街道|乡镇|标准|要求|任务|指标|数量|金额|日期|时间|条款|情形|裁量|措施|方式|程序|说明"
)
_ORDINAL_HEADING = re.compile(r"序\s*号|编\s*号|项\s*次|No\.?", re.IGNORECASE)
_MATTER_HEADING = re.compile(r"(?:事项|职权|权力)名称")
_NOTE = re.compile(r"(?:备\s*注|注|说\s*明|附\s*注|填表说明)\s*[：:\d１-９]|[*※]")
_ORDINAL = re.compile(r"\d{1,4}")
_CELL_ITEM = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]")
_LONGEST_HEADING = 24
_SEARCHED = 12
"""Rows from the top in which column headings are looked for."""


@dataclass(frozen=True, slots=True)
class Interlude:
    """A row between the rows of a list that is none of them.

    Attributes:
        words: its words.
        group: True if it heads the rows below it; False for column headings that the
            layout repeats on a new page.
    """

    words: str
    group: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list.

    Attributes:
        number: 1-based number of the row in its sheet or table.
        fields: column heading and cell pairs, empty cells left out.
        ordinal: the list's own number for it (序号); empty if it has none.
        groups: words of the full-width rows that it stands under, the outermost first.
        above: what stands between the row before and this one.
        page: 1-based, None where there are no pages.
    """

    number: int
    fields: tuple[tuple[str, str], ...]
    ordinal: str = ""
    groups: tuple[str, ...] = ()
    above: tuple[Interlude, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table taken apart; every non-empty cell is in exactly one of the parts.

    Attributes:
        start: index of the first heading row; 0 if there is none.
        above: lines above the column headings: title, issuer, date.
        headings: cells of the heading rows, in order.
        columns: one heading for each column; two heading rows are joined with ``·``.
        rows: the list's rows.
        below: notes under the rows.
    """

    start: int
    above: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    below: tuple[str, ...]


def read_table(table: Table) -> TableReading:
    """Take a table apart; a table without column headings gets 列1, 列2, … ."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    first = _find_headings(rows)
    start = first or 0
    title_rows = [words for row in rows[:start] for words in _distinct(row)]
    heads: list[list[str]] = []
    if first is not None:
        heads = rows[first : first + (2 if _has_second_heading_row(rows, first) else 1)]
    columns = _columns(heads) if heads else [f"列{n}" for n in range(1, width + 1)]
    body, below = _without_notes(rows[start + len(heads) :])
    found: list[Row] = []
    groups: tuple[str, ...] = ()
    above: list[Interlude] = []
    for offset, cells in enumerate(body, start=start + len(heads)):
        if not any(cells):
            continue
        if cells in heads:
            above.append(Interlude(" ".join(_distinct(cells)), False))
        elif _is_group(cells):
            groups = _regrouped(groups, cells[0], bool(above and above[-1].group))
            above.append(Interlude(cells[0], True))
        else:
            found.append(_row(table, columns, cells, offset, groups, above))
            above = []
    headings = tuple(cell for row in heads for cell in _distinct(row))
    notes = [*(interlude.words for interlude in above), *below]
    return TableReading(
        start, tuple(title_rows), headings, tuple(columns), tuple(found), tuple(notes)
    )


def is_list(table: Table, reading: TableReading) -> bool:
    """True if each row is a matter of its own, as in item lists, not data inside a text."""
    numbered = bool(reading.columns) and bool(_ORDINAL_HEADING.fullmatch(reading.columns[0]))
    of_matters = any(_MATTER_HEADING.search(heading) for heading in reading.columns)
    long = len(reading.rows) >= 5 and (numbered or of_matters)
    return bool(reading.headings) and (bool(table.sheet) or long)


def _cell(text: str) -> str:
    lines = [clean(line) for line in str(text).splitlines()]
    joined = ""
    for line in filter(None, lines):
        # A number begins a line of its own; other breaks only fit words into the cell.
        apart = _CELL_ITEM.match(line) or (joined[-1:].isascii() and line[0].isascii())
        joined += f" {line}" if joined and apart else line
    return squeezed(joined) if len(joined) <= _LONGEST_HEADING else joined


def _distinct(row: Sequence[str]) -> list[str]:
    """Return the cells of ``row``, those that a merge repeats once."""
    return [cell for cell, _ in groupby(filter(None, row))]


def _find_headings(rows: Sequence[Sequence[str]]) -> int | None:
    best: tuple[int, int] | None = None
    for number, row in enumerate(rows[:_SEARCHED]):
        cells = _distinct(row)
        if len(cells) < 2 or number + 1 >= len(rows):
            continue
        if any(len(cell) > _LONGEST_HEADING or _ORDINAL.fullmatch(cell) for cell in cells):
            continue
        words = sum(bool(_HEADING_WORD.search(cell)) for cell in cells)
        filled = sum(map(bool, row))
        score = 2 * words + (filled == len(row))
        if words >= 1 and (best is None or score > best[0] + 2):
            best = (score, number)
    return best[1] if best else None


def _has_second_heading_row(rows: Sequence[Sequence[str]], first: int) -> bool:
    top, second = rows[first], rows[first + 1]
    if first + 2 >= len(rows) or len(_distinct(second)) < 2:
        return False
    if any(len(cell) > _LONGEST_HEADING or _ORDINAL.fullmatch(cell) for cell in second):
        return False
    wide = {i for i in range(1, len(top)) if top[i] and top[i] == top[i - 1]}
    wide |= {i - 1 for i in wide}
    tall = [i for i in range(len(top)) if i not in wide]
    # A heading over several columns is divided below; the others reach down or stay empty.
    return (
        bool(wide)
        and len({second[i] for i in wide}) > 1
        and all(second[i] in ("", top[i]) for i in tall)
    )


def _columns(headings: Sequence[Sequence[str]]) -> list[str]:
    names: list[str] = []
    for number, parts in enumerate(zip(*headings, strict=True), start=1):
        distinct = list(dict.fromkeys(part for part in parts if part))
        name = "·".join(distinct) or f"列{number}"
        names.append(name if name not in names else f"{name}{number}")
    return names


def _without_notes(rows: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Separate the notes below the last row from the rows; empty rows are dropped."""
    end = len(rows)
    notes: list[str] = []
    while end and _is_note(rows[end - 1], bool(notes) or end == len(rows)):
        notes[:0] = _distinct(rows[end - 1])
        end -= 1
    return rows[:end], notes


def _is_note(row: Sequence[str], last: bool) -> bool:
    cells = _distinct(row)
    if not cells:
        return True
    return last and len(cells) == 1 and (bool(_NOTE.match(cells[0])) or len(cells[0]) > 60)


def _row(
    table: Table,
    columns: Sequence[str],
    cells: Sequence[str],
    offset: int,
    groups: tuple[str, ...],
    above: Sequence[Interlude],
) -> Row:
    fields = tuple((name, cell) for name, cell in zip(columns, cells, strict=True) if cell)
    numbered = bool(_ORDINAL_HEADING.fullmatch(columns[0])) and _ORDINAL.fullmatch(cells[0])
    page = table.row_pages[offset] if offset < len(table.row_pages) else table.page
    number = table.first_row + offset
    return Row(number, fields, cells[0] if numbered else "", groups, tuple(above), page)


def _regrouped(groups: tuple[str, ...], words: str, below_group: bool) -> tuple[str, ...]:
    """Return the groups that are open below a new full-width row.

    Numbers tell which groups it ends; without numbers, one right below another is inside it.
    """
    marker = read_marker(words)
    if marker is None:
        return (*groups, words) if below_group else (words,)
    kept = []
    for group in groups:
        outer = read_marker(group)
        if outer is None or outer.style >= marker.style:
            break
        kept.append(group)
    return (*kept, words)


def _is_group(cells: Sequence[str]) -> bool:
    """True for one text over the whole row, merged or alone in its first cell."""
    merged = all(cell == cells[0] for cell in cells)
    return len(cells) > 2 and bool(cells[0]) and (merged or not any(cells[1:]))
