"""The legal basis of an item: which provisions a cell cites, and whether they still hold."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.corpus import Document, Validity
from assistant.items.citing import CitedProvision, read_citations
from assistant.items.provisions import Article, Statutes
from assistant.items.successors import Successor, Successors

_GRADING = re.compile(r".{0,6}有(?:前款|本条)")
# Texts of one provision in two versions are rewritten, yet mostly the same words.
_SAME_PROVISION = 0.5


class State(StrEnum):
    """What became of a cited provision."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    NOT_YET = "not_yet"
    NO_PROVISION = "no_provision"
    NO_LAW = "no_law"
    UNREAD = "unread"

    @property
    def label(self) -> str:
        """The state as readers see it, in Chinese."""
        return _STATE_LABELS[self]

    @property
    def is_sound(self) -> bool:
        """True where the basis may be relied on without a remark."""
        return self is State.IN_FORCE


_STATE_LABELS = {
    State.IN_FORCE: "现行有效",
    State.REPEALED: "已废止",
    State.RENUMBERED: "条号已变",
    State.CHANGED: "内容已修改",
    State.NOT_YET: "尚未施行",
    State.NO_PROVISION: "条款不存在",
    State.NO_LAW: "资料库未收录",
    State.UNREAD: "未能识别",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """A cited provision, resolved.

    Attributes:
        cited: the provision as cited.
        state: what became of it.
        document: the law, in the version that the citation means; None if unknown.
        article: the article there; None if it does not exist.
        words: the cited paragraph or item; the whole article where none is named.
        successor: the provision that took its place, where the texts tell.
        amended: day of the law's present version where it is later than the list.
    """

    cited: CitedProvision
    state: State
    document: Document | None = None
    article: Article | None = None
    words: str = ""
    successor: Successor | None = None
    amended: date | None = None

    @property
    def official(self) -> str:
        """《中华人民共和国消防法》第六十条第一款第（三）项."""
        title = self.document.title if self.document else self.cited.title
        return f"《{title}》{self.cited.place}"


class BasisResolver:
    """Finds cited provisions in the index and says whether they still hold.

    Args:
        statutes: looks articles up.
        today: the day for which the state is told.
    """

    def __init__(self, statutes: Statutes, today: date) -> None:
        self._statutes = statutes
        self._successors = Successors(statutes)
        self._today = today

    def resolve(self, text: str, issued: date | None) -> tuple[Basis, ...]:
        """Resolve a basis cell.

        Args:
            text: the cell.
            issued: day of the list, which decides the version that it means.

        Returns:
            one entry for each cited provision; a single one of state UNREAD where the
            cell is not empty but cites nothing that can be read; none for an empty cell.
        """
        if not text.strip():
            return ()
        day = issued or self._today
        cited = read_citations(text, self._statutes, day)
        if not cited:
            return (Basis(CitedProvision(text.strip(), 0), State.UNREAD),)
        return tuple(self._resolve(provision, day) for provision in cited)

    def _resolve(self, cited: CitedProvision, day: date) -> Basis:
        meant = self._statutes.named(cited.title, day)
        if meant is None:
            return Basis(cited, State.NO_LAW)
        present = self._statutes.named(cited.title, self._today) or meant
        article = self._statutes.article(meant, cited.anchor)
        words = article.words(cited.paragraph, cited.item) if article else ""
        if not cited.article:
            return Basis(cited, _state_of(present, self._today), meant)
        later = present.version or present.effective
        amended = later if later and later > day else None
        if article is None or not words:
            return self._missing(cited, meant, present, article)
        state = _state_of(present, self._today)
        if state is State.REPEALED:
            successor = self._after(present, words)
            return Basis(cited, state, meant, article, words, successor, amended)
        if state is State.IN_FORCE and present.id != meant.id:
            return self._across(cited, (meant, article), present, amended)
        return Basis(cited, state, meant, article, words, None, amended)

    def _across(
        self,
        cited: CitedProvision,
        then: tuple[Document, Article],
        present: Document,
        amended: date | None,
    ) -> Basis:
        """Follow a provision from the version of the list's day to the present one."""
        meant, article = then
        words = article.words(cited.paragraph, cited.item)
        now = self._statutes.article(present, cited.anchor)
        if now is None or _alike(now.text, article.text) < _SAME_PROVISION:
            successor = self._successors.find(words, [present])
            return Basis(cited, State.RENUMBERED, meant, article, words, successor, amended)
        if now.words(cited.paragraph, cited.item) != words:
            successor = Successor(now, cited.paragraph, cited.item, 1.0)
            return Basis(cited, State.CHANGED, meant, article, words, successor, amended)
        return Basis(cited, State.IN_FORCE, present, now, words, None, amended)

    def _after(self, repealed: Document, words: str) -> Successor | None:
        """Return the likely successor in the documents that replace a repealed one.

        A paragraph that only grades what another one forbids is like many others.
        """
        if _GRADING.match(words):
            return None
        after = [self._statutes.document(key) for key in repealed.replaced_by]
        return self._successors.find(words, [document for document in after if document])

    def _missing(
        self, cited: CitedProvision, meant: Document, present: Document, article: Article | None
    ) -> Basis:
        """A provision absent from the version meant may stand in another one."""
        state = _state_of(present, self._today)
        for other in self._statutes.versions(meant):
            older = self._statutes.article(other, cited.anchor)
            if other.id != meant.id and older and older.words(cited.paragraph, cited.item):
                words = older.words(cited.paragraph, cited.item)
                successor = self._successors.find(words, [present])
                return Basis(cited, State.RENUMBERED, present, article, "", successor)
        # A repealed law needs no remark on a wrong number in it.
        gone = state if state is State.REPEALED else State.NO_PROVISION
        return Basis(cited, gone, meant, article)


def _state_of(document: Document, day: date) -> State:
    validity = document.validity_on(day)
    if validity in (Validity.REPEALED, Validity.SUPERSEDED):
        return State.REPEALED
    return State.NOT_YET if validity is Validity.NOT_YET else State.IN_FORCE


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
