"""Find the passages that a learning path names, in the documents of today."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

from assistant.answering.official import official_citation
from assistant.corpus import Document, DocumentKind, Passage, Unit
from assistant.index import IndexMissingError
from assistant.index.catalogue import Catalogue
from assistant.index.generation import current_generation
from assistant.index.lexical import LexicalIndex, tokens
from assistant.onboarding.model import Found
from assistant.retrieval import Names, find_citations
from assistant.settings import Settings

_ENOUGH = 0.4
"""Weighted share of the words looked for that a passage must have."""
_LEAST = 0.05
"""What a word weighs that every passage has, such as one of the only document's title."""
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百千零〇]+条|（[一二三四五六七八九十]+）|\d+\.)\s*"
)
_LISTED = (DocumentKind.STATUTE, DocumentKind.REGULATION)


class Library:
    """The documents of one index; the embedding model is not needed.

    Any number of threads may share it.

    Args:
        settings: where the index is.

    Raises:
        IndexMissingError: nothing was built yet.
    """

    def __init__(self, settings: Settings) -> None:
        generation = current_generation(settings.index)
        if generation is None:
            raise IndexMissingError(
                f"索引文件夹 {settings.index} 中还没有索引。"
                "请运行 make run 或 assistant build 建立索引。"
            )
        self.name = generation.name
        self._catalogue = Catalogue(generation.catalogue)
        self._lexical = LexicalIndex.load(generation.lexical)
        # The path is everyone's, so nothing of a document for some units gets into it.
        documents = [d for d in self._catalogue.documents() if not d.units]
        self._documents = {document.id: document for document in documents}
        self._names = Names(documents, self._catalogue.passages)

    def cited(self, text: str, day: date) -> list[Found]:
        """Return the places that ``text`` cites and that are in force on ``day``."""
        found = []
        for place in find_citations(text, self._names, day):
            passages = self._catalogue.cited(place.citation_id)
            if passages and place.document.validity_on(day).is_current:
                found.append(self._found(passages[0]))
        return found

    def search(
        self,
        words: str,
        titles: Sequence[str],
        count: int,
        day: date,
        wanted: Callable[[Passage], bool] = lambda passage: True,
    ) -> list[Found]:
        """Return the passages that have most of the words, best first.

        The bureau's own documents come before the samples, those before statutes: the
        first of them that has a passage with enough of the words gives all passages.

        Args:
            words: what to look for.
            titles: parts of titles; documents with one of them come first.
            count: how many passages at most.
            day: the day on which a document must be in force.
            wanted: says of a passage with enough of the words whether it will do.
        """
        scores = self._lexical.scores(words)
        weights = self._lexical.weights(words)
        best = self._lexical.best(scores, len(self._lexical.ids))
        passages = self._catalogue.get([key for key, _ in best[:400]])
        ranked = [passages[key] for key, _ in best if key in passages]
        for tier in self._tiers(titles, day):
            fitting = [
                passage
                for passage in ranked
                if passage.document_id in tier
                and _share(passage, weights) >= _ENOUGH
                and wanted(passage)
            ]
            if fitting:
                once = list({p.citation_id: p for p in reversed(fitting)}.values())[::-1]
                return [self._found(passage) for passage in once[:count]]
        return []

    def sources(self, ids: Sequence[str]) -> list[tuple[Document, Sequence[Passage]]]:
        """Return documents with all their passages."""
        return [(self._documents[key], self._catalogue.passages(key)) for key in ids]

    def _tiers(self, titles: Sequence[str], day: date) -> Iterator[set[str]]:
        current = [d for d in self._documents.values() if d.validity_on(day).is_current]
        named = [d for d in current if any(part in d.title for part in titles)]
        for group in (named, current):
            own = [d for d in group if d.kind not in _LISTED]
            yield {d.id for d in own if not d.sample}
            yield {d.id for d in own if d.sample}
            yield {d.id for d in group if d.kind in _LISTED}

    def _found(self, passage: Passage) -> Found:
        whole = _whole(self._catalogue.cited(passage.citation_id))
        document = self._documents[passage.document_id]
        return Found(document, whole, official_citation(document, whole))


def definition(passage: Passage, term: str) -> str:
    """Return the words of a passage that say what a term is; empty if it only uses the term.

    The number of the article or item before them is left out.  A heading or the head of
    a list is no sentence: what follows up to the next full stop belongs to it.
    """
    defines = _defining(term)
    match = next((m for m in _SENTENCE.finditer(passage.text) if defines.search(m[0])), None)
    if match is None:
        return ""
    end = match.end()
    if not match[0].rstrip().endswith(("。", "；")):
        stop = passage.text.find("。", end)
        end = stop + 1 if stop >= 0 else len(passage.text)
    return _NUMBER.sub("", passage.text[match.start() : end]).strip()


@cache
def _defining(term: str) -> re.Pattern[str]:
    word, begins = f"“?{re.escape(term)}”?", rf"(?:{_NUMBER.pattern}|^\s*)"
    forms = (
        rf"所称{word}(?=，|是|指|包括|分为)",
        rf"(?:{begins}|[，：]){word}，?(?:是指|系指|指的是|指(?![导定挥派引]))",
        rf"{begins}{word}，?(?:是(?!否)|包括|分为)",
        rf"(?:称|（){word}）",
        rf"《{word}》，用于",
        rf"的为{word}(?=[，；。])",
    )
    return re.compile("|".join(forms))


def _share(passage: Passage, weights: dict[str, float]) -> float:
    if not weights or passage.unit is Unit.PREAMBLE:
        return 0.0
    present = set(tokens(passage.text + " ".join(passage.breadcrumb)))
    total = sum(weight + _LEAST for weight in weights.values())
    return sum(weight + _LEAST for term, weight in weights.items() if term in present) / total


def _whole(parts: Sequence[Passage]) -> Passage:
    """The first part of an article; a split one is opened in the source pane."""
    return parts[0]
