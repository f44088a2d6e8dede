"""Articles of statutes down to paragraph and item, with the words of each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.corpus import Document, Passage
from assistant.corpus.numerals import to_int
from assistant.index.catalogue import Catalogue
from assistant.retrieval import Names

_ITEM = re.compile(r"^[（(]([一二三四五六七八九十百]{1,4})[）)]")
_INLINE = re.compile(r"(?<=[：:；;。])\s*(?=[（(][一二三四五六七八九十]{1,3}[）)])")
_ENDS = ("。", "：", ":", "；", ";", "！", "？", "”", "）")
_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (款) with its items (项) by number."""

    text: str
    items: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its paragraphs.

    Attributes:
        document: the version it stands in.
        anchor, label: its address, such as ``a60`` and 第六十条.
        paragraphs: in order; a list of items belongs to the paragraph that opens it.
    """

    document: Document
    anchor: str
    label: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def citation_id(self) -> str:
        """Address of the article."""
        return f"{self.document.id}#{self.anchor}"

    @property
    def text(self) -> str:
        """All its words, without its number."""
        return "\n".join(
            line
            for paragraph in self.paragraphs
            for line in (paragraph.text, *(words for _, words in paragraph.items))
        )

    def words(self, paragraph: int, item: int) -> str:
        """Return the words of a paragraph and item; empty if there is none such.

        Args:
            paragraph: 1-based; 0 where none is named.
            item: 1-based; 0 where none is named.  Without a paragraph it is looked for
                in every one.
        """
        if paragraph > len(self.paragraphs):
            return ""
        chosen = self.paragraphs[paragraph - 1 : paragraph] if paragraph else self.paragraphs
        if not item:
            return "\n".join(_whole(part) for part in chosen)
        for part in chosen:
            for number, words in part.items:
                if number == item:
                    return f"{part.text}\n{words}"
        return ""


class Statutes:
    """Looks articles up by name of the law and number, in the version of a day.

    Args:
        catalogue: documents and passages.
        documents: all documents, all versions.
        names: resolves names of documents.
    """

    def __init__(self, catalogue: Catalogue, documents: Iterable[Document], names: Names) -> None:
        self.catalogue = catalogue
        self._names = names
        self._versions: dict[str, list[Document]] = {}
        self._documents = {document.id: document for document in documents}
        for document in self._documents.values():
            self._versions.setdefault(document.title, []).append(document)
        self.named = lru_cache(_CACHED)(self._named)
        self.article = lru_cache(_CACHED)(self._article)

    def versions(self, document: Document) -> Sequence[Document]:
        """Return every version of a document, itself included."""
        return self._versions.get(document.title, [document])

    def document(self, document_id: str) -> Document | None:
        """Return a document by its id, None if it is unknown."""
        return self._documents.get(document_id)

    def articles(self, document: Document) -> list[Article]:
        """Return every article of a document in order."""
        anchors = dict.fromkeys(p.anchor for p in self.catalogue.passages(document.id))
        found = (self.article(document, anchor) for anchor in anchors)
        return [article for article in found if article is not None]

    def _named(self, title: str, day: date) -> Document | None:
        # 水法 and its like are too short to be looked for without the full title.
        return self._names.exactly(f"中华人民共和国{title}", day) or self._names.exactly(title, day)

    def ends_with_name(self, text: str, day: date) -> Document | None:
        """Return the document whose name ``text`` ends with, None if there is none."""
        mentions = self._names.mentions(text)
        if not mentions or mentions[-1].end != len(text):
            return None
        return mentions[-1].applicable(day)

    def _article(self, document: Document, anchor: str) -> Article | None:
        parts = self.catalogue.cited(f"{document.id}#{anchor}")
        return _read(document, anchor, parts) if parts else None


def _read(document: Document, anchor: str, parts: Sequence[Passage]) -> Article:
    label = parts[0].label
    text = "\n".join(part.text for part in parts).removeprefix(label)
    paragraphs: list[tuple[str, list[tuple[int, str]]]] = []
    for words in _lines(text):
        if (match := _ITEM.match(words)) and paragraphs:
            paragraphs[-1][1].append((to_int(match[1]), words))
        else:
            paragraphs.append((words, []))
    return Article(
        document, anchor, label, tuple(Paragraph(text, tuple(items)) for text, items in paragraphs)
    )


def _lines(text: str) -> list[str]:
    """Return paragraphs and items; a line broken inside a sentence is joined again."""
    lines: list[str] = []
    for line in text.split("\n"):
        for piece in _INLINE.split(line.strip()):
            words = piece.strip()
            if not words:
                continue
            if lines and not lines[-1].endswith(_ENDS) and not _ITEM.match(words):
                lines[-1] += words
            else:
                lines.append(words)
    return lines


def _whole(paragraph: Paragraph) -> str:
    return "\n".join((paragraph.text, *(words for _, words in paragraph.items)))
