"""Look up the places that rules cite, and say what is wrong where one does not hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.corpus import Document, Passage
from assistant.corpus.numerals import to_chinese
from assistant.index.catalogue import Catalogue
from assistant.procedures.model import Basis
from assistant.retrieval import Names

_REFERENCE = re.compile(r"(?P<law>\S+) (?P<article>\d+(?:-\d+)?)(?:\.(?P<p>\d+))?(?:\.(?P<i>\d+))?")
_ITEM = re.compile(r"[（(][一二三四五六七八九十百]+[）)]")


class RuleDataError(ValueError):
    """A rule file is written wrongly; a fault of the program, not of the user."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place as rule files write it: ``行政处罚法 63.1.2`` is article 63 (1) item 2.

    Attributes:
        law: short title.
        article: number of the article, with ``-1`` for 之一.
        paragraph, item: numbers from 1; 0 where the whole is meant.
    """

    law: str
    article: str
    paragraph: int = 0
    item: int = 0

    @classmethod
    def read(cls, text: str) -> "Reference":
        """Read the notation of rule files.

        Raises:
            RuleDataError: the notation is wrong.
        """
        match = _REFERENCE.fullmatch(text)
        if match is None:
            raise RuleDataError(f"not a reference: {text!r}")
        return cls(match["law"], match["article"], int(match["p"] or 0), int(match["i"] or 0))

    def label(self, *, single: bool = False) -> str:
        """Return 第六十三条第一款第（二）项.

        Args:
            single: the article has one paragraph only, which is then not named.
        """
        number, _, suffix = self.article.partition("-")
        words = f"第{to_chinese(int(number))}条"
        if suffix:
            words += f"之{to_chinese(int(suffix))}"
        if self.paragraph and not single:
            words += f"第{to_chinese(self.paragraph)}款"
        if self.item:
            words += f"第（{to_chinese(self.item)}）项"
        return words

    def __str__(self) -> str:
        return f"《{self.law}》{self.label()}"


class BasisError(LookupError):
    """A cited place does not hold; the message says why, in Chinese."""


class Statutes:
    """The statutes of one index, read for the places that rules cite.

    Args:
        catalogue: documents and passages.
        documents: the documents, where they were read already.
    """

    def __init__(self, catalogue: Catalogue, documents: Iterable[Document] | None = None) -> None:
        self._catalogue = catalogue
        self._names = Names(catalogue.documents() if documents is None else documents)

    def find(self, reference: Reference, day: date, says: Sequence[str] = ()) -> Basis:
        """Return the place that a rule cites, in the version that applies on ``day``.

        Args:
            reference: the place.
            day: the day whose law applies.
            says: words the place must hold, so that a rule does not outlive a change.

        Raises:
            BasisError: the law or the article is missing, is not in force on the day, or
                does not say what the rule takes from it.
        """
        document = self._names.exactly(reference.law, day)
        if document is None:
            raise BasisError("在索引中查不到")
        validity = document.validity_on(day)
        if not validity.is_current:
            raise BasisError(f"在{day.isoformat()}的效力为“{validity.label}”")
        passages = self._catalogue.cited(f"{document.id}#a{reference.article}")
        if not passages:
            raise BasisError("在索引中查不到该条")
        paragraphs = paragraphs_of(passages)
        quote = _quoted(paragraphs, reference)
        if quote is None:
            raise BasisError("在现行文本中没有该款、项")
        whole = "\n".join(line for paragraph in paragraphs for line in paragraph)
        for words in says:
            if words not in whole:
                raise BasisError(f"现行文本中已没有“{words}”的字样")
        label = reference.label(single=len(paragraphs) == 1)
        return Basis(
            official=f"《{document.title}》{label}",
            passage_id=passages[0].citation_id,
            quote=quote,
            document=document,
            passage=passages[0],
            validity=validity,
        )


def paragraphs_of(passages: Sequence[Passage]) -> list[list[str]]:
    """Return an article's paragraphs (款), each followed by its items (项).

    Args:
        passages: all parts of the article, in order; at least one.
    """
    first = passages[0]
    text = first.text.removeprefix(first.label).lstrip()
    for before, after in pairwise(passages):
        text += ("\n" if after.start > before.end else "") + after.text
    paragraphs: list[list[str]] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if paragraphs and _ITEM.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _quoted(paragraphs: Sequence[Sequence[str]], reference: Reference) -> str | None:
    if reference.paragraph > len(paragraphs):
        return None
    if not reference.paragraph:
        return paragraphs[0][0]
    head, *items = paragraphs[reference.paragraph - 1]
    if not reference.item:
        return head
    return items[reference.item - 1] if reference.item <= len(items) else None
