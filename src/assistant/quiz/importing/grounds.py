"""Which articles a question rests on: those its explanation cites, else those that read like it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from assistant.corpus import Document, Passage
from assistant.index.lexical import LexicalIndex
from assistant.quiz.importing.drafts import Draft
from assistant.quiz.importing.table import Row
from assistant.quiz.model import FALSE
from assistant.quiz.source import Article
from assistant.retrieval import Names, find_citations

_MOST = 6
_FAR = 40


class Grounds:
    """The articles of an index, found by citation or by their words.

    Args:
        sources: documents by id, with their passages.
        day: the day whose law applies.
    """

    def __init__(
        self, sources: Mapping[str, tuple[Document, Sequence[Passage]]], day: date
    ) -> None:
        self._sources = sources
        self._day = day
        self._names = Names(document for document, _ in sources.values())

    def cited(self, *texts: str) -> list[Article]:
        """Return the articles that texts cite, in order, whole, in force or not."""
        found: dict[str, Article] = {}
        for text in texts:
            for place in find_citations(text, self._names, self._day):
                for article in self._by_address.get(place.citation_id, ()):
                    found.setdefault(article.passage.id, article)
        return list(found.values())

    def named(self, *texts: str) -> list[Document]:
        """Return the documents that texts name, in the version that applies."""
        found: dict[str, Document] = {}
        for text in texts:
            found |= {document.id: document for document in self._names.within(text, self._day)}
        return list(found.values())

    def alike(self, row: Row, draft: Draft, named: Iterable[Document]) -> list[Article]:
        """Return the articles in force that read most like a question with its key.

        Args:
            row: for the words of its explanation.
            draft: the question.
            named: documents it names; only they are searched, if there are any.
        """
        key = () if draft.key == (FALSE,) else draft.key
        words = " ".join((draft.stem, *key, row.explanation))
        wanted = {document.id for document in named}
        found = []
        for name, _ in self._lexical.search(words, _FAR if wanted else _MOST):
            article = self._by_passage[name]
            if not wanted or article.document.id in wanted:
                found.append(article)
        return found[:_MOST]

    @cached_property
    def _by_address(self) -> dict[str, list[Article]]:
        places: dict[str, list[Article]] = {}
        for document, passages in self._sources.values():
            validity = document.validity_on(self._day).label
            for passage in passages:
                article = Article(document, passage, validity)
                places.setdefault(passage.citation_id, []).append(article)
        return places

    @cached_property
    def _by_passage(self) -> dict[str, Article]:
        return {
            article.passage.id: article
            for articles in self._by_address.values()
            for article in articles
            if article.document.validity_on(self._day).is_current
        }

    @cached_property
    def _lexical(self) -> LexicalIndex:
        texts = {
            name: f"{article.document.title} {article.passage.text}"
            for name, article in self._by_passage.items()
        }
        return LexicalIndex.build(list(texts), list(texts.values()))
