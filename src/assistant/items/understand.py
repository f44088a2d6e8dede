"""Read a question about item lists: what it asks, and which items it means."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.corpus import Document, DocumentKind
from assistant.corpus.numerals import to_int
from assistant.items import phrases
from assistant.items.asking import Ask, Criteria, Intent
from assistant.items.matching import vocabulary
from assistant.items.model import Item, ItemList, Tier
from assistant.retrieval import Names, find_citations


class Reader:
    """Reads questions with the names that the register itself uses.

    Args:
        lists: every list of the register.
        items: every item.
        names: resolves names of laws.
    """

    def __init__(self, lists: Sequence[ItemList], items: Iterable[Item], names: Names) -> None:
        self._names = names
        self._districts = sorted({entry.district for entry in lists if entry.district}, key=_long)
        places: set[str] = set()
        departments: set[str] = set()
        self._codes: set[str] = set()
        for item in items:
            places.update(item.reach.places)
            departments.add(item.department)
            if item.code:
                self._codes.add(item.code.upper())
        self._places = sorted(places, key=_long)
        self._departments = sorted((name for name in departments if name), key=_long)
        self._stems = _stems(self._departments, self._districts)

    def read(self, question: str, day: date, previous: str = "") -> Ask | None:
        """Return what a question asks, None if it does not speak of item lists at all.

        Args:
            question: as asked.
            day: the day whose law applies.
            previous: the question before, which 那镇呢？ is about.
        """
        text = unicodedata.normalize("NFKC", question).strip()
        if previous and (follow := phrases.FOLLOW_UP.match(text)):
            text = self._continued(previous, follow[1])
        rest = phrases.GLUE.sub("", text)
        firm = bool(phrases.FIRM.search(rest))
        rest, rows = self._take_rows(rest, day)
        rest, criteria = self._laws(rest, day)
        rest, codes = self._numbers(rest)
        rest, years = phrases.take_years(rest)
        rest, districts = phrases.take_names(rest, self._districts, keep=self._departments)
        rest, departments = self._take_departments(rest)
        rest, place = self._take_place(rest)
        compare = bool(phrases.COMPARE.search(rest))
        both_ways = phrases.ONE_SIDE.search(rest)
        universal = bool(phrases.UNIVERSAL.search(rest)) and not compare
        rest, tiers, only = phrases.take_tiers(rest)
        if place:
            tiers = tiers or (Tier.STREET if place.endswith("街道") else Tier.TOWN,)
        intent = phrases.intent_of(rest, compare and (len(set(tiers)) > 1 or len(years) > 1))
        if not self._speaks_of_lists(
            rest, firm or bool(codes) or bool(rows), intent, tiers, departments, districts
        ):
            return None
        rest, kinds = phrases.take_kinds(rest)
        rest, optional = phrases.take_optional(rest, universal)
        focus = ""
        if intent is Intent.COMPARE:
            focus = (
                "second"
                if phrases.LESS.search(rest)
                else "first"
                if phrases.MORE.search(rest)
                else ""
            )
            if both_ways:
                focus = "first"
        criteria = replace(
            criteria,
            tiers=frozenset() if intent is Intent.COMPARE else frozenset(tiers),
            only=only,
            place=place,
            departments=departments,
            kinds=kinds,
            optional=optional,
            numbers=codes,
            topic=phrases.topic_of(rest, intent),
        )
        sides = phrases.sides_of(tiers, both_ways) if intent is Intent.COMPARE else ()
        return Ask(
            text,
            intent,
            criteria,
            districts=tuple(districts),
            years=years,
            sides=sides,
            firm=firm,
            focus=focus,
            tiers=frozenset(tiers),
            asks_for_item=bool(phrases.ITEM_ASKED.search(text)),
            keywords="、" in rest and bool(phrases.KEYWORDS.search(rest)),
            rows=rows,
        )

    def _continued(self, previous: str, words: str) -> str:
        """Put the new town, street, tier, district or year into the question before."""
        for pattern in (
            re.compile("|".join(map(re.escape, self._places)) or r"(?!)"),
            re.compile(r"20\d\d年?"),
            re.compile("|".join(map(re.escape, self._districts)) or r"(?!)"),
            phrases.NUMBER,
            phrases.BOTH,
            re.compile(f"{phrases.STREET.pattern}|{phrases.TOWN.pattern}"),
        ):
            if pattern.search(words) and pattern.search(previous):
                return pattern.sub(words, previous, count=1)
        if tier := re.search(f"{phrases.STREET.pattern}|{phrases.TOWN.pattern}", words):
            return re.sub(
                f"{phrases.STREET.pattern}|{phrases.TOWN.pattern}", tier[0], previous, count=1
            )
        return f"{previous.rstrip('?？')} {words}" if len(words) < 2 else words

    def _speaks_of_lists(
        self,
        rest: str,
        firm: bool,
        intent: Intent,
        tiers: Sequence[Tier],
        departments: frozenset[str],
        districts: Sequence[str],
    ) -> bool:
        if firm:
            return True
        if phrases.PROCEDURE.search(rest):
            return False
        if intent is Intent.MEMBERSHIP:
            return bool(tiers) and bool(phrases.ACTS.search(rest))
        if intent is Intent.COUNT:
            return bool(phrases.COUNTED.search(rest)) and bool(tiers or departments or districts)
        if intent is Intent.COMPARE:
            return bool(phrases.LOOSE.search(rest)) or len(set(tiers)) > 1
        return bool(phrases.LOOSE.search(rest))

    def _take_rows(self, text: str, day: date) -> tuple[str, tuple[str, ...]]:
        """Take out cited rows with the names of their lists: addresses, and the rest."""
        places = [place for place in find_citations(text, self._names, day) if place.row]
        for start, end in sorted({(p.start, p.end) for p in places}, reverse=True):
            text = f"{text[:start]} {text[end:]}"
        return text, tuple(place.citation_id for place in places)

    def _laws(self, text: str, day: date) -> tuple[str, Criteria]:
        """Take out laws and articles: titles and anchors, and the text without them."""
        cited = [
            place for place in find_citations(text, self._names, day) if _is_law(place.document)
        ]
        named = [place.document for place in cited]
        named += [document for document in self._names.within(text, day) if _is_law(document)]
        anchors = frozenset(place.anchor for place in cited)
        for place in reversed(cited):
            text = text[: place.start] + " " + text[place.end :]
        titles = dict.fromkeys(document.title for document in named)
        for title in titles:
            for form in (title, title.removeprefix("中华人民共和国")):
                text = text.replace(f"《{form}》", " ").replace(form, " ")
        # 《水法》 is too short a name to be found in running text, yet plain in its marks.
        for marked in re.findall(r"《([^《》]+)》", text):
            if self._is_list(marked, day):
                text = text.replace(f"《{marked}》", marked)
                continue
            document = self._names.exactly(f"中华人民共和国{marked}", day)
            titles[document.title if document else marked] = None
            text = text.replace(f"《{marked}》", " ")
        return text, Criteria(laws=tuple(titles), anchors=anchors)

    def _is_list(self, name: str, day: date) -> bool:
        document = self._names.exactly(name, day)
        if document is None:
            return bool(self._names.lists.named(name, day))
        return document.kind is DocumentKind.ITEM_LIST

    def _numbers(self, text: str) -> tuple[str, frozenset[str]]:
        found = set()
        for code in re.findall(r"[A-Za-z0-9][A-Za-z0-9\-_.]+", text):
            if code.upper() in self._codes:
                found.add(code.upper())
                text = text.replace(code, " ")
        for match in phrases.NUMBER.finditer(text):
            found.add(str(to_int(match[1])))
            text = text.replace(match[0], " ")
        return text, frozenset(found)

    def _take_departments(self, text: str) -> tuple[str, frozenset[str]]:
        for name in self._departments:
            if name in text:
                return text.replace(name, " "), frozenset({name})
        for said, stem in self._stems:
            pattern = re.compile(
                rf"(?:区|县|市)?{re.escape(said)}(?:管理)?"
                r"(?:局|委员会|委|部门|大队|支队|系统|口|类(?!型)|(?=的?(?:自选)?(?:执法)?事项)"
                r"|(?=下放|赋权|移交|划转))"
            )
            if match := pattern.search(text):
                names = frozenset(name for name in self._departments if stem in name)
                if names:
                    return text.replace(match[0], " "), names
        return text, frozenset()

    def _take_place(self, text: str) -> tuple[str, str]:
        for name in self._places:
            if name in text:
                return text.replace(name, " "), name
        return text, ""


def _stems(departments: Sequence[str], districts: Sequence[str]) -> list[tuple[str, str]]:
    """Return (what people say, part of the full name) pairs, longest first."""
    stems = {}
    prefix = re.compile(rf"^(?:{'|'.join(map(re.escape, districts)) or '(?!)'}|区|县|市|自治县)")
    for name in departments:
        stem = re.sub(r"(?:局|委员会|委|大队|支队|总队|办公室|中心)$", "", prefix.sub("", name))
        if len(stem) > 1:
            stems[stem] = stem
    for said, means in vocabulary()["departments"].items():
        stem = str(means)
        if any(stem in name for name in departments):
            stems.setdefault(said, stem)
    return sorted(stems.items(), key=lambda pair: -len(pair[0]))


def _is_law(document: Document) -> bool:
    return document.kind in (DocumentKind.STATUTE, DocumentKind.REGULATION)


def _long(name: str) -> tuple[int, str]:
    return -len(name), name
