"""How officials write a citation, and where a reader finds it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.answering.layout import Line, lay_out
from assistant.corpus import Document, Passage, Unit
from assistant.corpus.numerals import to_chinese


def official_citation(document: Document, passage: Passage, quotes: Sequence[str] = ()) -> str:
    """Return 《中华人民共和国行政处罚法》第六十三条第一款第（一）项, or title and section or row.

    Paragraph and item are named where the quotes stand in one or a few of them; a quote
    from everywhere, and the only paragraph of an article, name the article alone.

    Args:
        document: the document cited.
        passage: the whole passage cited.
        quotes: words of the passage that are quoted; empty cites the passage as a whole.
    """
    label = "" if passage.unit is Unit.PREAMBLE else passage.label
    place = "、".join(_places(passage, quotes)) if passage.unit is Unit.ARTICLE else ""
    return f"《{document.title}》{label}{place}"


def place_of(passage: Passage) -> str:
    """Return the page or cell, such as 第3页 or 清单!第12行; empty if there is none."""
    if passage.cell:
        return passage.cell
    if passage.pages is None:
        return ""
    first, last = passage.pages
    return f"第{first}页" if first == last else f"第{first}—{last}页"


# More places than this read worse than the article alone.
_MOST_PLACES = 3


def _places(passage: Passage, quotes: Sequence[str]) -> list[str]:
    layout = lay_out(passage)
    touched = [line for line in layout.lines if _quoted(passage.text, line, quotes)]
    if not touched or len(touched) == len(layout.lines):
        return []
    places = []
    for paragraph, group in groupby(touched, key=lambda line: line.paragraph):
        items = sorted({line.item for line in group if line.item})
        name = f"第{to_chinese(paragraph)}款" if layout.paragraphs > 1 else ""
        if items and len(items) < layout.items(paragraph):
            places.append(name + "、".join(f"第（{to_chinese(item)}）项" for item in items))
        elif name:
            places.append(name)
    too_many = len(places) > _MOST_PLACES or len(places) == layout.paragraphs > 1
    return [] if too_many and not any("项" in place for place in places) else places


def _quoted(text: str, line: Line, quotes: Sequence[str]) -> bool:
    return any(
        start < line.end and start + len(quote) > line.start
        for quote in quotes
        for start in _found(text, quote)
    )


def _found(text: str, quote: str) -> Iterator[int]:
    """Yield where the quote stands first; a repeated sentence is cited once."""
    start = text.find(quote) if quote else -1
    if start >= 0:
        yield start
