"""Learn the weights of the built-in ranking.

Collects what the retrievers find for training questions, and learns the weights of the
features (``assistant.retrieval.ranking.FEATURES``) that put a governing passage first:
a listwise softmax (Cao et al., "Learning to rank: from pairwise approach to listwise
approach", ICML 2007), held near the present weights.  Prints the mean reciprocal rank
in five folds, before and after, and writes ``ranking.toml``.

    ASSISTANT_LAW_PACK=all python benchmarks/ranking.py [QUESTIONS.jsonl …] [--dry-run]
"""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from assistant.evaluation.questions import Question, load_questions, passage_key
from assistant.index import OpenedIndex, open_index
from assistant.retrieval import Searcher
from assistant.retrieval.ranking import FEATURES, features, weights
from assistant.retrieval.scope import scope
from assistant.retrieval.trace import Recorder
from assistant.retrieval.wording import subject
from assistant.settings import load_settings

HERE = Path(__file__).parent
TRAINING = [HERE / "questions/ranking.jsonl", HERE / "questions/calibration.jsonl"]
OUTPUT = HERE.parent / "src/assistant/retrieval/ranking.toml"
FOLDS, PULL, STEPS = 5, 0.05, 400
HELD = ("civil_length", "topic")


@dataclass(frozen=True, slots=True)
class Example:
    """One question: a row of features for each candidate, and which rows govern it."""

    rows: Any
    gold: Any
    articles: tuple[str, ...]


def main() -> int:
    """Learn the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="*", type=Path, default=TRAINING)
    parser.add_argument("--dry-run", action="store_true", help="print only")
    arguments = parser.parse_args()
    asked = [question for path in arguments.questions for question in load_questions(path)]
    found = examples(open_index(load_settings()), asked)
    start = np.array([weights()[name] for name in FEATURES])
    usable = [example for example in found if example.gold.any()]
    print(f"{len(found)} questions, {len(usable)} with a governing passage among the candidates")
    order = np.random.default_rng(0).permutation(len(usable))
    folds = [set(order[part::FOLDS].tolist()) for part in range(FOLDS)]
    before, after = [], []
    for fold in folds:
        learned = learn([e for n, e in enumerate(usable) if n not in fold], start)
        held = [usable[n] for n in fold]
        before += [reciprocal_rank(example, start) for example in held]
        after += [reciprocal_rank(example, learned) for example in held]
    print(f"MRR in {FOLDS} folds: {np.mean(before):.3f} before, {np.mean(after):.3f} after")
    learned = learn(usable, start)
    lines = [
        f"{name} = {value:.2f}" for name, value in zip(FEATURES, learned.tolist(), strict=True)
    ]
    print("\n".join(lines))
    if not arguments.dry_run:
        text = OUTPUT.read_text(encoding="utf-8")
        for line in lines:
            text = re.sub(rf"^{line.split(' = ')[0]} = .*$", line, text, flags=re.M)
        OUTPUT.write_text(text, encoding="utf-8")
    return 0


def examples(index: OpenedIndex, questions: Sequence[Question]) -> list[Example]:
    """Return an example for each question that has gold passages."""
    searcher = Searcher(index)
    found = []
    for question in questions:
        if not question.relevant:
            continue
        query = searcher.understand(question.question, question.day, question.history)
        bounds = scope(searcher.documents, query.day, named=query.named)
        candidates = searcher.candidates(query, bounds, Recorder())
        terms = index.lexical.weights(subject(query.standalone))
        wanted = {gold.key for gold in question.relevant}
        gold = [passage_key(c.document.title, c.passage.label) in wanted for c in candidates]
        articles = tuple(candidate.passage.citation_id for candidate in candidates)
        found.append(Example(features(query, candidates, terms), np.array(gold), articles))
    return found


def learn(found: Sequence[Example], start: Any) -> Any:
    """Return weights that put governing passages first."""
    first = torch.from_numpy(start)
    learned = first.clone().requires_grad_()
    free = torch.tensor([name not in HELD for name in FEATURES])
    optimiser = torch.optim.Adam([learned], lr=0.02)
    most = max(len(example.gold) for example in found)
    table = torch.zeros(len(found), most, len(start), dtype=torch.float64)
    absent = torch.full((len(found), most), -torch.inf, dtype=torch.float64)
    others = absent.clone()
    for number, example in enumerate(found):
        count = len(example.gold)
        table[number, :count] = torch.from_numpy(example.rows)
        absent[number, :count] = 0
        others[number, :count][torch.from_numpy(example.gold)] = 0
    for _ in range(STEPS):
        scores = table @ learned
        missed = (scores + absent).logsumexp(1) - (scores + others).logsumexp(1)
        loss = missed.mean() + PULL * ((learned - first) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        learned.grad *= free
        optimiser.step()
    return learned.detach().numpy()


def reciprocal_rank(example: Example, learned: Any) -> float:
    """Return 1 / place of the first governing article, each article counted once."""
    places = np.argsort(-(example.rows @ learned), kind="stable")
    articles = dict.fromkeys(example.articles[place] for place in places)
    gold = {
        article for article, is_gold in zip(example.articles, example.gold, strict=True) if is_gold
    }
    return next((1 / n for n, article in enumerate(articles, 1) if article in gold), 0.0)


if __name__ == "__main__":
    sys.exit(main())
