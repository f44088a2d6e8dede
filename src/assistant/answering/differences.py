"""Where the sources of one answer differ: a bureau's rule says three days, a statute five."""

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.answering.asked import Ask, seeks_confirmation
from assistant.answering.draft import Draft
from assistant.answering.leading import ScoredPiece
from assistant.answering.marks import MarkKind, words_of
from assistant.answering.model import Role
from assistant.answering.relevance import Reading
from assistant.corpus.numerals import NUMERAL, to_int

_KINDS = {
    Ask.PERIOD: MarkKind.PERIOD,
    Ask.AMOUNT: MarkKind.AMOUNT,
    Ask.COUNT: MarkKind.COUNT,
    Ask.PENALTY: MarkKind.AMOUNT,
}
# Pieces that say much less of the question's words speak of something else.
_COVERED_ALIKE = 0.85
_SCORED_ALIKE = 1.5
_QUANTITY = re.compile(rf"({NUMERAL})")
_MOST = 2


def differences_between(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return Chinese sentences naming measures on which the sources differ.

    Args:
        readings: the evidence as read against each answered part.
    """
    found: list[str] = []
    for reading in readings:
        kinds = {_KINDS[ask] for ask in reading.asks if ask in _KINDS}
        for kind in (kind for kind in MarkKind if kind in kinds):
            found += _differences(_comparable(reading, kind), kind)
    return tuple(dict.fromkeys(found))[:_MOST]


def contradiction(question: str, draft: Draft) -> tuple[str, ...]:
    """Return a Chinese sentence where a question states a measure that the lead does not bear out.

    Args:
        question: the question; only one that seeks confirmation states anything.
        draft: the answer.
    """
    if not seeks_confirmation(question):
        return ()
    lead = "".join(s.text for s in draft.sentences if s.role is Role.ANSWER)
    for kind in (MarkKind.AMOUNT, MarkKind.PERIOD, MarkKind.COUNT):
        stated, found = words_of(question, kind), words_of(lead, kind)
        values = {_value(words) for words in found}
        wrong = [words for words in stated if _value(words) not in values]
        if wrong and found:
            quoted = "、".join(f"“{words}”" for words in dict.fromkeys(found))
            return (f"提问中的“{wrong[0]}”与所引条文不一致，条文写的是{quoted}。",)
    return ()


def _comparable(reading: Reading, kind: MarkKind) -> list[ScoredPiece]:
    """The best piece of each document that states a measure of this kind."""
    best = reading.pieces[0]
    chosen: dict[str, ScoredPiece] = {}
    for scored in reading.pieces:
        if (
            scored.signs.coverage >= _COVERED_ALIKE * best.signs.coverage
            and scored.score >= best.score - _SCORED_ALIKE
            and words_of(scored.piece.text, kind)
        ):
            chosen.setdefault(scored.evidence.document.title, scored)
    return sorted(chosen.values(), key=lambda scored: scored.evidence.document.level)


def _differences(pieces: Sequence[ScoredPiece], kind: MarkKind) -> list[str]:
    found = []
    for higher, lower in combinations(pieces, 2):
        above, below = (words_of(scored.piece.text, kind) for scored in (higher, lower))
        if {_value(words) for words in above} & {_value(words) for words in below}:
            continue
        levels = [scored.evidence.document.level for scored in (higher, lower)]
        rule = (
            "两者效力层级不同，以层级高的为准；下级文件更严的要求可作为内部工作要求执行。"
            if levels[0] != levels[1]
            else "两者层级相同，请核对各自的适用范围和施行日期。"
        )
        found.append(
            f"{kind.label}不一致：{_stated(higher, above)}，{_stated(lower, below)}。{rule}"
        )
    return found


def _stated(scored: ScoredPiece, words: Sequence[str]) -> str:
    document = scored.evidence.document
    label = scored.evidence.passage.label
    return f"《{document.title}》{label}（{document.level.label}）为“{'、'.join(words)}”"


def _value(words: str) -> str:
    """Measures in one spelling, so that 三日 and 3日 are the same."""
    return _QUANTITY.sub(_digits, words).removesuffix("内")


def _digits(match: re.Match[str]) -> str:
    try:
        return str(to_int(match[1]))
    except ValueError:
        # The 百 of 百分之三 is no number by itself.
        return match[1]
