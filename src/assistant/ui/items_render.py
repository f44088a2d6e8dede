"""HTML of the 事项 room; every value is escaped by the templates."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.items import HealthReport, Item, ItemList, Register, Remark
from assistant.items.basis import Basis
from assistant.items.compare import Change, Comparison
from assistant.items.imports import Preview
from assistant.items.wording import state_words
from assistant.ui.items_links import download_address
from assistant.ui.render import fill

MOST_ITEMS = 200
_MOST_REMARKS = 400


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with what is shown about its basis."""

    item: Item
    entry: ItemList
    bases: tuple[Basis, ...]
    state: str
    sound: bool


@dataclass(frozen=True, slots=True)
class _Side:
    name: str
    items: list[ShownItem]


def shown(register: Register, item: Item) -> ShownItem:
    """Gather what is shown about an item."""
    bases = register.bases(item)
    sound = all(basis.state.is_sound for basis in bases)
    return ShownItem(item, register.list_of(item), bases, state_words(bases), sound)


def item_list(
    register: Register, found: Sequence[Item], total: int, download: dict[str, str], near: bool
) -> str:
    """Return the items found, each to be unfolded for its basis.

    Args:
        register: the lists.
        found: the items, best first or in list order.
        total: how many were searched.
        download: what the download link asks for.
        near: True if they only may be meant.
    """
    return fill(
        "items_list.html",
        items=[shown(register, item) for item in found[:MOST_ITEMS]],
        found=len(found),
        total=total,
        hidden=max(0, len(found) - MOST_ITEMS),
        download=download_address(**download),
        near=near,
    )


def comparison(register: Register, first: ItemList, second: ItemList, found: Comparison) -> str:
    """Return what two lists have in common and what only one of them has."""
    sides = [
        _Side(entry.title, [shown(register, item) for item in items[:MOST_ITEMS]])
        for entry, items in ((first, found.first), (second, found.second))
    ]
    changed: Sequence[Change] = found.changed[:MOST_ITEMS]
    return fill(
        "items_compare.html",
        sides=sides,
        counts=(len(found.first), len(found.second)),
        common=len(found.common),
        changed=changed,
        download=download_address(first=first.id, second=second.id),
    )


def health(report: HealthReport) -> str:
    """Return what a check found, by kind and row."""
    remarks: Sequence[Remark] = report.remarks[:_MOST_REMARKS]
    return fill(
        "items_health.html",
        report=report,
        sound=report.entry.count - report.rows_with_remarks,
        remarks=remarks,
        hidden=len(report.remarks) - len(remarks),
        download=download_address(check=report.entry.id),
    )


def preview(seen: Preview) -> str:
    """Return what a file would become."""
    return fill("items_preview.html", seen=seen)


def notice(words: str, *, wrong: bool = False) -> str:
    """Return a sentence about what was done, or could not be."""
    return fill("items_notice.html", words=words, wrong=wrong)
