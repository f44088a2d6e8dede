"""Limits that statutes set with a number: 以下, 以上, 内, 不得超过; what keeps them."""

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.quiz.values import Value

MARKS = "①②③④"
"""Number the things that a case names."""

# 以上、以下、以内 include the number itself; 不满、超过、以外 do not (民法典第一千二百五十九条).
_AFTER = re.compile(r"(?P<below>以下|以内|之内|内)|(?P<above>以上)")
_BEFORE = re.compile(
    r"(?P<most>不得超过|不超过|不得多于|最长不超过)$|(?P<least>不得少于|不少于|不得低于|不低于)$"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that includes its number.

    Attributes:
        falls: whether it is the least; else it is the most.
    """

    falls: bool

    def holds(self, number: Fraction, limit: Fraction) -> bool:
        """Return whether ``number`` keeps ``limit``."""
        return number >= limit if self.falls else number <= limit


def limit_after(text: str, value: Value) -> Limit | None:
    """Return the limit that a value of a text is, None if it is none or not clearly one."""
    after, before = _AFTER.match(text, value.end), _BEFORE.search(text[: value.start])
    if after and before:
        return None
    if after:
        return Limit(falls=after["above"] is not None)
    if before and not re.match(r"以|的|至", text[value.end :]):
        return Limit(falls=before["least"] is not None)
    return None
