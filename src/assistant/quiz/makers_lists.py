"""Questions on lists: what one names, against what others of its kind name, and orders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from assistant.quiz.makers_words import WordPool
from assistant.quiz.model import Question, QuestionType
from assistant.quiz.source import Article, Listing
from assistant.quiz.wording import dangles, is_catch_all, likeness, make

_IN_ORDER = re.compile(r"(?:下列|以下|如下)(?:先后)?(?:顺序|次序)|依次")
_NAMED_SORT = re.compile(
    r"(?:下列|以下|如下)[^，。：；]{0,10}?(?P<sort>情形|行为|条件|措施|职责|职权|材料|事项|内容|程序|规定|权利|义务|要求|原则|情况|单位|人员|方式|工作|活动)"
)
_SAME_ITEM = 0.38
_SAME_SUBJECT = 0.5
_END, _LIKE_END = 15, 0.3
"""Characters at the end of a head, and how alike they must be between two lists."""
_MODAL = re.compile(r"应当|可以|不得|还应当|根据|并|$")
_ENDS = re.compile(
    r"从轻|减轻|不予|从重|不执行|撤销|取消|终止|中止|回避|奖励|表彰|鼓励|支持|注销|收回"
)
_PLACES = ("在", "对", "于", "因")
_EMPTY = re.compile(
    r"违反|规定|或者|以及|有关|相关|按照|依照|依法|未经|擅自|不得|应当|可以|其他|进行|没有|造成|"
    r"行为|情形|情况|条件|措施|人员|单位|部门|机关|机构|国家|法律|行政|法规|必要|要求|"
    r"[的和与及等者其在对为由将因从以所并或不未有无]"
)
_SETTING = re.compile(r"之一，(?P<where>(?!尚不|构成|情节|造成|不)[^，。；：]{6,})的，")
_LISTS = 12
_ITEM_LENGTHS = range(4, 46)


def list_questions(article: Article, pool: WordPool, rng: Random) -> Iterator[Question]:
    """Yield a multiple choice for each list, and an order for each list that is one."""
    for listing in article.listings():
        if _IN_ORDER.search(listing.head) and 3 <= len(listing.items) <= 7:
            yield _order(article, listing, rng)
            continue
        right = [item for item in listing.items if _is_askable(item)]
        wrong = _strangers(listing, article, pool, rng)
        if len(right) < 2:
            continue
        count = min(len(right), rng.choice((2, 3, 4)))
        chosen = rng.sample(right, count)
        # Where all right ones are on railways, one that is not stands out.
        shared = set.intersection(*map(_content, chosen))
        wrong = [item for item in wrong if not shared or shared & _content(item)]
        # Nor is one mixed up with acts that 扰乱大型群众性活动秩序.
        if (setting := _SETTING.search(listing.head)) and (about := _content(setting["where"])):
            wrong = [item for item in wrong if about & _content(item)]
        if not wrong:
            continue
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


@dataclass(frozen=True, slots=True)
class _Sort:
    """What a list is a list of: only lists of one sort can be told apart by knowing.

    Attributes:
        name: what it calls its items, such as 情形; empty if it does not say.
        penal: whether a sanction follows.
        staff: whether it is about those who hold office.
        ends: what else follows, such as 从轻 or 回避.
    """

    name: str
    penal: bool
    staff: bool
    ends: frozenset[str]


def _sort_of(head: str) -> _Sort:
    named = _NAMED_SORT.search(head)
    return _Sort(
        named["sort"] if named else "",
        re.search(r"责令|罚|警告|处分|(?<!卫生)处理|治安", head) is not None,
        re.search(r"处分|滥用职权|工作人员", head) is not None,
        frozenset(_ENDS.findall(head)),
    )


def _strangers(listing: Listing, article: Article, pool: WordPool, rng: Random) -> list[str]:
    """Items of the law's other lists, those whose list is introduced alike first."""
    whole = "".join(article.lines)
    sort = _sort_of(listing.head)
    if not sort.name:
        return []
    ends_alike = listing.items[0].endswith("的")
    about = _content(f"{_subject(listing.head)}{''.join(listing.items)}")
    ranked = sorted(
        (
            other
            for _, other in pool.listings
            if other.quote != listing.quote
            and _sort_of(other.head) == sort
            and _alike(_subject(other.head), _subject(listing.head))
            and _same_end(other.head, listing.head, sort)
        ),
        key=lambda other: (-likeness(other.head[-20:], listing.head[-20:]), other.head),
    )
    found: list[str] = []
    for other in ranked[:_LISTS]:
        # An item that shares no word with the list is of something else, as everyone sees.
        items = [
            item
            for item in other.items
            if _is_askable(item) and item.endswith("的") == ends_alike and _content(item) & about
        ]
        rng.shuffle(items)
        for item in items[:2]:
            known = (*listing.items, *found)
            if item not in whole and all(likeness(item, one) < _SAME_ITEM for one in known):
                found.append(item)
    return found


def _subject(head: str) -> str:
    """Whom or what a list is about: 民办学校 in 民办学校有下列行为之一的."""
    before = re.split(r"(?:违反本法规定，)?[^，。；：]{0,2}有?(?:下列|以下|如下)", head)[0]
    parts = [part for part in re.split(r"[，。；：]", before) if not _MODAL.match(part)]
    subject = parts[-1] if parts else ""
    # Where something happens is not whom the list is about.
    return "" if subject.startswith(_PLACES) else subject


def _same_end(one: str, other: str, sort: _Sort) -> bool:
    """Whether two lists lead to something alike; sanctions do, whatever they are."""
    fined = sort.penal and not sort.staff
    return fined or likeness(one[-_END:], other[-_END:]) >= _LIKE_END


def _alike(one: str, other: str) -> bool:
    """Whether a list may be mixed up with one about ``other``, whom any list may name."""
    return not other or likeness(one, other) >= _SAME_SUBJECT


def _content(text: str) -> set[str]:
    """Pairs of characters that say what a text is about."""
    words = _EMPTY.sub(" ", text)
    pairs = {words[start : start + 2] for start in range(len(words) - 1)}
    return {pair for pair in pairs if pair.strip() == pair and re.fullmatch(r"[一-鿿]{2}", pair)}
