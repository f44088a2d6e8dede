"""Questions and papers for training, each key proved by a quoted article in force."""

from assistant.quiz.bank import Bank, Kept, State
from assistant.quiz.build import Made, Selection, make_questions
from assistant.quiz.export import EXPORTS, export_questions
from assistant.quiz.model import (
    BLANK,
    FALSE,
    TRUE,
    Difficulty,
    Question,
    QuestionType,
    QuizError,
)
from assistant.quiz.proof import Fault, prove
from assistant.quiz.sources import Sources, read_sources

__all__ = [
    "BLANK",
    "EXPORTS",
    "FALSE",
    "TRUE",
    "Bank",
    "Difficulty",
    "Fault",
    "Kept",
    "Made",
    "Question",
    "QuestionType",
    "QuizError",
    "Selection",
    "Sources",
    "State",
    "export_questions",
    "make_questions",
    "prove",
    "read_sources",
]
