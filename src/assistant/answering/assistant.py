"""The assistant: one object that the page, the command line and the evaluation use."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from assistant.answering.extractive import Draft, compose, compose_cited
from assistant.answering.listed import listed_answer
from assistant.answering.model import Answer, Outcome, Sentence, SourceView
from assistant.answering.official import official_citation, place_of, validity_warning
from assistant.answering.relevance import read, subject_of
from assistant.answering.source import context_of
from assistant.corpus import CorpusError, Document, Passage, SourceDocument
from assistant.index import Manifest, OpenedIndex, open_index
from assistant.index.lexical import tokens
from assistant.items import Register, RegisterAnswerer
from assistant.retrieval import Evidence, Query, Searcher
from assistant.settings import Settings

_EVIDENCE = 10
_NEAREST = 3
# Chosen with benchmarks/refusal.py: no answer to an outside question costs more than a
# wrong refusal, which still offers the nearest sources.
_CONFIDENT = 0.5
_REFUSAL = "资料库中没有找到能回答这个问题的依据，因此不作回答。下面是最接近的来源，供核对。"
_EMPTY = "请输入要查询的问题，例如“罚款多少要听证？”或“处罚法63条”。"


class Assistant:
    """Answers questions from one opened index.

    Any number of threads may share it.

    Args:
        index: the opened index.
    """

    def __init__(self, index: OpenedIndex) -> None:
        self._index = index
        self.searcher = Searcher(index)

    @classmethod
    def load(cls, settings: Settings) -> "Assistant":
        """Open the current index of the settings.

        Raises:
            IndexMissingError: nothing was built yet, or a part is damaged.
            IndexMismatchError: the index was built by another model or version.
            VectorStoreError: the Chroma server does not answer.
        """
        return cls(open_index(settings))

    @property
    def index(self) -> OpenedIndex:
        """The index that it answers from."""
        return self._index

    @property
    def manifest(self) -> Manifest:
        """What the index was built from."""
        return self._index.manifest

    def warm_up(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        self._index.embedding.get_query_embedding("听证")

    def ask(self, question: str, *, day: date | None = None) -> Answer:
        """Answer a question in the words of the sources, or refuse.

        Args:
            question: everyday Chinese, or a citation such as 处罚法63条.
            day: the day whose law applies; today by default.
        """
        begun = time.perf_counter()
        day = day or date.today()
        if not question.strip():
            refusal = (Sentence(_EMPTY, ()),)
            return Answer(question, Outcome.REFUSED, refusal, (), (), (), 0.0)
        if listed := self._listed(question, day):
            return replace(listed, seconds=time.perf_counter() - begun)
        query = self.searcher.understand(question, day)
        evidence = self.searcher.search(query, count=_EVIDENCE)
        outcome, draft = self._draft(query, evidence)
        citations = draft.citations()
        return Answer(
            question=question,
            outcome=outcome,
            lead=tuple(draft.sentences) or (Sentence(_REFUSAL, ()),),
            clauses=draft.clauses(),
            citations=citations,
            warnings=self._warnings([citation.document for citation in citations], day),
            seconds=time.perf_counter() - begun,
        )

    @cached_property
    def items(self) -> RegisterAnswerer:
        """Answers from the item lists of the index."""
        register = Register(self._index.catalogue, self.documents(), self.searcher.names)
        return RegisterAnswerer(register, self.searcher)

    def register_with(self, source: SourceDocument) -> Register:
        """Return the register with a file added that is not in the index."""
        catalogue, names = self._index.catalogue, self.searcher.names
        return Register(catalogue, self.documents(), names, extra=source)

    def _listed(self, question: str, day: date) -> Answer | None:
        found = self.items.answer(question, day)
        if found is None:
            return None
        catalogue = self._index.catalogue
        return listed_answer(found, question, day, catalogue.cited, self.searcher.document)

    def open(self, passage_id: str, quotes: Sequence[str] = ()) -> SourceView:
        """Open a passage in its context, with ``quotes`` marked.

        Args:
            passage_id: a citation's address, or the id of one part of an article.
            quotes: words to mark.

        Raises:
            KeyError: no passage has this address.
        """
        catalogue = self._index.catalogue
        address = passage_id.split("~", 1)[0]
        target = catalogue.cited(address)
        if not target:
            raise KeyError(passage_id)
        document = self.searcher.document(target[0].document_id)
        return SourceView(
            document=document,
            validity=document.validity_on(date.today()),
            official=official_citation(document, target[0]),
            breadcrumb=target[0].breadcrumb,
            place=place_of(target[0]),
            context=context_of(self._index, target, quotes),
        )

    def documents(self) -> list[Document]:
        """Return every document of the index."""
        return self.searcher.documents

    def passages(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in its order; empty if it is unknown."""
        return self._index.catalogue.passages(document_id)

    def skipped(self) -> list[CorpusError]:
        """Return the files that could not be read, with reason and remedy."""
        return self._index.catalogue.skipped()

    def _draft(self, query: Query, evidence: Sequence[Evidence]) -> tuple[Outcome, Draft]:
        if query.cited and not _asks_more(query):
            draft = compose_cited(query.cited, evidence)
            if draft.sentences:
                return Outcome.ANSWERED, draft
        reading = read(self._index, query.text, evidence)
        if reading.units and (query.cited or reading.confidence >= _CONFIDENT):
            return Outcome.ANSWERED, compose(reading, evidence)
        nearest = Draft()
        for item in evidence[:_NEAREST]:
            nearest.cite(item)
        return Outcome.REFUSED, nearest

    def _warnings(self, documents: Sequence[Document], day: date) -> tuple[str, ...]:
        warnings = []
        known = {document.id: document for document in self.documents()}
        for document in documents:
            successors = [known[key] for key in document.replaced_by if key in known]
            warnings.append(validity_warning(document, day, successors))
        return tuple(dict.fromkeys(warning for warning in warnings if warning))


def _asks_more(query: Query) -> bool:
    """Whether a question asks something about the articles it cites."""
    rest = query.text
    for place in reversed(query.cited):
        rest = rest[: place.start] + " " + rest[place.end :]
    for document in query.named:
        for name in (document.title, document.short_title):
            rest = rest.replace(name, " ")
    return len(tokens(subject_of(rest))) > _NAME_TERMS


# A nickname before the article number leaves a few terms behind.
_NAME_TERMS = 4
