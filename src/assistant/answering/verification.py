"""Check a written sentence against the passages it cites, without any model of language.

A sentence counts as supported only if its citations exist, every number, period, law,
article and authority in it stands in a cited passage, no duty or denial was changed, and
its words are covered closely enough.  How close is close enough was chosen with
benchmarks/verification.py; docs/generative.md describes the method.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from assistant.answering.claims import (
    Bound,
    Place,
    Quantity,
    authorities,
    law_names,
    places,
    quantities,
)
from assistant.answering.layout import lay_out
from assistant.answering.wording import compare, shared, unwritten
from assistant.corpus import Document, Passage, Unit
from assistant.index import PassageEmbedding
from assistant.retrieval import Names

# Chosen with benchmarks/verification.py on its tuning half.
_COVERAGE = 0.62
_WEAKEST_CLAUSE = 0.34
_SIMILARITY = 0.84
_PARTS_READ = 3

Vector = npt.NDArray[np.float32]


class Problem(StrEnum):
    """Why a sentence is not supported."""

    NO_CITATION = "no_citation"
    UNKNOWN_CITATION = "unknown_citation"
    ARTICLE = "article"
    LAW = "law"
    NUMBER = "number"
    AUTHORITY = "authority"
    DUTY = "duty"
    DENIAL = "denial"
    CONDITION = "condition"
    WORDING = "wording"

    @property
    def label(self) -> str:
        """The reason as readers see it, in Chinese."""
        return _LABELS[self]


_LABELS = {
    Problem.NO_CITATION: "没有注明依据",
    Problem.UNKNOWN_CITATION: "所注依据不存在",
    Problem.ARTICLE: "条文号与所引依据不符",
    Problem.LAW: "法律名称不在所引依据中",
    Problem.NUMBER: "数字或期限不在所引依据中",
    Problem.AUTHORITY: "所说的机关不在所引依据中",
    Problem.DUTY: "把“应当、可以、不得”说成了另一种",
    Problem.DENIAL: "与所引依据的肯定、否定相反",
    Problem.CONDITION: "略去了所引依据的条件",
    Problem.WORDING: "所引依据没有这样说",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that may be cited.

    Attributes:
        document: the document it belongs to.
        passage: the whole passage.
    """

    document: Document
    passage: Passage

    @property
    def names(self) -> str:
        """Title, headings and label, which a sentence may repeat."""
        return " ".join((self.document.title, *self.passage.breadcrumb, self.passage.label))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found.

    Attributes:
        problems: every reason against the sentence; empty if it is supported.
        coverage: share of its terms in the cited passages, 0 to 1.
        weakest: coverage of its weakest clause.
        similarity: cosine to the closest part of the cited passages; None where the
            sentence was not embedded.
    """

    problems: tuple[Problem, ...]
    coverage: float = 0.0
    weakest: float = 0.0
    similarity: float | None = None

    @property
    def supported(self) -> bool:
        """True where nothing speaks against the sentence."""
        return not self.problems


class Verifier:
    """Checks sentences against numbered passages.

    Args:
        embedding: the model that embedded the passages; None leaves closeness out.
        names: every document of the index, to notice other laws by their names.
    """

    def __init__(self, embedding: PassageEmbedding | None, names: Names) -> None:
        self._embedding = embedding
        self._names = names
        self._seen: dict[str, Vector] = {}

    def check(self, sentence: str, cited: Sequence[int], sources: Mapping[int, Source]) -> Verdict:
        """Check one sentence.

        Args:
            sentence: its words, without citation marks.
            cited: the numbers it cites.
            sources: the passages that it was allowed to cite, by number.
        """
        if not cited:
            return Verdict((Problem.NO_CITATION,))
        if any(number not in sources for number in cited):
            return Verdict((Problem.UNKNOWN_CITATION,))
        used = [sources[number] for number in dict.fromkeys(cited)]
        words = "\n".join(source.passage.text for source in used)
        names = " ".join(source.names for source in used)
        likeness = compare(sentence, words, names)
        problems = [
            problem
            for problem, found in (
                (Problem.ARTICLE, _wrong_place(sentence, used)),
                (Problem.LAW, self._other_law(sentence, used, words)),
                (Problem.NUMBER, _wrong_number(sentence, words)),
                (Problem.AUTHORITY, _other_authority(sentence, f"{names} {words}")),
                (Problem.DUTY, likeness.duty_changed),
                (Problem.DENIAL, likeness.turned),
                (Problem.CONDITION, likeness.unconditional),
                (
                    Problem.WORDING,
                    likeness.coverage < _COVERAGE
                    or likeness.weakest < _WEAKEST_CLAUSE
                    or bool(unwritten(sentence, f"{names} {words}")),
                ),
            )
            if found
        ]
        similarity = None
        # It costs more than all the rest, so only what passed the rest is embedded.
        if self._embedding is not None and not problems:
            similarity = self._similarity(self._embedding, sentence, used)
            if similarity < _SIMILARITY:
                problems.append(Problem.WORDING)
        return Verdict(tuple(problems), likeness.coverage, likeness.weakest, similarity)

    def _similarity(
        self, embedding: PassageEmbedding, sentence: str, used: Sequence[Source]
    ) -> float:
        """Cosine to the closest part; only the parts that share most terms are read."""
        parts = [part for source in used for part in _parts(source)]
        parts = sorted(parts, key=lambda part: -shared(sentence, part))[:_PARTS_READ]
        texts = [sentence, *parts]
        if fresh := [text for text in dict.fromkeys(texts) if text not in self._seen]:
            self._seen |= zip(fresh, embedding.encode(fresh), strict=True)
        return float(max(self._seen[sentence] @ self._seen[part] for part in parts))

    def _other_law(self, sentence: str, used: Sequence[Source], words: str) -> bool:
        """Whether a law is named that is neither cited nor named in what is cited."""
        titles = {source.document.title for source in used}
        for mention in self._names.mentions(sentence):
            known = {document.title for document in mention.versions}
            written = sentence[mention.start : mention.end].strip("《》")
            short = next((d.short_title for d in mention.versions), written)
            if not known & titles and short not in words and written not in words:
                return True
        for name in law_names(sentence):
            plain = name.removeprefix("中华人民共和国")
            borne = plain in words or any(plain in title for title in titles)
            if not borne and not self._names.mentions(f"《{name}》")[0].versions:
                return True
        return False


def _wrong_place(sentence: str, used: Sequence[Source]) -> bool:
    """Whether an article is named that is neither cited nor named in what is cited."""
    return any(
        not any(_is(place, source) or _mentions(place, source) for source in used)
        for place in places(sentence)
    )


def _is(place: Place, source: Source) -> bool:
    passage, document = source.passage, source.document
    if passage.unit is not Unit.ARTICLE or passage.anchor != f"a{place.article}":
        return False
    title = place.title.removeprefix("中华人民共和国")
    if title and title not in (document.short_title, document.title):
        return False
    paragraphs = _paragraphs(passage)
    if place.paragraph > len(paragraphs):
        return False
    chosen = paragraphs if not place.paragraph else [paragraphs[place.paragraph - 1]]
    return place.item <= max(len(items) for items in chosen)


def _mentions(place: Place, source: Source) -> bool:
    for other in places(source.passage.text.removeprefix(source.passage.label)):
        if (other.article, other.paragraph, other.item)[: 1 + bool(place.paragraph)] == (
            place.article,
            place.paragraph,
            place.item,
        )[: 1 + bool(place.paragraph)]:
            return not (place.title and other.title) or place.title.endswith(other.title)
    return False


def _paragraphs(passage: Passage) -> list[list[str]]:
    """The paragraphs of an article, each as the list of its items."""
    paragraphs: list[list[str]] = []
    for line in passage.text.removeprefix(passage.label).strip().split("\n"):
        if paragraphs and line.lstrip().startswith(("（", "(")):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([])
    return paragraphs


def _wrong_number(sentence: str, words: str) -> bool:
    """Whether a number is claimed that the words do not have, or on its other side."""
    stated = quantities(words)
    return any(not _stated(claim, stated) for claim in quantities(sentence))


def _stated(claim: Quantity, stated: Sequence[Quantity]) -> bool:
    same = [
        other.bound
        for other in stated
        if other.value == claim.value and (other.unit == claim.unit or not claim.unit)
    ]
    if not same or claim.bound is Bound.NONE:
        return bool(same)
    # A period without a word of limit still ends on its last day.
    return claim.bound in same or (claim.bound is Bound.DOWN and Bound.NONE in same)


def _other_authority(sentence: str, words: str) -> bool:
    """Whether somebody acts who does not appear in the words."""
    return any(word not in words for word in authorities(sentence))


def _parts(source: Source) -> list[str]:
    """What a sentence is compared with: the passage, and each of its sentences and items."""
    pieces = [piece.in_context for piece in lay_out(source.passage).pieces]
    return list(dict.fromkeys(pieces)) or [source.passage.text]
