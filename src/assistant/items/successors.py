"""The provision that most likely took the place of another, by its words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.corpus import Document
from assistant.corpus.numerals import to_chinese
from assistant.items.provisions import Article, Statutes

_LEAST = 0.5
_INDEXES = 16


@dataclass(frozen=True, slots=True)
class Successor:
    """A provision that says what another one said.

    Attributes:
        article: the article.
        paragraph, item: the place in it; 0 where the article or paragraph is not divided.
        score: cosine of the two texts' weighted character pairs, 0 to 1.
    """

    article: Article
    paragraph: int
    item: int
    score: float

    @property
    def official(self) -> str:
        """《中华人民共和国渔业法》第七十七条第一款."""
        place = self.article.label
        if len(self.article.paragraphs) > 1:
            place += f"第{to_chinese(self.paragraph)}款"
        if self.item:
            place += f"第（{to_chinese(self.item)}）项"
        return f"《{self.article.document.title}》{place}"


@dataclass(frozen=True, slots=True)
class _Piece:
    article: Article
    paragraph: int
    item: int
    grams: Counter[str]


class Successors:
    """Finds the likely successor of a provision among the articles of other documents.

    The texts are compared by the cosine of their character pairs, each weighted by how
    rare it is among the pieces of the document searched (tf-idf).

    Args:
        statutes: gives the articles.
    """

    def __init__(self, statutes: Statutes) -> None:
        self._statutes = statutes
        self._index = lru_cache(_INDEXES)(self._build)

    def find(self, words: str, within: Sequence[Document]) -> Successor | None:
        """Return the provision in ``within`` that is most like ``words``, None if none is."""
        best: Successor | None = None
        for document in within:
            found = self._index(document).nearest(words)
            if found and found.score >= _LEAST and (best is None or found.score > best.score):
                best = found
        return best

    def _build(self, document: Document) -> "_Index":
        return _Index(self._statutes.articles(document))


class _Index:
    def __init__(self, articles: Sequence[Article]) -> None:
        self._pieces = [piece for article in articles for piece in _pieces(article)]
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, piece in enumerate(self._pieces):
            for gram in piece.grams:
                self._with[gram].append(number)
        self._norms = [self._norm(piece.grams) for piece in self._pieces]

    def nearest(self, words: str) -> Successor | None:
        grams = _grams(words)
        dots: dict[int, float] = defaultdict(float)
        for gram, count in grams.items():
            weight = self._weight(gram) ** 2
            for number in self._with.get(gram, ()):
                dots[number] += weight * count * self._pieces[number].grams[gram]
        if not dots:
            return None
        norm = self._norm(grams)
        best = max(dots, key=lambda number: dots[number] / self._norms[number])
        piece = self._pieces[best]
        score = dots[best] / (self._norms[best] * norm)
        return Successor(piece.article, piece.paragraph, piece.item, score)

    def _weight(self, gram: str) -> float:
        return math.log((len(self._pieces) + 1) / (len(self._with.get(gram, ())) + 1)) + 1

    def _norm(self, grams: Counter[str]) -> float:
        return math.sqrt(sum((self._weight(g) * count) ** 2 for g, count in grams.items())) or 1.0


def _pieces(article: Article) -> list[_Piece]:
    """Cut an article into what is cited: paragraphs, and items with the words that open them."""
    pieces = []
    for number, paragraph in enumerate(article.paragraphs, start=1):
        if not paragraph.items:
            pieces.append(_Piece(article, number, 0, _grams(paragraph.text)))
        for item, words in paragraph.items:
            grams = _grams(f"{paragraph.text}\n{words}")
            pieces.append(_Piece(article, number, item, grams))
    return pieces


def _grams(text: str) -> Counter[str]:
    runs = re.findall(r"[一-鿿]+", text)
    return Counter(run[start : start + 2] for run in runs for start in range(len(run) - 1))
