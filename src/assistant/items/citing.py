"""Read a basis cell: which provisions of which laws it cites."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.corpus.numerals import NUMERAL, to_chinese, to_int
from assistant.items.provisions import Statutes

_TOKEN = re.compile(
    rf"《(?P<title>[^《》]+)》"
    rf"|第\s*(?P<article>{NUMERAL})\s*条(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]+))?"
    rf"|第\s*(?P<paragraph>{NUMERAL})\s*款"
    rf"|第?\s*\(?\s*(?P<item>{NUMERAL})\s*\)?\s*项"
    rf"|(?P<range>至|到|-|—|~)"
)
_NUMBER = re.compile(r"\([^()]*(?:令|号|修订|修正|修改|版|年)[^()]*\)")
_LONGEST_RANGE = 30


@dataclass(frozen=True, slots=True)
class CitedProvision:
    """A provision as a cell cites it; numbers not named are 0, ``suffix`` is 之一 as 1."""

    title: str
    article: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0

    @property
    def anchor(self) -> str:
        """Anchor of the article, empty if only the law is named."""
        if not self.article:
            return ""
        return f"a{self.article}-{self.suffix}" if self.suffix else f"a{self.article}"

    @property
    def place(self) -> str:
        """Article, paragraph and item as written in statutes: 第六十条第一款第（三）项."""
        words = f"第{to_chinese(self.article)}条" if self.article else ""
        words += f"之{to_chinese(self.suffix)}" if self.suffix else ""
        words += f"第{to_chinese(self.paragraph)}款" if self.paragraph else ""
        return words + (f"第（{to_chinese(self.item)}）项" if self.item else "")


def read_citations(text: str, statutes: Statutes, day: date) -> list[CitedProvision]:
    """Return the provisions that a cell cites, in order, without repetition.

    A paragraph or item without its own article belongs to the article before it:
    第一百一十一条第一款第（一）项、第二款 cites two places of one article.
    """
    found: list[CitedProvision] = []
    for line in re.split(r"[\n\r]+", unicodedata.normalize("NFKC", text)):
        found.extend(_read_line(_NUMBER.sub(_keep_item, line), statutes, day))
    return list(dict.fromkeys(found))


def _keep_item(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _read_line(line: str, statutes: Statutes, day: date) -> Iterator[CitedProvision]:
    title = ""
    current: CitedProvision | None = None
    end = 0
    ranging = False
    # A law named without any article is cited as a whole.
    bare = False
    for match in _TOKEN.finditer(line):
        between = line[end : match.start()].strip()
        if match["range"]:
            ranging = current is not None and not between
            continue
        end = match.end()
        if match["title"]:
            if current:
                yield current
            if bare:
                yield CitedProvision(title, 0)
            title, current, bare = match["title"], None, True
            continue
        if match["article"]:
            if named := _unmarked_name(between, statutes, day):
                if current:
                    yield current
                title, current = named, None
            bare = False
            number = to_int(match["article"])
            if current:
                yield current
                if ranging and 0 < number - current.article < _LONGEST_RANGE:
                    for missing in range(current.article + 1, number):
                        yield CitedProvision(title, missing)
            suffix = to_int(match["suffix"]) if match["suffix"] else 0
            current = CitedProvision(title, number, suffix) if title else None
        elif current is not None:
            yielded, current = _deeper(current, match)
            if yielded:
                yield yielded
        ranging = False
    if current:
        yield current
    if bare:
        yield CitedProvision(title, 0)


def _deeper(
    current: CitedProvision, match: re.Match[str]
) -> tuple[CitedProvision | None, CitedProvision]:
    """Return what is finished by a 款 or 项, and the place that it leads to."""
    base = CitedProvision(current.title, current.article, current.suffix)
    if match["paragraph"]:
        number = to_int(match["paragraph"])
        deeper = CitedProvision(base.title, base.article, base.suffix, number)
        finished = current if current.paragraph or current.item else None
        return finished, deeper
    number = to_int(match["item"])
    deeper = CitedProvision(base.title, base.article, base.suffix, current.paragraph, number)
    return (current if current.item else None), deeper


def _unmarked_name(between: str, statutes: Statutes, day: date) -> str:
    words = between.strip(" 、,，;；和及")
    document = statutes.ends_with_name(words, day) if len(words) > 1 else None
    return document.title if document else ""
