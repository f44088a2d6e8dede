"""What a question asks for: an amount, a period, an authority, a list, a yes or no …"""

import re
from collections.abc import Set
from enum import StrEnum

from assistant.answering.marks import MarkKind, find_marks


class Ask(StrEnum):
    """The kind of thing that would answer a question."""

    AMOUNT = "amount"
    PERIOD = "period"
    COUNT = "count"
    AUTHORITY = "authority"
    LIST = "list"
    WHETHER = "whether"
    PENALTY = "penalty"
    MEANING = "meaning"

    @property
    def label(self) -> str:
        """What is asked for, as readers see it, in Chinese."""
        return _LABELS[self]


_LABELS = {
    Ask.AMOUNT: "具体数额",
    Ask.PERIOD: "具体期限",
    Ask.COUNT: "具体数量",
    Ask.AUTHORITY: "负责的机关",
    Ask.LIST: "具体情形",
    Ask.WHETHER: "是否可以或应当",
    Ask.PENALTY: "处罚",
    Ask.MEANING: "含义",
}

_ASKS: tuple[tuple[Ask, re.Pattern[str]], ...] = tuple(
    (ask, re.compile(pattern))
    for ask, pattern in (
        (
            Ask.PERIOD,
            r"(?<!罚)多久|多长时间|几(?:个)?(?:天|日|月|年|工作日|小时)|多少(?:个)?(?:天|日|月|年|工作日|小时)"
            r"|期限|时限|何时|什么时候|多长|最长|最短|最迟|最晚|时效|日内|期间是|时间要求",
        ),
        (
            Ask.AMOUNT,
            r"多少(?:钱|元|罚款|倍)?(?!(?:个)?(?:天|日|月|年|工作日|小时|名|人|次|份|项|种))|罚几|几倍|几万|几千|几百"
            r"|数额|金额|(?:最高|最低|最多|最少)罚|罚款.{0,4}(?:标准|幅度|额)|上限|下限|比例|百分之几|多大",
        ),
        (Ask.COUNT, r"(?<!哪)几(?:名|个人|人|位|次|份)|多少(?:名|人|次|份|项|种|个人)"),
        (
            Ask.AUTHORITY,
            r"谁|哪(?:个|些|一个|几个)?(?:部门|机关|单位|机构|级|一级)|什么(?:部门|机关|单位|机构|级别)"
            r"|由.{0,6}(?:负责|实施|决定|批准|管辖|审核|处罚)|归.{0,4}管|向(?:哪|什么|何)|找哪",
        ),
        (
            Ask.LIST,
            r"哪些|哪几|几(?:项|种|类)|什么(?:情形|情况|条件|材料|内容|证据|种类|程序|要求|措施|事项)|有(?:什么|几种|哪)|种类|条件|情形"
            r"|包括|(?:怎么|如何|怎样)(?:办理|做|实施|进行)|步骤|流程|程序|应当(?:载明|包括|具备)",
        ),
        (
            Ask.PENALTY,
            r"(?:怎么|如何|怎样|咋)(?:处罚|罚|处理|处置)|罚(?:多少|几)|什么(?:处罚|后果|责任)|处罚标准|会被罚|怎么罚|后果"
            r"|(?:承担|负).{0,6}责任|违反.{0,20}(?:怎么|如何)",
        ),
        (
            Ask.WHETHER,
            r"能不能|可不可以|是不是|要不要|该不该|是否|可否|能否|应否|有没有|需不需要|必须.{0,16}吗|(?:可以|能|需要|要|应当|算|会|得|是)"
            r"[^，。？?]{0,24}(?:吗|么)|吗[？?]?$|还是",
        ),
        (Ask.MEANING, r"什么是|是什么(?:意思)?[？?]?$|含义|定义|指什么|指的是|怎么理解|何谓|所称"),
    )
)
_ANSWERING: dict[Ask, re.Pattern[str]] = {
    Ask.LIST: re.compile(r"[：:]$|下列|（[一二三四五六七八九十]+）|包括|以下"),
    Ask.PENALTY: re.compile(r"处[^。；]{0,40}罚款|罚款|警告|责令|没收|吊销|拘留|处分|处罚"),
    Ask.WHETHER: re.compile(r"可以|不得|应当|不予|必须|禁止|无需|不[^，。]{0,4}的"),
    Ask.MEANING: re.compile(r"是指|所称|包括|指的是|，是"),
}
MARKED: dict[Ask, MarkKind] = {
    Ask.AMOUNT: MarkKind.AMOUNT,
    Ask.PERIOD: MarkKind.PERIOD,
    Ask.COUNT: MarkKind.COUNT,
    Ask.AUTHORITY: MarkKind.AUTHORITY,
}
_ORGAN = re.compile(r"机关|部门|机构|单位|组织|负责人|人民政府|人民法院")
# Asked for by these, an answer without the thing itself is only part of one.
MEASURED = frozenset({Ask.AMOUNT, Ask.PERIOD, Ask.COUNT})


_CONFIRMS = re.compile(
    r"(?:对吧|对吗|对不对|是吧|是吗|是不是|没错吧|吧)[？?。！!\s]*$|听说|据说|有人说"
)


def seeks_confirmation(question: str) -> bool:
    """Return whether a question states something and asks if it is so.

    >>> seeks_confirmation("扣押期限是六十天，对吧？")
    True
    """
    return bool(_CONFIRMS.search(question))


def asks_of(question: str) -> frozenset[Ask]:
    """Return everything a question asks for; empty if it only names a subject.

    >>> sorted(ask.value for ask in asks_of("查封最长几天，能不能延长？"))
    ['period', 'whether']
    """
    asks = {ask for ask, pattern in _ASKS if pattern.search(question)}
    if seeks_confirmation(question):
        # What it states of amounts and periods is what it asks for.
        kinds = {mark.kind for mark in find_marks(question)}
        asks |= {ask for ask, kind in MARKED.items() if kind in kinds and ask in MEASURED}
    return frozenset(asks)


def answers(ask: Ask, text: str) -> bool:
    """Return whether words are of the kind that would answer ``ask``."""
    if ask is Ask.AUTHORITY:
        return bool(_ORGAN.search(text))
    kind = MARKED.get(ask)
    if kind is not None:
        return any(mark.kind is kind for mark in find_marks(text))
    return bool(_ANSWERING[ask].search(text))


def answered_share(asks: Set[Ask], text: str) -> float:
    """Return the share of what is asked for that words of this kind give; 1 if nothing is."""
    return sum(answers(ask, text) for ask in asks) / len(asks) if asks else 1.0


_MEASURE = re.compile(
    r"(?:多少|几)(?:个)?(工作日|小时|天|日|月|年|元|钱|倍|名|人|次|份|件|项|卷|辆|台|户|处|家|分|学时|米|吨)"
)
_SAME_MEASURE = {"天": "日天", "日": "日天", "钱": "元倍", "人": "人名", "名": "人名"}


def states_measure(question: str, text: str) -> bool:
    """Return whether words state a number of what a question counts; True if it counts nothing.

    >>> states_measure("有多少辆执法车？", "执法人员120名"), states_measure("罚几倍？", "三倍以下")
    (False, True)
    """
    match = _MEASURE.search(question)
    if match is None:
        return True
    unit = match[1]
    units = _SAME_MEASURE.get(unit, "")
    ending = f"[{units}]" if units else re.escape(unit)
    return bool(re.search(rf"[一二两三四五六七八九十百千万\d](?:个)?(?:工作)?{ending}", text))


_SPLIT = re.compile(r"[？?；;。\n]+")
_AND = re.compile(r"[，,、]?(?:另外|还有|同时|以及|并且)|[，,]")


def parts_of(question: str) -> tuple[str, ...]:
    """Split a question that asks several things into its parts, in order.

    A comma parts a question only where both sides ask something.

    >>> parts_of("查封最长几天，能不能延长？")
    ('查封最长几天', '能不能延长')
    >>> parts_of("占道经营，怎么罚？")
    ('占道经营，怎么罚',)
    """
    parts: list[str] = []
    for sentence in _SPLIT.split(question):
        start = 0
        for match in _AND.finditer(sentence):
            before, after = sentence[start : match.start()], sentence[match.end() :]
            if asks_of(before) and asks_of(after):
                parts.append(before.strip())
                start = match.end()
        if rest := sentence[start:].strip():
            parts.append(rest)
    asking = [part for part in parts if asks_of(part)]
    if len(asking) < 2 or len(asking) != len(parts):
        return (question.strip("？?。 \n"),)
    return tuple(parts)
