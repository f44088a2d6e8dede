"""What a question asks for, and whether a passage is of the kind that says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """A kind of answer.

    Attributes:
        asked: how questions ask for it.
        given: how passages give it.
    """

    asked: re.Pattern[str]
    given: re.Pattern[str]


_NUMBER = r"[一二两三四五六七八九十百千万\d]+"

SIGNALS: Mapping[str, Signal] = {
    "penalty": Signal(
        re.compile(
            r"罚多少|怎么罚|如何处罚|怎么处罚|罚款(?:多少|吗|标准|幅度)|会罚|能罚|罚他|处罚吗|加罚|罚几|被罚"
        ),
        re.compile(rf"处[^，。；]{{0,20}}(?:罚款|拘留)|罚款|{_NUMBER}元以[上下]"),
    ),
    "period": Signal(
        re.compile(
            r"多久|多长时间|几天|几日|几个?工作日|几个?月|几年|什么时候|何时|期限|时限|最长|最晚|多少[天日]|有效期"
        ),
        re.compile(rf"{_NUMBER}个?(?:工作日|日|月|年|小时)(?:内|以内|前|以上|以下)?|期限"),
    ),
    "meaning": Signal(
        re.compile(
            r"什么(?:叫|是)|是什么意思|是指什么|指什么|指的是|算不算|属于.{0,8}吗|包括哪些|的定义|含义"
        ),
        re.compile(r"是指|本[法条例办]{1,2}所称|所称|包括|下列用语"),
    ),
    "procedure": Signal(
        re.compile(r"怎么办|手续|程序|步骤|流程|材料|怎么申请|如何申请|怎么走|哪些规定|注意什么"),
        re.compile(r"应当(?:遵守|符合|载明|提交|按照)|下列(?:规定|材料|程序|事项)|报告|批准"),
    ),
}
"""Kinds of answers, by name."""

# Articles that say why a text was made or since when it applies answer few questions.
_FRAME = re.compile(r"制定本|自.{4,16}(?:起施行|起实施)|本法自|本办法由.{2,16}解释")
_ASKS_FRAME = re.compile(r"施行|生效|立法目的|为什么制定|解释权|什么时候开始实行")
_ADMINISTRATIVE = re.compile(
    r"罚|执法|行政|许可|听证|查封|扣押|暂扣|没收|复议|立案|案卷|案件移送|办案|违建|违法建|拆除|强拆|代履行|城管|"
    r"镇|街道|清单|赋权|法制审核|裁量|协管|摊|占道|垃圾|渣土|扬尘|油烟|噪[声音]|排污|污染|执照|举报|审批|备案"
)


def is_administrative(question: str) -> bool:
    """Say whether a question is about what authorities do, not what people owe each other."""
    return bool(_ADMINISTRATIVE.search(question))


def matches(question: str, text: str) -> dict[str, float]:
    """Return for each signal 1 if the passage gives what is asked, -1 if it does not.

    0 where the question does not ask for it.
    """
    return {
        name: (1.0 if signal.given.search(text) else -1.0) if signal.asked.search(question) else 0.0
        for name, signal in SIGNALS.items()
    }


def is_frame(question: str, text: str) -> bool:
    """Say whether a passage only frames its document while the question asks otherwise."""
    return bool(_FRAME.search(text[:200])) and not _ASKS_FRAME.search(question)
