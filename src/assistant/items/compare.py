"""What two sets of items have in common, and what only one of them has."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.items.model import Column, Item

_COMPARED = (Column.DEPARTMENT, Column.SCOPE, Column.BASIS, Column.PLACE)


@dataclass(frozen=True, slots=True)
class Change:
    """An item that both sides have, with the columns in which they differ."""

    first: Item
    second: Item
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two sides have.

    Attributes:
        first, second: items that only one side has.
        common: pairs of items that both have.
    """

    first: tuple[Item, ...]
    second: tuple[Item, ...]
    common: tuple[Change, ...]

    @property
    def changed(self) -> tuple[Change, ...]:
        """Pairs whose department, scope or basis differ; who takes them on always may."""
        return tuple(change for change in self.common if set(change.columns) - {Column.PLACE})


def compare(first: Sequence[Item], second: Sequence[Item]) -> Comparison:
    """Pair items by name.

    Names that are merely alike are not paired: 焚烧秸秆 and 焚烧落叶 differ in two
    characters and are two items.
    """
    by_name: dict[str, list[Item]] = {}
    for item in second:
        by_name.setdefault(plain_name(item.name), []).append(item)
    pairs: list[tuple[Item, Item]] = []
    lonely: list[Item] = []
    for item in first:
        if same := by_name.get(plain_name(item.name)):
            pairs.append((item, same.pop(0)))
        else:
            lonely.append(item)
    taken = {other.address for _, other in pairs}
    rest = [item for item in second if item.address not in taken]
    pairs.sort(key=lambda pair: pair[0].position)
    return Comparison(
        tuple(lonely), tuple(rest), tuple(Change(a, b, _differing(a, b)) for a, b in pairs)
    )


def plain_name(name: str) -> str:
    """Return a name without punctuation, for comparing."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name))


def _differing(one: Item, other: Item) -> tuple[Column, ...]:
    return tuple(c for c in _COMPARED if _plain(one.value(c)) != _plain(other.value(c)))


def _plain(cell: str) -> str:
    return plain_name(cell).replace("中华人民共和国", "")
