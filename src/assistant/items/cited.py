"""Answers about rows that a question cites: 镇清单第12项由哪个部门移交？"""

import re

from assistant.items.answers import AnswerKind, RegisterAnswer, RegisterSentence
from assistant.items.asking import Ask, Intent
from assistant.items.membership import Membership
from assistant.items.model import Column, Item
from assistant.items.register import Register
from assistant.items.wording import described, item_table

_LED = 3
_ASKED = (
    (
        Column.DEPARTMENT,
        re.compile(
            r"(?:哪|什么|原).{0,4}(?:部门|单位|机关|局)|原行使|(?:谁|哪).{0,6}(?:移交|划转|下放)|(?:由|归)谁"
        ),
    ),
    (Column.BASIS, re.compile(r"依据|哪(?:一?部|一?条|些)法|什么法")),
    (Column.SCOPE, re.compile(r"赋权范围|什么(?:权|类)|哪(?:一?类|种)|处罚还是|检查还是|强制还是")),
    (
        Column.PLACE,
        re.compile(r"哪(?:些|个|几个)?(?:乡镇|镇街|镇|街道)|赋权镇街|(?:谁|哪).{0,4}承接|自选"),
    ),
    (Column.NOTE, re.compile(r"备注")),
)


class CitedRows:
    """Shows cited rows, led by what is asked of them.

    Args:
        register: the lists.
        membership: says who else may exercise the same item.
    """

    def __init__(self, register: Register, membership: Membership) -> None:
        self._register = register
        self._membership = membership

    def answer(self, ask: Ask) -> RegisterAnswer | None:
        """Return the answer, None if a cited row is no item that the register holds."""
        items = [item for key in dict.fromkeys(ask.rows) if (item := self._register.item(key))]
        if len(items) < len(set(ask.rows)):
            return None
        if self._asks_who(ask, items):
            return self._membership.decide(ask, self._same(items))
        return RegisterAnswer(
            AnswerKind.SHOW,
            (*self._lead(ask, items), *described(self._register, items)),
            item_table(self._register, items, "所引事项"),
            items=tuple(item.address for item in items),
        )

    def _asks_who(self, ask: Ask, items: list[Item]) -> bool:
        """Whether it is asked if another tier, or a named town or street, may do the same."""
        if ask.intent is Intent.COMPARE:
            return False
        named = bool(ask.criteria.place or ask.criteria.tiers)
        beyond = any(ask.criteria.tiers - item.reach.tiers for item in items)
        return named and (ask.intent is Intent.MEMBERSHIP or beyond)

    def _same(self, items: list[Item]) -> list[Item]:
        """Return the rows of the same name in the district's newest lists and those cited."""
        lists = [self._register.list_of(item) for item in items]
        latest = self._register.latest(self._register.lists)
        within = {entry.id for entry in latest if entry.district in {e.district for e in lists}}
        within |= {entry.id for entry in lists}
        named = {item.name for item in items}
        return [i for i in self._register.items() if i.list_id in within and i.name in named]

    def _lead(self, ask: Ask, items: list[Item]) -> list[RegisterSentence]:
        column = next((column for column, words in _ASKED if words.search(ask.text)), None)
        if column is None or len(items) > _LED:
            return []
        return [self._cell(item, column) for item in items]

    def _cell(self, item: Item, column: Column) -> RegisterSentence:
        row = f"《{self._register.list_of(item).title}》{item.label}“{item.name}”"
        value = " ".join(item.value(column).split())
        if not value:
            return RegisterSentence(f"{row}没有填写{column.label}。", (item.address,))
        words = f"{row}的{column.label}是{value.rstrip('。')}。"
        return RegisterSentence(words, (item.address,), (item.value(column),))
