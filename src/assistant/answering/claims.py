"""What a sentence claims that can be held against a passage: numbers, places, names, duties.

Everything here reads Chinese and Arabic numerals alike, so 5日 and 五日 are one claim.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from assistant.corpus.numerals import NUMERAL, to_int

_UNIT = (
    r"万元|亿元|元|块|倍|个?工作日|个?自然日|日|天|个?月|年|小时|分钟|周岁|岁|周|名|人|次|份|件|项|种|类|户|处"
    r"|平方米|立方米|公里|米|吨|千克|公斤|分贝|辆|级|[%％]|个"
)
_CHINESE = r"[零〇一二两三四五六七八九十百千万]+"
_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?\s*[万亿]?"
# A power of ten with another numeral, 十万 or 二百, but no adverb that looks like one.
_SEVERAL = (
    r"(?!万一|千万)(?:[一二两三四五六七八九]?[十百千万][零〇一二两三四五六七八九十百千万]+"
    r"|[一二两三四五六七八九][十百千万])"
)
_ORDINAL = re.compile(
    rf"第\s*(?P<number>{NUMERAL})\s*(?P<kind>[号期章节编批届])|(?P<annex>附件|附录|附表)\s*(?P<which>{NUMERAL})"
)
# How amounts are written on cheques, and the traditional forms.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆", "一二三四五六七八九十百千万亿元")
_QUANTITY = re.compile(
    rf"(?P<low>不得?超过|不得?多于|不得?高于|至多|最多|最长|低于|不足|不满|少于)?"
    rf"(?P<high>(?:不得?少于|不得?低于|超过|至少|最少|高于))?"
    rf"(?:百分之(?P<percent>{_CHINESE}|{_ARABIC})"
    rf"|(?<![第\d.零〇一二两三四五六七八九十百千万])(?P<value>{_ARABIC}|{_CHINESE})(?:\s*(?:至|到|—|－|-|~)\s*(?P<to>{_ARABIC}|{_CHINESE}))?"
    rf"\s*(?P<unit>{_UNIT})"
    rf"|(?<![第\d])(?P<bare>\d+(?:\.\d+)?)|(?<!第)(?P<words>{_SEVERAL}))"
    r"(?P<after>以上|以下|以内|之内|内|以前|之前|前|以后|之后|后)?"
)
_NOT_LESS = re.compile(r"不得?(?:少于|低于)$")
_PLACE = re.compile(
    rf"(?:《(?P<title>[^《》]{{2,60}})》\s*)?第\s*(?P<article>{NUMERAL})\s*条"
    rf"(?:之\s*(?P<suffix>[一二三四五六七八九十]+))?"
    rf"(?:\s*第\s*(?P<paragraph>{NUMERAL})\s*款)?"
    rf"(?:\s*第\s*[（(]?(?P<item>{NUMERAL})[）)]?\s*项)?"
)
_TITLE = re.compile(r"《([^《》]{2,60})》")
_BARE_LAW = re.compile(
    r"(?:依据|根据|按照|依照|违反|适用)(?:中华人民共和国)?"
    r"([一-鿿]{2,24}?(?:法典|条例|办法|细则|[^违执司立依方办合非无用]法))(?=第|的|之|，|。|、|规定|\[|$)"
)
_RANK = (
    r"上一级|上级|本级|同级|国务院|省级|市级|县级|区级|省、自治区、直辖市|设区的市|乡镇"
    r"|基层|中级|高级|最高"
)
_AUTHORITY = re.compile(
    rf"(?P<rank>(?:(?:{_RANK}|乡、镇|所在地|原)(?:以上|以下)?)*)(?:地方|各级)*"
    r"(?P<who>人民政府|人民法院|法院|人民检察院|检察院|公安机关|公安派出所|派出所|监察机关|海关|税务机关"
    r"|司法行政|复议机关|复议机构|机关负责人|行政机关|街道办事处|居民委员会|村民委员会|执法人员"
    r"|[一-鿿]{0,6}(?:主管|监督管理|管理|执法|财政|审批|税务|监管)部门|金融机构|银行|拍卖机构|调查人员)"
)
_NUMBERS_IN_WORDS = re.compile(rf"百分之{_CHINESE}|{_CHINESE}(?=(?:至|到){_CHINESE}|{_UNIT})")


class Bound(StrEnum):
    """On which side of a number the claim lies."""

    NONE = "none"
    UP = "up"
    DOWN = "down"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Attributes:
        value: the number; amounts in yuan.
        unit: canonical unit, empty where the text has none.
        bound: which side of it is meant.
    """

    value: Decimal
    unit: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class Place:
    """An article that a sentence names.

    Attributes:
        title: title in book marks right before it; empty if none.
        article: number, with ``-1`` for 之一.
        paragraph, item: numbers, 0 if not named.
    """

    title: str
    article: str
    paragraph: int
    item: int


_AFTER = {
    "以上": Bound.UP,
    "以下": Bound.DOWN,
    "以内": Bound.DOWN,
    "之内": Bound.DOWN,
    "内": Bound.DOWN,
    "以前": Bound.BEFORE,
    "之前": Bound.BEFORE,
    "前": Bound.BEFORE,
    "以后": Bound.AFTER,
    "之后": Bound.AFTER,
    "后": Bound.AFTER,
}
_UNITS = {
    "天": "日", "自然日": "日", "个自然日": "日", "个工作日": "工作日", "个月": "月", "名": "人",
    "岁": "周岁", "％": "%", "块": "元",
}  # fmt: skip
_SCALES = {"万元": ("元", 10_000), "亿元": ("元", 100_000_000)}


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text with their units; places and titles are left out.

    >>> [(str(q.value), q.unit, q.bound.value) for q in quantities("罚款二百元以下，5日内缴纳")]
    [('200', '元', 'down'), ('5', '日', 'down')]
    """
    plain = _PLACE.sub(" ", _TITLE.sub(" ", _normal(text)))
    found = _ordinals(plain)
    for match in _QUANTITY.finditer(plain):
        unit = match["unit"] or ("%" if match["percent"] else "")
        bound = _bound(match)
        for words in (_number(match), match["to"]):
            if not words:
                continue
            try:
                value = _value(words)
            except (ValueError, InvalidOperation):
                continue
            name, scale = _SCALES.get(unit, (_UNITS.get(unit, unit), 1))
            found.append(Quantity(value * scale, name, bound))
    return found


def _ordinals(text: str) -> list[Quantity]:
    """Numbers of orders, chapters and annexes, which a passage must name as such."""
    found = []
    for match in _ORDINAL.finditer(text):
        try:
            value = Decimal(to_int(match["number"] or match["which"]))
        except ValueError:
            continue
        found.append(Quantity(value, f"第{match['kind'] or match['annex']}", Bound.NONE))
    return found


def _number(match: re.Match[str]) -> str:
    return match["percent"] or match["value"] or match["bare"] or match["words"]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_FORMAL)


def places(text: str) -> list[Place]:
    """Return the articles that a text names, in order."""
    found = []
    for match in _PLACE.finditer(_normal(text)):
        try:
            article = str(to_int(match["article"]))
            suffix = f"-{to_int(match['suffix'])}" if match["suffix"] else ""
            paragraph = to_int(match["paragraph"]) if match["paragraph"] else 0
            item = to_int(match["item"]) if match["item"] else 0
        except ValueError:
            continue
        found.append(Place(match["title"] or "", article + suffix, paragraph, item))
    return found


def law_names(text: str) -> list[str]:
    """Return titles in book marks, and laws that a text rests on without them."""
    return [*_TITLE.findall(text), *_BARE_LAW.findall(text)]


def authorities(text: str) -> list[str]:
    """Return the ranks and offices that a text lets act, each as a word to look for."""
    found = []
    for match in _AUTHORITY.finditer(text):
        found += re.findall(_RANK, match["rank"])
        found.append(re.sub(r"^.*[由向经报对在和与或的及、]", "", match["who"]))
    return found


def with_digits(text: str) -> str:
    """Return a text with every counted numeral in digits, for comparing words."""

    def digits(match: re.Match[str]) -> str:
        words = match[0].removeprefix("百分之")
        try:
            return f"{to_int(words)}{'%' if words != match[0] else ''}"
        except ValueError:
            return match[0]

    return _NUMBERS_IN_WORDS.sub(digits, _normal(text))


def _bound(match: re.Match[str]) -> Bound:
    if match["after"]:
        return _AFTER[match["after"]]
    if match["low"]:
        return Bound.UP if _NOT_LESS.search(match["low"]) else Bound.DOWN
    return Bound.UP if match["high"] else Bound.NONE


def _value(words: str) -> Decimal:
    plain = words.replace(",", "").replace(" ", "")
    if not plain[0].isdigit():
        return Decimal(to_int(plain))
    scale = {"万": 10_000, "亿": 100_000_000}.get(plain[-1], 1)
    return Decimal(plain.rstrip("万亿")) * scale
