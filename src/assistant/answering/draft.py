"""An answer in the making: sentences said and passages cited, each with its number."""

from collections.abc import Iterable, Sequence

from assistant.answering.layout import Piece, lay_out, shown_lines
from assistant.answering.model import Citation, Clause, Role, Sentence
from assistant.answering.official import official_citation
from assistant.corpus import Unit
from assistant.retrieval import Evidence


class Draft:
    """Collects sentences and gives each cited passage its number."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self._order: list[Evidence] = []
        self._quotes: dict[str, list[tuple[str, Role]]] = {}

    def cite(self, evidence: Evidence) -> int:
        """Return the number of a passage, a new one if it was not cited before."""
        key = evidence.passage.citation_id
        if key not in self._quotes:
            self._order.append(evidence)
            self._quotes[key] = []
        return 1 + [item.passage.citation_id for item in self._order].index(key)

    def say(self, pieces: Iterable[Piece], evidence: Evidence, role: Role = Role.ANSWER) -> None:
        """Quote pieces of a passage, each as a sentence; what was said is not repeated."""
        number = self.cite(evidence)
        quotes = self._quotes[evidence.passage.citation_id]
        for piece in pieces:
            if all(piece.text != quote for quote, _ in quotes):
                quotes.append((piece.text, role))
                self.sentences.append(Sentence(piece.text, (number,), role))

    def note(self, text: str, role: Role = Role.NOTE) -> None:
        """Add a sentence of the assistant's own that states nothing about the law."""
        self.sentences.append(Sentence(text, (), role))

    def said(self, evidence: Evidence) -> frozenset[str]:
        """Return the words of a passage that were quoted."""
        quotes = self._quotes.get(evidence.passage.citation_id, ())
        return frozenset(quote for quote, _ in quotes)

    @property
    def cited(self) -> tuple[Evidence, ...]:
        """The passages cited, by number."""
        return tuple(self._order)

    def lead(self) -> tuple[Sentence, ...]:
        """Return the sentences that answer."""
        return tuple(s for s in self.sentences if s.role in (Role.ANSWER, Role.NOTE))

    def further(self) -> tuple[Sentence, ...]:
        """Return the sentences that go with the answer, exceptions first."""
        rest = [s for s in self.sentences if s.role not in (Role.ANSWER, Role.NOTE)]
        return tuple(sorted(rest, key=lambda sentence: list(Role).index(sentence.role)))

    def citations(self) -> tuple[Citation, ...]:
        """Return everything cited, by number."""
        return tuple(
            self._citation(number, item) for number, item in enumerate(self._order, start=1)
        )

    def clauses(self) -> tuple[Clause, ...]:
        """Return the cited passages laid out line by line, quoted lines marked."""
        return tuple(
            Clause(number, tuple(shown_lines(item.passage)), self._deciding(item))
            for number, item in enumerate(self._order, start=1)
        )

    def _citation(self, number: int, item: Evidence) -> Citation:
        quotes = self._quotes[item.passage.citation_id]
        # The citation names the place of the answer, not of what goes with it.
        answering = [quote for quote, role in quotes if role is Role.ANSWER]
        placed = answering or [quote for quote, _ in quotes]
        return Citation(
            number=number,
            passage_id=item.passage.citation_id,
            official=official_citation(item.document, item.passage, placed),
            quotes=tuple(quote for quote, _ in quotes),
            document=item.document,
            passage=item.passage,
            validity=item.validity,
        )

    def _deciding(self, item: Evidence) -> frozenset[int]:
        quotes = [
            quote for quote, role in self._quotes[item.passage.citation_id] if role is Role.ANSWER
        ]
        lines = shown_lines(item.passage)
        if item.passage.unit is Unit.ROW:
            return frozenset(range(len(lines))) if quotes else frozenset()
        return frozenset(
            place for place, line in enumerate(lines) if any(quote in line for quote in quotes)
        )


def pieces_at(evidence: Evidence, paragraph: int, item: int) -> Sequence[Piece]:
    """Return the pieces of the place named; of the whole passage if none is named.

    Returns:
        the pieces in order; empty if the passage has no such place.
    """
    layout = lay_out(evidence.passage)
    if not paragraph and not item:
        return layout.pieces
    if paragraph:
        return layout.at(paragraph, item)
    # 第二项 without 第…款 means the only list of the article.
    for number in range(1, layout.paragraphs + 1):
        if found := layout.at(number, item):
            return found
    return ()
