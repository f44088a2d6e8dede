"""The pieces that a text is taken apart into, and the passages made of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.corpus.lines import Line
from assistant.corpus.model import Passage, Unit
from assistant.corpus.remainder import Reason, Remainder
from assistant.corpus.splitting import split_long
from assistant.corpus.tables import Row

_SHORT = 30
"""Characters up to which an entry is a mere item of a list."""
_LIST = 4
"""Entries from which such a list is kept together."""


@dataclass(slots=True)
class Draft:
    """A passage while its lines are still being collected.

    ``row`` and ``cell`` are set for list rows, whose words are their fields.
    """

    unit: Unit
    anchor: str
    label: str
    breadcrumb: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    row: Row | None = None
    cell: str = ""


@dataclass(slots=True)
class Rest:
    """A line that is in no passage, and why."""

    reason: Reason
    line: Line


Piece = Draft | Rest


def join_short(pieces: Iterable[Piece]) -> list[Piece]:
    """Keep together a numbered list whose entries are a few words each: a list of things."""
    joined: list[Piece] = []
    run: list[Draft] = []
    for piece in [*pieces, None]:
        if isinstance(piece, Draft) and _is_short(piece) and _same_place(run, piece):
            run.append(piece)
            continue
        joined += _as_one(joined, run)
        run = []
        if isinstance(piece, Draft) and _is_short(piece):
            run.append(piece)
        elif piece is not None:
            joined.append(piece)
    return joined


def _is_short(draft: Draft) -> bool:
    numbered = draft.unit is Unit.SECTION and ".s" in f".{draft.anchor}"
    return numbered and sum(len(line.text) for line in draft.lines) <= _SHORT


def _same_place(run: Sequence[Draft], draft: Draft) -> bool:
    return not run or run[-1].breadcrumb == draft.breadcrumb


def _as_one(before: Sequence[Piece], run: list[Draft]) -> list[Draft]:
    """Return the run as it stands, or as one draft if it is a list."""
    if len(run) < _LIST:
        return run
    lines = [line for draft in run for line in draft.lines]
    last = before[-1] if before else None
    if (
        isinstance(last, Draft)
        and last.unit is Unit.SECTION
        and last.breadcrumb == run[0].breadcrumb
    ):
        last.lines += lines
        return []
    return [replace(run[0], label=f"{run[0].label}至{run[-1].label}", lines=lines)]


def assemble(
    document_id: str, pieces: Iterable[Piece]
) -> tuple[str, list[Passage], list[Remainder]]:
    """Return the document's text with its passages and remainders, in reading order.

    Anchors that occur twice get ``_2``, ``_3`` … in order.
    """
    lines: list[str] = []
    passages: list[Passage] = []
    remainders: list[Remainder] = []
    position = 0
    seen: dict[str, int] = defaultdict(int)
    for piece in pieces:
        body = _words(piece)
        if isinstance(piece, Rest):
            remainders.append(Remainder(piece.reason, body, position))
        else:
            seen[piece.anchor] += 1
            if seen[piece.anchor] > 1:
                piece = replace(piece, anchor=f"{piece.anchor}_{seen[piece.anchor]}")
            passages += _passages(document_id, piece, body, position, len(passages))
        lines.append(body)
        position += len(body) + 1
    return "\n".join(lines), passages, remainders


def _words(piece: Piece) -> str:
    if isinstance(piece, Rest):
        return piece.line.text
    if piece.row is not None:
        return "；".join(f"{name}：{value}" for name, value in piece.row.fields)
    return "\n".join(line.text for line in piece.lines)


def _passages(
    document_id: str, draft: Draft, body: str, position: int, order: int
) -> Iterable[Passage]:
    for part, (left, right) in enumerate(split_long(body)):
        lines = _lines_between(draft.lines, left, right)
        yield Passage(
            document_id=document_id,
            anchor=draft.anchor,
            unit=draft.unit,
            label=draft.label,
            text=body[left:right],
            order=order + part,
            start=position + left,
            end=position + right,
            part=part,
            breadcrumb=draft.breadcrumb,
            pages=_pages(draft.row, lines),
            cell=draft.cell,
            fields=_fields_between(draft.row, left, right),
            confidence=min(
                (c for c in (x.confidence for x in lines) if c is not None), default=None
            ),
        )


def _lines_between(lines: Sequence[Line], left: int, right: int) -> list[Line]:
    found = []
    start = 0
    for line in lines:
        end = start + len(line.text)
        if start < right and left < end:
            found.append(line)
        start = end + 1
    return found


def _pages(row: Row | None, lines: Sequence[Line]) -> tuple[int, int] | None:
    if row is not None:
        return None if row.page is None else (row.page, row.page)
    spans = [line.pages for line in lines if line.pages is not None]
    if not spans:
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)


def _fields_between(row: Row | None, left: int, right: int) -> tuple[tuple[str, str], ...]:
    if row is None:
        return ()
    found = []
    start = 0
    for name, value in row.fields:
        begin = start + len(name) + 1
        end = begin + len(value)
        if words := value[max(0, left - begin) : max(0, right - begin)].strip():
            found.append((name, words))
        start = end + 1
    return tuple(found)
