"""Fit the decision to answer or to refuse, and say how well it separates.

    python benchmarks/refusal.py benchmarks/questions/calibration.jsonl [MORE.jsonl …] [--write]

For every question of the files the features of ``assistant.answering.confidence`` are
computed over the index that the settings name; a logistic model is fitted to whether
the question is answerable, with a small L2 penalty on standardised features.  The
threshold is the lowest that refuses every outside question of the fitted files wherever
that costs no more than 3 % wrong refusals; else the one with the fewest errors, where
a wrong answer counts twice: a wrong refusal still offers the nearest sources.
Leave-one-out figures say how far the fit can be trusted.  ``--write`` stores the model
in ``src/assistant/answering/refusal.json``.

Questions that objections decide alone (an invented article, a law that is not held,
another country) do not reach the model and are left out.
"""

import argparse
import json
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from assistant.answering.confidence import Features
from assistant.evaluation import Question, load_questions
from assistant.settings import load_settings

NAMES = [field.name for field in fields(Features)]
MODEL = Path(__file__).parent.parent / "src/assistant/answering/refusal.json"
PENALTY = 1.0
MOST_WRONG_REFUSALS = 0.03
WRONG_ANSWER = 2


def samples(
    assistant: Assistant, questions: list[Question]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return features and labels of the questions that the model decides on."""
    rows, labels, asked = [], [], []
    for question in questions:
        features = assistant.features(question.question, day=question.day)
        if features is not None:
            rows.append([asdict(features)[name] for name in NAMES])
            labels.append(question.answerable is not False)
            asked.append(question.question)
    return np.array(rows), np.array(labels, dtype=float), asked


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
    outside = chance[labels == 0].max(initial=0.0)
    inside = np.sort(chance[labels == 1])
    above = inside[inside > outside]
    if len(above) and (inside <= outside).mean() <= MOST_WRONG_REFUSALS:
        return float((outside + above[0]) / 2)
    candidates = np.unique(chance)
    errors = [
        ((chance < cut) & (labels == 1)).sum()
        + WRONG_ANSWER * ((chance >= cut) & (labels == 0)).sum()
        for cut in candidates
    ]
    return float(candidates[int(np.argmin(errors))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="store the model")
    arguments = parser.parse_args()
    questions = [question for path in arguments.files for question in load_questions(path)]
    rows, labels, asked = samples(Assistant.load(load_settings()), questions)
    model = fit(rows, labels)
    chance = chances(model, rows)
    held_out = np.array(
        [
            chances(fit(np.delete(rows, i, 0), np.delete(labels, i)), rows[i : i + 1])[0]
            for i in range(len(rows))
        ]
    )
    cut = threshold_for(held_out, labels)
    print(f"{len(labels)} questions, {int(labels.sum())} answerable; threshold {cut:.3f}")
    for name, weight in zip(["bias", *NAMES], model, strict=True):
        print(f"  {name:12} {weight:8.3f}")
    for title, values in (("fitted", chance), ("leave-one-out", held_out)):
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
