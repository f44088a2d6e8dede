"""Which document people mean by a name: full title, short title or nickname."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from importlib import resources

from assistant.corpus import Document, DocumentKind, Validity

_SAMPLE = re.compile(r"[（(](?:示范文本|试行|修订|征求意见稿)[^）)]*[）)]")
_PLACE = re.compile(r"^(?:中华人民共和国|[^《》\s]{2,8}?(?:省|市|自治区|自治州|区|县|旗))")
_KIND = re.compile(r"(?:法|法典|条例|规定|办法|制度|细则|规则|方案|清单|报告)$")
# A shorter name could be part of an ordinary word.
_SHORTEST = 2


class Names:
    """Resolves names of documents.

    Args:
        documents: every document of the index, all versions.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_name: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for name in _names(document):
                self._by_name[name].append(document)
        for nickname, title in _nicknames().items():
            if title in self._by_name:
                self._by_name[nickname] = self._by_name[title]

    def exactly(self, name: str, day: date) -> Document | None:
        """Return the document of this name that applies on ``day``, None if unknown.

        A name that nobody listed is taken as an abbreviation if its characters stand,
        in their order, in exactly one title: 烟专法 for 烟草专卖法.
        """
        plain = _plain(name)
        found = self._by_name.get(plain) or self._abbreviated(plain)
        return applicable(found, day) if found else None

    def at_end_of(self, text: str, day: date) -> tuple[str, Document] | None:
        """Return the longest name that ``text`` ends with, and its document."""
        for start in range(max(0, len(text) - self._longest), len(text) - _SHORTEST + 1):
            if found := self._by_name.get(text[start:]):
                return text[start:], applicable(found, day)
        return None

    def within(self, text: str, day: date) -> list[Document]:
        """Return the documents named anywhere in ``text``, in order of appearance."""
        found: list[Document] = []
        start = 0
        while start < len(text):
            for end in range(min(len(text), start + self._longest), start + _SHORTEST - 1, -1):
                if named := self._by_name.get(text[start:end]):
                    found.append(applicable(named, day))
                    start = end - 1
                    break
            start += 1
        return list({document.id: document for document in found}.values())

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._by_name), default=0)

    def _abbreviated(self, name: str) -> list[Document]:
        if len(name) < _SHORTEST + 1 or not _KIND.search(name):
            return []
        titles = {
            title: documents
            for title, documents in self._by_name.items()
            if title[0] == name[0] and _subsequence(name, title)
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
    names = {full, _plain(document.title)}
    if document.kind in (DocumentKind.STATUTE, DocumentKind.REGULATION):
        names.add(full.removeprefix("中华人民共和国"))
    else:
        # A bureau's own rule is called without the bureau's place.
        names.add(_PLACE.sub("", full))
    return {name for name in names if len(name) > _SHORTEST}


def _plain(name: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", name)


def _subsequence(short: str, long: str) -> bool:
    characters = iter(long)
    return all(character in characters for character in short)


def _nicknames() -> Mapping[str, str]:
    source = resources.files(__package__).joinpath("nicknames.toml")
    names: Mapping[str, str] = tomllib.loads(source.read_text(encoding="utf-8"))
    return names
