"""Procedure tools: periods, requirements and steps, each resting on a cited article."""

from assistant.procedures.deadlines import DeadlineQuestion, Event, events
from assistant.procedures.export import EXPORTS, export
from assistant.procedures.flows import Flow, flows
from assistant.procedures.model import (
    Basis,
    Entry,
    Line,
    ProcedureError,
    RuleFault,
    ToolResult,
    Verdict,
)
from assistant.procedures.office import Procedures
from assistant.procedures.review import Case, Party, acts, facts
from assistant.procedures.thresholds import Thresholds

__all__ = [
    "EXPORTS",
    "Basis",
    "Case",
    "DeadlineQuestion",
    "Entry",
    "Event",
    "Flow",
    "Line",
    "Party",
    "ProcedureError",
    "Procedures",
    "RuleFault",
    "Thresholds",
    "ToolResult",
    "Verdict",
    "acts",
    "events",
    "export",
    "facts",
    "flows",
]
