"""Item lists by the short names that people give them, and rows by their printed numbers."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.corpus import Document, DocumentKind, Passage, Unit, Validity

_DISTRICT = re.compile(r"^[一-鿿]{1,12}?(?:自治县|开发区|新区|高新区|区|县|市|旗)")
_EDITION = re.compile(r"[（(]?(20\d\d)年?(?:版|度|修订|修正|本)*[）)]?")
_TOWN = re.compile(r"[镇乡]")
_STREET = re.compile(r"街道|镇街|街镇|街办")
# 城镇 and 乡村 are no tier; 青禾镇清单 means the list of towns.
_TIER = (
    r"(?P<tier>(?:乡镇|镇)\(?(?:和|与|及|、)?(?:街道|街)\)?|街道?(?:和|与|及|、)?(?:乡镇|镇)"
    r"|(?<!城)乡?镇|街道(?:办事处|办)?|街办)"
)
_LIST = r"(?:综合|行政|执法|赋权|下放|承接|事项)*(?:事项表|清单|目录)"
# Another bureau's list is not ours: 临江县街道清单.
_OTHERS = re.compile(r"[一-鿿]{2,}(?:区|县|市|省|州|旗)的?$")
_OWN = re.compile(r"(?:本|我|我们|咱们?|全|各|该|这个?)(?:区|县|市)的?$")
_HAN = re.compile(r"[一-鿿]$")
_ASKING = re.compile(r"(?:请问|查|查询|查一下|看|看看|本|该|这份|这个|和|与)$")
_MAYBE = re.compile(r"清单|目录|事项表")


@dataclass(frozen=True, slots=True)
class _Entry:
    document: Document
    district: str
    year: int
    tiers: frozenset[str]


class Lists:
    """Resolves 镇清单, 示范区街道事项清单（2025年） and the numbers printed on rows.

    Args:
        documents: every document of the index, all versions.
        passages: gives the passages of a document by its id.
    """

    def __init__(
        self, documents: Iterable[Document], passages: Callable[[str], Sequence[Passage]]
    ) -> None:
        self._entries = [
            _Entry(d, district_of(d.title), _year(d), _tiers(d.title))
            for d in documents
            if d.kind is DocumentKind.ITEM_LIST
        ]
        districts = sorted({e.district for e in self._entries if e.district}, key=len, reverse=True)
        self._name = re.compile(
            rf"(?:(?P<district>{'|'.join(map(re.escape, districts)) or '(?!)'})的?)?"
            rf"(?:(?P<year>20\d\d)年?(?:版|度|修订版?)?的?)?{_TIER}?(?:级|里|上)?的?{_LIST}"
            r"(?:\s*\((?P<edition>20\d\d)[^()]{0,12}\))?"
        )
        self._labels = cache(lambda key: _by_label(passages(key)))

    def named(self, text: str, day: date) -> list[tuple[int, int, tuple[Document, ...]]]:
        """Return where ``text`` calls lists by a short name, and the lists meant.

        The newest editions are meant unless a year is named, and every list where neither
        tier nor district is.

        Args:
            text: the words, after NFKC.
            day: the day whose edition is meant.
        """
        if not self._entries or not _MAYBE.search(text):
            return []
        found = []
        for match in self._name.finditer(text):
            if not match["district"] and _of_others(text[: match.start()], match["tier"]):
                continue
            if documents := self._meant(match, day):
                found.append((match.start(), match.end(), documents))
        return found

    def anchors(self, document: Document, label: str) -> tuple[str, ...]:
        """Return the anchors of the rows printed with a label, such as 第12项.

        Sheets that count anew have several of one label.
        """
        return self._labels(document.id).get(label, ())

    def count(self, document: Document) -> int:
        """Return how many rows a list has."""
        return sum(map(len, self._labels(document.id).values()))

    def _meant(self, match: re.Match[str], day: date) -> tuple[Document, ...]:
        year = int(match["edition"] or match["year"] or 0)
        wanted = _tiers(match["tier"] or "")
        fitting = [
            entry
            for entry in self._entries
            if (not match["district"] or entry.district == match["district"])
            and (not year or entry.year == year)
            and (not wanted or not entry.tiers or entry.tiers & wanted)
            and entry.document.validity_on(day) is not Validity.NOT_YET
        ]
        # A list whose title names no tier is meant where no other one does.
        fitting = [entry for entry in fitting if entry.tiers] or fitting
        newest: dict[tuple[str, frozenset[str]], int] = {}
        for entry in fitting:
            key = (entry.district, entry.tiers)
            newest[key] = max(entry.year, newest.get(key, 0))
        return tuple(e.document for e in fitting if e.year == newest[(e.district, e.tiers)])


def _of_others(before: str, tier: str | None) -> bool:
    """Whether the words before say that the list is another: 权责清单, 临江县街道清单."""
    if tier is None:
        return bool(_HAN.search(before)) and not _ASKING.search(before)
    return bool(_OTHERS.search(before)) and not _OWN.search(before)


def district_of(title: str) -> str:
    """Return who issued a list, as its title begins: 示范区; "" if it does not say."""
    district = _DISTRICT.match(title)
    return district[0] if district else ""


def edition_of(title: str) -> int:
    """Return the year of the edition that a title names; 0 if it names none."""
    edition = _EDITION.search(title)
    return int(edition[1]) if edition else 0


def _year(document: Document) -> int:
    published = document.published.year if document.published else 0
    return edition_of(document.title) or published


def _tiers(words: str) -> frozenset[str]:
    found = {"town"} if _TOWN.search(words) else set()
    return frozenset(found | ({"street"} if _STREET.search(words) else set()))


def _by_label(passages: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for passage in passages:
        if passage.unit is Unit.ROW:
            found.setdefault(passage.label, {})[passage.anchor] = None
    return {label: tuple(anchors) for label, anchors in found.items()}
