"""Questions on amounts, periods and shares: choice, fill-in, true or false, and cases."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.model import BLANK, FALSE, TRUE, Question, QuestionType
from assistant.quiz.source import Article, Words
from assistant.quiz.values import Value, same_value, values
from assistant.quiz.wording import dangles, is_catch_all, lead, make, stands_alone

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
_AGES = 1.5
_LENGTHS = range(28, 110)
_DUTY_EVERY = 3
_TURNED = 3
_KNOWN_TO_ALL = ("十八周岁", "十四周岁", "一周岁", "三周岁", "九年")
_WEIGHTS = (5, 2, 3)
_FINE = re.compile(
    r"处(?:以)?(?P<low>[^，。；、]{2,8}?元)以上(?P<high>[^，。；、]{2,8}?元)以下的?罚款"
)
_RANGE = re.compile(r"元以上[^，。；、]{2,8}?元以下")
_ACT = re.compile(r"^(?:违反本法规定，)?(?P<act>[^。；]{6,60}?)的，(?=由|处|责令)")
_STEEPER = re.compile(r"情节|拒不|逾期|并处|造成|后果|货值|违法所得")
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
            if value.text in _KNOWN_TO_ALL:
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
    ]
    if not choices:
        return
    words = rng.choice(choices)
    turned = bool(rng.randrange(_TURNED))
    said = _DUTY.sub(lambda found: _OTHER_DUTY[found[0]], words.text) if turned else words.text
    stem = lead(article) + _stopped(said)
    key = (FALSE,) if turned else (TRUE,)
    yield make(article, QuestionType.JUDGE, stem, (TRUE, FALSE), key, words.text)


def _value_question(
    article: Article, words: Words, value: Value, wrong: list[str], kind: int, rng: Random
) -> Question | None:
    before, after = words.text[: value.start], words.text[value.end :]
    blanked = f"{lead(article, words)}{_stopped(before + BLANK + after)}"
    if kind == 1:
        return make(article, QuestionType.FILL, blanked, (), (value.text,), words.text)
    if kind == 2:
        stem = lead(article, words) + _stopped(words.text)
        return make(article, QuestionType.JUDGE, stem, (TRUE, FALSE), (TRUE,), words.text)
    if not wrong:
        return None
    if kind == 3:
        stem = lead(article, words) + _stopped(before + wrong[0] + after)
        return make(article, QuestionType.JUDGE, stem, (TRUE, FALSE), (FALSE,), words.text)
    if len(wrong) < _WRONG:
        return None
    options = [value.text, *wrong[:_WRONG]]
    rng.shuffle(options)
    return make(article, QuestionType.SINGLE, blanked, options, (value.text,), words.text)


def _stopped(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _wrong_values(text: str, value: Value, found: Sequence[Value], pool: ValuePool) -> list[str]:
    low, high = _limits(text, value, found)
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
    for other in found:
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
    """Whether a number says nothing: 一年 in 每一年, or a span of years in a date."""
    around = text[max(0, value.start - 3) : value.end + 3]
    return re.search(r"每|\d年|同一|任何一|施行|生活|[年月日][计规]划|[\"“”]", around) is not None


def fine_cases(article: Article, pool: ValuePool, rng: Random) -> Iterator[Question]:
    """Yield cases on a fine with an upper and a lower limit for an act that is named."""
    for act, quote in _fined_acts(article, rng):
        line = quote.split("\n")[0]
        fines = list(_FINE.finditer(line))
        if len(fines) != 1 or len(_RANGE.findall(line)) != 1 or dangles(act):
            continue
        before, after = line[: fines[0].start()], line[fines[0].end() :]
        if _STEEPER.search(before) or "元" in after or "倍" in line:
            continue
        low, high = values(fines[0]["low"]), values(fines[0]["high"])
        choices = _amounts(low[0], high[0], pool) if len(low) == len(high) == 1 else None
        if choices is None:
            continue
        right, wrong = choices
        options = [right, *wrong]
        rng.shuffle(options)
        unlawful = "违反该法规定，" if line.startswith("违反本法") else ""
        stem = (
            f"执法机关查明，当事人{unlawful}有“{act}”的行为，拟依照{article.citation}处以罚款。"
            "以下罚款数额中，在该条规定的幅度以内的是（　）。"
        )
        yield make(article, QuestionType.CASE, stem, options, (right,), quote)


def _fined_acts(article: Article, rng: Random) -> Iterator[tuple[str, str]]:
    """Acts with the words that fine them; one act of each list, drawn by ``rng``."""
    if len(_RANGE.findall(article.passage.text)) != 1:
        return
    for line in article.lines:
        if (match := _ACT.match(line)) and "：" not in line:
            yield match["act"], line
    for listing in article.listings():
        acts = [item for item in listing.items if not is_catch_all(item) and len(item) <= 60]
        if acts:
            yield rng.choice(acts).removesuffix("的"), listing.quote


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
