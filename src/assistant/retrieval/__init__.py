"""Understanding a question and finding the passages that answer it."""

from assistant.retrieval.citations import find_citations
from assistant.retrieval.citing import Citing
from assistant.retrieval.model import CitedPlace, Evidence, Finding, Reason
from assistant.retrieval.names import Names
from assistant.retrieval.query import Query, Tier
from assistant.retrieval.reranker import RerankerError
from assistant.retrieval.retrievers import DenseRetriever, HybridRetriever, LexicalRetriever
from assistant.retrieval.scope import Filters
from assistant.retrieval.search import Searcher
from assistant.retrieval.trace import RANKED, Stage, Trace

__all__ = [
    "RANKED",
    "CitedPlace",
    "Citing",
    "DenseRetriever",
    "Evidence",
    "Filters",
    "Finding",
    "HybridRetriever",
    "LexicalRetriever",
    "Names",
    "Query",
    "Reason",
    "RerankerError",
    "Searcher",
    "Stage",
    "Tier",
    "Trace",
    "find_citations",
]
