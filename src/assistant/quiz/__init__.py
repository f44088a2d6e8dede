"""Questions and papers for training, each key proved by a quoted article in force."""

from assistant.quiz.build import Made, Selection, make_questions
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

__all__ = [
    "BLANK",
    "FALSE",
    "TRUE",
    "Difficulty",
    "Fault",
    "Made",
    "Question",
    "QuestionType",
    "QuizError",
    "Selection",
    "make_questions",
    "prove",
]
