"""Documents, their legal structure and metadata, and the law pack."""

from assistant.corpus.model import (
    CorpusError,
    Document,
    DocumentKind,
    Level,
    Passage,
    SourceDocument,
    Unit,
    Validity,
)

__all__ = [
    "CorpusError",
    "Document",
    "DocumentKind",
    "Level",
    "Passage",
    "SourceDocument",
    "Unit",
    "Validity",
]
