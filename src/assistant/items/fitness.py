"""Whether an item's name and its legal basis speak of the same thing."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.items.basis import Basis, State
from assistant.items.matching import wordings
from assistant.items.model import Item, Kind
from assistant.items.provisions import Article
from assistant.items.register import Register
from assistant.items.successors import Successor, Successors

# Chosen on the sample lists: every one of their rows reaches it, while rows given the
# basis of another row mostly do not.
_LEAST = 0.2
_LAW = 0.5
# The rest of the cited article counts, but less than the cited words themselves.
_REST = 0.7
_SURE = 0.3
_FRAME = re.compile(
    r"^对|的?(?:行政)?(?:处罚|检查|强制措施|强制)$|的(?:查封|扣押|查封、扣押)$|情况|遵守|活动|行为"
)


class Fitness:
    """Measures which share of a name's words the basis has.

    Args:
        register: the lists.
        items: the rows by which rare words are told from common ones.
    """

    def __init__(self, register: Register, items: Sequence[Item]) -> None:
        self._register = register
        self._successors = Successors(register.statutes)
        self._count = Counter(pair for item in items for pair in set(_pairs(_core(item.name))))
        self._total = len(items)
        self._laws: dict[str, frozenset[str]] = {}

    def fits(self, item: Item, bases: Iterable[Basis]) -> bool:
        """Return whether a basis may belong to an item; True where it cannot be told."""
        articles = [(basis.words, basis.article) for basis in bases if basis.article]
        if not articles or not item.name:
            return True
        titles = "".join(article.document.title for _, article in articles)
        words = titles + "".join(words for words, _ in articles)
        whole = "".join(article.text for _, article in articles)
        score = max(self._share(item.name, words), _REST * self._share(item.name, whole))
        if score >= _LEAST:
            return True
        # A power to inspect is given for a whole law, not for one matter in it.
        documents = dict.fromkeys(article.document.id for _, article in articles)
        return (
            item.kind is Kind.INSPECTION
            and "检查" in whole
            and any(self._speaks_of(key, item.name) for key in documents)
        )

    def fits_older(
        self, item: Item, bases: Iterable[Basis]
    ) -> tuple[Basis, Successor | None] | None:
        """Return a basis whose number fits an older version, and where it stands now."""
        for basis in bases:
            if basis.document is None or basis.state is not State.IN_FORCE:
                continue
            for version in self._register.statutes.versions(basis.document):
                article: Article | None = None
                if version.id != basis.document.id:
                    article = self._register.statutes.article(version, basis.cited.anchor)
                if article is not None and self._share(item.name, article.text) >= _SURE:
                    words = article.words(basis.cited.paragraph, basis.cited.item) or article.text
                    return basis, self._successors.find(words, [basis.document])
        return None

    def _speaks_of(self, document_id: str, name: str) -> bool:
        document = self._register.statutes.document(document_id)
        if document is None:
            return False
        if document_id not in self._laws:
            articles = self._register.statutes.articles(document)
            text = document.title + "\n".join(article.text for article in articles)
            self._laws[document_id] = frozenset(_pairs(text))
        known = self._laws[document_id]
        return max(self._covered(_pairs(_core(w)), known) for w in wordings(name)) >= _LAW

    def _share(self, name: str, text: str) -> float:
        known = frozenset(_pairs(text))
        return max(self._covered(_pairs(_core(words)), known) for words in wordings(name))

    def _covered(self, pairs: Sequence[str], known: frozenset[str]) -> float:
        weights = {pair: self._weight(pair) for pair in pairs}
        total = sum(weights.values())
        return sum(w for pair, w in weights.items() if pair in known) / total if total else 1.0

    def _weight(self, pair: str) -> float:
        return math.log((self._total + 1) / (self._count[pair] + 1)) + 0.3


def _core(name: str) -> str:
    return _FRAME.sub("", re.sub(r"[（）()]", "", name))


def _pairs(text: str) -> list[str]:
    runs = re.findall(r"[一-鿿]+", text)
    return [run[start : start + 2] for run in runs for start in range(len(run) - 1)]
