"""May a town or street do this?  Yes, no, not on any list, or which item is meant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.items import phrases
from assistant.items.answers import AnswerKind, RegisterAnswer, RegisterSentence
from assistant.items.asking import Ask, Criteria
from assistant.items.general import GeneralRules
from assistant.items.matching import CERTAIN, NEAR, POSSIBLE, Match
from assistant.items.model import Item, ItemList, Kind, Tier
from assistant.items.register import Register
from assistant.items.wording import described, item_table, list_name

_NEAREST = 3
_OFFERED = 6


class Membership:
    """Says whether a town, a street or a named one may exercise an item.

    Args:
        register: the lists.
        general: finds the law's own rule where no list has the item; None for none.
    """

    def __init__(self, register: Register, general: GeneralRules | None) -> None:
        self._register = register
        self._general = general

    def answer(self, ask: Ask, lists: Sequence[ItemList], day: date) -> RegisterAnswer | None:
        """Return the answer, None if the question names nothing that could be an item."""
        criteria = ask.criteria
        if not criteria.topic:
            return self._by_criteria(ask, lists)
        pool = self._register.select(
            Criteria(departments=criteria.departments, laws=criteria.laws), lists
        )
        matches = self._register.matcher.match(criteria.topic, pool)
        best = matches[0].score if matches else 0.0
        asked = phrases.PUNISH.search(ask.text) or ask.asks_for_item
        if best < CERTAIN and not asked:
            return None
        if best < POSSIBLE:
            return self.no_item(ask, lists, day)
        if best < CERTAIN:
            near = [m.item for m in matches if m.score >= best - NEAR][:_OFFERED]
            return self._candidates(ask, near)
        meant = [m.item for m in matches if m.score >= max(CERTAIN, best - NEAR)]
        return self.decide(ask, _penalties_first(meant, ask))

    def decide(self, ask: Ask, meant: list[Item]) -> RegisterAnswer:
        """Say whether those asked about may exercise the items meant.

        Args:
            ask: who is asked about.
            meant: the same matter on every list that has it; put into the lists' order.
        """
        criteria = ask.criteria
        meant.sort(key=lambda item: (item.list_id, item.position))
        allowed = [item for item in meant if _allowed(item, criteria)]
        if not allowed and criteria.tiers:
            # The list of the own tier says best why not.
            meant = [item for item in meant if item.reach.tiers & criteria.tiers] or meant
        return self._yes(ask, allowed) if allowed else self._no(ask, meant)

    def no_item(self, ask: Ask, lists: Sequence[ItemList], day: date) -> RegisterAnswer:
        """Say that no list has such an item, what the law says, and what comes nearest."""
        topic = ask.criteria.topic
        names = "、".join(list_name(entry) for entry in lists)
        sentences = [
            RegisterSentence(
                f"{names}中没有与“{topic}”对应的事项，{_who(ask.criteria)}不能依据清单行使这项职权。"
            )
        ]
        rule = self._general.find(topic, day) if self._general else None
        if rule is not None:
            sentences.append(rule)
        else:
            sentences.append(RegisterSentence("未列入清单的职权，由法律、法规规定的主管部门行使。"))
        pool = [item for entry in lists for item in self._register.items(entry.id)]
        near = self._nearest(self._register.matcher.match(topic, pool))
        if near:
            sentences.append(RegisterSentence("清单中字面最接近的事项如下，仅供核对："))
            sentences += [_named(self._register, item) for item in near]
        return RegisterAnswer(
            AnswerKind.NONE,
            tuple(sentences),
            item_table(self._register, near, "最接近的事项") if near else None,
        )

    def _by_criteria(self, ask: Ask, lists: Sequence[ItemList]) -> RegisterAnswer | None:
        """Answer 街道有没有自选事项: nothing is named, only a kind of item."""
        unrestricted = replace(ask.criteria, tiers=frozenset(), place="") == Criteria()
        if unrestricted or not ask.firm:
            return None
        items = self._register.select(ask.criteria, lists)
        return self._yes(ask, items) if items else self._no(ask, [])

    def _yes(self, ask: Ask, items: Sequence[Item]) -> RegisterAnswer:
        who = _who(ask.criteria)
        some = all(item.reach.optional for item in items) and not ask.criteria.place
        lead = f"可以。{who}依据清单可以行使下列{len(items)}项："
        if some:
            lead = f"部分可以。下列{len(items)}项是自选事项，只有所列镇街可以行使："
        without = [tier for tier in _tiers(ask.criteria) if not _any(items, tier)]
        if len(without) == 1:
            may = next(tier for tier in Tier if tier is not without[0])
            whether = "部分可以" if some else "可以"
            lead = f"{may.label}{whether}，{without[0].label}不可以。清单中有下列{len(items)}项："
        return self._answer(AnswerKind.YES, lead, items)

    def _no(self, ask: Ask, items: Sequence[Item]) -> RegisterAnswer:
        who = _who(ask.criteria)
        lead = f"不可以。清单没有把这项职权赋予{who}。"
        if items:
            lead = f"不可以。{who}不在下列事项的承接范围内："
        return self._answer(AnswerKind.NO, lead, items)

    def _candidates(self, ask: Ask, items: Sequence[Item]) -> RegisterAnswer:
        lead = f"清单中没有名称与“{ask.criteria.topic}”完全对应的事项，可能是下列事项，请核对："
        sentences = [RegisterSentence(lead)]
        for item in items:
            named = _named(self._register, item)
            words = f"{named.text[:-1]}（{_may(item, ask.criteria)}）。"
            sentences.append(replace(named, text=words))
        return RegisterAnswer(
            AnswerKind.CANDIDATES,
            tuple(sentences),
            item_table(self._register, items, "可能的事项"),
            items=tuple(item.address for item in items),
            certain=False,
        )

    def _answer(self, kind: AnswerKind, lead: str, items: Sequence[Item]) -> RegisterAnswer:
        return RegisterAnswer(
            kind,
            (
                RegisterSentence(lead, tuple(item.address for item in items[:3])),
                *described(self._register, items),
            ),
            item_table(self._register, items, "相关事项") if items else None,
            items=tuple(item.address for item in items),
        )

    def _nearest(self, matches: Sequence[Match]) -> list[Item]:
        return [match.item for match in matches[:_NEAREST] if match.score >= POSSIBLE / 2]


def _allowed(item: Item, criteria: Criteria) -> bool:
    if criteria.place:
        return item.reach.covers(criteria.place)
    return not criteria.tiers or bool(item.reach.tiers & criteria.tiers)


def _may(item: Item, criteria: Criteria) -> str:
    """Say for each tier asked about whether it may exercise an item."""
    asked = [replace(criteria, tiers=frozenset({tier})) for tier in _tiers(criteria)]
    may = {_who(one): _allowed(item, one) for one in asked or [criteria]}
    if len(set(may.values())) == 1:
        may = {_who(criteria): next(iter(may.values()))}
    return "，".join(f"{who}{'可以行使' if y else '不在承接范围内'}" for who, y in may.items())


def _tiers(criteria: Criteria) -> list[Tier]:
    """Both tiers where both are asked about; else none."""
    both = len(criteria.tiers) == len(Tier) and not criteria.place
    return list(Tier) if both else []


def _any(items: Sequence[Item], tier: Tier) -> bool:
    return any(tier in item.reach.tiers for item in items)


def _penalties_first(items: list[Item], ask: Ask) -> list[Item]:
    """Keep the penalties alone where a question is about punishing."""
    if "罚" in ask.text:
        return [item for item in items if item.kind is Kind.PENALTY] or items
    return items


def _who(criteria: Criteria) -> str:
    if criteria.place:
        return criteria.place
    return "、".join(sorted(tier.label for tier in criteria.tiers)) or "镇街"


def _named(register: Register, item: Item) -> RegisterSentence:
    words = f"《{register.list_of(item).title}》{item.label}：{item.name}。"
    return RegisterSentence(words, (item.address,), (item.name,))
