"""Articles as makers of questions see them: in force, whole, with their lists."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.official import official_citation
from assistant.corpus import Document, Passage, Unit
from assistant.quiz.model import digest_of

_ITEM = re.compile(r"^[（(][一二三四五六七八九十百\d]+[）)]\s*")
_SENTENCE = re.compile(r"[^。]*。[”’）)]*")
_CHAPTER = re.compile(r"^第[^ 　]+?[编章节分][ 　]*")
_NOT_NORMS = re.compile(r"决定|修正案|解释|批复|答复|办法草案|说明|目录")
_PENAL = re.compile(r"责令|处[一二三四五六七八九十以]|罚款|施行")
_STOPS = ("。", "；", "：", ":", ";", "”", "）")
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Words:
    """Words that can be asked about by themselves.

    Attributes:
        text: verbatim from the article.
        head: what introduces the list they are an item of; empty if none.
        later: whether a paragraph stands before theirs, which may say what they are about.
    """

    text: str
    head: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list within an article.

    Attributes:
        head: the paragraph that introduces it.
        items: its items without numbers and final stops.
        quote: the whole of it, verbatim.
    """

    head: str
    items: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article in force.

    Attributes:
        document: where it stands.
        passage: its text and address.
        validity: status on the day asked for, in Chinese.
    """

    document: Document
    passage: Passage
    validity: str

    @property
    def citation(self) -> str:
        """The article as officials cite it."""
        return official_citation(self.document, self.passage)

    @property
    def topic(self) -> str:
        """Name of its chapter, else the subject or title of the document."""
        chapter = self.passage.breadcrumb[-1] if self.passage.breadcrumb else ""
        return _CHAPTER.sub("", chapter) or self.document.subject or self.document.short_title

    @property
    def digest(self) -> str:
        """Hash of the text."""
        return digest_of(self.passage.text)

    @property
    def lines(self) -> list[str]:
        """Paragraphs and items, the first without the article's number."""
        text = self.passage.text.removeprefix(self.passage.label)
        return [line.strip() for line in text.split("\n") if line.strip()]

    def words(self) -> Iterator[Words]:
        """Yield sentences, each with those before it in its paragraph, and items."""
        head, after_items, before = "", False, "。"
        for place, line in enumerate(self.lines):
            broken = not before.endswith(_STOPS)
            before = line
            if broken:
                # The source breaks a sentence over two lines: neither is one.
                head = ""
                continue
            if number := _ITEM.match(line):
                after_items = True
                yield Words(line[number.end() :].rstrip("；。;"), head)
                continue
            head = line if line.endswith(("：", ":")) else ""
            if after_items and _PENAL.search(line):
                # What is done to those whom the items above name.
                continue
            for match in _SENTENCE.finditer(line):
                if match.end() <= _LONGEST:
                    yield Words(line[: match.end()], later=place > 0)

    def listings(self) -> Iterator[Listing]:
        """Yield the lists of the article."""
        lines = self.lines
        for number, line in enumerate(lines):
            if not line.endswith(("：", ":")) or _ITEM.match(line):
                continue
            rows = []
            for row in lines[number + 1 :]:
                if not _ITEM.match(row):
                    break
                rows.append(row)
            if len(rows) > 1:
                items = tuple(_ITEM.sub("", row).rstrip("；。;") for row in rows)
                yield Listing(line, items, "\n".join((line, *rows)))


def articles(document: Document, passages: Sequence[Passage], day: date) -> list[Article]:
    """Return the whole articles of a document, none where it is not in force on ``day``.

    An article that the index splits is left out: half a list proves nothing.
    """
    validity = document.validity_on(day)
    if not validity.is_current or _NOT_NORMS.search(document.title):
        return []
    split = {passage.anchor for passage in passages if passage.part}
    return [
        Article(document, passage, validity.label)
        for passage in passages
        if passage.unit is Unit.ARTICLE and passage.anchor not in split
    ]


def rows(document: Document, passages: Iterable[Passage], day: date) -> dict[str, Article]:
    """Return the rows of a document in force by their address."""
    validity = document.validity_on(day)
    if not validity.is_current:
        return {}
    return {
        passage.citation_id: Article(document, passage, validity.label)
        for passage in passages
        if passage.unit is Unit.ROW
    }
