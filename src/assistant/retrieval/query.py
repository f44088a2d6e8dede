"""What a question asks for, beyond its words."""

from dataclasses import dataclass
from datetime import date

from assistant.corpus import Document
from assistant.retrieval.citations import CitedPlace, find_citations
from assistant.retrieval.names import Names


@dataclass(frozen=True, slots=True)
class Query:
    """A question as retrieval understands it.

    Attributes:
        text: the question as asked.
        day: the day whose law applies.
        cited: places that it cites.
        named: documents that it names, cited ones included.
    """

    text: str
    day: date
    cited: tuple[CitedPlace, ...] = ()
    named: tuple[Document, ...] = ()


def understand(text: str, names: Names, day: date) -> Query:
    """Read citations and document names out of a question."""
    cited = tuple(find_citations(text, names, day))
    named = {place.document.id: place.document for place in cited}
    named |= {document.id: document for document in names.within(text, day)}
    return Query(text, day, cited, tuple(named.values()))
