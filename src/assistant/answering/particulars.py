"""Particulars that a law or a rule rarely states: telephone numbers, fees, who holds an office.

Words of the same kind lie near such questions (a bureau's duties near its telephone number),
so closeness says nothing.  They are answered only where a source states the thing itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.index.lexical import tokens
from assistant.retrieval.wording import subject


@dataclass(frozen=True, slots=True)
class Particular:
    """A kind of particular.

    Attributes:
        label: what is asked for, as readers see it, in Chinese.
        asked: how questions ask for it.
        stated: how a source that holds it states it.
    """

    label: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]


_SENTENCE = re.compile(r"[^。\n]+")
_OFFICE = r"(?:局|所|队|厅|处|科|办|院|庭|站|中心|窗口|单位|机关|部门|政府|街道|镇)"
_KINDS = tuple(
    Particular(label, re.compile(asked), re.compile(stated))
    for label, asked, stated in (
        (
            "电话号码",
            r"(?:电话|手机号|传真号?|热线|联系方式)(?:号码)?(?:是|为|多少|呢|[？?]|$)|打(?:哪个|什么)电话",
            r"\d{3,4}[-—]\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|(?<![\d〔])1[12]\d{3}(?![\d〕])|电话[:：]",
        ),
        (
            "地址",
            rf"{_OFFICE}[^，。？?]{{0,4}}(?:的?(?:地址|位置)(?:是|在|[？?]|$)|在哪(?:里|儿|条街|栋楼|层楼)?[？?]?$|在什么地方|怎么走|怎么去)"
            r"|(?:地址|办公地点)(?:是|在)",
            r"地址[:：]|[路街巷道]\d+号|\d+号楼|第?\d+层",
        ),
        (
            "办公时间",
            r"(?:几点|什么时候|何时)(?:上班|下班|开门|关门|营业|办公)|(?:上班|办公|营业|开放|接待|午休)时间(?:是|到|呢|[？?]|$)"
            r"|(?:周[六日末]|星期[六日天]|中午|节假日)(?:上不上班|上班|有人|开门|办公)(?:吗|么)",
            r"\d{1,2}[:：]\d{2}|上午|下午|(?:办公|工作|营业)时间",
        ),
        (
            "人员姓名",
            r"叫什么(?:名字)?[？?]?$|姓什么|名字(?:是|叫)"
            r"|(?:[局区市镇县处科所院队厅部]长|书记|主任|负责人)(?:现在|目前)?(?:是谁|是哪(?:位|个)|叫)[？?]?$",
            r"姓名|联系人",
        ),
        (
            "网址或者账号",
            r"(?:网址|官网|网站|公众号|邮箱|微信号)(?:地址)?(?:是|叫|呢|[？?]|$)",
            r"www\.|https?://|[\w.]+@\w|网址|公众号",
        ),
        (
            "收费标准",
            r"(?:怎么|如何|怎样)收费|收费(?:标准)?(?:是什么|是?多少|[？?]|$)|收(?:多少|几块)钱"
            r"|(?:申请|报名|考试|检测|鉴定|公证|律师|代理|诉讼|工本|手续|年检|停车|办证|评审|服务|培训|注册|登记|年|学|保险|材料)"
            r"费(?:用)?(?:是|要|得|大概|一般)?(?:多少|几|怎么(?:算|收))",
            r"收费(?:标准|项目)|(?:不(?:得)?|免予|免)(?:向[^，。]{1,12})?收(?:取)?[^，。]{0,8}费|费用?(?:标准|为)|每[^，。]{1,6}元",
        ),
        (
            "财务和人事方面的标准",
            r"(?:怎么|如何|怎样|能不能|可以|找谁)报销|报销(?:标准|流程|多少)|年假(?:有|几|多少|怎么)"
            r"|(?:我们|我的|本局|单位)[^，。]{0,4}(?:工资|奖金|津贴|补贴)[^，。]{0,4}(?:多少|几|标准|怎么)",
            r"报销|奖金|津贴|补贴标准|年假|差旅",
        ),
    )
)


def unstated_particular(question: str, passages: Iterable[str]) -> str:
    """Return which particular a question asks for that no passage states, "" if none.

    A sentence that states one counts only if it has a word of the question: the fee of a
    technical inspection is not that of a driving test.

    >>> unstated_particular("司法局的电话是多少？", ["区司法局负责监督。"])
    '电话号码'
    >>> unstated_particular("投诉电话是多少？", ["投诉电话：0571-1234567"])
    ''
    """
    sentences = [part for text in passages for part in _SENTENCE.findall(text)]
    for kind in _KINDS:
        asked = kind.asked.search(question)
        if asked is None:
            continue
        rest = question[: asked.start()] + " " + question[asked.end() :]
        about = set(tokens(subject(rest)) or tokens(asked[0]))
        if not any(kind.stated.search(s) and about & set(tokens(s)) for s in sentences):
            return kind.label
    return ""
