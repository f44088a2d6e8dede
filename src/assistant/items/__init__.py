"""Item lists as a register that answers exactly and checks itself."""

from assistant.items.answerer import RegisterAnswerer
from assistant.items.answers import AnswerKind, ItemTable, RegisterAnswer, RegisterSentence
from assistant.items.health import Defect, HealthReport, Remark, check_list, report_table
from assistant.items.model import Column, Item, ItemList, Kind, Reach, Tier
from assistant.items.register import Register
from assistant.items.workbook import table_workbook

__all__ = [
    "AnswerKind",
    "Column",
    "Defect",
    "HealthReport",
    "Item",
    "ItemList",
    "ItemTable",
    "Kind",
    "Reach",
    "Register",
    "RegisterAnswer",
    "RegisterAnswerer",
    "RegisterSentence",
    "Remark",
    "Tier",
    "check_list",
    "report_table",
    "table_workbook",
]
