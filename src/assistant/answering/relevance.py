"""How well pieces of the evidence answer a question, and whether any does."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.units import QuotableUnit, quotable_units
from assistant.index import OpenedIndex
from assistant.index.lexical import tokens
from assistant.retrieval import Evidence, Reason

# Words that ask or address, and say nothing about the subject.
_ASKING = re.compile(
    r"请问|请教|想问(?:一下)?|我想知道|麻烦|告诉我|一下|有没有|是不是|能不能|可不可以|要不要|该不该|是否|"
    r"多少|多久|多长|多大|几[天日个年次人名项种]|几|怎么(?:办|样|做)?|如何|什么(?:样|时候)?|哪(?:些|个|里|种|几)|"
    r"为什么|谁|吗|呢|吧|啊|应当|应该|必须|需要|可以|规定|情况|情形|的|了|是|有|在|和|与|或者|以及"
)
_NUMBER = re.compile(
    r"[一二三四五六七八九十百千万\d]+(?:个)?(?:工作日|日|天|月|年|小时|倍|元|人|项|次|卷|%|％)"
)
_ASKS_NUMBER = re.compile(
    r"多少|几|多久|多长|最长|期限|时限|何时|什么时候|最高|最低|罚款.{0,4}(?:标准|幅度)"
)
_ASKS_WHO = re.compile(r"谁|哪个(?:部门|机关|单位)|由.{0,4}(?:负责|实施|决定|批准)|归.{0,3}管")
_WHO = re.compile(r"由[^，。；]{2,20}(?:负责|实施|决定|批准|行使|管理)|负责人|部门|机关")
_UNITS_READ = 20
_PASSAGES_READ = 5


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A piece of a passage with how well it answers.

    Attributes:
        evidence: the evidence it belongs to.
        unit: the piece.
        score: larger answers better; comparable within one question.
        similarity: cosine between question and piece.
        coverage: share of the question's weighty terms in the piece, 0 to 1.
    """

    evidence: Evidence
    unit: QuotableUnit
    score: float
    similarity: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The evidence as read against the question.

    Attributes:
        units: scored pieces, best first.
        coverage: largest share of the question's weighty terms in one passage.
        similarity: largest cosine between the question and a piece.
        unknown: weight share of the question's terms that no passage has.
    """

    units: tuple[ScoredUnit, ...]
    coverage: float
    similarity: float
    unknown: float

    @property
    def confidence(self) -> float:
        """Probability that the evidence answers the question, 0 to 1.

        A logistic model over the three features, fitted by
        ``benchmarks/refusal.py`` on its own calibration questions.
        """
        score = _BIAS + sum(
            weight * value
            for weight, value in zip(
                _WEIGHTS, (self.coverage, self.similarity, self.unknown), strict=True
            )
        )
        return 1 / (1 + math.exp(-score))


_BIAS = -30.0
_WEIGHTS = (6.0, 32.0, -6.0)


def subject_of(question: str) -> str:
    """Return the question without the words that only ask.

    >>> subject_of("查封最长几天？")
    '查封最长 ？'
    """
    return _ASKING.sub(" ", question)


def read(index: OpenedIndex, question: str, evidence: Sequence[Evidence]) -> Reading:
    """Score the sentences and items of the best evidence against a question.

    Args:
        index: the opened index, for term weights and the embedding model.
        question: the question as asked.
        evidence: best first.
    """
    subject = subject_of(question)
    weights = index.lexical.weights(subject) or index.lexical.weights(question)
    total = sum(weights.values()) or 1.0
    first = evidence[:_PASSAGES_READ]
    pieces = [(item, unit) for item in first for unit in quotable_units(item.passage)]
    covered = [_share(unit.in_context, weights, total) for _, unit in pieces]
    # Embedding every piece would take longer than everything before; those that share
    # most of the question's words come first, and each passage's best is always read.
    order = sorted(range(len(pieces)), key=lambda place: -covered[place])
    chosen = order[:_UNITS_READ]
    similarities = _similarities(index, question, [pieces[place][1] for place in chosen])
    top = max((item.score for item in first if not _exact(item)), default=1.0)
    units = [
        _scored(question, *pieces[place], similarity, covered[place], top)
        for place, similarity in zip(chosen, similarities, strict=True)
    ]
    unknown = sum(weight for term, weight in weights.items() if weight >= 1.0) / total
    return Reading(
        units=tuple(sorted(units, key=lambda unit: -unit.score)),
        coverage=max((_share(_whole(item), weights, total) for item in first), default=0.0),
        similarity=max(similarities, default=0.0),
        unknown=unknown,
    )


def _scored(
    question: str,
    evidence: Evidence,
    unit: QuotableUnit,
    similarity: float,
    coverage: float,
    top: float,
) -> ScoredUnit:
    # Cosines of this family of models lie between 0.75 and 0.95.
    closeness = min(max((similarity - 0.75) / 0.2, 0.0), 1.0)
    prior = 1.0 if _exact(evidence) else evidence.score / top
    asked = 0.0
    if _ASKS_NUMBER.search(question) and _NUMBER.search(unit.text):
        asked += 0.15
    if _ASKS_WHO.search(question) and _WHO.search(unit.text):
        asked += 0.1
    score = 0.5 * closeness + 0.4 * coverage + 0.5 * prior + asked
    return ScoredUnit(evidence, unit, score, similarity, coverage)


def _share(text: str, weights: dict[str, float], total: float) -> float:
    present = set(tokens(text))
    return sum(weight for term, weight in weights.items() if term in present) / total


def _whole(evidence: Evidence) -> str:
    passage = evidence.passage
    return " ".join((evidence.document.short_title, *passage.breadcrumb, passage.text))


def _similarities(index: OpenedIndex, question: str, units: Sequence[QuotableUnit]) -> list[float]:
    if not units:
        return []
    asked = index.embedding.encode([question], query=True)[0]
    vectors = index.embedding.encode([unit.in_context for unit in units])
    return [float(value) for value in vectors @ asked]


def _exact(evidence: Evidence) -> bool:
    return any(finding.reason is Reason.EXACT for finding in evidence.findings)
