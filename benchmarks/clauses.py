"""Everyday questions made out of clauses of the statutes, and the passages' vectors.

One clause or a few of each article in force, statutory words replaced by everyday ones
(``everyday.toml`` read backwards), formal words by plain ones, and a question's ending.
``encoder.py`` trains on a few of them beside questions written by hand.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.corpus import Document, Passage, Unit
from assistant.index import OpenedIndex
from assistant.index.texts import embedded_text
from assistant.index.vector_cache import VectorCache
from assistant.retrieval.wording import everyday

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
