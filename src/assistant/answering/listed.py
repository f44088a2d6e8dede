"""Answers from item lists in the form of every other answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.model import Answer, Citation, Clause, Outcome, Sentence
from assistant.answering.official import official_citation
from assistant.corpus import Document, Passage, Unit
from assistant.items import RegisterAnswer

_CLAUSES = 6


def listed_answer(
    found: RegisterAnswer,
    question: str,
    day: date,
    cited: Callable[[str], Sequence[Passage]],
    document: Callable[[str], Document],
) -> Answer:
    """Return the answer from item lists; warnings and time taken are the caller's.

    Args:
        found: what the register answers.
        question: as asked.
        day: the day whose law applies.
        cited: gives the parts of a passage by its address.
        document: gives a document by its id.
    """
    citations: dict[str, Citation] = {}
    quotes: dict[str, list[str]] = {}
    lead = []
    for sentence in found.sentences:
        numbers = []
        for address in sentence.addresses:
            if address not in citations:
                parts = cited(address)
                if not parts:
                    continue
                citations[address] = _citation(
                    len(citations) + 1, parts, document(parts[0].document_id), day
                )
            numbers.append(citations[address].number)
        if sentence.addresses:
            quotes.setdefault(sentence.addresses[0], []).extend(sentence.quotes)
        lead.append(Sentence(sentence.text, tuple(numbers)))
    finished = tuple(
        replace(citation, quotes=tuple(dict.fromkeys(quotes.get(address, ()))))
        for address, citation in citations.items()
    )
    return Answer(
        question=question,
        outcome=Outcome.ANSWERED if found.certain else Outcome.PARTIAL,
        lead=tuple(lead),
        clauses=_clauses(finished),
        citations=finished,
        warnings=(),
        seconds=0.0,
        table=found.table,
        table_question=found.question,
    )


def only_rows(answer: Answer) -> bool:
    """Return whether an answer leads with nothing but rows of lists, which are no rule."""
    units = {citation.number: citation.passage.unit for citation in answer.citations}
    leading = {units[number] for sentence in answer.lead for number in sentence.citations}
    return leading == {Unit.ROW}


def _citation(number: int, parts: Sequence[Passage], document: Document, day: date) -> Citation:
    passage = replace(parts[0], text="\n".join(part.text for part in parts))
    return Citation(
        number=number,
        passage_id=passage.citation_id,
        official=official_citation(document, passage),
        quotes=(),
        document=document,
        passage=passage,
        validity=document.validity_on(day),
    )


def _clauses(citations: Sequence[Citation]) -> tuple[Clause, ...]:
    """Lay out the cited articles; the rows themselves stand in the table."""
    clauses: list[Clause] = []
    for citation in citations:
        if citation.passage.unit is Unit.ROW or len(clauses) == _CLAUSES:
            continue
        lines = tuple(line.strip() for line in citation.passage.text.split("\n") if line.strip())
        deciding = frozenset(
            number
            for number, line in enumerate(lines)
            if any(quote in line or line in quote for quote in citation.quotes)
        )
        clauses.append(Clause(citation.number, lines, deciding))
    return tuple(clauses)
