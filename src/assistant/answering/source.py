"""Open a passage in its context, with the quoted words marked."""

from collections.abc import Sequence

from assistant.answering.model import ContextPassage
from assistant.corpus import Passage
from assistant.index import OpenedIndex

_NEIGHBOURS = 2


def context_of(
    index: OpenedIndex, target: Sequence[Passage], quotes: Sequence[str]
) -> tuple[ContextPassage, ...]:
    """Return the passages around ``target`` and itself, in document order.

    Args:
        index: the opened index.
        target: all parts of the opened article, section or row.
        quotes: words to mark in it.
    """
    first, last = target[0].order - _NEIGHBOURS, target[-1].order + _NEIGHBOURS
    around = index.catalogue.around(target[0].document_id, first, last)
    opened = {passage.id for passage in target}
    return tuple(
        ContextPassage(
            passage,
            marks_in(passage.text, quotes) if passage.id in opened else (),
            passage.id in opened,
        )
        for passage in around
    )


def marks_in(text: str, quotes: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return where quotes stand in a text: ordered spans that do not overlap."""
    spans = []
    for quote in quotes:
        start = text.find(quote) if quote else -1
        if start >= 0:
            spans.append((start, start + len(quote)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
