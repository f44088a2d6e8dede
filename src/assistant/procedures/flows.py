"""流程: a procedure as steps, each with its article, its documents and common mistakes."""

from collections.abc import Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from assistant.procedures.checking import Checker, RuleData, distinct, rule_file
from assistant.procedures.model import Entry, Line, ProcedureError, ToolResult


class _Step(RuleData):
    files: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


class Flow(BaseModel):
    """A procedure of the rule file.

    Attributes:
        id: unique.
        name: what it is called, in Chinese.
        aliases: other names an officer may type.
        step: its steps in order.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    step: tuple[_Step, ...]


@cache
def flows() -> Sequence[Flow]:
    """Return every procedure, in the order of the rule file."""
    return tuple(Flow.model_validate(raw) for raw in rule_file("flows")["flow"])


def flow_rules() -> list[RuleData]:
    """Return every step of every procedure, for checking."""
    return [step for flow in flows() for step in flow.step]


def flow_result(name: str, checker: Checker) -> ToolResult:
    """Return the steps of a procedure, numbered as they are done.

    Args:
        name: id, name or alias of the procedure.
        checker: looks the articles up.

    Raises:
        ProcedureError: there is no such procedure.
    """
    plain = name.strip()
    flow = next((f for f in flows() if plain in (f.id, f.name, *f.aliases)), None)
    if flow is None:
        names = "、".join((*flow.aliases, flow.name)[0] for flow in flows())
        raise ProcedureError(f"没有收录“{plain}”的流程。可选：{names}。")
    entries = []
    for number, step in enumerate(flow.step, start=1):
        bases = checker.bases(step)
        if bases is None:
            continue
        lines = [Line("做法", step.text), Line("文书", "、".join(step.files))]
        lines.append(Line("常见错误", "、".join(step.mistakes)))
        title = f"{number}. {step.name}"
        kept = tuple(line for line in lines if line.text)
        entries.append(Entry(step.id, title, "", kept, distinct(bases)))
    return ToolResult(
        title=f"办理流程：{flow.name}",
        given=(),
        entries=tuple(entries),
        withheld=tuple(checker.faults),
    )
