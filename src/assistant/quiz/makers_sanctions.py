"""Cases on what an act costs: the sanction that the law threatens, and a fine within it."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.quiz.acts import Act, acts_in
from assistant.quiz.makers_values import ValuePool
from assistant.quiz.makers_words import WordPool
from assistant.quiz.model import Question, QuestionType
from assistant.quiz.source import Article
from assistant.quiz.values import Value, values
from assistant.quiz.wording import RANGE_ASKED, SANCTION_ASKED, make

_FINE = re.compile(
    r"处(?:以)?(?P<low>[^，。；、]{2,8}?元)以上(?P<high>[^，。；、]{2,8}?元)以下的?罚款"
)
_RANGE = re.compile(r"元以上[^，。；、]{2,8}?元以下")
_STEEPER = re.compile(r"情节|拒不|逾期|并处|造成|后果|货值|违法所得")
_COMMON = re.compile(
    r"责令|限期|立即|改正|停止违法行为|停产停业整顿|停产停业|停业整顿|给予|警告|通报批评|没收|"
    r"违法所得|货值金额|可以|并|单处|处以|处|以上|以下|罚款|拘留|的|或者|和|，|、|几"
)
_WRONG = 3
_NEAREST = 5
"""Wrong sanctions are drawn from so many that are most like the right one."""
_FURTHEST = 2
"""Kinds of sanction by which two that may be mixed up differ at most."""
_KINDS = re.compile(r"责令|改正|停止|停产停业|停业整顿|警告|通报|没收|罚款|拘留|货值|倍")


def sanction_cases(
    article: Article, others: Sequence[Article], pool: WordPool, rng: Random
) -> Iterator[Question]:
    """Yield a case on what the law threatens an act with, against its other sanctions.

    Args:
        article: the article.
        others: every article of its law.
        pool: where other sanctions are taken from.
        rng: decides which act and which sanctions are taken.
    """
    acts = [act for act in acts_in(article) if _is_comparable(act.sanction)]
    if not acts:
        return
    act = rng.choice(acts)
    if any(act.words in other.passage.text for other in others if other is not article):
        return
    wrong = _other_sanctions(act, article, pool)
    if len(wrong) < _WRONG:
        return
    options = [act.sanction, *rng.sample(wrong[:_NEAREST], _WRONG)]
    rng.shuffle(options)
    milder = "不考虑情节轻重等特别规定，" if "；" in act.ruling else ""
    stem = f"{act.told}{milder}《{article.document.short_title}》{SANCTION_ASKED}（　）。"
    yield make(article, QuestionType.CASE, stem, options, (act.sanction,), act.quote)


def sanctions_of(article: Article) -> set[str]:
    """Return the sanctions of an article that can be told apart by amounts and kinds only.

    One that names its own subject (没收枪支) would give itself away.
    """
    return {act.sanction for act in acts_in(article) if _is_comparable(act.sanction)}


def _other_sanctions(act: Act, article: Article, pool: WordPool) -> list[str]:
    """Sanctions of other articles, those of the same kinds, then amounts, first."""
    here = _plain(article.passage.text)
    found = {
        _plain(other): other
        for _, other in pool.sanctions
        if _plain(other) not in here and _apart(other, act.sanction) <= _FURTHEST
    }

    def distance(other: str) -> tuple[int, int, str]:
        return _apart(other, act.sanction), -_shared(other, act.sanction), other

    return sorted(found.values(), key=distance)


def _apart(one: str, other: str) -> int:
    """By how many kinds of sanction two differ."""
    return len(set(_KINDS.findall(one)) ^ set(_KINDS.findall(other)))


def _shared(one: str, other: str) -> int:
    """How many amounts two sanctions have in common."""
    return len({v.text for v in values(one)} & {v.text for v in values(other)})


def _is_comparable(sanction: str) -> bool:
    """Whether a sanction has a number, and else only words that others have, too."""
    return bool(values(sanction)) and not _COMMON.sub("", _shape(sanction))


def _shape(sanction: str) -> str:
    """A sanction without its numbers: 处几以上几以下罚款."""
    for value in reversed(values(sanction)):
        sanction = f"{sanction[: value.start]}几{sanction[value.end :]}"
    return sanction


def _plain(text: str) -> str:
    """A sanction without words that do not tell it from another."""
    return re.sub(r"(?<=以下)的(?=罚款)|可以", "", text)


def fine_cases(article: Article, pool: ValuePool, rng: Random) -> Iterator[Question]:
    """Yield a case on a fine with an upper and a lower limit for an act that is named."""
    if len(_RANGE.findall(article.passage.text)) != 1:
        return
    acts = [act for act in acts_in(article) if len(_RANGE.findall(act.ruling)) == 1]
    if not acts:
        return
    act = rng.choice(acts)
    fines = list(_FINE.finditer(act.ruling))
    if len(fines) != 1:
        return
    before, after = act.ruling[: fines[0].start()], act.ruling[fines[0].end() :]
    if _STEEPER.search(before) or "元" in after or "倍" in act.ruling:
        return
    low, high = values(fines[0]["low"]), values(fines[0]["high"])
    choices = _amounts(low[0], high[0], pool) if len(low) == len(high) == 1 else None
    if choices is None:
        return
    right, wrong = choices
    options = [right, *wrong]
    rng.shuffle(options)
    stem = (
        f"{act.told}拟依照{article.citation}处以罚款。"
        f"以下罚款数额中，在该条规定的{RANGE_ASKED}的是（　）。"
    )
    yield make(article, QuestionType.CASE, stem, options, (right,), act.quote)


def _amounts(low: Value, high: Value, pool: ValuePool) -> tuple[str, list[str]] | None:
    known = {
        v.text: v
        for v in (*pool.near, *pool.far)
        if v.family == "yuan" and v.number not in (low.number, high.number)
    }
    ranked = sorted(known.values(), key=lambda v: (abs(float(v.number - low.number)), v.text))
    inside = [v for v in ranked if low.number < v.number < high.number]
    below = [v for v in ranked if v.number < low.number]
    above = sorted((v for v in ranked if v.number > high.number), key=lambda v: (v.number, v.text))
    if not inside or not below or len(above) < 2:
        return None
    wrong = [below[0]]
    for other in above:
        if all(other.number != known.number for known in wrong):
            wrong.append(other)
        if len(wrong) == 3:
            return inside[0].text, [v.text for v in wrong]
    return None
