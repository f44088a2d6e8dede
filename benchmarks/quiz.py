"""How fast questions are made, how many and of which kinds, and which faults are caught.

    python -m benchmarks.quiz [--subject 行政法] [--count 1000] [--sample 200]

Reads every document of the law pack under one subject, makes questions, and spoils a
hundred of them in ten ways: a checker that is worth its name finds what is wrong.
``--sample`` prints that many questions with their quotes, to be read by a person.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from assistant.corpus.law_pack import LawPackReader
from assistant.quiz import FALSE, TRUE, Question, QuestionType, make_questions, prove
from assistant.settings import LawPack

DAY = date(2026, 11, 24)
PLANTED = 100
_CHOICES = (QuestionType.SINGLE, QuestionType.CASE)


def _other_key(q: Question) -> Question | None:
    if q.type not in _CHOICES:
        return None
    return replace(q, key=(next(o for o in q.options if o not in q.key),))


def _missing_key(q: Question) -> Question | None:
    if q.type is not QuestionType.MULTIPLE or len(q.key) < 3:
        return None
    return replace(q, key=q.key[:-1])


def _one_too_many(q: Question) -> Question | None:
    if q.type is not QuestionType.MULTIPLE or len(q.options) - len(q.key) < 2:
        return None
    return replace(q, key=(*q.key, next(o for o in q.options if o not in q.key)))


def _turned(q: Question) -> Question | None:
    if q.type is not QuestionType.JUDGE:
        return None
    return replace(q, key=(FALSE if q.key == (TRUE,) else TRUE,))


def _same_in_digits(q: Question) -> Question | None:
    if q.type is not QuestionType.SINGLE or q.key[0] not in _DIGITS:
        return None
    wrong = next(o for o in q.options if o not in q.key)
    options = tuple(_DIGITS[q.key[0]] if o == wrong else o for o in q.options)
    return replace(q, options=options)


def _key_in_stem(q: Question) -> Question | None:
    if q.type is not QuestionType.FILL:
        return None
    return replace(q, stem=f"{q.stem}（提示：不是{q.key[0]}以外的期限或数额）")


def _foreign_quote(q: Question) -> Question | None:
    return replace(q, quote=q.quote[: len(q.quote) // 2] + "但本机关另有规定的除外")


def _dangling(q: Question) -> Question | None:
    stem = q.stem.replace("规定：", "规定：依照前款规定，", 1).replace("规定“", "前款规定“", 1)
    return replace(q, stem=stem) if stem != q.stem else None


def _wrong_fill(q: Question) -> Question | None:
    return replace(q, key=("四十一日",)) if q.type is QuestionType.FILL else None


def _other_law(q: Question) -> Question | None:
    if q.type is not QuestionType.SINGLE:
        return None
    return replace(q, stem=f"《示范区执法公示办法》规定：{q.stem.partition('规定：')[2]}")


_DIGITS = {
    "三日": "3日", "五日": "5日", "七日": "7日", "十日": "10日", "十五日": "15日", "三十日": "30日",
    "一年": "十二个月", "二年": "24个月", "三年": "36个月", "五年": "5年",
    "一万元": "1万元", "五万元": "50000元", "十万元": "100000元", "二十万元": "20万元",
}  # fmt: skip
SPOILERS: tuple[Callable[[Question], Question | None], ...] = (
    _other_key, _missing_key, _one_too_many, _turned, _same_in_digits,
    _key_in_stem, _foreign_quote, _dangling, _wrong_fill, _other_law,
)  # fmt: skip


def plant(questions: tuple[Question, ...]) -> list[tuple[str, Question]]:
    """Return a hundred spoiled questions, ten of each kind, with the kind's name."""
    planted = []
    for number, spoil in enumerate(SPOILERS):
        pool = list(questions)
        Random(number).shuffle(pool)
        spoiled = (bad for q in pool if (bad := spoil(q)) is not None)
        planted += [(spoil.__name__.strip("_"), next(spoiled)) for _ in range(PLANTED // 10)]
    return planted


def main() -> None:
    """Make, count, spoil and, if asked, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subject", default="行政法")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sample", type=int, default=0)
    given = parser.parse_args()

    start = time.perf_counter()
    sources = [
        (source.document, source.passages)
        for source in LawPackReader().documents(LawPack.ALL)
        if source.document.subject == given.subject
    ]
    read = time.perf_counter()
    made = make_questions(sources, count=given.count, seed=given.seed, day=DAY)
    done = time.perf_counter()
    texts = {p.citation_id: p.text for _, passages in sources for p in passages}
    print(f"documents {len(sources)}, read {read - start:.1f} s, made {done - read:.1f} s")
    print(f"questions {len(made.questions)}, asked twice and dropped {made.repeated}")
    for kind, number in Counter(q.type for q in made.questions).most_common():
        print(f"  {kind.label} {number}")
    for fault, number in made.rejected.most_common():
        print(f"  rejected {number}: {fault.value}")
    planted = plant(made.questions)
    caught = Counter(name for name, bad in planted if prove(bad, texts[bad.citation_id]))
    print(f"planted {len(planted)}, caught {caught.total()}: {dict(caught)}")
    for number, q in enumerate(Random(given.seed).sample(made.questions, given.sample), start=1):
        print(f"{number} {q.type.label} {q.stem} | {' / '.join(q.options)} | {q.letters}")
        print(f"    {q.citation} | {q.quote}")


if __name__ == "__main__":
    main()
