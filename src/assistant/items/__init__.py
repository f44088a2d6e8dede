"""Item lists as a register that answers exactly and checks itself."""

from assistant.items.answerer import RegisterAnswerer
from assistant.items.answers import AnswerKind, ItemTable, RegisterAnswer, RegisterSentence
from assistant.items.model import Column, Item, ItemList, Kind, Reach, Tier
from assistant.items.register import Register

__all__ = [
    "AnswerKind",
    "Column",
    "Item",
    "ItemList",
    "ItemTable",
    "Kind",
    "Reach",
    "Register",
    "RegisterAnswer",
    "RegisterAnswerer",
    "RegisterSentence",
    "Tier",
]
