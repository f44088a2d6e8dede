"""Train what is added to the embedding model for questions that search.

Passages keep their vectors; the question's side is trained, with a softmax over every
passage of the law pack: low-rank additions to the last layers (Hu et al., "LoRA",
arXiv:2106.09685) and a low-rank map of the result.  Trained on questions written by hand
in the words of citizens and companies (``questions/training.jsonl``), in those of people
in and around an enforcement bureau (``questions/officers.jsonl``), and a few made out of
clauses; a good part of each batch is about the civil code, as most questions of citizens are.
The questions of a seventh of the articles are kept back for fitting what builds on the
vectors (``questions/held.jsonl``).  Takes an index over the whole law pack and the samples
(``ASSISTANT_LAW_PACK=all``) and, on two idle cores, about eight minutes for 400 steps.

    python benchmarks/encoder.py [--steps 400] [--rate 5e-4] [--fresh] [--write]

``--steps 0`` only shows what ``src/assistant/index/tuning.npz`` is worth.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.functional import normalize

from assistant.corpus import Document, Passage
from assistant.evaluation.questions import load_questions, passage_key
from assistant.index import OpenedIndex, open_index
from assistant.retrieval.scope import may_be_found
from assistant.settings import Precision, load_settings
from clauses import questions as made_questions
from clauses import vectors

HERE = Path(__file__).parent
TRAINING = HERE / "questions/training.jsonl"
OFFICERS = HERE / "questions/officers.jsonl"
SHOWN = ("held", "ranking", "enforcement")
KEPT = HERE.parent / "src/assistant/index/tuning.npz"
PARTS = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
MAP = ("map.down", "map.up", "map.shift")
DAY = date(2026, 11, 1)
CIVIL = "中华人民共和国民法典"
LAYERS, RANK, MAP_RANK, SCALE, BATCH, WORD_DROPOUT = 4, 16, 64, 40.0, 64, 0.1
MADE, CIVIL_SHARE, OFFICER_SHARE, MADE_SHARE = 600, 0.4, 0.25, 0.05
Pair = tuple[Document, Passage]
Arrays = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the rows of its governing articles' passages, and where it comes from."""

    text: str
    rows: tuple[tuple[int, ...], ...]
    source: str = ""


def main() -> int:
    """Train, show what it is worth and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--fresh", action="store_true", help="do not start from what ships")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    dice = random.Random(arguments.seed)
    index = open_index(load_settings(precision=Precision.FLOAT32))
    pairs = passages(index)
    rows = rows_by_article(pairs)
    officers = [replace(question, source="officers") for question in read(OFFICERS, rows)]
    training = read(TRAINING, rows) + officers
    made = [
        Asked(text, (rows[passage_key(pairs[row][0].title, pairs[row][1].label)],), "made")
        for text, row in made_questions(pairs, random.Random(5))
    ][:MADE]
    training += made
    print(f"{len(training)} questions to train on", flush=True)
    against = torch.from_numpy(vectors(index, index.settings.index / "vectors.db", pairs))
    encoder = Encoder(index, None if arguments.fresh else kept(index.embedding.fingerprint))
    shown = {name: read(HERE / f"questions/{name}.jsonl", rows) for name in SHOWN}
    lower = {name: encoder.lower([q.text for q in asked]) for name, asked in shown.items()}

    def show() -> None:
        for name, asked in shown.items():
            print(f"  {name}: {recall(encoder, lower[name], asked, against, pairs)}", flush=True)

    show()
    if arguments.steps:
        train(encoder, training, against, arguments, dice, show)
    if arguments.write:
        arrays = {n: p.detach().numpy().astype(np.float16) for n, p in encoder.learned.items()}
        np.savez(KEPT, space=np.array(index.embedding.fingerprint), **arrays)
        print(f"{KEPT.stat().st_size / 1024:.0f} KiB written to {KEPT}")
    return 0


def kept(space: str) -> Arrays:
    """Return what an earlier run learned in this vector space."""
    with np.load(KEPT) as parts:
        if str(parts["space"]) != space:
            sys.exit(f"{KEPT} was trained for {parts['space']}, not {space}; use --fresh")
        return {n: parts[n].astype(np.float32) for n in parts.files if n != "space"}


def passages(index: OpenedIndex) -> list[Pair]:
    """Return every passage that may be found today."""
    documents = {document.id: document for document in index.catalogue.documents()}
    return [
        (documents[passage.document_id], passage)
        for passage in index.catalogue.all_passages()
        if may_be_found(documents[passage.document_id], DAY)
    ]


def rows_by_article(pairs: Sequence[Pair]) -> dict[Any, tuple[int, ...]]:
    """Return the rows of each article's passages, by law and label."""
    found: dict[Any, list[int]] = {}
    for row, (document, passage) in enumerate(pairs):
        found.setdefault(passage_key(document.title, passage.label), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def read(path: Path, rows: Mapping[Any, tuple[int, ...]]) -> list[Asked]:
    """Return a file's questions that have governing articles here."""
    found = []
    for question in load_questions(path):
        gold = tuple(rows[key] for g in question.relevant if (key := g.key) in rows)
        if gold:
            found.append(Asked(question.question, gold, question.relevant[0].title))
    return found


class Added(torch.nn.Module):
    """A linear layer and what is added to it."""

    def __init__(self, layer: Any, down: Any, up: Any) -> None:
        super().__init__()
        self.layer, self.down, self.up = layer, down, up

    def forward(self, states: Any) -> Any:
        """Return the layer's result with the addition."""
        return self.layer(states) + states @ self.down @ self.up


class Encoder:
    """The model with trainable additions in its last layers.

    Layers below them do not change, so their results are computed once for each text.
    """

    def __init__(self, index: OpenedIndex, start: Arrays | None) -> None:
        model: Any = index.embedding.model
        self._tokenizer, self._bert = model.tokenizer, model[0].auto_model.eval()
        self._prompt = model.prompts.get("query") or ""
        for parameter in self._bert.parameters():
            parameter.requires_grad_(False)
        self._first = len(self._bert.encoder.layer) - LAYERS
        self.learned: dict[str, Any] = {}
        for number, layer in enumerate(self._bert.encoder.layer):
            if number >= self._first:
                for part in PARTS:
                    self._add(number, layer, part, start)
        size = self._bert.config.hidden_size
        begin = (torch.randn(size, MAP_RANK) * 0.05, torch.zeros(MAP_RANK, size), torch.zeros(size))
        for name, fresh in zip(MAP, begin, strict=True):
            self._learn(name, fresh, start)

    def _add(self, number: int, layer: Any, part: str, start: Arrays | None) -> None:
        *path, last = part.split(".")
        holder = layer
        for step in path:
            holder = getattr(holder, step)
        linear = getattr(holder, last)
        down = torch.randn(linear.in_features, RANK) / linear.in_features**0.5
        up = torch.zeros(RANK, linear.out_features)
        name = f"{number}.{part}"
        added = Added(
            linear,
            self._learn(f"{name}.down", down, start),
            self._learn(f"{name}.up", up, start),
        )
        setattr(holder, last, added)

    def _learn(self, name: str, fresh: Any, start: Arrays | None) -> Any:
        known = None if start is None else torch.from_numpy(start[name])
        self.learned[name] = torch.nn.Parameter(fresh if known is None else known)
        return self.learned[name]

    @torch.no_grad()
    def lower(self, texts: Sequence[str]) -> list[Any]:
        """Return what the layers that stay make of each text, shape (tokens, size)."""
        found: list[Any] = [None] * len(texts)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            words = self._tokenizer(
                [self._prompt + texts[place] for place in batch],
                padding=True, truncation=True, max_length=64, return_tensors="pt",
            )  # fmt: skip
            states = self._bert(**words, output_hidden_states=True).hidden_states[self._first]
            for place, row, seen in zip(batch, states, words["attention_mask"], strict=True):
                found[place] = row[: int(seen.sum())].clone()
        return found

    def upper(self, lower: Sequence[Any], dropout: float = 0.0) -> Any:
        """Return the vectors, shape (texts, size); ``dropout`` leaves out words."""
        longest = max(len(states) for states in lower)
        states = torch.zeros(len(lower), longest, lower[0].shape[1])
        seen = torch.zeros(len(lower), longest)
        for row, known in enumerate(lower):
            states[row, : len(known)] = known
            seen[row, : len(known)] = 1
        if dropout:
            dropped = torch.rand_like(seen) < dropout
            # The prompt stays.
            dropped[:, :4] = False
            seen = seen.masked_fill(dropped, 0.0)
        mask = (1 - seen)[:, None, None, :] * torch.finfo(torch.float32).min
        for layer in self._bert.encoder.layer[self._first :]:
            result = layer(states, attention_mask=mask)
            states = result[0] if isinstance(result, tuple) else result
        mean = (states * seen.unsqueeze(-1)).sum(1) / seen.sum(1, keepdim=True)
        plain = normalize(mean, dim=1)
        down, up, shift = (self.learned[name] for name in MAP)
        return normalize(plain + plain @ down @ up + shift, dim=1)


def train(
    encoder: Encoder, asked: Sequence[Asked], against: Any, arguments: Any, dice: Any, show: Any
) -> None:
    """Train the additions; calls ``show`` now and then."""
    lower = encoder.lower([question.text for question in asked])
    optimiser = torch.optim.AdamW(encoder.learned.values(), lr=arguments.rate, weight_decay=0.01)
    steps = arguments.steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / (0.1 * steps + 1)) * max(0, 1 - step / steps)
    )
    batches = batch_rows(asked, dice)
    columns = against.T.contiguous()
    for step in range(1, steps + 1):
        batch = next(batches)
        scores = SCALE * encoder.upper([lower[row] for row in batch], WORD_DROPOUT) @ columns
        governing = torch.full_like(scores, -torch.inf)
        for place, row in enumerate(batch):
            governing[place, [r for rows in asked[row].rows for r in rows]] = 0
        loss = (scores.logsumexp(1) - (scores + governing).logsumexp(1)).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.learned.values(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0 or step == steps:
            print(f"step {step} of {steps}: loss {loss.item():.2f}", flush=True)
            show()


def batch_rows(asked: Sequence[Asked], dice: random.Random) -> Iterator[list[int]]:
    """Yield rows of questions without end, each kind with its share."""
    civil, officers, made, others = [], [], [], []
    kinds = {CIVIL: civil, "officers": officers, "made": made}
    for row, question in enumerate(asked):
        kinds.get(question.source, others).append(row)
    shares = (
        (civil, round(BATCH * CIVIL_SHARE)),
        (officers, round(BATCH * OFFICER_SHARE)),
        (made, round(BATCH * MADE_SHARE)),
    )
    counts = [*shares, (others, BATCH - sum(count for _, count in shares))]
    streams = [(endless(rows, dice), count) for rows, count in counts]
    while True:
        yield [next(stream) for stream, count in streams for _ in range(count)]


def endless(rows: Sequence[int], dice: random.Random) -> Iterator[int]:
    """Yield the rows in random order, over and over."""
    while True:
        yield from dice.sample(rows, len(rows))


@torch.no_grad()
def recall(
    encoder: Encoder, lower: Sequence[Any], asked: Sequence[Asked], against: Any,
    pairs: Sequence[Pair],
) -> str:  # fmt: skip
    """Return the share of governing articles among the first 5, 10, 20 and 100, in words."""
    found: dict[int, float] = dict.fromkeys((5, 10, 20, 100), 0.0)
    for start in range(0, len(asked), BATCH):
        scores = encoder.upper(lower[start : start + BATCH]) @ against.T
        for row, question in zip(scores, asked[start : start + BATCH], strict=False):
            best = row.topk(300).indices.tolist()
            articles = list(dict.fromkeys(pairs[place][1].citation_id for place in best))
            gold = [pairs[rows[0]][1].citation_id for rows in question.rows]
            for depth in found:
                found[depth] += sum(a in articles[:depth] for a in gold) / len(gold)
    return ", ".join(f"R@{depth} {total / len(asked):.3f}" for depth, total in found.items())


if __name__ == "__main__":
    sys.exit(main())
