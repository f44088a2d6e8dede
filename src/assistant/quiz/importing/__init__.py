"""An existing bank from a table: every key is held against the sources before it is taken in."""

from assistant.quiz.importing.drafts import Draft, DraftError, read_draft
from assistant.quiz.importing.examine import Checked, Examiner, Outcome, take
from assistant.quiz.importing.report import write_report
from assistant.quiz.importing.table import Row, read_table

__all__ = [
    "Checked",
    "Draft",
    "DraftError",
    "Examiner",
    "Outcome",
    "Row",
    "read_draft",
    "read_table",
    "take",
    "write_report",
]
