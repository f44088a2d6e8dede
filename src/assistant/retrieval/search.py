"""From a question to evidence: exact citations first, then fused dense and lexical finds."""

from collections.abc import Iterable, Sequence
from datetime import date

from llama_index.core.schema import QueryBundle

from assistant.corpus import Document, Passage, Validity
from assistant.index import OpenedIndex
from assistant.retrieval.citations import CitedPlace
from assistant.retrieval.fusion import fuse
from assistant.retrieval.model import Evidence, Finding, Reason
from assistant.retrieval.names import Names
from assistant.retrieval.query import Query, understand
from assistant.retrieval.retrievers import DenseRetriever, LexicalRetriever
from assistant.retrieval.trace import Recorder, Stage, Trace

_CANDIDATES = 100
# Above every fused score, which is at most a few times 1/61.
_EXACT_SCORE = 1.0
_NAMED_BONUS = 0.008


class Searcher:
    """Finds evidence for questions.

    Args:
        index: the opened index.
    """

    def __init__(self, index: OpenedIndex) -> None:
        self._index = index
        self._documents = {document.id: document for document in index.catalogue.documents()}
        self.names = Names(self._documents.values())
        self._dense = DenseRetriever(index, _CANDIDATES)
        self._lexical = LexicalRetriever(index, _CANDIDATES)

    @property
    def documents(self) -> list[Document]:
        """Every document of the index, all versions."""
        return list(self._documents.values())

    def document(self, document_id: str) -> Document:
        """Return a document by its id.

        Raises:
            KeyError: it is unknown.
        """
        return self._documents[document_id]

    def understand(
        self, question: str, day: date | None = None, history: Sequence[str] = ()
    ) -> Query:
        """Read a question; the day is what it says, else ``day``, else today.

        Args:
            question: the question as asked.
            day: the day whose law applies where the question names none.
            history: the questions asked before it, oldest first.
        """
        return understand(question, self.names, day or date.today(), history)

    def search(
        self, question: str | Query, *, count: int = 10, day: date | None = None
    ) -> list[Evidence]:
        """Return evidence for a question, best first.

        Cited articles come first, in the order of citation, whatever their status.
        Everything else is in force on the day; a document that the question names is
        preferred.  An article found by several of its parts counts once.

        Args:
            question: everyday Chinese, a citation, or an understood query.
            count: how many passages at most.
            day: the day whose law applies; today by default.
        """
        return list(self.trace(question, count=count, day=day).evidence)

    def trace(self, question: str | Query, *, count: int = 10, day: date | None = None) -> Trace:
        """Do what :meth:`search` does and keep every stage's ranking and time."""
        recorder = Recorder()
        with recorder.timed(Stage.TOTAL):
            with recorder.timed(Stage.UNDERSTAND):
                query = self.understand(question, day) if isinstance(question, str) else question
                exact = self._exact(query)
            found = self._hybrid(query, recorder)
            with recorder.timed(Stage.RERANKED):
                taken = {evidence.passage.citation_id for evidence in exact}
                rest = [item for item in found if item.passage.citation_id not in taken]
                ordered = [*exact, *_once(rest)]
        recorder.rankings[Stage.RERANKED] = tuple(item.passage.id for item in ordered)
        return Trace(query, tuple(ordered[:count]), recorder.rankings, recorder.seconds)

    def _exact(self, query: Query) -> list[Evidence]:
        places = {place.citation_id: place for place in query.cited}
        return [
            self._cited(place, passages[0], rank, query.day)
            for rank, place in enumerate(places.values(), start=1)
            if (passages := self._index.catalogue.cited(place.citation_id))
        ]

    def _cited(self, place: CitedPlace, passage: Passage, rank: int, day: date) -> Evidence:
        score = _EXACT_SCORE + 1 / rank
        finding = Finding(Reason.EXACT, rank, 1.0)
        validity = place.document.validity_on(day)
        return Evidence(place.document, passage, score, (finding,), validity)

    def _hybrid(self, query: Query, recorder: Recorder) -> list[Evidence]:
        with recorder.timed(Stage.EMBED):
            vector = self._index.embedding.get_query_embedding(query.standalone)
        bundle = QueryBundle(query.standalone, embedding=vector)
        with recorder.timed(Stage.DENSE):
            dense = [(n.node_id, n.score or 0.0) for n in self._dense.retrieve(bundle)]
        with recorder.timed(Stage.LEXICAL):
            lexical = [(n.node_id, n.score or 0.0) for n in self._lexical.retrieve(bundle)]
        with recorder.timed(Stage.FUSED):
            fused = fuse({Reason.DENSE: dense, Reason.LEXICAL: lexical})
        recorder.rankings[Stage.DENSE] = tuple(key for key, _ in dense)
        recorder.rankings[Stage.LEXICAL] = tuple(key for key, _ in lexical)
        recorder.rankings[Stage.FUSED] = tuple(key for key, _, _ in fused)
        with recorder.timed(Stage.RERANKED):
            return self._judged(query, fused)

    def _judged(
        self, query: Query, fused: Sequence[tuple[str, float, tuple[Finding, ...]]]
    ) -> list[Evidence]:
        passages = self._index.catalogue.get([key for key, _, _ in fused])
        named = {document.id for document in query.named}
        evidence = []
        for key, score, findings in fused:
            passage = passages.get(key)
            if passage is None:
                continue
            document = self._documents[passage.document_id]
            validity = document.validity_on(query.day)
            if validity in (Validity.REPEALED, Validity.SUPERSEDED, Validity.NOT_YET):
                continue
            bonus = _NAMED_BONUS if document.id in named else 0.0
            evidence.append(Evidence(document, passage, score + bonus, findings, validity))
        return sorted(evidence, key=lambda item: -item.score)


def _once(evidence: Iterable[Evidence]) -> list[Evidence]:
    kept: dict[str, Evidence] = {}
    for item in evidence:
        kept.setdefault(item.passage.citation_id, item)
    return list(kept.values())
