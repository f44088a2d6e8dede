"""Answers whose every sentence stands on a passage, and passages opened in context."""

from assistant.answering.assistant import Assistant
from assistant.answering.generative import Generator
from assistant.answering.live import LiveAssistant
from assistant.answering.model import (
    Answer,
    Citation,
    Clause,
    ContextPassage,
    Outcome,
    Role,
    Sentence,
    SourceView,
)
from assistant.index import IndexMismatchError, IndexMissingError

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Clause",
    "ContextPassage",
    "Generator",
    "IndexMismatchError",
    "IndexMissingError",
    "LiveAssistant",
    "Outcome",
    "Role",
    "Sentence",
    "SourceView",
]
