"""The extractive answer: deciding sentences in the source's own words, then the clauses."""

from collections.abc import Sequence

from assistant.answering.model import Citation, Clause, Sentence
from assistant.answering.official import official_citation
from assistant.answering.relevance import Reading, ScoredUnit
from assistant.answering.units import lines_of, quotable_units
from assistant.corpus import Unit
from assistant.retrieval import CitedPlace, Evidence

_SENTENCES = 3
_PER_PASSAGE = 2
_CLAUSES = 5
# A piece this much weaker than the best is about something else.
_CLOSE = 0.9
_CLAUSE_CLOSE = 0.72
_WHOLE_LIST = 320


class Draft:
    """Collects sentences and gives each cited passage its number."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self._order: list[Evidence] = []
        self._quotes: dict[str, list[str]] = {}

    def cite(self, evidence: Evidence, quotes: Sequence[str] = ()) -> int:
        """Return the number of a passage, a new one if it was not cited before."""
        key = evidence.passage.id
        if key not in self._quotes:
            self._order.append(evidence)
            self._quotes[key] = []
        self._quotes[key] += [quote for quote in quotes if quote not in self._quotes[key]]
        return 1 + [item.passage.id for item in self._order].index(key)

    def say(self, text: str, evidence: Evidence, quotes: Sequence[str]) -> None:
        """Add a sentence that stands on a passage."""
        self.sentences.append(Sentence(text, (self.cite(evidence, quotes),)))

    def citations(self) -> tuple[Citation, ...]:
        """Return everything cited, by number."""
        return tuple(
            Citation(
                number=number,
                passage_id=item.passage.id,
                official=official_citation(item.document, item.passage),
                quotes=tuple(self._quotes[item.passage.id]),
                document=item.document,
                passage=item.passage,
                validity=item.validity,
            )
            for number, item in enumerate(self._order, start=1)
        )

    def clauses(self) -> tuple[Clause, ...]:
        """Return the cited passages laid out line by line, deciding lines marked."""
        clauses = []
        for number, item in enumerate(self._order, start=1):
            lines = lines_of(item.passage)
            quotes = self._quotes[item.passage.id]
            if item.passage.unit is Unit.ROW:
                deciding = frozenset(range(len(lines))) if quotes else frozenset()
            else:
                deciding = frozenset(
                    place
                    for place, line in enumerate(lines)
                    if any(quote in line or line in quote for quote in quotes)
                )
            clauses.append(Clause(number, tuple(lines), deciding))
        return tuple(clauses)


def compose(reading: Reading, evidence: Sequence[Evidence]) -> Draft:
    """Lead with the pieces that answer best, then cite the passages that come close.

    Args:
        reading: the evidence as read against the question; must have a unit.
        evidence: best first.
    """
    draft = Draft()
    best = reading.units[0]
    used: dict[str, int] = {}
    for scored in reading.units:
        key = scored.evidence.passage.id
        if len(draft.sentences) == _SENTENCES or scored.score < _CLOSE * best.score:
            break
        if used.get(key, 0) < _PER_PASSAGE and not _said(draft, scored):
            text, quotes = _quoted(scored)
            draft.say(text, scored.evidence, quotes)
            used[key] = used.get(key, 0) + 1
    top: dict[str, float] = {}
    for scored in reading.units:
        key = scored.evidence.passage.id
        top[key] = max(top.get(key, 0.0), scored.score)
    for item in evidence:
        if len(draft.citations()) >= _CLAUSES:
            break
        if top.get(item.passage.id, 0.0) >= _CLAUSE_CLOSE * best.score:
            draft.cite(item)
    return draft


def compose_cited(places: Sequence[CitedPlace], evidence: Sequence[Evidence]) -> Draft:
    """Quote the articles that the question cites, down to the paragraph and item named."""
    draft = Draft()
    by_address = {place.citation_id: place for place in places}
    for item in evidence:
        place = by_address.get(item.passage.citation_id)
        if place is None:
            continue
        quotes = _named_lines(item, place)
        draft.say("".join(quotes), item, quotes)
    return draft


def _named_lines(evidence: Evidence, place: CitedPlace) -> list[str]:
    paragraphs = _paragraphs(evidence)
    chosen = paragraphs
    if 0 < place.paragraph <= len(paragraphs):
        chosen = [paragraphs[place.paragraph - 1]]
    if place.item:
        for head, *items in chosen:
            if place.item <= len(items):
                return [head, items[place.item - 1]]
    return [line for paragraph in chosen for line in paragraph]


def _paragraphs(evidence: Evidence) -> list[list[str]]:
    """The paragraphs (款) of an article, each with its items (项) behind its first line."""
    grouped: dict[int, list[str]] = {}
    first = 0
    for unit in quotable_units(evidence.passage):
        if not unit.head:
            first = unit.line
        grouped.setdefault(first, [])
        if unit.head or not grouped[first] or len(grouped[first]) > 1:
            grouped[first].append(unit.text)
        else:
            grouped[first][0] += unit.text
    return list(grouped.values())


def _quoted(scored: ScoredUnit) -> tuple[str, list[str]]:
    """The words to show for a piece: a list's head with its items, an item with its head."""
    unit = scored.unit
    if unit.head:
        return unit.head + unit.text, [unit.head, unit.text]
    if not unit.heads_list:
        return unit.text, [unit.text]
    items = [
        other.text for other in quotable_units(scored.evidence.passage) if other.head == unit.text
    ]
    whole = unit.text + "".join(items)
    if len(whole) <= _WHOLE_LIST:
        return whole, [unit.text, *items]
    return unit.text, [unit.text]


def _said(draft: Draft, scored: ScoredUnit) -> bool:
    words = scored.unit.text
    return any(words in sentence.text for sentence in draft.sentences)
