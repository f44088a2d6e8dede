"""Changing the corpus folder from the page: look at a file, take it in, state, remove, undo."""

from assistant.corpus.keeping.changes import Act, Change, Keeper
from assistant.corpus.keeping.intake import Staged, look
from assistant.corpus.keeping.naming import safe_name
from assistant.corpus.keeping.sidecars import Stated

__all__ = ["Act", "Change", "Keeper", "Staged", "Stated", "look", "safe_name"]
