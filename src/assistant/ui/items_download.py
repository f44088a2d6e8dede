"""Downloads of item tables as XLSX."""

from datetime import date
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Response

from assistant.answering import LiveAssistant
from assistant.items import ItemTable, Register, check_list, report_table, table_workbook
from assistant.items.compare import compare
from assistant.items.wording import item_table
from assistant.ui.auditing import Auditing
from assistant.ui.items_handlers import filtered, find

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_downloads(app: FastAPI, live: LiveAssistant) -> None:
    """Add ``/items.xlsx``, which gives the table that its parameters describe."""

    auditing = Auditing(live.settings)

    def items_xlsx(
        question: str = "",
        list: str = "",
        department: str = "",
        kind: str = "",
        words: str = "",
        check: str = "",
        first: str = "",
        second: str = "",
    ) -> Response:
        answerer = live.current.items
        register = answerer.register
        if question:
            answer = answerer.answer(question, date.today())
            table = answer.table if answer else None
        elif check:
            table = _checked(register, check)
        elif first or second:
            table = _compared(register, first, second)
        else:
            found, _ = find(register, filtered(register, list, department, kind), words)
            table = item_table(register, found, "事项")
        if table is None:
            raise HTTPException(404, "没有这样的事项清单")
        auditing.exported(table.title, "xlsx")
        return Response(
            table_workbook(table),
            media_type=_XLSX,
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(_name(table))}.xlsx"
            },
        )

    app.get("/items.xlsx")(items_xlsx)


def _checked(register: Register, list_id: str) -> ItemTable | None:
    entry = register.find_list(list_id)
    return report_table([check_list(register, entry)]) if entry else None


def _compared(register: Register, first: str, second: str) -> ItemTable | None:
    one, other = register.find_list(first), register.find_list(second)
    if one is None or other is None:
        return None
    found = compare(register.items(one.id), register.items(other.id))
    return item_table(register, [*found.first, *found.second], "两份清单不同的事项")


def _name(table: ItemTable) -> str:
    return table.title[:40] or "事项"
