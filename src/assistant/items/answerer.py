"""Answer questions from the register: count, show, compare, and say who may do what."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.items import phrases
from assistant.items.answers import AnswerKind, RegisterAnswer, RegisterSentence
from assistant.items.asking import Ask, Criteria, Intent
from assistant.items.cited import CitedRows
from assistant.items.compare import compare
from assistant.items.general import GeneralRules
from assistant.items.matching import CERTAIN, NEAR, POSSIBLE, Match
from assistant.items.membership import Membership
from assistant.items.model import Item, ItemList, Tier
from assistant.items.register import Register
from assistant.items.wording import (
    comparison_sentences,
    criteria_words,
    described,
    item_table,
    list_name,
)
from assistant.retrieval import CitedPlace, Searcher

_OFFERED = 6
_LEAST_LOOSE = 0.7


class RegisterAnswerer:
    """Answers what the item lists answer exactly, and nothing else.

    Attributes:
        register: the lists.

    Args:
        register: the lists.
        searcher: finds the general rule where no list has the item; None for none.
    """

    def __init__(self, register: Register, searcher: Searcher | None = None) -> None:
        self.register = register
        self._general = GeneralRules(searcher) if searcher else None
        self._membership = Membership(register, self._general)
        self._cited = CitedRows(register, self._membership)

    def answer(
        self,
        question: str,
        day: date,
        history: Sequence[str] = (),
        cited: Sequence[CitedPlace] | None = None,
    ) -> RegisterAnswer | None:
        """Return the answer, None if the question is not one about item lists.

        Args:
            question: everyday Chinese.
            day: the day whose law applies.
            history: the questions before, oldest first; 那镇呢？ is about the last.
            cited: what the question cites, where it was completed from a dialogue and its
                words alone do not tell; read from them by default.
        """
        if not self.register.lists:
            return None
        ask = self.register.reader.read(question, day, history[-1] if history else "")
        if ask is not None and cited is not None and ask.rows:
            ask = replace(ask, rows=tuple(place.citation_id for place in cited if place.row))
        if ask is None:
            return None
        found = self._answer(ask, day)
        return None if found is None else replace(found, question=ask.text)

    def _answer(self, ask: Ask, day: date) -> RegisterAnswer | None:
        if ask.rows:
            return self._cited.answer(ask)
        lists = self._lists(ask)
        if not lists:
            return None
        if ask.intent is Intent.COMPARE:
            return self._compare(ask, lists)
        if ask.intent is Intent.MEMBERSHIP:
            return self._membership.answer(ask, lists, day)
        found = self._found(ask, lists)
        if found is None:
            return self._nothing(ask, lists, day)
        items, certain = found
        if ask.intent is Intent.COUNT and certain:
            return self._count(ask, items, lists)
        return self._show(ask, items, certain)

    def _lists(self, ask: Ask) -> list[ItemList]:
        """Return the lists that a question is about, the newest editions unless it says."""
        lists = self.register.lists
        if ask.districts:
            lists = [entry for entry in lists if entry.district in ask.districts]
        if ask.years:
            return [entry for entry in lists if entry.year in ask.years]
        newest = self.register.latest(lists)
        criteria = replace(ask.criteria, topic="")
        older = [entry for entry in lists if entry not in newest]
        # What only an older edition has is still worth finding, such as repealed bases.
        if older and criteria.laws and not self.register.select(criteria, newest):
            return lists
        return newest

    def _found(self, ask: Ask, lists: Sequence[ItemList]) -> tuple[list[Item], bool] | None:
        """Return the items meant and whether they are meant without doubt, None for none."""
        items = self.register.select(ask.criteria, lists)
        topic = ask.criteria.topic
        if not topic:
            if ask.intent is Intent.SHOW and _bare(ask):
                return None
            return (items, True) if items or ask.intent is Intent.COUNT else None
        if ask.keywords:
            return self._about(topic.replace("、", " ").split(), items)
        matches = self.register.matcher.match(topic, items)
        if not matches or matches[0].score < POSSIBLE:
            return None
        best = matches[0].score
        if best >= CERTAIN:
            return _in_order(m for m in matches if m.score >= max(CERTAIN, best - NEAR)), True
        if not ask.asks_for_item and best < _LEAST_LOOSE:
            return None
        near = [match for match in matches if match.score >= best - NEAR][:_OFFERED]
        return [match.item for match in near], False

    def _about(self, words: Sequence[str], items: list[Item]) -> tuple[list[Item], bool] | None:
        """Return the items that any of several keywords names: 关于烟草、卖烟的事项."""
        found = {
            match.item.address: match
            for word in words
            for match in self.register.matcher.match(word, items)
            if match.score >= CERTAIN
        }
        return (_in_order(found.values()), True) if found else None

    def _count(self, ask: Ask, items: list[Item], lists: Sequence[ItemList]) -> RegisterAnswer:
        sentences = []
        counts = []
        described_by = criteria_words(ask.criteria)
        for entry in lists:
            tiers = ask.criteria.tiers
            if tiers and entry.tiers and not entry.tiers & tiers:
                continue
            of_list = [item for item in items if item.list_id == entry.id]
            counts.append((entry.id, len(of_list)))
            words = f"{list_name(entry)}中，{described_by}事项共{len(of_list)}项"
            if not described_by and len(entry.tiers) > 1:
                words += self._by_tier(of_list, tiers)
            if entry.stated and len(of_list) == entry.count:
                agrees = entry.stated == entry.count
                words += "，与清单载明的项数一致" if agrees else f"，但清单载明为{entry.stated}项"
            first = tuple(item.address for item in of_list[:3])
            sentences.append(RegisterSentence(f"{words}。", first))
        if len(counts) > 1:
            total = sum(number for _, number in counts)
            sentences.append(RegisterSentence(f"各清单合计{total}项。"))
        title = f"{described_by}事项"
        return RegisterAnswer(
            AnswerKind.COUNT,
            tuple(sentences),
            item_table(self.register, items, title) if items else None,
            counts=tuple(counts),
            items=tuple(item.address for item in items),
        )

    def _by_tier(self, items: Sequence[Item], tiers: frozenset[Tier]) -> str:
        parts = [
            f"{tier.label}可以行使{sum(tier in item.reach.tiers for item in items)}项"
            for tier in Tier
            if not tiers or tier in tiers
        ]
        return f"（{'，'.join(parts)}）"

    def _show(self, ask: Ask, items: list[Item], certain: bool) -> RegisterAnswer:
        described_by = criteria_words(ask.criteria)
        if certain:
            lead = f"{described_by}事项共{len(items)}项：" if len(items) > 1 else ""
        else:
            lead = f"清单中没有名称与“{ask.criteria.topic}”完全对应的事项，可能是下列事项，请核对："
        sentences = [RegisterSentence(lead)] if lead else []
        sentences += described(self.register, items)
        return RegisterAnswer(
            AnswerKind.SHOW if certain else AnswerKind.CANDIDATES,
            tuple(sentences),
            item_table(self.register, items, f"{described_by}事项"),
            items=tuple(item.address for item in items),
            certain=certain,
        )

    def _nothing(self, ask: Ask, lists: Sequence[ItemList], day: date) -> RegisterAnswer | None:
        """Say that no list has the item; silent where the question may mean something else."""
        if not ask.firm:
            return None
        if not ask.criteria.topic:
            if _bare(ask):
                return None
            names = "、".join(list_name(entry) for entry in lists)
            words = f"{names}中没有{criteria_words(ask.criteria)}事项。"
            return RegisterAnswer(AnswerKind.NONE, (RegisterSentence(words),))
        if not ask.asks_for_item:
            return None
        return self._membership.no_item(ask, lists, day)

    def _compare(self, ask: Ask, lists: list[ItemList]) -> RegisterAnswer | None:
        sides = self._sides(ask, lists)
        if sides is None:
            return None
        (first_name, first), (second_name, second) = sides
        found = compare(first, second)
        if not first and not second:
            return None
        sentences = comparison_sentences(ask, found, first_name, second_name, self.register)
        shown = [*found.first, *found.second]
        if ask.focus:
            shown = list(found.first if ask.focus == "first" else found.second)
        return RegisterAnswer(
            AnswerKind.COMPARE,
            tuple(sentences),
            item_table(self.register, shown, f"{first_name}与{second_name}不同的事项"),
            items=tuple(item.address for item in shown),
            first=tuple(item.address for item in found.first),
            second=tuple(item.address for item in found.second),
            common=len(found.common),
        )

    def _sides(
        self, ask: Ask, lists: list[ItemList]
    ) -> tuple[tuple[str, list[Item]], tuple[str, list[Item]]] | None:
        """Return two sides with their names: two years, or towns and streets."""
        criteria = replace(ask.criteria, topic="")
        if len(ask.years) > 1:
            tiers = frozenset(ask.sides) or ask.tiers
            before, after = ask.years[:2]
            kept = {e.series for e in lists if e.year == before}
            kept &= {e.series for e in lists if e.year == after}
            lists = [e for e in lists if e.series in kept and _fits(e, tiers)]
            criteria = replace(criteria, tiers=tiers)
            first, second = (
                self.register.select(criteria, [e for e in lists if e.year == year])
                for year in (before, after)
            )
            return (f"{before}年清单", first), (f"{after}年清单", second)
        if len(ask.sides) < 2:
            return None
        both = self._comparable(lists)
        one, other = ask.sides[:2]
        return (
            (f"{one.label}清单", self._of_tier(criteria, both, one)),
            (f"{other.label}清单", self._of_tier(criteria, both, other)),
        )

    def _of_tier(self, criteria: Criteria, lists: list[ItemList], tier: Tier) -> list[Item]:
        return self.register.select(replace(criteria, tiers=frozenset({tier})), lists)

    def _comparable(self, lists: list[ItemList]) -> list[ItemList]:
        """Return the lists of the first district that has both tiers."""
        for district in dict.fromkeys(entry.district for entry in lists):
            same = [entry for entry in lists if entry.district == district]
            if frozenset().union(*(entry.tiers for entry in same)) == frozenset(Tier):
                return same
        return lists


def _fits(entry: ItemList, tiers: frozenset[Tier]) -> bool:
    return not tiers or not entry.tiers or bool(entry.tiers & tiers)


def _bare(ask: Ask) -> bool:
    """Whether a question names a list and nothing in it, and does not ask for all of it."""
    unrestricted = replace(ask.criteria, tiers=frozenset()) == Criteria()
    return unrestricted and not phrases.EVERYTHING.search(ask.text)


def _in_order(matches: Iterable[Match]) -> list[Item]:
    items = [match.item for match in matches]
    return sorted(items, key=lambda item: (item.list_id, item.position))
