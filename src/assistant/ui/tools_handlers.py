"""What the forms of 办案工具 do: read what was filled in, ask the tool, draw its result."""

import base64
import logging
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from weakref import WeakKeyDictionary

from assistant.answering import Assistant, LiveAssistant
from assistant.procedures import (
    EXPORTS,
    Case,
    DeadlineQuestion,
    Party,
    ProcedureError,
    Procedures,
    Thresholds,
    ToolResult,
    export,
)
from assistant.procedures.workdays import WorkCalendar
from assistant.ui import render

_FORMATS = {".docx": "Word", ".xlsx": "Excel", ".md": "Markdown"}
_log = logging.getLogger(__name__)


class ToolHandlers:
    """The forms' events over one assistant; holds nothing of any visitor.

    Args:
        live: the assistant whose index the articles are looked up in.
    """

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._work = WorkCalendar(live.settings.holidays)
        self._thresholds = Thresholds.of(live.settings)
        self._opened: WeakKeyDictionary[Assistant, Procedures] = WeakKeyDictionary()

    def deadlines(self, event: str | None, day: str | None, fine: float | None) -> str:
        """Return the periods that run from an event."""

        def ask() -> ToolResult:
            if not event:
                raise ProcedureError("请先选一个事件。")
            question = DeadlineQuestion(event, _day(day), _amount(fine))
            return self._tools.deadlines(question)

        return self._drawn(ask)

    def review(
        self,
        acts: Sequence[str] | None,
        party: str,
        fine: float | None,
        confiscated: float | None,
        facts: Sequence[str] | None,
    ) -> str:
        """Return what a planned decision must go through."""

        def ask() -> ToolResult:
            case = Case(
                acts=tuple(acts or ()),
                party=Party(party),
                fine=_amount(fine),
                confiscated=_amount(confiscated),
                facts=frozenset(facts or ()),
            )
            return self._tools.review(case)

        return self._drawn(ask)

    def flow(self, name: str | None) -> str:
        """Return the steps of a procedure."""
        return self._drawn(lambda: self._tools.flow(name)) if name else ""

    @property
    def _tools(self) -> Procedures:
        assistant = self._live.current
        opened = self._opened.get(assistant)
        if opened is None:
            catalogue = assistant.index.catalogue
            opened = Procedures(catalogue, self._work, self._thresholds)
            self._opened[assistant] = opened
        return opened

    def _drawn(self, ask: Callable[[], ToolResult]) -> str:
        try:
            result = ask()
            return render.tool(result, exports(result))
        except ProcedureError as error:
            return render.tool_problem(str(error))
        except Exception:
            _log.exception("A procedure tool failed")
            return render.tool_problem("这次没有算成，系统内部出了错。请再试一次。")


def exports(result: ToolResult) -> list[tuple[str, str, str]]:
    """Return the files of a result as links: name of the format, file name, address.

    The files stand in the page itself, so nothing is left on the server.
    """
    links = []
    with tempfile.TemporaryDirectory() as folder:
        for ending in EXPORTS:
            path = export(result, Path(folder) / f"result{ending}")
            content = base64.b64encode(path.read_bytes()).decode("ascii")
            name = result.title.replace("：", "-").replace("/", "-") + ending
            address = f"data:application/octet-stream;base64,{content}"
            links.append((_FORMATS[ending], name, address))
    return links


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError as error:
        raise ProcedureError("请把日期写作 2026-08-15。") from error


def _amount(value: float | None) -> Decimal | None:
    # The page shows an amount that was left out as 0.
    if not value:
        return None
    if value < 0:
        raise ProcedureError("金额不能为负。")
    return Decimal(str(value))
