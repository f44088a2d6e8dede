"""Understanding a question and finding the passages that answer it."""

from assistant.retrieval.citations import CitedPlace, find_citations
from assistant.retrieval.model import Evidence, Finding, Reason
from assistant.retrieval.names import Names
from assistant.retrieval.query import Query, Tier
from assistant.retrieval.retrievers import DenseRetriever, LexicalRetriever
from assistant.retrieval.search import Searcher
from assistant.retrieval.trace import RANKED, Stage, Trace

__all__ = [
    "RANKED",
    "CitedPlace",
    "DenseRetriever",
    "Evidence",
    "Finding",
    "LexicalRetriever",
    "Names",
    "Query",
    "Reason",
    "Searcher",
    "Stage",
    "Tier",
    "Trace",
    "find_citations",
]
