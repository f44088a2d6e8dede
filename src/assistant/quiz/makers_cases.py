"""Cases: which article an act falls under, and which of four numbers keep a limit."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random

from assistant.quiz.acts import acts_in, is_penal
from assistant.quiz.limits import MARKS, Limit, limit_after
from assistant.quiz.model import BLANK, Question, QuestionType
from assistant.quiz.source import Article, Words
from assistant.quiz.values import DETAINED, Value, values
from assistant.quiz.wording import ARTICLE_ASKED, lead, make, stands_alone

# Where a clause says that a time was missed, it is unclear what would keep it.
_MISSED = re.compile(r"未|没有|逾期|不按|拒不")
_LIABILITY = re.compile(r"责任|罚")
_SIBLINGS = 4
_CODE = 250
"""Nobody knows the articles of a longer law by number."""
_KINDS = {"yuan": "数额", "hour": "期限", "workday": "期限", "month": "期限"}
_UNIT = re.compile(r"(?:个工作日|工作日|日|天|小时|个月|年|元)$")
_STEPS = (Fraction(1, 2), Fraction(4, 5), Fraction(1), Fraction(6, 5), Fraction(3, 2), Fraction(2))
_SHOWN = 4
_TEN_THOUSAND = 10_000


def article_cases(article: Article, others: Sequence[Article], rng: Random) -> Iterator[Question]:
    """Yield a case on which article of its law punishes an act.

    Args:
        article: the article.
        others: every article of its law.
        rng: decides which act of a list is taken.
    """
    label = article.passage.label
    if not _LIABILITY.search(article.topic) or not label.startswith("第"):
        return
    acts = list(acts_in(article))
    if not acts or len(others) > _CODE:
        return
    act = rng.choice(acts)
    # Neighbours are what one mixes it up with; none of them may name the act, too.
    near = sorted(
        (other for other in others if other is not article and is_penal(other)),
        key=lambda other: abs(other.passage.order - article.passage.order),
    )
    if any(act.words in other.passage.text for other in others if other is not article):
        return
    wrong = [other.passage.label for other in near[: _SIBLINGS - 1]]
    if len(set(wrong) - {label}) < _SIBLINGS - 1:
        return
    options = [label, *wrong]
    rng.shuffle(options)
    stem = f"{act.told}《{article.document.short_title}》规定其法律责任的{ARTICLE_ASKED}（　）。"
    yield make(article, QuestionType.CASE, stem, options, (label,), act.quote)


def limit_cases(article: Article, rng: Random) -> Iterator[Question]:
    """Yield cases on a limit that one sentence sets: four numbers, some of which keep it."""
    for words in article.words():
        if not stands_alone(words) or words.head or "是指" in words.text:
            continue
        for value in values(words.text):
            limit = limit_after(words.text, value)
            clause = re.split(r"[，；。]", words.text[: value.start])[-1]
            if _MISSED.search(clause) or DETAINED.match(words.text, value.end):
                continue
            if limit is not None and value.family in _KINDS and _is_alone(words.text, value):
                question = _limit_case(article, words, value, limit, rng)
                if question is not None:
                    yield question


def _is_alone(text: str, value: Value) -> bool:
    """Whether no number of its kind is near, as the end of a range is, or equal to it."""
    return not any(
        other.number == value.number or -12 < other.start - value.start < 14
        for other in values(text)
        if other.start != value.start and other.family == value.family
    )


def _limit_case(
    article: Article, words: Words, value: Value, limit: Limit, rng: Random
) -> Question | None:
    shown = _numbers(value, rng)
    if shown is None:
        return None
    kept = [text for text, number in shown if limit.holds(number, value.number)]
    sets = [MARKS[: place + 1] for place in range(_SHOWN)]
    if limit.falls:
        sets = [MARKS[place:_SHOWN] for place in range(_SHOWN)]
    right = "".join(MARKS[shown.index(pair)] for pair in shown if pair[0] in kept)
    if right not in sets:
        return None
    listed = "、".join(f"{mark}{text}" for mark, (text, _) in zip(MARKS, shown, strict=False))
    before, after = words.text[: value.start], words.text[value.end :]
    body = (before + BLANK + after).rstrip("。")
    kind = _KINDS[value.family]
    stem = (
        f"{lead(article)}{body}。现有四种情形，实际{kind}分别为{listed}，"
        f"其中符合该{kind}规定的是（　）。"
    )
    return make(article, QuestionType.CASE, stem, sets, (right,), words.text)


def _numbers(value: Value, rng: Random) -> list[tuple[str, Fraction]] | None:
    """Four numbers around a value, smallest first, with the value among them or not."""
    unit = _UNIT.search(value.text)
    if unit is None:
        return None
    scale = value.number / _count(value.text)
    count = value.number / scale
    rounding = _rounding(count)
    steps = sorted({round(count * step / rounding) * rounding for step in _STEPS} - {0})
    if count not in steps or len(steps) < _SHOWN:
        return None
    at = steps.index(int(count))
    first = rng.choice([n for n in range(len(steps) - _SHOWN + 1) if n <= at < n + _SHOWN])
    return [
        (f"{_shown(number)}{unit[0]}", Fraction(number) * scale)
        for number in steps[first : first + _SHOWN]
    ]


def _count(text: str) -> Fraction:
    """The number that stands before a unit, such as 15 in 十五日."""
    plain = values(f"{_UNIT.sub('', text)}元")
    return plain[0].number if plain else Fraction(1)


def _rounding(count: Fraction) -> int:
    size = 1
    while count % (size * 100) == 0:
        size *= 10
    return size


def _shown(number: int) -> str:
    if number >= _TEN_THOUSAND and number % (_TEN_THOUSAND // 10) == 0:
        return f"{number / _TEN_THOUSAND:g}万"
    return str(number)
