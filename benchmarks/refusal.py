"""Fit the decision to answer or to refuse, and say how well it separates.

    cd benchmarks/questions
    python ../refusal.py calibration.jsonl held.jsonl unheld.jsonl [--write]

For every question of the files the features of ``assistant.answering.confidence`` are
computed over the index that the settings name; a logistic model is fitted to whether
the question is answerable, with a small L2 penalty on standardised features.  The
threshold is the highest that wrongly refuses no more than 3 % of the answerable questions,
each judged by a model fitted without its fold.  An answerable question whose governing passage
retrieval does not find is left out: no decision makes its answer right.
Figures over ten folds say how far the fit can be trusted.  ``--write`` stores the model
in ``src/assistant/answering/refusal.json``.

Questions that objections decide alone (an invented article, a law that is not held,
another country) do not reach the model and are left out.
"""

import argparse
import json
import random
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from assistant.answering.confidence import Features
from assistant.evaluation import Question, load_questions
from assistant.evaluation.questions import passage_key
from assistant.settings import load_settings

NAMES = [field.name for field in fields(Features)]
MODEL = Path(__file__).resolve().parents[1] / "src/assistant/answering/refusal.json"
PENALTY = 1.0
FOLDS = 10
MOST_WRONG_REFUSALS = 0.03


def samples(
    assistant: Assistant, questions: list[Question]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return features and labels of the questions that the model decides on."""
    rows, labels, asked = [], [], []
    titles = {document.title for document in assistant.documents()}
    for question in questions:
        if question.relevant and not any(place.title in titles for place in question.relevant):
            continue
        features = assistant.features(question.question, day=question.day)
        if features is not None and (question.answerable is False or findable(assistant, question)):
            rows.append([asdict(features)[name] for name in NAMES])
            labels.append(question.answerable is not False)
            asked.append(question.question)
    return np.array(rows), np.array(labels, dtype=float), asked


def findable(assistant: Assistant, question: Question) -> bool:
    """Return whether retrieval finds a passage that governs an answerable question."""
    query = assistant.searcher.understand(question.question, question.day)
    found = assistant.searcher.search(query, count=10)
    keys = {passage_key(item.document.title, item.passage.label) for item in found}
    return bool(keys & {place.key for place in question.relevant})


def fit(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return bias and weights for raw features (Newton's method on standardised ones)."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    design = np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])
    penalty = np.diag([0.0] + [PENALTY] * rows.shape[1])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ beta))
        slope = design.T @ (labels - chance) - penalty @ beta
        curve = design.T @ (design * (chance * (1 - chance))[:, None]) + penalty
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    weights = beta[1:] / spread
    return np.concatenate([[beta[0] - mean @ weights], weights])


def chances(model: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return the probability that each question is answerable."""
    return 1 / (1 + np.exp(-(model[0] + rows @ model[1:])))


def threshold_for(chance: np.ndarray, labels: np.ndarray) -> float:
    """Return the threshold described above."""
    inside = np.sort(chance[labels == 1])
    place = int(MOST_WRONG_REFUSALS * len(inside))
    return float((inside[place - 1] + inside[place]) / 2 if place else inside[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="store the model")
    parser.add_argument("--most", type=int, default=700, help="questions of each file at most")
    arguments = parser.parse_args()
    dice = random.Random(0)
    questions = []
    for path in arguments.files:
        known = load_questions(path)
        questions += dice.sample(known, min(len(known), arguments.most))
    rows, labels, asked = samples(Assistant.load(load_settings()), questions)
    model = fit(rows, labels)
    chance = chances(model, rows)
    fold = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    held_out = np.empty(len(rows))
    for part in range(FOLDS):
        without = fit(rows[fold != part], labels[fold != part])
        held_out[fold == part] = chances(without, rows[fold == part])
    cut = threshold_for(held_out, labels)
    print(f"{len(labels)} questions, {int(labels.sum())} answerable; threshold {cut:.3f}")
    for name, weight in zip(["bias", *NAMES], model, strict=True):
        print(f"  {name:12} {weight:8.3f}")
    for title, values in (("fitted", chance), ("held out", held_out)):
        wrong_refusals = (values[labels == 1] < cut).mean()
        wrong_answers = (values[labels == 0] >= cut).mean()
        print(f"{title}: wrong refusals {wrong_refusals:.3f}, wrong answers {wrong_answers:.3f}")
    for place in np.argsort(held_out):
        if (held_out[place] >= cut) != bool(labels[place]):
            print(
                f"  {held_out[place]:.2f} {'answer' if labels[place] else 'refuse'} {asked[place]}"
            )
    if arguments.write:
        record = {
            "fitted": {
                "by": "benchmarks/refusal.py",
                "on": [path.name for path in arguments.files],
                "questions": len(labels),
                "day": date.today().isoformat(),
            },
            "bias": round(float(model[0]), 4),
            "weights": {n: round(float(w), 4) for n, w in zip(NAMES, model[1:], strict=True)},
            "threshold": round(cut, 4),
        }
        MODEL.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
