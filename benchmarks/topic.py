"""Fit the classifier that tells questions of the field from all others.

    python benchmarks/topic.py [--write]

Fitted on questions of the field (``ranking.jsonl`` and the answerable ones of
``calibration.jsonl``) against everyday ones (``offtopic.jsonl``); then asked about
questions that it has not seen: the answerable ones of ``default.jsonl``,
``enforcement.jsonl`` and ``answers.jsonl``, and ``everyday.jsonl``.  ``--write`` stores
it in ``src/assistant/answering/topic.npz``.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.answering.topic import FILE, Topic
from assistant.evaluation import load_questions
from assistant.index import PassageEmbedding
from assistant.settings import load_settings

QUESTIONS = Path(__file__).parent / "questions"
TARGET = Path(__file__).parents[1] / "src/assistant/answering" / FILE
PENALTY = 0.3
# A wrong refusal still shows the nearest sources; a question of the field seldom falls here.
THRESHOLD = -0.1


def of_the_field(name: str) -> list[str]:
    """Return the questions of a file that the sources answer and that stand by themselves."""
    found = load_questions(QUESTIONS / f"{name}.jsonl")
    return [q.question for q in found if q.answerable is not False and not q.history]


def everyday(name: str) -> list[str]:
    """Return the questions of a file, all outside the field."""
    return [q.question for q in load_questions(QUESTIONS / f"{name}.jsonl")]


def fit(inside: np.ndarray, outside: np.ndarray, space: str) -> Topic:
    """Return the classifier; both classes weigh the same, whatever their sizes."""
    rows = np.vstack([inside, outside]).astype(float)
    labels = np.concatenate([np.ones(len(inside)), -np.ones(len(outside))])
    share = np.where(labels > 0, 0.5 / len(inside), 0.5 / len(outside)) * len(labels)
    mean = rows.mean(axis=0)
    design = np.hstack([rows - mean, np.ones((len(rows), 1))])
    penalty = PENALTY * np.diag([1.0] * rows.shape[1] + [0.0])
    solved = np.linalg.solve(
        design.T @ (design * share[:, None]) + penalty, design.T @ (share * labels)
    )
    weights, constant = solved[:-1], float(solved[-1])
    return Topic(space, weights.astype(np.float32), constant - float(mean @ weights), THRESHOLD)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="store the classifier")
    arguments = parser.parse_args()
    embedding = PassageEmbedding(load_settings())

    def vectors(questions: Sequence[str]) -> np.ndarray:
        return embedding.encode(questions, query=True)

    def outside(questions: Sequence[str]) -> int:
        rows = zip(questions, vectors(questions).tolist(), strict=True)
        return sum(fitted.is_outside(asked, row, embedding.fingerprint) for asked, row in rows)

    inside = of_the_field("ranking") + of_the_field("calibration")
    fitted = fit(vectors(inside), vectors(everyday("offtopic")), embedding.fingerprint)
    for name in ("default", "enforcement", "answers"):
        asked = of_the_field(name)
        print(f"{name}: {outside(asked)} of {len(asked)} questions of the field turned away")
    asked = everyday("everyday")
    print(f"everyday: {outside(asked)} of {len(asked)} turned away")
    if arguments.write:
        np.savez(
            TARGET,
            space=fitted.space,
            weights=fitted.weights,
            bias=fitted.bias,
            threshold=fitted.threshold,
        )


if __name__ == "__main__":
    main()
