"""Questions on lists, orders, definitions and authorities."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.items import Item
from assistant.quiz.model import BLANK, Question, QuestionType
from assistant.quiz.source import Article, Listing
from assistant.quiz.wording import dangles, is_catch_all, lead, likeness, make, stands_alone

_DEFINED = re.compile(
    r"^(?:本法所称)?(?:的)?[“]?(?P<term>[一-鿿]{2,14}?)[”]?(?:，指|，?是指)(?P<body>[^。]{12,90})。?$"
)
_IN_ORDER = re.compile(r"(?:下列|以下|如下)(?:先后)?(?:顺序|次序)|依次")
_BY = re.compile(
    r"由(?P<who>(?:省、自治区、直辖市|设区的市级以上|县级以上|国务院|[一-鿿]){2,22}?"
    r"(?:人民政府|部门|机关|人民法院|人民检察院|国务院|机构|委员会))"
    r"(?=批准|决定|制定|规定|负责|责令|给予|处|公布|组织|认定|审批|核发|会同|依法|统一|另行|吊销)"
)
_RELATIVE = re.compile(
    r"有关|相关|各级|同级|其|该|本级|上级|上一级|所在|原|或者|前款|自治|作出|共同|以上|和|与|主管|发证|登记|检查|当地"
)
_NAMED_SORT = re.compile(
    r"(?:下列|以下|如下)[^，。：；]{0,10}?(?P<sort>情形|行为|条件|措施|职责|职权|材料|事项|内容|程序|规定|权利|义务|要求|原则|情况|单位|人员|方式|工作|活动)"
)
_CORE = re.compile(
    r"国务院|中央|省、自治区、直辖市|设区的市级|县级|以上|地方|行政|主管|部门|机关|人民政府|监督|管理|委员会|机构|级"
)
_SAME_ITEM = 0.38
_RANK = re.compile(r"国务院|省|设区的市|县|以上|人民政府")
_ENDINGS = ("部门", "机关", "机构")
_SPELLED_OUT = 0.4
_ITEM_LENGTHS = range(4, 46)
_TERM_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class WordPool:
    """Where wrong options are taken from.

    Attributes:
        listings: lists of the same law.
        terms: terms that the same law defines, with the definitions.
        authorities: authorities that the law itself lets act.
        central: those under the State Council that any law lets act.
    """

    listings: Sequence[Listing]
    terms: Sequence[tuple[str, str]]
    authorities: Sequence[str]
    central: Sequence[str]


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


def list_questions(article: Article, pool: WordPool, rng: Random) -> Iterator[Question]:
    """Yield a multiple choice for each list, and an order for each list that is one."""
    for listing in article.listings():
        if _IN_ORDER.search(listing.head) and 3 <= len(listing.items) <= 7:
            yield _order(article, listing, rng)
            continue
        right = [item for item in listing.items if _is_askable(item)]
        wrong = _strangers(listing, article, pool, rng)
        if len(right) < 2 or not wrong:
            continue
        count = min(len(right), rng.choice((2, 3, 4)))
        chosen = rng.sample(right, count)
        options = [*chosen, *wrong[: max(1, 5 - count) if count > 2 else 2]]
        if len(options) < 4:
            continue
        rng.shuffle(options)
        head = listing.head.rstrip("：:")
        stem = f"{article.citation}规定“{head}”。下列选项中，该条在此列举的有（　）。"
        key = [option for option in options if option in chosen]
        yield make(article, QuestionType.MULTIPLE, stem, options, key, listing.quote)


def _order(article: Article, listing: Listing, rng: Random) -> Question:
    options = list(listing.items)
    while options == list(listing.items):
        rng.shuffle(options)
    head = listing.head.rstrip("：:")
    stem = f"{article.citation}规定“{head}”。请按该条规定的顺序排列。"
    return make(article, QuestionType.ORDER, stem, options, listing.items, listing.quote)


def _is_askable(item: str) -> bool:
    return (
        len(item) in _ITEM_LENGTHS
        and not is_catch_all(item)
        and not dangles(item)
        and re.search(r"是指|[：:；。]", item) is None
    )


def _sort_of(head: str) -> tuple[str, bool, bool]:
    """What a list is a list of: only lists of one sort can be told apart by knowing."""
    named = _NAMED_SORT.search(head)
    return (
        named["sort"] if named else "",
        re.search(r"责令|罚|警告|处分|处理|治安", head) is not None,
        re.search(r"奖|表彰|鼓励|支持", head) is not None,
    )


def _strangers(listing: Listing, article: Article, pool: WordPool, rng: Random) -> list[str]:
    """Items of the law's other lists, those whose list is introduced alike first."""
    whole = "".join(article.lines)
    sort = _sort_of(listing.head)
    if not sort[0]:
        return []
    ends_alike = listing.items[0].endswith("的")
    ranked = sorted(
        (
            other
            for other in pool.listings
            if other.quote != listing.quote and _sort_of(other.head) == sort
        ),
        key=lambda other: (-likeness(other.head[-20:], listing.head[-20:]), other.head),
    )
    found: list[str] = []
    for other in ranked[:6]:
        items = [i for i in other.items if _is_askable(i) and i.endswith("的") == ends_alike]
        rng.shuffle(items)
        for item in items[:2]:
            known = (*listing.items, *found)
            if item not in whole and all(likeness(item, one) < _SAME_ITEM for one in known):
                found.append(item)
    return found


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
        if len(others) < _TERM_OPTIONS - 1 or likeness(term, rest) >= _SPELLED_OUT:
            continue
        options = [term, *others[: _TERM_OPTIONS - 1]]
        rng.shuffle(options)
        stem = f"{lead(article)}{words.text[:place]}{BLANK}{rest}"
        yield make(article, QuestionType.SINGLE, stem, options, (term,), words.text)


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
            known = {*pool.authorities, *(pool.central if who.startswith("国务院") else ())}
            others = [other for other in known if _differs(other, who, words.text)]
            others.sort(key=lambda other: (-likeness(other, who), other))
            if len(others) < 3:
                continue
            options = [who, *others[:3]]
            rng.shuffle(options)
            body = f"{words.text[:start]}{BLANK}{words.text[start + len(who) :]}"
            stem = lead(article, words) + body
            yield make(article, QuestionType.SINGLE, stem, options, (who,), words.text)


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
