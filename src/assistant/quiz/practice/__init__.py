"""Practice and examinations: sessions that a person can leave and take up again."""

from assistant.quiz.practice.drawing import Choice, Drawing, choices, draw, usable
from assistant.quiz.practice.grading import is_right, read_words
from assistant.quiz.practice.model import (
    Feedback,
    Mistake,
    Plan,
    Posed,
    Purpose,
    Session,
    Slot,
    Tally,
)
from assistant.quiz.practice.results import tallies, tallies_of
from assistant.quiz.practice.starting import first_bank
from assistant.quiz.practice.store import MASTERED, Learning

__all__ = [
    "MASTERED",
    "Choice",
    "Drawing",
    "Feedback",
    "Learning",
    "Mistake",
    "Plan",
    "Posed",
    "Purpose",
    "Session",
    "Slot",
    "Tally",
    "choices",
    "draw",
    "first_bank",
    "is_right",
    "read_words",
    "tallies",
    "tallies_of",
    "usable",
]
