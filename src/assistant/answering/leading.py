"""Which piece of the evidence leads an answer: a learned linear score over named signs."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from assistant.answering.asked import MARKED, MEASURED, Ask, answered_share
from assistant.answering.layout import Piece, lay_out
from assistant.answering.marks import find_marks
from assistant.corpus import DocumentKind
from assistant.index.lexical import tokens
from assistant.retrieval import Evidence, Reason
from assistant.retrieval.signals import is_frame

_FILE = "leading.json"
# Cosines of this family of models lie between 0.75 and 0.95.
_LOWEST, _RANGE = 0.75, 0.2
# A statute's word for an everyday one counts as much as this share of the word itself.
_STATUTORY = 0.5
_LONGEST_PHRASE = 8
_TYPICAL_LENGTH = 60
# Passages further behind than this are alike.
_BEHIND = 3.0
_WORDS = re.compile(r"[㐀-鿿a-zA-Z0-9]+")
_CLAUSE = re.compile(r"[^，。；：]+[，。；：]?")
# What a figure belongs to stands in its own clause or in the two before it.
_BEFORE = 2
_POINTING = re.compile(
    r"依照?(?:本法|前)|[前本][两二三]?[条款项]|第[一二三四五六七八九十百]+[条款]"
)
_PARTIES = (
    re.compile(r"个人|公民|自然人|农户|居民"),
    re.compile(r"单位|企业|公司|法人|组织|商家|经营者"),
)
_LIABILITY = "法律责任"


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against a piece; most lie between 0 and 1.

    Attributes:
        rank: reciprocal of the passage's place in the evidence.
        behind: how far its score lies behind the first, 0 to -3.
        similarity: cosine between question and piece, stretched to 0 to 1.
        coverage: share of the question's weighty terms in the piece.
        passage: the same in the whole passage.
        heading: the same in the document's title and the headings above the passage.
        asked: share of what is asked for that the piece has.
        measured: share of the amounts, periods and counts asked for that the piece states;
            0 where none is asked for.
        unmeasured: 1 where one is asked for and the whole passage states none.
        bound: coverage of the words that the amount, period, count or authority asked for
            belongs to; 0 where none is asked for or none stands there.
        focus: share of the piece's own terms that the question has.
        phrase: length of the longest run of characters that both have.
        length: logarithm of the piece's length.
        party: 1 for words about the kind of party asked about (a person, an organisation),
            -1 for words about the other kind alone.
        row: 1 for a row of an item list.
        measured_row: the same where an amount, period or penalty is asked for.
        own: 1 for a document that is no statute.
        opening: 1 for the first words of the passage.
        item: 1 for an item of a list.
        head: 1 for the words that introduce a list.
        liability: 1 for a penal provision where a penalty is asked for.
        unasked_liability: 1 for one where none is.
        pointing: 1 for words that point to another provision.
        frame: 1 for words that say since when, or why, a text is there, where that is not asked.
    """

    rank: float
    behind: float
    similarity: float
    coverage: float
    passage: float
    heading: float
    asked: float
    measured: float
    unmeasured: float
    bound: float
    focus: float
    phrase: float
    length: float
    party: float
    row: float
    measured_row: float
    own: float
    opening: float
    item: float
    head: float
    liability: float
    unasked_liability: float
    pointing: float
    frame: float


@dataclass(frozen=True, slots=True)
class Sought:
    """A question, or one part of it, as pieces are compared with it.

    Attributes:
        words: the question.
        asks: what it asks for.
        terms: its weighty terms with their weights.
        statutory: terms of what statutes call the things it names in everyday words.
    """

    words: str
    asks: frozenset[Ask]
    terms: Mapping[str, float]
    statutory: Sequence[str]

    def share(self, said: Set[str]) -> float:
        """Return the share of the question's weight that terms cover, 0 to 1."""
        total = sum(self.terms.values()) or 1.0
        covered = sum(weight for term, weight in self.terms.items() if term in said) / total
        if self.statutory:
            found = sum(term in said for term in self.statutory) / len(self.statutory)
            covered += _STATUTORY * (1 - covered) * found
        return covered


@dataclass(frozen=True, slots=True)
class ScoredPiece:
    """A piece of a passage with how well it answers.

    Attributes:
        evidence: the evidence it belongs to; its passage is whole.
        piece: the words.
        signs: what speaks for and against it.
        score: logarithm of its chance to lead, but for a constant of the question.
    """

    evidence: Evidence
    piece: Piece
    signs: Signs
    score: float

    def with_similarity(self, cosine: float) -> "ScoredPiece":
        """Return the piece with its own cosine in place of its passage's."""
        signs = replace(self.signs, similarity=closeness(cosine))
        return replace(self, signs=signs, score=score_of(signs))


def pieces_of(sought: Sought, evidence: Sequence[Evidence]) -> Iterator[ScoredPiece]:
    """Yield every piece of the evidence with its signs, cosines being the passages'.

    Args:
        sought: what is asked.
        evidence: best first, passages whole.
    """
    best = max((_unsqueezed(item) for item in evidence), default=0.0)
    for rank, item in enumerate(evidence):
        exact = any(finding.reason is Reason.EXACT for finding in item.findings)
        behind = 0.0 if exact else max(-_BEHIND, (_unsqueezed(item) - best))
        passage = sought.share(set(tokens(item.passage.text)))
        titles = (item.document.short_title, *item.passage.breadcrumb)
        heading = sought.share(set(tokens(" ".join(titles))))
        cosine = max((f.score for f in item.findings if f.reason is Reason.DENSE), default=0.0)
        row = float(item.document.kind is DocumentKind.ITEM_LIST)
        measures = sought.asks & MEASURED
        unmeasured = float(bool(measures) and not answered_share(measures, item.passage.text))
        measured = bool(sought.asks & (MEASURED | {Ask.PENALTY}))
        penal = bool(sought.asks & {Ask.PENALTY, Ask.AMOUNT})
        liability = any(_LIABILITY in words for words in item.passage.breadcrumb)
        for number, piece in enumerate(lay_out(item.passage).pieces):
            words = piece.in_context
            said = set(tokens(words))
            stated = answered_share(measures, words) if measures else 0.0
            signs = Signs(
                rank=1.0 if exact else 1 / (1 + rank),
                behind=behind,
                similarity=closeness(cosine),
                coverage=sought.share(said),
                passage=passage,
                heading=heading,
                asked=answered_share(sought.asks, words),
                measured=stated,
                unmeasured=unmeasured,
                bound=bound_share(sought, words),
                focus=_focus(sought, said),
                phrase=shared_run(sought.words, words) / _LONGEST_PHRASE,
                length=math.log(max(len(words), 1) / _TYPICAL_LENGTH),
                party=_party(sought.words, piece.text),
                row=row,
                measured_row=row * measured,
                own=float(item.document.kind is not DocumentKind.STATUTE),
                opening=float(number == 0),
                item=float(bool(piece.head)),
                head=float(piece.heads_list),
                liability=float(liability and penal),
                unasked_liability=float(liability and not penal),
                pointing=float(bool(_POINTING.search(words))),
                frame=float(is_frame(sought.words, words)),
            )
            yield ScoredPiece(item, piece, signs, score_of(signs))


def bound_share(sought: Sought, words: str) -> float:
    """Return how much of the question is said around the figure it asks for, 0 to 1.

    An amount or a period answers only for what it belongs to: the words of its clause
    and of those right before it.
    """
    kinds = {MARKED[ask] for ask in sought.asks if ask in MARKED}
    places = [mark.start for mark in find_marks(words) if mark.kind in kinds] if kinds else []
    if not places:
        return 0.0
    clauses = [match.span() for match in _CLAUSE.finditer(words)]
    best = 0.0
    for place in places:
        number = next((n for n, (_, end) in enumerate(clauses) if place < end), len(clauses) - 1)
        start = clauses[max(0, number - _BEFORE)][0]
        best = max(best, sought.share(set(tokens(words[start : clauses[number][1]]))))
    return best


def closeness(cosine: float) -> float:
    """Stretch a cosine to 0 to 1 over the range that this family of models uses."""
    return min(max((cosine - _LOWEST) / _RANGE, 0.0), 1.0)


def score_of(signs: Signs) -> float:
    """Return the logarithm of the chance to lead, but for a constant of the question."""
    return sum(weight * float(getattr(signs, name)) for name, weight in weights().items())


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each sign that ``benchmarks/leading.py`` learned."""
    text = resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    found: Mapping[str, float] = json.loads(text)["weights"]
    return found


def _unsqueezed(evidence: Evidence) -> float:
    """The linear score behind one that retrieval squeezed into 0 to 1."""
    score = min(max(evidence.score, 1e-6), 1 - 1e-6)
    return math.log(score / (1 - score))


def _focus(sought: Sought, said: Set[str]) -> float:
    known = set(sought.terms) | set(sought.statutory)
    return len(said & known) / math.sqrt(len(said)) / 3 if said else 0.0


def _party(question: str, words: str) -> float:
    """1 where words are about the kind of party asked about, -1 where about the other alone."""
    asked = [bool(party.search(question)) for party in _PARTIES]
    if sum(asked) != 1:
        return 0.0
    same, other = (party.search(words) for party in (_PARTIES if asked[0] else _PARTIES[::-1]))
    return 1.0 if same else -1.0 if other else 0.0


def shared_run(question: str, text: str) -> int:
    """Return the length of the longest run of the question's characters that the text has.

    Longer runs than the eight characters that any term of art has are not told apart.
    """
    plain = "".join(_WORDS.findall(question))
    longest = 0
    for start in range(len(plain)):
        while (
            longest < _LONGEST_PHRASE
            and start + longest < len(plain)
            and plain[start : start + longest + 1] in text
        ):
            longest += 1
    return longest
