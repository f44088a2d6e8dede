"""What a passage leans on: the articles it refers to, followed one step."""

import re
from collections.abc import Iterator, Sequence

from assistant.corpus import Document, Passage, Unit
from assistant.index import OpenedIndex
from assistant.retrieval.citations import find_citations
from assistant.retrieval.model import CitedPlace, Evidence, Finding, Reason
from assistant.retrieval.names import Names
from assistant.retrieval.query import Query
from assistant.retrieval.scope import may_be_found

# How many of the first passages are read for references, and how many are followed.
_READ = 3
_FOLLOWED = 4
# Words that make another provision part of this one; a mere 另有规定的除外 does not.
_LEANS = re.compile(
    r"依照|按照|依据|违反|适用|参照|符合|本法第|本条例第|前[一两二三四]?条|第[^，。；]{1,12}条"
)
_SAME_ARTICLE = re.compile(r"前[一两二三]?款|上一款|下列|前项")


class References:
    """Follows references out of the best passages.

    Args:
        index: the opened index.
        names: resolves names of documents.
    """

    def __init__(self, index: OpenedIndex, names: Names) -> None:
        self._index = index
        self._names = names

    def follow(self, query: Query, found: Sequence[Evidence]) -> list[Evidence]:
        """Return the provisions that the first passages lean on, nearest first.

        Passages already found are left out, and so is what is not in force: a
        reference to it says nothing about today.
        """
        known = {item.passage.citation_id for item in found}
        followed: dict[str, Evidence] = {}
        for item in found[:_READ]:
            for document, passage in self._of(item, query):
                key = passage.id if passage.part else passage.citation_id
                if passage.citation_id == item.passage.citation_id:
                    key = passage.id
                elif passage.citation_id in known:
                    continue
                if key in followed or len(followed) == _FOLLOWED:
                    continue
                followed[key] = Evidence(
                    document=document,
                    passage=passage,
                    score=item.score / 2,
                    findings=(Finding(Reason.REFERENCE, len(followed) + 1, 1.0),),
                    validity=document.validity_on(query.day),
                    referred_by=item.passage.citation_id,
                )
        return list(followed.values())

    def _of(self, item: Evidence, query: Query) -> Iterator[tuple[Document, Passage]]:
        passage = item.passage
        if passage.unit is Unit.ROW:
            return
        if passage.part and _SAME_ARTICLE.search(passage.text):
            for part in self._index.catalogue.cited(passage.citation_id):
                if part.part == passage.part - 1:
                    yield item.document, part
        if not _LEANS.search(passage.text):
            return
        for place in self._places(item, query):
            parts = self._index.catalogue.cited(place.citation_id)
            if parts and may_be_found(place.document, query.day):
                yield place.document, parts[0]

    def _places(self, item: Evidence, query: Query) -> list[CitedPlace]:
        passage = item.passage
        words = passage.text.removeprefix(passage.label) if not passage.part else passage.text
        places = find_citations(
            words, self._names, query.day, within=item.document, at=passage.anchor
        )
        return [place for place in places if place.citation_id != passage.citation_id]
