"""Learn which piece of the evidence should lead an answer.

    python benchmarks/leading.py [QUESTIONS.jsonl …] [--write]

For every question with a governing passage among the evidence, each piece of the evidence
becomes a row of signs (``assistant.answering.leading.Signs``).  The weights maximise the
chance that a softmax over all pieces of a question gives to the pieces of its governing
passages, whichever piece of them it is, with a small L2 penalty on standardised signs.
Prints in how many questions a governing passage leads, by the order of retrieval and by
the weights, each question judged by weights learned without its fold.  ``--write`` stores
the weights in ``src/assistant/answering/leading.json``.

Questions whose law is not indexed are left out.
"""

import argparse
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch

from assistant.answering import Assistant
from assistant.answering.asked import asks_of
from assistant.answering.leading import Signs, Sought, pieces_of
from assistant.answering.relevance import PASSAGES_READ, terms_of, whole_evidence
from assistant.evaluation import Question, load_questions
from assistant.evaluation.questions import passage_key
from assistant.index.lexical import tokens
from assistant.retrieval.wording import statutory
from assistant.settings import load_settings

HERE = Path(__file__).parent
TRAINING = [HERE / "questions" / name for name in ("held.jsonl", "calibration.jsonl")]
MODEL = HERE.parent / "src/assistant/answering/leading.json"
NAMES = [field.name for field in fields(Signs)]
# Held, not learned: too few questions ask for a figure or name a party to learn it from, and
# rows of item lists are answered from the register before the evidence is read; a text's
# first and last articles answer nothing else.
HELD = {"measured": 2.0, "party": 0.8, "row": -2.0, "frame": -3.0}
FOLDS, PENALTY, STEPS = 5, 0.005, 300
# Pieces that the present weights and the vectors of whole passages put first.
PIECES = 20


@dataclass(frozen=True, slots=True)
class Example:
    """One question: a row of signs for each piece, the pieces' passages, which ones govern."""

    rows: Any
    passages: Any
    gold: Any


def example(assistant: Assistant, question: Question) -> Example | None:
    """Return a question's pieces; None where no governing passage is among the evidence."""
    index = assistant.index
    query = assistant.searcher.understand(question.question, question.day)
    found = whole_evidence(index, assistant.searcher.search(query))[:PASSAGES_READ]
    governing = {place.key for place in question.relevant}
    gold = [passage_key(e.document.title, e.passage.label) in governing for e in found]
    if query.cited or not any(gold):
        return None
    words = query.standalone
    names = [name for d in query.named for name in (d.title, d.short_title)]
    terms = terms_of(index, words, names)
    sought = Sought(words, asks_of(words), terms, tokens(statutory(words)))
    pieces = sorted(pieces_of(sought, found), key=lambda scored: -scored.score)[:PIECES]
    asked = index.embedding.encode([words], query=True)[0]
    cosines = index.embedding.encode([piece.piece.in_context for piece in pieces]) @ asked
    pieces = [piece.with_similarity(float(c)) for piece, c in zip(pieces, cosines, strict=True)]
    places = [e.passage.citation_id for e in found]
    passages = np.array([places.index(p.evidence.passage.citation_id) for p in pieces])
    rows = np.array([list(asdict(piece.signs).values()) for piece in pieces])
    return Example(rows, passages, np.array(gold)[passages])


def learn(examples: list[Example]) -> np.ndarray:
    """Return the weights of the raw signs."""
    usable = [e for e in examples if e.gold.any()]
    spread = np.concatenate([e.rows for e in usable]).std(0) + 1e-6
    longest = max(len(e.rows) for e in usable)
    rows = torch.zeros((len(usable), longest, len(NAMES)), dtype=torch.float64)
    absent, other = (torch.ones((len(usable), longest), dtype=torch.bool) for _ in range(2))
    for number, e in enumerate(usable):
        rows[number, : len(e.rows)] = torch.tensor(e.rows / spread)
        absent[number, : len(e.rows)] = False
        other[number, : len(e.rows)] = torch.tensor(~e.gold)
    held = torch.tensor([HELD.get(name, 0.0) for name in NAMES]) * torch.tensor(spread)
    free = torch.tensor([name not in HELD for name in NAMES])
    weights = torch.zeros(len(NAMES), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.05)
    for _ in range(STEPS):
        optimizer.zero_grad()
        scores = rows @ (weights * free + held)
        whole = torch.logsumexp(scores.masked_fill(absent, -1e9), 1)
        governing = torch.logsumexp(scores.masked_fill(other, -1e9), 1)
        loss = (whole - governing).mean() + PENALTY * (weights**2).sum()
        loss.backward()
        optimizer.step()
    return (weights * free + held).detach().numpy() / spread


def leads(example: Example, weights: np.ndarray) -> bool:
    """Return whether a piece of a governing passage has the highest score."""
    return bool(example.gold[int(np.argmax(example.rows @ weights))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, default=TRAINING)
    parser.add_argument("--write", action="store_true", help="store the weights")
    arguments = parser.parse_args()
    assistant = Assistant.load(load_settings())
    titles = {document.title for document in assistant.documents()}
    asked = [question for path in arguments.files for question in load_questions(path)]
    asked = [q for q in asked if any(place.title in titles for place in q.relevant)]
    found = [e for question in asked if (e := example(assistant, question))]
    print(f"{len(asked)} questions, {len(found)} with a governing passage among the evidence")
    first = np.mean([e.gold[e.passages == 0].any() for e in found])
    order = np.random.default_rng(0).permutation(len(found))
    held = []
    for fold in range(FOLDS):
        left_out = set(order[fold::FOLDS].tolist())
        weights = learn([e for n, e in enumerate(found) if n not in left_out])
        held += [leads(found[n], weights) for n in left_out]
    print(f"a governing passage leads: {first:.3f} by retrieval, {np.mean(held):.3f} held out")
    weights = learn(found)
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"  {name:18} {weight:8.3f}")
    if arguments.write:
        record = {
            "fitted": {
                "by": "benchmarks/leading.py",
                "on": [path.name for path in arguments.files],
                "questions": len(found),
                "day": date.today().isoformat(),
            },
            "weights": {n: round(float(w), 4) for n, w in zip(NAMES, weights, strict=True)},
        }
        MODEL.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
