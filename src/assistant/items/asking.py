"""What a question asks of the register."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.items.model import Kind, Tier


class Intent(StrEnum):
    """What is to be done with the items found."""

    COUNT = "count"
    MEMBERSHIP = "membership"
    COMPARE = "compare"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Criteria:
    """Which items are meant; what is empty restricts nothing.

    Attributes:
        tiers: may be exercised by towns, by streets.
        only: exercised by these tiers and no other.
        place: a named town or street that may exercise it.
        departments: full names of the departments they came from.
        laws: titles of laws that the basis cites.
        anchors: articles of those laws, such as ``a97``.
        kinds: penalties, inspections, coercion.
        optional: True for 自选 alone, False for those that everyone takes on.
        numbers: numbers or codes within the list.
        topic: words for what the item is about.
    """

    tiers: frozenset[Tier] = frozenset()
    only: bool = False
    place: str = ""
    departments: frozenset[str] = frozenset()
    laws: tuple[str, ...] = ()
    anchors: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    optional: bool | None = None
    numbers: frozenset[str] = frozenset()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as the register understands it.

    Attributes:
        text: as asked.
        intent: what is to be done.
        criteria: which items.
        districts: lists of these districts; all where empty.
        years: editions of these years, in the order of mention; the latest where empty.
        sides: tiers in the order of mention, for comparisons.
        firm: True if the question speaks of lists in so many words, so that finding
            nothing is an answer as well.
        focus: for comparisons ``first`` or ``second`` where only one side is asked for.
        tiers: tiers mentioned, whatever is asked.
        keywords: True if the topic lists keywords, any of which will do.
        asks_for_item: True if it asks which item something is.
        rows: addresses of the rows that it cites by list and number; that of a row that
            its list does not have is no item's.
    """

    text: str
    intent: Intent
    criteria: Criteria
    districts: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sides: tuple[Tier, ...] = ()
    firm: bool = False
    focus: str = ""
    tiers: frozenset[Tier] = frozenset()
    asks_for_item: bool = False
    keywords: bool = False
    rows: tuple[str, ...] = ()
