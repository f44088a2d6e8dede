"""The smallest quotable pieces of a passage: its sentences and list items."""

import re
from dataclasses import dataclass

from assistant.corpus import Passage, Unit

_SENTENCE = re.compile(r"[^。！？；]*[。！？；]+[”’）)]*|[^。！？；]+$")
_ITEM = re.compile(r"^(?:[（(][一二三四五六七八九十百\d]+[）)]|\d{1,2}[.、．]|[①-⑳])")


@dataclass(frozen=True, slots=True)
class QuotableUnit:
    """A piece of a passage that can be quoted by itself.

    Attributes:
        text: the words, as they stand in the passage.
        line: index of the passage's line that has it.
        heads_list: True for the words that introduce a list of items.
        head: the words that introduce the list this item belongs to; empty if none.
    """

    text: str
    line: int
    heads_list: bool = False
    head: str = ""

    @property
    def in_context(self) -> str:
        """The words with those that introduce them, for comparing with a question."""
        return self.head + self.text


def lines_of(passage: Passage) -> list[str]:
    """Return the passage's paragraphs and items, one a line, as the reader sees them."""
    if passage.fields:
        return [f"{name}：{value}" for name, value in passage.fields if value]
    return [line.strip() for line in passage.text.split("\n") if line.strip()]


def quotable_units(passage: Passage) -> list[QuotableUnit]:
    """Split a passage into sentences and list items.

    A row of a list is one unit: a cell means nothing without its neighbours.
    """
    if passage.unit is Unit.ROW:
        return [QuotableUnit(passage.text, 0)]
    units: list[QuotableUnit] = []
    head = ""
    for number, line in enumerate(lines_of(passage)):
        words = line
        if number == 0 and not passage.part:
            words = words.removeprefix(passage.label).strip()
        if _ITEM.match(words):
            units.append(QuotableUnit(words, number, head=head))
            continue
        head = ""
        if words.endswith(("：", ":")):
            head = _SENTENCE.findall(words)[-1].strip() if _SENTENCE.findall(words) else words
        units.extend(
            QuotableUnit(plain, number, heads_list=plain == head)
            for sentence in _SENTENCE.findall(words)
            if (plain := sentence.strip())
        )
    return units
