"""Data sets, metrics and reports: how well the assistant does, in figures."""

from assistant.evaluation.metrics import Ranking, Scores, mean_scores, score
from assistant.evaluation.questions import EvaluationError, Gold, Question, load_questions
from assistant.evaluation.report import as_json, as_table
from assistant.evaluation.retrieval import RetrievalReport, evaluate_retrieval

__all__ = [
    "EvaluationError",
    "Gold",
    "Question",
    "Ranking",
    "RetrievalReport",
    "Scores",
    "as_json",
    "as_table",
    "evaluate_retrieval",
    "load_questions",
    "mean_scores",
    "score",
]
