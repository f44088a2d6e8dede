"""Questions that follow from an answer: from what it cites and what was not asked yet."""

from collections.abc import Iterator, Sequence

from assistant.answering import Answer, Citation, Outcome
from assistant.answering.asked import Ask, asks_of
from assistant.answering.marks import MarkKind, find_marks
from assistant.corpus import Unit

MOST = 3
_ENDINGS = (
    (MarkKind.PERIOD, Ask.PERIOD, "规定的期限是多久？"),
    (MarkKind.AMOUNT, Ask.AMOUNT, "规定的数额是多少？"),
)
_NAMED = ("事项名称", "事项", "名称")


def suggestions(answer: Answer, asked: Sequence[str] = ()) -> tuple[str, ...]:
    """Return up to :data:`MOST` questions that the sources at hand can answer.

    Args:
        answer: the answer; a refusal has none, it shows the nearest sources.
        asked: questions of the conversation; they are not offered again.
    """
    found = dict.fromkeys(_offered(answer))
    return tuple(question for question in found if question not in asked)[:MOST]


def _offered(answer: Answer) -> Iterator[str]:
    if answer.outcome is Outcome.REFUSED:
        return
    lead = {number for sentence in answer.lead for number in sentence.citations}
    first = [c for c in answer.citations if c.number in lead]
    others = [c for c in answer.citations if c.number not in lead]
    yield from map(_whole, list(filter(_is_provision, others))[: MOST - 1])
    asks = asks_of(answer.question)
    for citation in filter(_is_provision, first[:1]):
        kinds = {mark.kind for mark in find_marks(citation.passage.text)}
        for kind, ask, ending in _ENDINGS:
            if kind in kinds and ask not in asks:
                yield f"{_name(citation)}{ending}"
    for citation in answer.citations:
        if citation.passage.unit is Unit.ROW and (item := _item(citation)):
            yield f"“{item}”的执法依据是什么？"


def _is_provision(citation: Citation) -> bool:
    return citation.passage.unit in (Unit.ARTICLE, Unit.SECTION)


def _whole(citation: Citation) -> str:
    return f"{_name(citation)}是怎么规定的？"


def _name(citation: Citation) -> str:
    return f"《{citation.document.short_title}》{citation.passage.label}"


def _item(citation: Citation) -> str:
    fields = dict(citation.passage.fields)
    return next((fields[name] for name in _NAMED if fields.get(name)), "")
