"""Sentences and tables about items, as readers see them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.corpus.numerals import to_chinese
from assistant.items.answers import ItemTable, RegisterSentence
from assistant.items.asking import Ask, Criteria
from assistant.items.basis import Basis, State
from assistant.items.compare import Comparison
from assistant.items.model import Item, ItemList
from assistant.items.register import Register

_NAMED = 12
_QUOTED = 3
_LONGEST_QUOTE = 420
HEADINGS = (
    "清单", "序号", "事项名称", "原行使部门", "赋权范围",
    "执法依据", "依据状态", "赋权镇街", "备注",
)  # fmt: skip


def item_table(register: Register, items: Sequence[Item], title: str) -> ItemTable:
    """Return a table of items, each with the state of its basis."""
    return ItemTable(
        title=title,
        headings=HEADINGS,
        rows=tuple(
            (
                register.list_of(item).title,
                item.number or item.code or str(item.position),
                item.name,
                item.department,
                item.scope,
                item.basis,
                state_words(register.bases(item)),
                item.place,
                item.note,
            )
            for item in items
        ),
        addresses=tuple(item.address for item in items),
    )


def state_words(bases: Iterable[Basis]) -> str:
    """Return the states of a row's provisions in a few words."""
    states = list(dict.fromkeys(basis.state for basis in bases))
    if not states:
        return "未填写"
    wrong = [state for state in states if not state.is_sound]
    return "、".join(state.label for state in wrong or states)


def full_item(register: Register, item: Item) -> list[RegisterSentence]:
    """Return an item in full: its cells, then each provision of its basis quoted."""
    entry = register.list_of(item)
    cells = [
        f"{label}：{value}"
        for label, value in (
            ("原行使部门", item.department),
            ("赋权范围", item.scope),
            ("赋权镇街", item.place),
            ("备注", item.note),
        )
        if value
    ]
    words = f"《{entry.title}》{item.label}：{item.name}。"
    words += "；".join(cells) + "。" if cells else ""
    quotes = tuple(value for value in (item.name, item.department) if value)
    sentences = [RegisterSentence(words, (item.address,), quotes)]
    sentences += [basis_sentence(basis) for basis in register.bases(item)]
    return sentences


def basis_sentence(basis: Basis) -> RegisterSentence:
    """Return a provision with its state, and its words where they are known."""
    words = f"执法依据{basis.official}（{basis.state.label}）"
    if basis.state is State.UNREAD:
        words = f"执法依据“{basis.cited.title}”未能识别为条款"
    addresses: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    if basis.article is not None and basis.words:
        lines = basis.words.split("\n")
        shown = "".join(lines)
        if len(shown) > _LONGEST_QUOTE:
            shown = shown[:_LONGEST_QUOTE] + "……"
        words += f"：“{shown.rstrip('；')}”"
        addresses = (basis.article.citation_id,)
        quotes = tuple(lines)
    if basis.successor is not None and basis.state is not State.IN_FORCE:
        words += f"。现行规定可能是{basis.successor.official}，请核对"
        addresses += (basis.successor.article.citation_id,)
    if not words.endswith("。”"):
        words += "。"
    return RegisterSentence(words, addresses, quotes)


def described(register: Register, items: Sequence[Item]) -> list[RegisterSentence]:
    """Return a few items in full, many by name."""
    if len(items) <= _QUOTED:
        said = [sentence for item in items for sentence in full_item(register, item)]
        # Items of one list often rest on the same duty; its words need saying once.
        return list(dict.fromkeys(said))
    sentences = [
        RegisterSentence(
            f"《{register.list_of(item).title}》{item.label}：{item.name}。",
            (item.address,),
            (item.name,),
        )
        for item in items[:_NAMED]
    ]
    if len(items) > _NAMED:
        sentences.append(RegisterSentence(f"其余{len(items) - _NAMED}项见下表。"))
    return sentences


def criteria_words(criteria: Criteria) -> str:
    """Return what restricts the items, to go before 事项: 原行使部门为区水利局、属于行政检查的."""
    parts = []
    if criteria.departments:
        parts.append(f"原行使部门为{'、'.join(sorted(criteria.departments))}")
    if criteria.laws:
        places = "、".join(sorted(_article(anchor) for anchor in criteria.anchors))
        laws = "、".join(f"《{title}》" for title in criteria.laws)
        parts.append(f"依据{laws}{places}")
    if criteria.kinds:
        parts.append(f"属于{'、'.join(sorted(kind.label for kind in criteria.kinds))}")
    if criteria.optional is True:
        parts.append("由镇街自选承接")
    if criteria.optional is False:
        parts.append("由全部镇街统一承接")
    if criteria.place:
        parts.append(f"{criteria.place}可以行使")
    elif criteria.only and criteria.tiers:
        parts.append(f"只由{'、'.join(sorted(tier.label for tier in criteria.tiers))}行使")
    if criteria.topic:
        parts.append(f"名称涉及“{criteria.topic}”")
    return f"{'、'.join(parts)}的" if parts else ""


def list_name(entry: ItemList) -> str:
    """Return a list's title in its marks."""
    return f"《{entry.title}》"


def comparison_sentences(
    ask: Ask, found: Comparison, first: str, second: str, register: Register
) -> list[RegisterSentence]:
    """Return what two sides have in common and what only one of them has."""
    what = criteria_words(replace(ask.criteria, topic=""))
    sentences = [
        RegisterSentence(
            f"{what}事项，{first}与{second}共有{len(found.common)}项；"
            f"{first}有而{second}没有的{len(found.first)}项，"
            f"{second}有而{first}没有的{len(found.second)}项。"
        )
    ]
    for name, items, side in ((first, found.first, "first"), (second, found.second, "second")):
        if items and ask.focus in ("", side):
            sentences.append(RegisterSentence(f"只在{name}中的{len(items)}项："))
            sentences += (
                described(register, items)
                if len(items) > 3
                else [
                    RegisterSentence(
                        f"《{register.list_of(item).title}》{item.label}：{item.name}。",
                        (item.address,),
                        (item.name,),
                    )
                    for item in items
                ]
            )
    if found.changed and not ask.focus:
        changes = "；".join(
            f"{change.first.name}（{'、'.join(c.label for c in change.columns)}不同）"
            for change in found.changed[:8]
        )
        more = "等" if len(found.changed) > 8 else ""
        pairs = [a for change in found.changed[:8] for a in (change.first, change.second)]
        sentences.append(
            RegisterSentence(
                f"两份清单都有、但内容不同的{len(found.changed)}项：{changes}{more}。",
                tuple(item.address for item in pairs),
            )
        )
    return sentences


def _article(anchor: str) -> str:
    number, _, suffix = anchor.removeprefix("a").partition("-")
    words = f"第{to_chinese(int(number))}条"
    return words + (f"之{to_chinese(int(suffix))}" if suffix else "")
