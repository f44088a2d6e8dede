"""Questions on definitions, authorities and the departments of item lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from assistant.items import Item
from assistant.quiz.model import BLANK, Question, QuestionType
from assistant.quiz.source import Article, Listing
from assistant.quiz.wording import dangles, lead, likeness, make, stands_alone

_T = TypeVar("_T")
_DEFINED = re.compile(
    r"^(?:本法所称)?(?:的)?[“]?(?P<term>[一-鿿]{2,14}?)[”]?(?:，指|，?是指)(?P<body>[^。]{12,90})。?$"
)
_BY = re.compile(
    r"由(?P<who>(?:省、自治区、直辖市|设区的市级以上|县级以上|国务院|[一-鿿]){2,22}?"
    r"(?:人民政府|部门|机关|人民法院|人民检察院|国务院|机构|委员会))"
    r"(?=批准|决定|制定|规定|负责|责令|给予|处|公布|组织|认定|审批|核发|会同|依法|统一|另行|吊销)"
)
_RELATIVE = re.compile(
    r"有关|相关|各级|报|同级|其|该|本级|上级|上一级|所在|原|或者|前款|自治|作出|共同|以上|和|与|主管|发证|登记|检查|当地|确定|指定"
)
_CORE = re.compile(
    r"国务院|中央|省、自治区、直辖市|设区的市级|县级|以上|地方|行政|主管|部门|机关|人民政府|监督|管理|委员会|机构|级"
)
_RANK = re.compile(r"国务院|省|设区的市|县|以上|人民政府")
_ENDINGS = ("部门", "机关", "机构")
_SPELLED_OUT = 0.4
_SPELLED_OUT_MARKS = 0.5
_FILL_IN = 3
"""One question of so many leaves the words to be filled in."""
_TELLING = 30
"""A shorter sentence does not tell which authority could be meant."""
_CONCRETE = re.compile(r"国务院|省、自治区|省级|设区的市|县级")
_JOINTLY = "会同"
"""One of two authorities is not told by what they do together."""
_OBVIOUS = re.compile(r"治安管理|犯罪|公安")
_TERM_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class WordPool:
    """Where wrong options are taken from.

    Attributes:
        listings: lists of the same law, with the articles they stand in.
        terms: terms that the same law defines, with the definitions.
        authorities: authorities that the law itself lets act, with the articles.
        sanctions: sanctions of the law that can be held against each other, with the articles.
        divided: whether the law is a code, whose chapters have little in common.
    """

    listings: Sequence[tuple[Article, Listing]]
    terms: Sequence[tuple[str, str]]
    authorities: Sequence[tuple[Article, str]]
    sanctions: Sequence[tuple[Article, str]]
    divided: bool = False

    def near(self, article: Article) -> "WordPool":
        """Return what may be mixed up with an article: of a code only its own chapter."""
        if not self.divided:
            return self
        chapter = article.passage.breadcrumb

        def keep(entries: Sequence[tuple[Article, _T]]) -> list[tuple[Article, _T]]:
            return [entry for entry in entries if entry[0].passage.breadcrumb == chapter]

        return replace(
            self,
            listings=keep(self.listings),
            authorities=keep(self.authorities),
            sanctions=keep(self.sanctions),
        )


def definition_in(text: str) -> tuple[str, str] | None:
    """Return the term and the meaning that a sentence gives it, None if it defines none."""
    match = _DEFINED.match(text)
    if match is None or dangles(text) or match["term"] in match["body"]:
        return None
    if re.search(r"[的之是应当对]", match["term"]):
        return None
    return match["term"], match["body"]


def authorities_in(text: str) -> list[tuple[int, str]]:
    """Return the authorities that a text lets act, with where they stand."""
    return [
        (match.start("who"), match["who"])
        for match in _BY.finditer(text)
        if not _RELATIVE.search(match["who"])
    ]


def definition_questions(article: Article, pool: WordPool, rng: Random) -> Iterator[Question]:
    """Yield a choice of the term for each definition of an article."""
    for words in article.words():
        defined = definition_in(words.text)
        if defined is None or not (stands_alone(words) or words.head):
            continue
        term, _ = defined
        others = [
            other
            for other, _ in pool.terms
            if other not in words.text and other not in term and term not in other
        ]
        others = sorted(set(others), key=lambda other: (-likeness(other, term), other))
        place = words.text.index(term)
        rest = words.text[place + len(term) :]
        if likeness(term, rest) >= _SPELLED_OUT or _spelled_out(term, rest):
            continue
        if likeness(term, article.document.title) > 0 or term[-2:] in rest:
            # What a law defines as its own subject is known from its title, and a
            # 建筑物 from being called one.
            continue
        others = [other for other in others if likeness(other, term) > 0]
        stem = f"{lead(article)}{words.text[:place]}{BLANK}{rest}"
        if any(mark in rest for mark in _distinct(term, others[: _TERM_OPTIONS - 1])):
            continue
        if len(others) < _TERM_OPTIONS - 1 or not rng.randrange(_FILL_IN):
            yield make(article, QuestionType.FILL, stem, (), (term,), words.text)
            continue
        options = [term, *others[: _TERM_OPTIONS - 1]]
        rng.shuffle(options)
        yield make(article, QuestionType.SINGLE, stem, options, (term,), words.text)


def _distinct(term: str, others: Sequence[str]) -> list[str]:
    """What tells a term from the others: 水 in 水污染 beside 光污染 and 土壤污染."""
    return [mark for mark in term if others and not all(mark in other for other in others)]


def _spelled_out(term: str, rest: str) -> bool:
    """Whether most characters of a term stand in its definition."""
    return sum(mark in rest for mark in term) >= len(term) * _SPELLED_OUT_MARKS


def authority_questions(article: Article, pool: WordPool, rng: Random) -> Iterator[Question]:
    """Yield a choice for each authority that an article lets act."""
    for words in article.words():
        if not stands_alone(words):
            continue
        sentence = words.text.rstrip("。").rfind("。")
        for start, who in authorities_in(words.text):
            core = _CORE.sub("", who)
            asked = words.text.replace(who, "") + words.head + article.document.title
            if start < sentence or len(core) < 2 or words.text.count(who) > 1:
                continue
            if core in asked or core[:2] in asked:
                continue
            if who == "公安机关" and _OBVIOUS.search(asked):
                continue
            known = {other for _, other in pool.authorities}
            others = [other for other in known if _differs(other, who, words.text)]
            others.sort(key=lambda other: (-likeness(other, who), other))
            body = f"{words.text[:start]}{BLANK}{words.text[start + len(who) :]}"
            stem = lead(article, words) + body
            if (
                len(words.text) >= _TELLING
                and _CONCRETE.match(who)
                and words.text.startswith(_JOINTLY, start + len(who))
                and _is_rare(who, pool)
                and (len(others) < 3 or not rng.randrange(_FILL_IN))
            ):
                yield make(article, QuestionType.FILL, stem, (), (who,), words.text)
            if len(others) < 3:
                continue
            options = [who, *others[:3]]
            rng.shuffle(options)
            yield make(article, QuestionType.SINGLE, stem, options, (who,), words.text)


def _is_rare(who: str, pool: WordPool) -> bool:
    """Whether a law lets this authority act but once: its usual one is known anyway."""
    return sum(other == who for _, other in pool.authorities) == 1


def _differs(other: str, who: str, text: str) -> bool:
    """Whether an authority is of the same rank as another, and surely not the same."""
    core = _CORE.sub("", other)
    return (
        _RANK.findall(other) == _RANK.findall(who)
        and other.endswith(_ENDINGS) == who.endswith(_ENDINGS)
        and len(core) > 1
        and core not in text
        and likeness(core, _CORE.sub("", who)) == 0
        and not set(core) & set(_CORE.sub("", who))
    )


def item_cases(row: Article, item: Item, pool: Sequence[Item], rng: Random) -> Iterator[Question]:
    """Yield a case on which department had the power that an item list hands over."""
    if not item.name or not item.department or item.department in item.name:
        return
    others = sorted(
        {
            other.department
            for other in pool
            if other.department
            and other.department not in row.passage.text
            and other.department not in item.department
            and item.department not in other.department
        }
    )
    if len(others) < 3:
        return
    options = [item.department, *rng.sample(others, 3)]
    rng.shuffle(options)
    stem = (
        f"综合行政执法人员发现一起案件，涉及《{row.document.title}》所列事项“{item.name}”。"
        "按照该清单，该事项原由哪个部门行使（　）。"
    )
    key = (item.department,)
    yield make(row, QuestionType.CASE, stem, options, key, row.passage.text)
