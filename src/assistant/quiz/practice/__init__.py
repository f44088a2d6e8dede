"""Practice and examinations: sessions that a person can leave and take up again."""

from assistant.quiz.practice.drawing import Choice, Drawing, choices, draw, usable
from assistant.quiz.practice.grading import is_right
from assistant.quiz.practice.model import (
    Asked,
    Feedback,
    Mistake,
    Plan,
    Purpose,
    Session,
    Slot,
    Tally,
)
from assistant.quiz.practice.results import tallies
from assistant.quiz.practice.starting import first_bank
from assistant.quiz.practice.store import Learning

__all__ = [
    "Asked",
    "Choice",
    "Drawing",
    "Feedback",
    "Learning",
    "Mistake",
    "Plan",
    "Purpose",
    "Session",
    "Slot",
    "Tally",
    "choices",
    "draw",
    "first_bank",
    "is_right",
    "tallies",
    "usable",
]
