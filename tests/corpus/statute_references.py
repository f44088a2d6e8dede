"""Find the statute references of a text and look each up in the law pack."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.model import SourceDocument, Validity
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.settings import LawPack

AS_OF = date(2026, 11, 24)
"""Day on which the shipped texts state the law."""

_PLACE = rf"第({NUMERAL})条(?:之{NUMERAL})?(?:第({NUMERAL})款)?(?:第[（(]?({NUMERAL})[)）]?项)?"
_RUN = re.compile(rf"《([^《》]+)》((?:[、和]?{_PLACE})+)")
_ONE = re.compile(_PLACE)
_ITEM = re.compile(rf"[（(]({NUMERAL})[)）]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a statute: article, and paragraph (款) and item (项) where given."""

    law: str
    article: int
    paragraph: int | None
    item: int | None

    def __str__(self) -> str:
        paragraph = f"第{self.paragraph}款" if self.paragraph else ""
        item = f"第{self.item}项" if self.item else ""
        return f"《{self.law}》第{self.article}条{paragraph}{item}"


def references(text: str) -> Iterator[Reference]:
    """Yield every 《…》第…条 of ``text``, including those joined by 、 or 和."""
    for found in _RUN.finditer(text.replace("\n", "")):
        law, run = found[1], found[2]
        for article, paragraph, item in _ONE.findall(run):
            yield Reference(
                law,
                to_int(article),
                to_int(paragraph) if paragraph else None,
                to_int(item) if item else None,
            )


class Statutes:
    """The articles of the law pack's statutes that are in force on a day."""

    def __init__(self, day: date = AS_OF) -> None:
        self._all: dict[str, list[SourceDocument]] = {}
        for source in LawPackReader().documents(LawPack.ALL):
            self._all.setdefault(source.document.title, []).append(source)
        self._day = day

    def titles(self) -> set[str]:
        """Return the full titles, in force or not."""
        return set(self._all)

    def labels(self, title: str) -> set[str]:
        """Return the article labels of every version of the law."""
        return {passage.label for source in self._all.get(title, ()) for passage in source.passages}

    def articles(self, title: str) -> Mapping[int, str]:
        """Return article texts by number of the version in force; empty for none."""
        for source in self._all.get(title, ()):
            if source.document.validity_on(self._day) in (Validity.IN_FORCE, Validity.AMENDED):
                spans: dict[int, tuple[int, int]] = {}
                for passage in source.passages:
                    if found := re.fullmatch(rf"第({NUMERAL})条", passage.label):
                        start, _ = spans.get(to_int(found[1]), (passage.start, 0))
                        spans[to_int(found[1])] = (start, passage.end)
                return {number: source.text[start:end] for number, (start, end) in spans.items()}
        return {}

    def fault(self, reference: Reference) -> str:
        """Return why the place does not exist, empty if it does."""
        articles = self.articles(reference.law)
        if not articles:
            return f"{reference}：没有这部现行有效的法律"
        text = articles.get(reference.article)
        if text is None:
            return f"{reference}：没有这一条"
        paragraphs = _paragraphs(text)
        if reference.paragraph is not None:
            if reference.paragraph > len(paragraphs):
                return f"{reference}：没有这一款"
            paragraphs = [paragraphs[reference.paragraph - 1]]
        items = {to_int(number) for lines in paragraphs for number in _items(lines)}
        if reference.item is not None and reference.item not in items:
            return f"{reference}：没有这一项"
        return ""


def _paragraphs(text: str) -> list[list[str]]:
    # The pack breaks some lines inside a sentence; such a line goes on with the one above.
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if lines and lines[-1][-1] not in "。；：:":
            lines[-1] += line
        else:
            lines.append(line)
    grouped: list[list[str]] = []
    for line in lines:
        if _ITEM.match(line) and grouped:
            grouped[-1].append(line)
        else:
            grouped.append([line])
    return grouped


def _items(lines: list[str]) -> list[str]:
    return [found[1] for line in lines if (found := _ITEM.match(line))]
