"""Ordering questions on how a procedure runs, from the flows of the procedure tools."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from random import Random

from assistant.corpus import Document, Passage
from assistant.procedures import Flow, flows
from assistant.procedures.statutes import Reference, paragraphs_of
from assistant.quiz.model import Question, QuestionType
from assistant.quiz.source import Article
from assistant.quiz.wording import make, steps_of
from assistant.retrieval import Names

_STEPS = (5, 4)
_OPTIONAL = re.compile(r"必要时|符合条件|应当听证|需要|中止|听证权利")
_ANYWHERE = ("公示", "缴纳罚款")
"""May come earlier or later: of what 公示 is, or when a fine is paid, is not said."""
_MOST = 3

Found = tuple[str, Article, str]
"""Name of a step, the article it rests on, and the words there."""


def flow_questions(
    sources: Sequence[tuple[Document, Sequence[Passage]]], day: date, rng: Random
) -> Iterator[tuple[Question, str]]:
    """Yield questions on the order of steps, each with the text of the first step's article.

    Steps that are only taken at times, or whose place is not fixed, are left out, and a flow of
    which a step does not stand in the sources as its rule says is not asked about.

    Args:
        sources: documents with all their passages.
        day: the day on which the articles must be in force.
        rng: decides which steps are asked for.
    """
    names = Names(document for document, _ in sources)
    by_id = {document.id: (document, passages) for document, passages in sources}
    for flow in flows():
        steps = _grounded(flow, names, by_id, day)
        if steps is None or len(steps) < min(_STEPS):
            continue
        seen = set()
        for _ in range(_MOST):
            count = min(rng.choice(_STEPS), len(steps))
            chosen = [steps[place] for place in sorted(rng.sample(range(len(steps)), count))]
            told = tuple(name for name, _, _ in chosen)
            if told not in seen:
                seen.add(told)
                yield _question(flow, chosen, rng), chosen[0][1].passage.text


def _question(flow: Flow, chosen: Sequence[Found], rng: Random) -> Question:
    key = [name for name, _, _ in chosen]
    options = list(key)
    while options == key:
        rng.shuffle(options)
    _, first, quote = chosen[0]
    stem = f"办理行政执法事项，请将{steps_of(flow)}按先后顺序排列。"
    question = make(first, QuestionType.ORDER, stem, options, key, quote)
    return replace(question, citation=_cited(chosen), topic=flow.name)


def _cited(chosen: Sequence[Found]) -> str:
    """《行政处罚法》第五十四条、第五十八条；《行政强制法》第三十五条."""
    articles = {article.citation: article for _, article, _ in chosen}.values()
    groups = groupby(articles, key=lambda article: article.document.title)
    return "；".join(
        f"《{title}》{'、'.join(article.passage.label for article in group)}"
        for title, group in groups
    )


def _grounded(
    flow: Flow,
    names: Names,
    by_id: Mapping[str, tuple[Document, Sequence[Passage]]],
    day: date,
) -> list[Found] | None:
    found: list[Found] = []
    for step in flow.step:
        reference = Reference.read(step.cites[0])
        document = names.exactly(reference.law, day)
        if document is None or not document.validity_on(day).is_current:
            return None
        anchor = f"a{reference.article}"
        passages = [p for p in by_id[document.id][1] if p.anchor == anchor]
        if not passages or any(
            all(words not in passage.text for passage in passages) for words in step.says
        ):
            return None
        if _OPTIONAL.search(step.name) or step.name in _ANYWHERE or len(passages) > 1:
            continue
        paragraph = paragraphs_of(passages)[max(0, reference.paragraph - 1)]
        quote = paragraph[reference.item] if reference.item < len(paragraph) else paragraph[0]
        article = Article(document, passages[0], document.validity_on(day).label)
        found.append((step.name, article, quote))
    return found
