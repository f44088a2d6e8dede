"""Learn the correction of the question's vector from the law pack.

Makes everyday questions out of clauses of the statutes in force: one clause or a few,
statutory words replaced by everyday ones (``everyday.toml`` read backwards), formal
words by plain ones, and a question's ending.  Learns a low-rank map that brings such a
question nearer to its article than to all others (full softmax over every passage), and
writes it to ``src/assistant/retrieval/adapter.npz``.  Uses no question that a person
asked.  Takes an index over the whole law pack (``ASSISTANT_LAW_PACK=all``) and about
five minutes on two cores.

    python benchmarks/adapter.py [--questions 9000] [--seed 5]
"""

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch

from assistant.corpus import Document, Passage, Unit
from assistant.index import OpenedIndex, open_index
from assistant.index.texts import embedded_text
from assistant.index.vector_cache import VectorCache
from assistant.retrieval.scope import may_be_found
from assistant.retrieval.wording import everyday
from assistant.settings import load_settings

DAY = date(2026, 11, 1)
OUTPUT = Path(__file__).parent.parent / "src/assistant/retrieval/adapter.npz"
RANK, EPOCHS, BATCH, SCALE, RATE = 64, 2, 128, 60.0, 1e-3
PLAIN = {
    "应当": "要", "不得": "不能", "未经": "没有", "逾期": "过期", "予以": "给", "或者": "或",
    "有权": "能", "依法": "", "之日起": "开始", "给付": "付", "以及": "和",
    "无正当理由": "没理由", "擅自": "私自", "下列情形之一": "哪些情况", "有关": "",
}  # fmt: skip
ENDINGS = {
    "罚": ("怎么罚？", "罚多少钱？", "会被怎么处罚？"),
    "赔偿": ("要赔吗？", "谁来赔？", "怎么赔偿？"),
    "期限": ("多久？", "要几天？", "期限多长？"),
    "": ("怎么办？", "可以吗？", "合法吗？", "怎么规定的？", "有什么要求？", "算不算？", ""),
}
Pair = tuple[Document, Passage]


def main() -> int:
    """Learn and write the map."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    settings = load_settings()
    index = open_index(settings)
    documents = {document.id: document for document in index.catalogue.documents()}
    pairs = [
        (documents[passage.document_id], passage)
        for passage in index.catalogue.all_passages()
        if may_be_found(documents[passage.document_id], DAY)
    ]
    made = list(questions(pairs, random.Random(arguments.seed)))[: arguments.questions]
    asked = index.embedding.encode([text for text, _ in made], query=True)
    passages = vectors(index, settings.index / "vectors.db", pairs)
    down, up, shift = learn(asked, passages, [row for _, row in made], arguments.seed)
    np.savez(
        OUTPUT,
        space=np.array(index.embedding.fingerprint),
        down=down.astype(np.float16),
        up=up.astype(np.float16),
        shift=shift.astype(np.float16),
    )
    print(f"{len(made)} questions, {OUTPUT.stat().st_size / 1024:.0f} KiB written to {OUTPUT}")
    return 0


def questions(pairs: Sequence[Pair], dice: random.Random) -> Iterator[tuple[str, int]]:
    """Yield (question, row of its passage) in random order, one for each article."""
    spoken: dict[str, list[str]] = defaultdict(list)
    for word, statutory in everyday().items():
        for term in statutory.split():
            if len(term) > 1 and term != word:
                spoken[term].append(word)
    rows = [row for row, (_, passage) in enumerate(pairs) if passage.unit is Unit.ARTICLE]
    dice.shuffle(rows)
    for row in rows:
        passage = pairs[row][1]
        words = passage.text.removeprefix(passage.label).strip()
        if re.search(r"自.{0,14}起施行", words):
            continue
        question = _question(words, spoken, dice)
        if len(question) > 7:
            yield question, row


def _question(words: str, spoken: dict[str, list[str]], dice: random.Random) -> str:
    sentences = [s for s in re.split(r"[。；：\n]", words) if 10 <= len(s) <= 120]
    if not sentences:
        return ""
    sentence = dice.choice(sentences)
    ending = next(
        kind
        for kind in ENDINGS
        if kind in sentence or (kind == "期限" and re.search(r"[日月年]内", sentence))
    )
    clauses = [clause for clause in sentence.split("，") if clause]
    if len(clauses) > 1 and dice.random() < 0.75:
        clauses = clauses[: dice.randint(1, len(clauses) - 1)]
    question = re.sub(r"^[（(][一二三四五六七八九十]+[）)]", "", "，".join(clauses))
    for term in sorted(spoken, key=lambda term: (-len(term), term)):
        if term in question and dice.random() < 0.75:
            question = question.replace(term, dice.choice(spoken[term]))
    for formal, plain in PLAIN.items():
        if dice.random() < 0.7:
            question = question.replace(formal, plain)
    question = re.sub(r"第[一二三四五六七八九十百千]+条(?:第[一二三四五]+款)?", "", question)
    return question[:60].rstrip("的，、") + dice.choice(ENDINGS[ending])


def vectors(index: OpenedIndex, cache: Path, pairs: Sequence[Pair]) -> Any:
    """Return the passages' vectors from the build's cache, one row each, unit length."""
    texts = [embedded_text(document, passage) for document, passage in pairs]
    known = VectorCache(cache, index.embedding.fingerprint).get(texts)
    rows = np.stack([known[text] for text in texts]).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def learn(asked: Any, passages: Any, gold: Sequence[int], seed: int) -> tuple[Any, Any, Any]:
    """Return the factors of the map and its shift."""
    torch.manual_seed(seed)
    questions_, targets = torch.from_numpy(asked), torch.tensor(gold)
    against = torch.from_numpy(passages).T
    size = asked.shape[1]
    down = torch.nn.Parameter(torch.randn(size, RANK) * 0.05)
    up = torch.nn.Parameter(torch.zeros(RANK, size))
    shift = torch.nn.Parameter(torch.zeros(size))
    optimiser = torch.optim.AdamW([down, up, shift], lr=RATE, weight_decay=0.01)
    steps = EPOCHS * (len(gold) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, total_iters=steps)
    for epoch in range(EPOCHS):
        total = 0.0
        for rows in torch.randperm(len(gold)).split(BATCH):
            plain = questions_[rows]
            turned = torch.nn.functional.normalize(plain + plain @ down @ up + shift, dim=1)
            loss = torch.nn.functional.cross_entropy(SCALE * (turned @ against), targets[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(rows)
        print(f"epoch {epoch + 1}: loss {total / len(gold):.3f}")
    return tuple(part.detach().numpy() for part in (down, up, shift))


if __name__ == "__main__":
    sys.exit(main())
