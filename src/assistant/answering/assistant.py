"""The assistant: one object that the page, the command line and the evaluation use."""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from assistant.answering.answerer import Answerer
from assistant.answering.confidence import Features
from assistant.answering.dialogue import earlier_questions
from assistant.answering.listed import listed_answer, only_rows
from assistant.answering.model import Answer, Outcome, Sentence, SourceView
from assistant.answering.official import official_citation, place_of
from assistant.answering.source import context_of
from assistant.corpus import CorpusError, Document, DocumentKind, Passage, SourceDocument
from assistant.index import Manifest, OpenedIndex, open_index
from assistant.items import Register, RegisterAnswerer
from assistant.people import Person
from assistant.retrieval import Citing, Query, Searcher
from assistant.retrieval.reranker import Reranker
from assistant.settings import Settings

# As many combinations of units are kept ready; another one takes a moment longer.
_VIEWS = 32
_EMPTY = "请输入要查询的问题，例如“罚款多少要听证？”或“处罚法63条”。"


class Assistant:
    """Answers questions from one opened index.

    Any number of threads may share it.

    Args:
        index: the opened index; what is hidden in it does not exist for any answer.
        reranker: a cross-encoder already loaded; by default the one in the settings.
    """

    def __init__(self, index: OpenedIndex, reranker: Reranker | None = None) -> None:
        self._index = index
        self.searcher = Searcher(index, reranker)
        self._answerer = Answerer(index, self.searcher)
        self._views: OrderedDict[frozenset[str], Assistant] = OrderedDict()
        self._viewing = threading.Lock()

    @classmethod
    def load(cls, settings: Settings) -> "Assistant":
        """Open the current index of the settings.

        Raises:
            IndexMissingError: nothing was built yet, or a part is damaged.
            IndexMismatchError: the index was built by another model or version.
            VectorStoreError: the Chroma server does not answer.
        """
        return cls(open_index(settings))

    def seen_by(self, person: Person) -> "Assistant":
        """Return the assistant that knows only what a person may see.

        It is bounded once, in the catalogue that everything reads from: search, exact
        citations, references, item lists, browsing and links.
        """
        hidden = frozenset(d.id for d in self.documents() if not d.may_be_seen_by(person))
        if not hidden:
            return self
        with self._viewing:
            view = self._views.get(hidden)
            if view is None:
                view = Assistant(self._index.without(hidden), self.searcher.reranker)
                self._views[hidden] = view
            self._views.move_to_end(hidden)
            while len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        return view

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

    def ask(
        self, question: str, *, day: date | None = None, history: Sequence[Answer] = ()
    ) -> Answer:
        """Answer a question in the words of the sources, or refuse.

        Args:
            question: everyday Chinese, or a citation such as 处罚法63条.
            day: the day whose law applies; by default the day that the question names,
                or today.
            history: earlier answers of the dialogue, oldest first; a question that leans
                on them is completed from the last few.
        """
        begun = time.perf_counter()
        if not question.strip():
            refusal = (Sentence(_EMPTY, ()),)
            return Answer(question, Outcome.REFUSED, refusal, (), (), (), 0.0)
        earlier = earlier_questions(question, history)
        query = self.searcher.understand(question, day, earlier)
        answer = self._answer(query)
        return replace(
            answer,
            question=question,
            seconds=time.perf_counter() - begun,
            understood="" if query.standalone == question else query.standalone,
            day=query.day,
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

    def features(self, question: str, *, day: date | None = None) -> Features | None:
        """Return what the decision to answer rests on, for fitting it anew.

        Returns:
            the features of the question's best part; None where the decision is not
            asked: the question cites an article, or cannot be answered as it stands.
        """
        return self._answerer.features(self.searcher.understand(question, day))

    def _answer(self, query: Query) -> Answer:
        listed = self._listed(query)
        past = query.dated and query.day < date.today()
        # A list says who may act today; what applied on a day gone by, the law of that day.
        if listed is not None and listed.outcome is Outcome.ANSWERED and not past:
            return listed
        extracted = self._extracted(query)
        # A list that only may hold the item asked about gives way to a rule that answers.
        doubtful = (
            extracted.outcome is Outcome.REFUSED
            or DocumentKind.ITEM_LIST in query.kinds
            or only_rows(extracted)
        )
        return listed if listed is not None and doubtful else extracted

    def _listed(self, query: Query) -> Answer | None:
        found = self.items.answer(query.standalone, query.day, cited=query.cited)
        if found is None:
            return None
        catalogue = self._index.catalogue
        return listed_answer(found, query.text, query.day, catalogue.cited, self.searcher.document)

    def _extracted(self, query: Query) -> Answer:
        reply = self._answerer.reply(query)
        draft = reply.draft
        return Answer(
            question=query.text,
            outcome=reply.outcome,
            lead=draft.lead(),
            clauses=draft.clauses(),
            citations=draft.citations(),
            warnings=reply.warnings,
            seconds=0.0,
            further=draft.further(),
            differences=reply.differences,
            missing=reply.missing,
        )

    def open(self, passage_id: str, quotes: Sequence[str] = ()) -> SourceView:
        """Open a passage in its context, with ``quotes`` marked.

        Args:
            passage_id: a citation's address, the id of one part of an article, or a
                citation as it is written: 处罚法63条, 镇清单第12项.
            quotes: words to mark.

        Raises:
            KeyError: no passage has this address.
        """
        catalogue = self._index.catalogue
        address = passage_id.split("~", 1)[0]
        target = catalogue.cited(address) or catalogue.cited(self._written(passage_id))
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

    def _written(self, citation: str) -> str:
        """Return the address of the first place that written words cite, "" for none."""
        return next((p.citation_id for p in self.searcher.understand(citation).cited), "")

    def citing(self, passage_id: str) -> list[Passage]:
        """Return the passages that cite an article or section; empty if it is unknown."""
        target = self._index.catalogue.cited(passage_id.split("~", 1)[0])
        if not target:
            return []
        document = self.searcher.document(target[0].document_id)
        return Citing(self._index, self.searcher).of(document, target[0])

    def containing(self, words: Sequence[str], count: int) -> list[Passage]:
        """Return up to ``count`` passages whose text has all ``words``."""
        return self._index.containing(words, count)

    def documents(self) -> list[Document]:
        """Return every document of the index."""
        return self.searcher.documents

    def passages(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in its order; empty if it is unknown."""
        return self._index.catalogue.passages(document_id)

    def skipped(self) -> list[CorpusError]:
        """Return the files that could not be read, with reason and remedy."""
        return self._index.catalogue.skipped()
