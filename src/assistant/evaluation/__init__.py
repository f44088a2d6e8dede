"""Data sets, metrics and reports: how well the assistant does, in figures."""

from assistant.evaluation.answers import AnswerOutcome, AnswersReport, evaluate_answers
from assistant.evaluation.answers_report import answers_json, answers_table
from assistant.evaluation.metrics import Ranking, Scores, mean_scores, score
from assistant.evaluation.questions import EvaluationError, Expect, Gold, Question, load_questions
from assistant.evaluation.report import as_json, as_table
from assistant.evaluation.retrieval import RetrievalReport, evaluate_retrieval

__all__ = [
    "AnswerOutcome",
    "AnswersReport",
    "EvaluationError",
    "Expect",
    "Gold",
    "Question",
    "Ranking",
    "RetrievalReport",
    "Scores",
    "answers_json",
    "answers_table",
    "as_json",
    "as_table",
    "evaluate_answers",
    "evaluate_retrieval",
    "load_questions",
    "mean_scores",
    "score",
]
