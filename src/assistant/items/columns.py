"""Which column is which: usual headings, and the user's own say."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from assistant.items.model import Column

_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SPACES = re.compile(r"\s+")
_LONGEST_HEADING = 16
# Fewer would let an ordinary row of words pass for headings.
_FEWEST = 2


def recognise(
    headings: Sequence[str], overrides: Mapping[str, Column | None] | None = None
) -> list[Column | None]:
    """Return what each column holds, None where the heading says nothing known.

    A column is given to the first heading that names it; an exact heading goes before
    one that merely contains the word, so 处罚依据 next to 备注（依据） stays the basis.

    Args:
        headings: the header row.
        overrides: what the user said a heading means; None for nothing of use.
    """
    # Of two heading rows, joined with a dot, the lower one says what the column holds.
    plain = [plain_heading(heading).rpartition("·")[2] for heading in headings]
    said = {plain_heading(name): column for name, column in (overrides or {}).items()}
    found: list[Column | None] = [said.get(name) for name in plain]
    taken = {column for column in found if column}
    for guess in (_exact, _containing):
        for place, name in enumerate(plain):
            if found[place] is not None or name in said or not name:
                continue
            column = guess(name)
            if column is not None and column not in taken:
                found[place] = column
                taken.add(column)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row holds headings rather than an item."""
    known = {
        column
        for cell in cells
        if len(cell) <= _LONGEST_HEADING and (column := _exact(plain_heading(cell)))
    }
    return len(known) >= _FEWEST


def column_called(name: str) -> Column | None:
    """Return the column that a user calls by its label or a usual heading, None for none."""
    for column in Column:
        if name in (column.label, column.value):
            return column
    return _exact(plain_heading(name))


def plain_heading(heading: str) -> str:
    """Return a heading without spaces, line breaks and words in brackets."""
    return _BRACKETS.sub("", _SPACES.sub("", unicodedata.normalize("NFKC", heading)))


def _exact(name: str) -> Column | None:
    return next((column for column, (exact, _) in _headings().items() if name in exact), None)


def _containing(name: str) -> Column | None:
    if len(name) > _LONGEST_HEADING:
        return None
    return next(
        (
            column
            for column, (_, words) in _headings().items()
            if any(word in name for word in words)
        ),
        None,
    )


@cache
def _headings() -> dict[Column, tuple[frozenset[str], tuple[str, ...]]]:
    raw = resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8")
    return {
        Column(name): (frozenset(entry["exact"]), tuple(entry["contains"]))
        for name, entry in tomllib.loads(raw).items()
    }
