"""Questions and papers for training, each key proved by a quoted article in force."""

from assistant.quiz.bank import Bank, Kept, State
from assistant.quiz.blueprint import Blueprint, blueprints, read_blueprint
from assistant.quiz.build import Made, Selection, make_questions
from assistant.quiz.exports import EXPORTS, export_paper, export_questions
from assistant.quiz.importing import Checked, Examiner, Outcome, read_table, take, write_report
from assistant.quiz.model import (
    BLANK,
    FALSE,
    TRUE,
    Difficulty,
    Question,
    QuestionType,
    QuizError,
)
from assistant.quiz.papers import MOST_VERSIONS, Asked, Paper, Section, make_paper, versions_of
from assistant.quiz.proof import Fault, prove
from assistant.quiz.sources import Sources, read_sources

__all__ = [
    "BLANK",
    "EXPORTS",
    "FALSE",
    "MOST_VERSIONS",
    "TRUE",
    "Asked",
    "Bank",
    "Blueprint",
    "Checked",
    "Difficulty",
    "Examiner",
    "Fault",
    "Kept",
    "Made",
    "Outcome",
    "Paper",
    "Question",
    "QuestionType",
    "QuizError",
    "Section",
    "Selection",
    "Sources",
    "State",
    "blueprints",
    "export_paper",
    "export_questions",
    "make_paper",
    "make_questions",
    "prove",
    "read_blueprint",
    "read_sources",
    "read_table",
    "take",
    "versions_of",
    "write_report",
]
