"""Who may exercise an item: reading 全部镇, 自选：青禾镇、稻香镇 and 乡镇、街道."""

import re

from assistant.items.model import Reach, Tier

_OPTIONAL = re.compile(r"自选|自愿|可选|选择承接|选择性")
_NAMED = re.compile(r"[一-鿿]{1,8}?(?:街道|镇|乡)")
_SEPARATOR = re.compile(r"[、，,；;：:（）()\s和及/]+")
# What looks like a name but means all of a kind.
_GENERIC = re.compile(
    r"(?:全部|所有|各|全区|全县|全市|全体|本区|本县|辖区|自选|可选)*的?(?:各|所有|全部)?"
    r"(?:乡镇街道|镇街道|乡镇|镇街|街镇|街道|镇|乡)(?:人民政府|办事处|政府)?"
)
_TOWN = re.compile(r"镇|乡")
_STREET = re.compile(r"街道|镇街|街镇|街办")


def tiers_of(text: str) -> frozenset[Tier]:
    """Return the tiers that a title or a cell speaks of; empty if it speaks of none."""
    found = set()
    if _STREET.search(text):
        found.add(Tier.STREET)
    if _TOWN.search(text):
        found.add(Tier.TOWN)
    return frozenset(found)


def reach_of(cell: str, list_tiers: frozenset[Tier]) -> Reach:
    """Read the cell that says who takes an item on.

    Args:
        cell: such as 全部镇, 自选：青禾镇、稻香镇, 乡镇、街道; may be empty.
        list_tiers: what the list's title says it is for.
    """
    optional = bool(_OPTIONAL.search(cell))
    places = [
        word
        for word in _SEPARATOR.split(cell)
        if _NAMED.fullmatch(word) and not _GENERIC.fullmatch(word)
    ]
    tiers = tiers_of(cell) or list_tiers or frozenset(Tier)
    return Reach(tiers, tuple(dict.fromkeys(places)), optional)
