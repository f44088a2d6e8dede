"""Citations in running text: which article, paragraph and item of which document."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Document
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.retrieval.names import Names

_ARTICLE = re.compile(
    rf"(?:《(?P<title>[^《》]+)》(?:\s*\([^()]*\))?\s*)?"
    rf"(?:第\s*(?P<article>{NUMERAL})\s*条|(?P<bare>{NUMERAL})\s*条)"
    rf"(?:之\s*(?P<suffix>[一二三四五六七八九十]+))?"
    rf"(?:\s*第?\s*(?P<paragraph>{NUMERAL})\s*款)?"
    rf"(?:\s*第?\s*[(]?(?P<item>{NUMERAL})[)]?\s*项)?"
)
_SAME = re.compile(r"(?:该法|本法|这部法|该条例|本条例|该办法|本办法)$")


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place that a text cites.

    Attributes:
        document: the document, in the version that applies.
        anchor: anchor of the article, such as ``a63``.
        paragraph: number of the paragraph (款), 0 if none is named.
        item: number of the item (项), 0 if none is named.
        start, end: where the citation stands in the text, after NFKC.
    """

    document: Document
    anchor: str
    paragraph: int
    item: int
    start: int
    end: int

    @property
    def citation_id(self) -> str:
        """Address of the cited article."""
        return f"{self.document.id}#{self.anchor}"


def find_citations(
    text: str, names: Names, day: date, *, within: Document | None = None
) -> list[CitedPlace]:
    """Return the places that ``text`` cites, in order.

    Reads 《行政处罚法》第六十三条第一款第（二）项, 处罚法63条, and 第六十三条 alone after
    a document was named before it.  What names no known document is left out.

    Args:
        text: a question, or the words of a passage.
        names: resolves names of documents.
        day: the day whose version is meant.
        within: the document that 本法 and a bare 第…条 refer to, where there is one.
    """
    plain = unicodedata.normalize("NFKC", text)
    places: list[CitedPlace] = []
    previous_end = 0
    last = within
    for match in _ARTICLE.finditer(plain):
        before = plain[previous_end : match.start()]
        document = _document(match, before, names, day, last, within)
        previous_end = match.end()
        if document is None:
            continue
        last = document
        try:
            article = to_int(match["article"] or match["bare"])
        except ValueError:
            continue
        suffix = f"-{to_int(match['suffix'])}" if match["suffix"] else ""
        places.append(
            CitedPlace(
                document=document,
                anchor=f"a{article}{suffix}",
                paragraph=_number(match["paragraph"]),
                item=_number(match["item"]),
                start=match.start(),
                end=match.end(),
            )
        )
    return places


def _document(
    match: re.Match[str],
    before: str,
    names: Names,
    day: date,
    last: Document | None,
    within: Document | None,
) -> Document | None:
    if match["title"]:
        return names.exactly(match["title"], day)
    words = re.sub(r"[\s的,，、]+$", "", before)
    if words.endswith("》"):
        return names.exactly(words[words.rfind("《") :], day)
    if _SAME.search(words):
        return within or last
    if named := names.at_end_of(words, day):
        return named[1]
    if abbreviated := re.search(r"[一-鿿]{2,6}法$", words):
        for start in range(len(abbreviated[0]) - 2):
            if document := names.exactly(abbreviated[0][start:], day):
                return document
    # 63条 without 第 may be a count of things, so it needs a name right before it.
    if not match["article"]:
        return None
    if mentioned := names.within(before, day):
        return mentioned[-1]
    return last


def _number(numeral: str | None) -> int:
    return to_int(numeral) if numeral else 0
