"""From a question to evidence: exact citations first, then what the retrievers found."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.corpus import Document, DocumentKind, Passage
from assistant.index import OpenedIndex
from assistant.retrieval.fusion import fuse
from assistant.retrieval.model import CitedPlace, Evidence, Finding, Reason
from assistant.retrieval.names import Names
from assistant.retrieval.query import Query, understand
from assistant.retrieval.ranking import READ, Candidate, order
from assistant.retrieval.references import References
from assistant.retrieval.replacements import Replacements
from assistant.retrieval.reranker import Reranker, configured_reranker
from assistant.retrieval.retrievers import Bounds, DenseRetriever, LexicalRetriever
from assistant.retrieval.scope import NO_FILTERS, Filters, scope
from assistant.retrieval.trace import Recorder, Stage, Trace
from assistant.retrieval.wording import subject
from assistant.settings import NONE

_MARKS = "？?。！! "
# Above every ranked score.
_EXACT_SCORE = 1.0
# The bureau's own rule is shown among the first even where statutes say more.
_OWN_PLACE = 4
_OWN_WITHIN = 15
# So many of the first passages tell what the question before was about.
_TOPIC = 3


class Searcher:
    """Finds evidence for questions.

    Any number of threads may share it.

    Args:
        index: the opened index; what is hidden in it is never found.
        reranker: a cross-encoder already loaded; by default the one in the settings.
    """

    def __init__(self, index: OpenedIndex, reranker: Reranker | None = None) -> None:
        self._index = index
        self._documents = {document.id: document for document in index.catalogue.documents()}
        self.names = Names(self._documents.values(), index.catalogue.passages)
        self._dense = DenseRetriever(index)
        self._lexical = LexicalRetriever(index)
        self._bounds = Bounds(index)
        self._references = References(index, self.names)
        self._replacements = Replacements(index, self._bounds, self._documents)
        self.reranker = reranker or configured_reranker(index.settings)

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
        self,
        question: str | Query,
        *,
        count: int = 10,
        day: date | None = None,
        filters: Filters = NO_FILTERS,
    ) -> list[Evidence]:
        """Return evidence for a question, best first.

        Cited articles come first, in the order of citation, whatever their status;
        what replaces a cited text that is no longer in force follows.  Everything else
        may be applied on the day.  An article found by several of its parts counts
        once.  Provisions that the first passages lean on come last, beyond ``count``,
        with :attr:`Reason.REFERENCE`.

        Args:
            question: everyday Chinese, a citation, or an understood query.
            count: how many passages at most, without those found by reference.
            day: the day whose law applies; today by default.
            filters: bounds on what may be found; cited articles are exempt.

        Raises:
            EmbeddingError: the embedding model cannot be loaded.
            RerankerError: the configured cross-encoder cannot be loaded.
        """
        return list(self.trace(question, count=count, day=day, filters=filters).evidence)

    def trace(
        self,
        question: str | Query,
        *,
        count: int = 10,
        day: date | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Trace:
        """Do what :meth:`search` does and keep every stage's ranking and time."""
        recorder = Recorder()
        with recorder.timed(Stage.TOTAL):
            with recorder.timed(Stage.UNDERSTAND):
                query = self.understand(question, day) if isinstance(question, str) else question
                exact = self._exact(query)
                bounds = scope(self._documents.values(), query.day, filters, query.named)
            topic = self._topic(query, bounds)
            candidates = self.candidates(query, bounds, recorder)
            with recorder.timed(Stage.RERANKED):
                ranked = self._ranked(query, candidates, topic)
                taken = {evidence.passage.citation_id for evidence in exact}
                ordered = [*exact, *(e for e in ranked if e.passage.citation_id not in taken)]
                found = ordered[:count]
                followed = self._references.follow(query, found)
        recorder.rankings[Stage.RERANKED] = tuple(item.passage.id for item in ordered)
        return Trace(query, (*found, *followed), recorder.rankings, recorder.seconds)

    def _exact(self, query: Query) -> list[Evidence]:
        places = {place.citation_id: place for place in query.cited}
        found: list[Evidence] = []
        for rank, place in enumerate(places.values(), start=1):
            if passages := self._index.catalogue.cited(place.citation_id):
                cited = self._cited(place, passages[0], rank, query.day)
                found.append(cited)
                if replacement := self._replacements.of(cited, query):
                    found.append(replacement)
        return found

    def _cited(self, place: CitedPlace, passage: Passage, rank: int, day: date) -> Evidence:
        score = _EXACT_SCORE + 1 / rank
        finding = Finding(Reason.EXACT, rank, 1.0)
        validity = place.document.validity_on(day)
        return Evidence(place.document, passage, score, (finding,), validity)

    def candidates(
        self, query: Query, bounds: frozenset[str], recorder: Recorder
    ) -> list[Candidate]:
        """Return what the retrievers find within ``bounds``, in the order of rank fusion."""
        words = query.searched
        with recorder.timed(Stage.EMBED):
            # Without its mark a question is the same text to whoever reads the evidence.
            vector = self._index.embedding.search_vector(words.rstrip(_MARKS))
        with recorder.timed(Stage.DENSE):
            dense = self._dense.nearest(vector, self._bounds, bounds)
        with recorder.timed(Stage.LEXICAL):
            lexical, scores = self._lexical.nearest(words, self._bounds, bounds)
        with recorder.timed(Stage.FUSED):
            fused = fuse({Reason.DENSE: dense, Reason.LEXICAL: lexical})
            # Rank fusion and the first guess of the ranking order alike.
            read = fused[:READ]
            passages = self._index.catalogue.get([key for key, _, _ in read])
        recorder.rankings[Stage.DENSE] = tuple(key for key, _ in dense)
        recorder.rankings[Stage.LEXICAL] = tuple(key for key, _ in lexical)
        recorder.rankings[Stage.FUSED] = tuple(key for key, _, _ in fused)
        cosines = dict(dense)
        return [
            Candidate(
                passage=passage,
                document=self._documents[passage.document_id],
                length=self._bounds.length(passage.document_id),
                dense=cosines.get(key),
                lexical=scores(key),
                dense_rank=_rank(findings, Reason.DENSE),
                lexical_rank=_rank(findings, Reason.LEXICAL),
            )
            for key, _, findings in read
            if (passage := passages.get(key)) is not None
        ]

    def _topic(self, query: Query, bounds: frozenset[str]) -> frozenset[str]:
        """Documents that the question before was about, where this one leans on it."""
        if not query.before:
            return frozenset()
        earlier = Query(query.before, query.day)
        candidates = self.candidates(earlier, bounds, Recorder())
        first = self._ranked(earlier, candidates, frozenset())[:_TOPIC]
        return frozenset(item.document.id for item in first)

    def _ranked(
        self, query: Query, candidates: Sequence[Candidate], topic: frozenset[str]
    ) -> list[Evidence]:
        if self._index.settings.reranker == NONE:
            ranked = [(c, sum(1 / (60 + f.rank) for f in c.findings)) for c in candidates]
        else:
            terms = self._index.lexical.weights(subject(query.standalone))
            ranked = order(query, candidates, terms, topic)
        if self.reranker is not None:
            ranked = self.reranker.order(query.standalone, ranked)
        evidence = _once(
            Evidence(c.document, c.passage, score, c.findings, c.document.validity_on(query.day))
            for c, score in ranked
        )
        return _with_own(evidence)


def _rank(findings: Sequence[Finding], reason: Reason) -> int:
    return next((finding.rank for finding in findings if finding.reason is reason), 0)


def _once(evidence: Iterable[Evidence]) -> list[Evidence]:
    kept: dict[str, Evidence] = {}
    for item in evidence:
        kept.setdefault(item.passage.citation_id, item)
    return list(kept.values())


def _with_own(evidence: list[Evidence]) -> list[Evidence]:
    """Move the best passage that is no statute's up, where statutes crowd it out."""
    kinds = [item.document.kind for item in evidence[:_OWN_WITHIN]]
    own = next((n for n, kind in enumerate(kinds) if kind is not DocumentKind.STATUTE), 0)
    if own <= _OWN_PLACE:
        return evidence
    moved = evidence[own]
    rest = [*evidence[:own], *evidence[own + 1 :]]
    return [*rest[:_OWN_PLACE], moved, *rest[_OWN_PLACE:]]
