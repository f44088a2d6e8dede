"""Which document people mean by a name: full title, short title or nickname."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import resources

from assistant.corpus import Document, DocumentKind, Passage, Validity
from assistant.retrieval.lists import Lists

_SAMPLE = re.compile(r"[（(](?:示范文本|试行|修订|征求意见稿)[^）)]*[）)]")
_PLACE = re.compile(r"^(?:中华人民共和国|[^《》\s]{2,8}?(?:省|市|自治区|自治州|区|县|旗))")
_KIND = re.compile(r"(?:法|法典|条例|规定|办法|制度|细则|规则|方案|清单|报告)$")
# A shorter name could be part of an ordinary word.
_SHORTEST = 2
# 水法 is a law, but not in 地下水法律制度.
_CUT_SHORT = re.compile(r"[律规院定治庭官学制人理案]")
_LONGEST_ABBREVIATION = 10
_SHORTEST_ENDING = 4
# An abbreviation keeps one of two characters; 海事法 is not 海事诉讼特别程序法.
_STRETCH = 2
_EDITION = re.compile(r"\s*\([^()]{0,24}\)")
_ALIASES = (("全国人民代表大会常务委员会", "全国人大常委会"), ("全国人民代表大会", "全国人大"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text.

    Attributes:
        start, end: where the name stands, book-title marks and an edition included.
        versions: the documents that bear the name; empty if no known one does.
    """

    start: int
    end: int
    versions: Sequence[Document]

    def applicable(self, day: date) -> Document | None:
        """Return the version that applies on ``day``, None for an unknown document."""
        return applicable(self.versions, day) if self.versions else None


class Names:
    """Resolves names of documents.

    Attributes:
        lists: the item lists among them.

    Args:
        documents: every document of the index, all versions.
        passages: gives the passages of a document by its id; without it no row of a list
            is known by its number.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        passages: Callable[[str], Sequence[Passage]] = lambda _: (),
    ) -> None:
        documents = list(documents)
        self.lists = Lists(documents, passages)
        self._by_name: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for name in _names(document):
                self._by_name[name].append(document)
        self._add_endings()
        for title, others in nicknames().items():
            for nickname in others if title in self._by_name else ():
                self._by_name.setdefault(nickname, self._by_name[title])

    def _add_endings(self) -> None:
        """Let the end of a bureau document's title name it where no other title ends so.

        People say 移送工作制度 for 示范区综合行政执法案件移送工作制度.
        """
        owners: dict[str, set[str]] = defaultdict(set)
        for name, documents in self._by_name.items():
            for start in range(len(name) - _SHORTEST_ENDING + 1):
                owners[name[start:]].update(document.title for document in documents)
        for name, documents in list(self._by_name.items()):
            if documents[0].kind in (DocumentKind.STATUTE, DocumentKind.REGULATION):
                continue
            for start in range(1, len(name) - _SHORTEST_ENDING + 1):
                if len(owners[name[start:]]) == 1:
                    self._by_name.setdefault(name[start:], documents)

    def exactly(self, name: str, day: date) -> Document | None:
        """Return the document of this name that applies on ``day``, None if unknown.

        A name that nobody listed is taken as an abbreviation if its characters stand,
        in their order, in exactly one title: 烟专法 for 烟草专卖法.
        """
        plain = _plain(name)
        found = self._by_name.get(plain) or self._abbreviated(plain)
        return applicable(found, day) if found else None

    def abbreviated_at_end_of(self, words: str, day: date) -> Document | None:
        """Return the document that ``words`` end with an unlisted abbreviation of."""
        for start in range(max(0, len(words) - _LONGEST_ABBREVIATION), len(words) - _SHORTEST):
            if found := self._abbreviated(words[start:]):
                return applicable(found, day)
        return None

    def mentions(self, text: str) -> list[Mention]:
        """Return the documents named in ``text`` in order, the longest name at each place.

        A title in 《》 that is no known document is a mention without versions.
        """
        found: list[Mention] = []
        position = 0
        while position < len(text):
            mention = self._bracketed(text, position) or self._plain_mention(text, position)
            if mention is not None:
                found.append(mention)
            position = mention.end if mention is not None else position + 1
        return found

    def within(self, text: str, day: date) -> list[Document]:
        """Return the documents named anywhere in ``text``, in order of appearance."""
        named = [document for m in self.mentions(text) if (document := m.applicable(day))]
        return list({document.id: document for document in named}.values())

    def _bracketed(self, text: str, start: int) -> Mention | None:
        if text[start] not in "《〈":
            return None
        depth = 0
        for end in range(start, len(text)):
            depth += (text[end] in "《〈") - (text[end] in "》〉")
            if depth == 0:
                name = _plain(text[start : end + 1])
                versions = self._by_name.get(name) or self._abbreviated(name)
                return Mention(start, _past_edition(text, end + 1), versions)
        return None

    def _plain_mention(self, text: str, start: int) -> Mention | None:
        length = self._lengths.get(text[start], 0)
        for end in range(min(len(text), start + length), start + _SHORTEST - 1, -1):
            versions = self._by_name.get(text[start:end])
            if versions and not (end - start == _SHORTEST and _CUT_SHORT.match(text, end)):
                return Mention(start, _past_edition(text, end), versions)
        return None

    @cached_property
    def _lengths(self) -> dict[str, int]:
        """Length of the longest name by its first character."""
        lengths: dict[str, int] = defaultdict(int)
        for name in self._by_name:
            lengths[name[0]] = max(lengths[name[0]], len(name))
        return lengths

    def _abbreviated(self, name: str) -> list[Document]:
        if len(name) < _SHORTEST + 1 or not _KIND.search(name):
            return []
        titles = {
            title: documents
            for title, documents in self._by_name.items()
            if title[0] == name[0]
            and len(title) <= _STRETCH * len(name)
            and _subsequence(name, title)
        }
        identities = {document.title for documents in titles.values() for document in documents}
        return next(iter(titles.values())) if len(identities) == 1 else []


def applicable(versions: Iterable[Document], day: date) -> Document:
    """Return the version in force on ``day``; if none is, the latest.

    Raises:
        ValueError: there is no version at all.
    """
    ordered = sorted(versions, key=lambda document: document.effective or date.min)
    if not ordered:
        raise ValueError("no version to choose from")
    current = [document for document in ordered if document.validity_on(day).is_current]
    begun = [document for document in ordered if document.validity_on(day) is not Validity.NOT_YET]
    return (current or begun or ordered)[-1]


def _names(document: Document) -> set[str]:
    full = _plain(_SAMPLE.sub("", document.title))
    # A title that quotes another is written with and without the inner marks.
    names = {full, _plain(document.title), unicodedata.normalize("NFKC", document.title)}
    if document.kind in (DocumentKind.STATUTE, DocumentKind.REGULATION):
        names.add(full.removeprefix("中华人民共和国"))
    else:
        # A bureau's own rule is called without the bureau's place.
        names.add(_PLACE.sub("", full))
    for long, short in _ALIASES:
        names |= {name.replace(long, short) for name in names}
    return {name for name in names if len(name) >= _SHORTEST}


def _past_edition(text: str, end: int) -> int:
    """Skip what says which edition is meant: (2021年修订)."""
    edition = _EDITION.match(text, end)
    return edition.end() if edition else end


def _plain(name: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", unicodedata.normalize("NFKC", name))


def _subsequence(short: str, long: str) -> bool:
    characters = iter(long)
    return all(character in characters for character in short)


def nicknames() -> Mapping[str, Sequence[str]]:
    """Return the nicknames of laws by their short titles."""
    source = resources.files(__package__).joinpath("nicknames.toml")
    found: Mapping[str, Sequence[str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return found
