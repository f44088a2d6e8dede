"""Questions on amounts, periods and shares: choice, fill-in, true or false."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.model import BLANK, FALSE, TRUE, Question, QuestionType
from assistant.quiz.source import Article, Words
from assistant.quiz.values import DETAINED, Value, same_value, values
from assistant.quiz.wording import lead, make, stands_alone

_WRONG = 3
_OTHER_DUTY = {"应当": "可以", "可以": "应当"}
_DUTY = re.compile("应当|可以")
_FORBIDS = re.compile(
    r"也可以|也应当|坚持|原则|鼓励|支持|及时|依法|按照|取得|享|获得|可以经|应当经|不得|不应当|不可以|可以不|必须|下列|以下(?!罚款)"
)
# Whether these are a duty is worth asking; that principles should be kept is not.
_IN_DOUBT = re.compile(
    r"可以|(?:机关|部门|机构|政府|法院)[^，。；]{0,4}应当[^，。；]{0,8}?(?:听证|告知|备案|送达|公告|公示|当场|听取|"
    r"中止|终止|吊销|撤销|注销|移送|批准|赔偿|补偿|退还|返还|回避|通知)"
)
_OFFICE = re.compile(r"机关|部门|机构|政府|法院|检察院|人民警察|执法人员|监狱")
_PARTY = re.compile(
    r"公民|个人|企业|组织|当事人|申请人|被许可人|利害关系人|学校|军官|(?<!执法)(?<!工作)人员|罪犯|律师|外国人"
)
_OF_RULES = re.compile(r"规章|法规|国家")
_AS_NEEDED = re.compile(
    r"(?:根据|因|按照)[^，。；]{0,30}(?:需要|情况)|确有需要|必要|可以决定|认为可以"
)
_AGES = 1.5
_LENGTHS = range(28, 110)
_DUTY_EVERY = 3
_TURNED = 3
_KNOWN_TO_ALL = ("十八周岁", "十六周岁", "十四周岁", "一周岁", "三周岁", "九年")
_WEIGHTS = (5, 2, 3)
_WORSE = re.compile(r"情节(?:较重|严重|恶劣)|拒不|逾期|造成")
_MILDER = re.compile("情节较轻")
_DETENTIONS = (5 * 24, 10 * 24, 15 * 24)
"""Hours; 行政拘留 is threatened in these steps, as everybody knows who applies it."""
_UNITS = re.compile(r"[^一二两三四五六七八九十百千万亿\d.分之]+")


@dataclass(frozen=True, slots=True)
class ValuePool:
    """Values to take wrong options from: of the same law first, then of all.

    Attributes:
        near: values of the law.
        far: values of every law.
    """

    near: Sequence[Value]
    far: Sequence[Value]


def value_questions(article: Article, pool: ValuePool, rng: Random) -> Iterator[Question]:
    """Yield a choice for each value of an article, and a question of a kind that ``rng`` draws."""
    for words in article.words():
        if not stands_alone(words):
            continue
        found = values(words.text)
        # Earlier sentences of the paragraph were asked about before.
        sentence = words.text.rstrip("。").rfind("。")
        for value in found:
            if value.start < sentence or _is_idle(words.text, value):
                continue
            if value.text in _KNOWN_TO_ALL or _is_given_away(words.text, value, found):
                continue
            wrong = _wrong_values(words.text, value, found, pool)
            for kind in (0, rng.choices((1, 2, 3), _WEIGHTS)[0]):
                question = _value_question(article, words, value, wrong, kind, rng)
                if question is not None:
                    yield question


def duty_questions(article: Article, rng: Random) -> Iterator[Question]:
    """Yield a true-or-false item on whether something must or may be done, of some articles.

    Only a sentence that has one such word is asked about: that word is turned or left.
    """
    if rng.randrange(_DUTY_EVERY):
        return
    choices = [
        words
        for words in article.words()
        if stands_alone(words)
        and not words.head
        and len(words.text) in _LENGTHS
        and len(_DUTY.findall(words.text)) == 1
        and _IN_DOUBT.search(words.text)
        and not _FORBIDS.search(words.text)
        and not _is_right(words.text)
    ]
    if not choices:
        return
    words = rng.choice(choices)
    turned = bool(rng.randrange(_TURNED))
    said = _DUTY.sub(lambda found: _OTHER_DUTY[found[0]], words.text) if turned else words.text
    stem = lead(article) + _stopped(said)
    key = (FALSE,) if turned else (TRUE,)
    yield make(article, QuestionType.JUDGE, stem, (TRUE, FALSE), key, words.text)


def _is_right(text: str) -> bool:
    """Whether 可以 gives a right, or leave to judge: nobody takes these for a duty."""
    before, may, _ = text.partition("可以")
    if not may:
        return False
    clause = re.split("[，；。]", before)[-1]
    if _AS_NEEDED.search(text) or _OF_RULES.search(before) or _PARTY.search(clause):
        return True
    if _OFFICE.search(clause):
        return False
    return _PARTY.search(before) is not None or not _OFFICE.search(before)


def _value_question(
    article: Article, words: Words, value: Value, wrong: list[str], kind: int, rng: Random
) -> Question | None:
    before, after = words.text[: value.start], words.text[value.end :]
    blanked = f"{lead(article, words)}{_stopped(before + BLANK + after)}"
    if kind == 1:
        if DETAINED.match(words.text, value.end):
            # Of three steps one is soon guessed.
            return None
        return make(article, QuestionType.FILL, blanked, (), (value.text,), words.text)
    if kind == 2:
        stem = lead(article, words) + _stopped(words.text)
        return make(article, QuestionType.JUDGE, stem, (TRUE, FALSE), (TRUE,), words.text)
    if not wrong:
        return None
    if kind == 3:
        likely = [other for other in wrong if _is_likely(other, value, words.text)]
        if not likely:
            return None
        stem = lead(article, words) + _stopped(before + likely[0] + after)
        return make(article, QuestionType.JUDGE, stem, (TRUE, FALSE), (FALSE,), words.text)
    if len(wrong) < _WRONG:
        return None
    options = [value.text, *wrong[:_WRONG]]
    rng.shuffle(options)
    return make(article, QuestionType.SINGLE, blanked, options, (value.text,), words.text)


def _is_likely(other: str, value: Value, text: str) -> bool:
    """Whether the rest of a sentence does not tell that another value is wrong.

    It does when it says the value again, and when something worse would cost less.
    """
    number = values(other)[0].number
    after = [v.number for v in values(text[value.end :]) if v.family == value.family]
    if text.count(value.text) > 1:
        return False
    if _WORSE.search(text, value.end) and any(value.number <= n < number for n in after):
        return False
    return not (_MILDER.search(text, value.end) and any(number < n <= value.number for n in after))


def _stopped(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _wrong_values(text: str, value: Value, found: Sequence[Value], pool: ValuePool) -> list[str]:
    low, high = _limits(text, value, found)
    detained = DETAINED.match(text, value.end) is not None
    chosen: list[str] = []
    for source in (pool.near, pool.far):
        ranked = sorted(
            {v.text: v for v in source}.values(),
            key=lambda v: (_distance(v, value), v.text),
        )
        for other in ranked:
            if len(chosen) == _WRONG:
                return chosen
            if other.family != value.family or _unit(other.text) != _unit(value.text):
                continue
            if detained and other.number not in _DETENTIONS:
                continue
            if not low < other.number < high or _distance(other, value) > (
                _AGES if value.family == "age" else 12
            ):
                continue
            if any(same_value(other.text, known) for known in (*chosen, *(v.text for v in found))):
                continue
            if other.text not in text:
                chosen.append(other.text)
    return chosen


def _limits(text: str, value: Value, found: Sequence[Value]) -> tuple[float, float]:
    """The bounds that the other end of a range sets: five may not be the end of 十…以上."""
    low, high = 0.0, float("inf")
    for other in (*found, *values(text.replace("至", "，"))):
        if other.family != value.family:
            continue
        between = text[min(other.end, value.end) : max(other.start, value.start)]
        if between in ("以上", "以上至", "以上不满", "至", "不满") or between.startswith("以上不"):
            if other.start < value.start:
                low = float(other.number)
            else:
                high = float(other.number)
    return low, high


def _distance(one: Value, other: Value) -> float:
    if not one.number or not other.number:
        return float("inf")
    return float(max(one.number, other.number) / min(one.number, other.number))


def _unit(text: str) -> str:
    if "分之" in text:
        return text[: text.index("分之")] if text.startswith("百分之") else "分之"
    return "".join(_UNITS.findall(text)).replace("个工作日", "工作日").replace("天", "日")


def _is_idle(text: str, value: Value) -> bool:
    """Whether a number says nothing: 一年 in 每一年, a span of years in a date or of a plan."""
    around = text[max(0, value.start - 3) : value.end + 3]
    return (
        re.search(r"每|\d年|同一|任何一|死刑缓期|死缓|施行|生活|[年月日][计规]划|[\"“”]", around)
        is not None
        or re.search(r"规划[^，。；]{0,4}$|每[天日月年][^，。；]{0,8}$", text[: value.start])
        is not None
    )


def _is_given_away(text: str, value: Value, found: Sequence[Value]) -> bool:
    """Whether the other numbers of a sentence, or what everybody knows, tell this one."""
    if value.text in ("一倍", "百分之一") and text.startswith("以上", value.end):
        return True
    if value.number == _DETENTIONS[-1] and DETAINED.match(text, value.end):
        return text[: value.start].endswith("以上")
    if value.family == "age":
        # 二十六周岁至四十五周岁 is followed by 四十六周岁.
        ages = [other.number for other in values(text.replace("至", "，")) if other.family == "age"]
        return any(abs(age - value.number) == 1 for age in ages)
    kin = [other for other in found if other.family == value.family]
    if value.family == "share" and sum(other.number for other in kin) == 1:
        return True
    return any(
        value in three
        and three[1].number - three[0].number == three[2].number - three[1].number != 0
        for three in zip(kin, kin[1:], kin[2:], strict=False)
    )
