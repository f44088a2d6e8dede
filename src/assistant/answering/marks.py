"""What officers look for in a clause: amounts, periods and authorities."""

import re
from dataclasses import dataclass
from enum import StrEnum

_NUMBER = r"(?:[零〇一二两三四五六七八九十百千万亿]+|\d+(?:[.,]\d+)*[万亿]?)"
_BOUND = r"(?:以上|以下|以内|之内|内|至少|不足|不满|左右)"


class MarkKind(StrEnum):
    """What marked words say."""

    AMOUNT = "amount"
    PERIOD = "period"
    COUNT = "count"
    AUTHORITY = "authority"

    @property
    def label(self) -> str:
        """The kind as readers see it, in Chinese."""
        return _LABELS[self]


_LABELS = {
    MarkKind.AMOUNT: "数额",
    MarkKind.PERIOD: "期限",
    MarkKind.COUNT: "数量",
    MarkKind.AUTHORITY: "机关",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that say an amount, a period, a count or an authority.

    Attributes:
        start, end: where they stand, end exclusive.
        kind: what they say.
    """

    start: int
    end: int
    kind: MarkKind


_TIME = r"(?:个?工作日|个?自然日|日|天|个月|年|小时|周|个星期)"
_UNIT = r"(?:万元|亿元|元|倍|[%％])"
_ALONE = r"(?<![第零〇一二两三四五六七八九十百千万\d.年月])"
_FIELD = (
    r"(?:生态环境|环境保护|自然资源|国土资源|土地|住房和?城乡建设|建设|城乡规划|规划|城市管理|市容环境卫生"
    r"|市场监督管理|工商行政管理|产品质量|食品安全|食品药品|药品|卫生健康|卫生|疾病预防控制|中医药|农业农村|农业"
    r"|畜牧兽医|动物卫生|渔业|交通运输|公路|道路运输|水利|水|林业和?草原|林业|草原|应急管理|安全生产|消防救援"
    r"|消防|文化和?旅游|文化|旅游|文物|体育|教育|民政|人力资源和?社会保障|劳动|财政|审计|统计|价格|发展改革"
    r"|经济综合|商务|新闻出版|广播电视|电影|气象|地震|海洋|海事|邮政管理|邮政|电力|能源|网信|电信|档案"
    r"|知识产权|专利|标准化|计量|特种设备|烟草专卖|人民防空|退役军人|医疗保障|民族|宗教|科学技术|司法|公安"
    r"|综合行政执法|行政执法|综合执法|执法|审批|监察)"
)
_PLACE = (
    r"(?:(?:国务院|省级|市级|区级|县级|设区的市级|省、自治区、直辖市|上一级|上级|本级|同级|所在地|各级|原)"
    r"(?:以上)?(?:地方)?)*"
)
_PATTERNS = (
    (
        MarkKind.AMOUNT,
        rf"(?:{_NUMBER}{_UNIT}(?:以上|至|到|—|-|~))?{_NUMBER}{_UNIT}{_BOUND}?"
        rf"|百分之{_NUMBER}{_BOUND}?(?:百分之{_NUMBER}{_BOUND}?)?"
        r"|(?:较大|巨大|同等|等值)数额(?:的?罚款)?",
    ),
    (
        MarkKind.PERIOD,
        rf"{_ALONE}(?!\d{{4}}年){_NUMBER}{_TIME}{_BOUND}?(?:{_NUMBER}{_TIME}{_BOUND}?)?(?!\d|[一二三四五六七八九十]月)"
        r"|当场(?=[^，。；]{0,6}(?:作出|交付|收缴|送达|制作|宣布|交))|立即|即时|当日|次日",
    ),
    (
        MarkKind.COUNT,
        rf"{_NUMBER}分之{_NUMBER}{_BOUND}?"
        rf"|{_ALONE}(?:不(?:得)?少于)?{_NUMBER}"
        rf"(?:名|人|次|份|件|项|种|个|户|处|平方米|立方米|公里|米|吨|公斤|千克|分贝){_BOUND}?",
    ),
    (
        MarkKind.AUTHORITY,
        rf"{_PLACE}(?:地方|乡镇|乡、镇|镇|区|县|市)?人民政府"
        rf"(?:(?:的|有关|{_FIELD})*(?:行政主管|主管|监督管理|行政|执法|监管)?(?:部门|机构))?"
        rf"|{_PLACE}{_FIELD}+(?:行政主管|主管|监督管理|行政|监管|管理)?(?:部门|机构|机关|队伍)"
        rf"|{_PLACE}(?:人民法院|人民检察院|监察机关|海关|税务机关|海警机构|行政复议机关|行政机关负责人"
        r"|街道办事处|居民委员会|村民委员会)",
    ),
)


def find_marks(text: str) -> tuple[Mark, ...]:
    """Return the marks of a text: ordered spans that never overlap.

    Where two kinds claim the same words the earlier of amount, period, count,
    authority has them.

    >>> [(text[m.start : m.end], m.kind.value) for text in ["三十日内缴纳二百元以下罚款"]
    ...  for m in find_marks(text)]
    [('三十日内', 'period'), ('二百元以下', 'amount')]
    """
    taken: list[Mark] = []
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= mark.start or start >= mark.end for mark in taken):
                taken.append(Mark(start, end, kind))
    return tuple(sorted(taken, key=lambda mark: mark.start))


def words_of(text: str, kind: MarkKind) -> list[str]:
    """Return the words of one kind, in order."""
    return [text[mark.start : mark.end] for mark in find_marks(text) if mark.kind is kind]


_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
