"""The three tools over one index."""

from datetime import date

from assistant.index import IndexMissingError
from assistant.index.catalogue import Catalogue
from assistant.index.generation import current_generation
from assistant.procedures.checking import Checker
from assistant.procedures.deadlines import DeadlineQuestion, deadline_rules, deadlines
from assistant.procedures.flows import flow_result, flow_rules
from assistant.procedures.model import RuleFault, ToolResult
from assistant.procedures.review import Case, review, review_rules
from assistant.procedures.statutes import Statutes
from assistant.procedures.thresholds import Thresholds
from assistant.procedures.workdays import WorkCalendar
from assistant.settings import Settings


class Procedures:
    """时限计算, 审查要件 and 流程; any number of threads may share it.

    Args:
        catalogue: where the cited articles are looked up.
        work: which days are working days.
        thresholds: the local amounts.
    """

    def __init__(self, catalogue: Catalogue, work: WorkCalendar, thresholds: Thresholds) -> None:
        self._statutes = Statutes(catalogue)
        self._work = work
        self._thresholds = thresholds

    @classmethod
    def load(cls, settings: Settings) -> "Procedures":
        """Open the tools over the current index; the embedding model is not needed.

        Raises:
            IndexMissingError: nothing was built yet.
            SettingsError: the file of holidays cannot be read.
        """
        generation = current_generation(settings.index)
        if generation is None:
            raise IndexMissingError(
                f"索引文件夹 {settings.index} 中还没有索引。"
                "请运行 make run 或 assistant build 建立索引。"
            )
        return cls(
            Catalogue(generation.catalogue),
            WorkCalendar(settings.holidays),
            Thresholds.of(settings),
        )

    def deadlines(self, question: DeadlineQuestion, *, day: date | None = None) -> ToolResult:
        """Return every period that runs from an event.

        Args:
            question: the event and its day.
            day: the day whose law applies; today by default.

        Raises:
            ProcedureError: the event is unknown, or the day is out of range.
        """
        return deadlines(question, self._checker(day), self._work)

    def review(self, case: Case, *, day: date | None = None) -> ToolResult:
        """Return what a planned decision must go through.

        Raises:
            ProcedureError: the case names no known kind of decision.
        """
        return review(case, self._checker(day), self._thresholds)

    def flow(self, name: str, *, day: date | None = None) -> ToolResult:
        """Return the steps of a procedure.

        Raises:
            ProcedureError: the procedure is unknown.
        """
        return flow_result(name, self._checker(day))

    def faults(self, *, day: date | None = None) -> list[RuleFault]:
        """Return the rules whose articles the index does not bear out, for ``doctor``."""
        rules = [*deadline_rules(), *review_rules(), *flow_rules()]
        return self._checker(day).all_hold(rules)

    def _checker(self, day: date | None) -> Checker:
        return Checker(self._statutes, day or date.today())
