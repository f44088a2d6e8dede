"""Where an article is cited: the references of other passages, followed backwards."""

from collections.abc import Iterator
from datetime import date

from assistant.corpus import Document, Passage, Unit
from assistant.index import OpenedIndex
from assistant.retrieval.citations import find_citations
from assistant.retrieval.search import Searcher

# Passages that are read for references at most; a plain number such as 第一条 is common.
_READ = 600
_BEFORE = ("前条", "前款")


class Citing:
    """Finds the passages that cite an article, section or row.

    Args:
        index: the opened index.
        searcher: knows its documents and their names.
    """

    def __init__(self, index: OpenedIndex, searcher: Searcher) -> None:
        self._index = index
        self._searcher = searcher

    def of(self, document: Document, target: Passage, count: int = 50) -> list[Passage]:
        """Return up to ``count`` passages that cite ``target``, its own document's first."""
        if target.unit not in (Unit.ARTICLE, Unit.SECTION):
            return []
        found: dict[str, Passage] = {}
        for passage in self._candidates(document, target):
            if len(found) == count:
                break
            if passage.citation_id not in found and self._cites(passage, target):
                found[passage.citation_id] = passage
        return list(found.values())

    def _candidates(self, document: Document, target: Passage) -> Iterator[Passage]:
        catalogue = self._index.catalogue
        named = self._index.containing([target.label], _READ)
        after = catalogue.around(document.id, target.order + 1, target.order + 2)
        own = [p for p in named if p.document_id == document.id]
        yield from own
        yield from (p for p in after if any(words in p.text for words in _BEFORE))
        yield from (
            p for p in named if p.document_id != document.id and document.short_title in p.text
        )

    def _cites(self, passage: Passage, target: Passage) -> bool:
        if passage.citation_id == target.citation_id:
            return False
        within = self._searcher.document(passage.document_id)
        words = passage.text.removeprefix(passage.label) if not passage.part else passage.text
        places = find_citations(
            words, self._searcher.names, date.today(), within=within, at=passage.anchor
        )
        return any(place.citation_id == target.citation_id for place in places)
