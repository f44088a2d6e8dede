"""Questions that lean on the one before: 那扣押呢？, 它的期限是多久？, 第二款呢？"""

import re
from collections.abc import Sequence

from assistant.index.lexical import tokens
from assistant.retrieval.wording import subject

_OPENS = re.compile(r"^(?:那么?|那如果|如果|要是|还有|另外|然后|接下来|这种情况|这时|此时|同样)")
_POINTS = re.compile(
    r"(?:它|其(?!他|它|中|实)|这个|那个|这些|那些|这种|那种|(?<!应)该|上述|前面|刚才|上面|此类|这样|这一|同一)"
)
_GOES_ON = re.compile(
    r"也(?:能|可以|要|算|得)|还(?:能|要|可以|得|需要)|的话|下一步|再次|再(?:犯|交|申请)|拒不改正|"
    r"^逾期|会怎样|^(?:个人|单位|企业)违反的"
)

_ENDS = re.compile(r"^.{0,16}呢[？?]?$")
_ASKS_ONLY = re.compile(
    r"^(?:为什么|怎么办|怎么算|多久|多长时间|多少|几天|谁来?(?:批准|决定|负责|审批)?|依据(?:是什么|呢)?|"
    r"什么时候|期限(?:是)?(?:多久|多长)?|有什么(?:后果|例外|条件)|有例外吗|需要什么(?:材料|手续)|"
    r"可以延长吗|能延长吗|最长多久|最多多少|具体(?:怎么|如何)?.{0,4})[？?。]?$"
)
_PLACE_ONLY = re.compile(
    r"^(?:那么?)?第?[一二三四五六七八九十百\d]+[条款项](?:第?.{1,8}[款项])?(?:呢|是什么|怎么说)?[？?]?$"
)
# A question with fewer terms than this says too little by itself …
_FEW_TERMS = 3
# … and one with fewer than this, unless it names a text or a subject of its own.
_NO_SUBJECT = 6
_NAMES = re.compile(
    r"听证|处罚|罚款|复议|查封|扣押|冻结|许可|强制|诉讼|赔偿|执法证|清单|案卷|移送|审核|公示|记录|立案|送达|回避|"
    r"《|第[一二三四五六七八九十百零\d]+条|(?:法|条例|办法|规定|制度|方案|清单)(?:第?[一二三四五六七八九十百零\d]+|里|中)"
)
_ASKS = re.compile(r"多|几|怎|如何|谁|哪|什么|吗|能不能|是否|期限|有效期")
# What the earlier question asked, from its asking word on.
_ASKED = re.compile(
    r"(?:要|应当|应该|需要|得|最长|最多|最晚|一般|可以|能|会)?"
    r"(?:多久|多长时间|多少|几|怎么|如何|怎样|谁|哪|什么|是否|能不能|可不可以|要不要|有没有|是不是)"
    r"[^《第]*$"
)
_SHORTEST_TOPIC = 4
_ASKING_TAIL = re.compile(r"(?:呢|吗|吧|啊)?[？?。！!]*$")


def standalone(question: str, history: Sequence[str]) -> str:
    """Return the question with what it leans on, as text that stands by itself.

    A question that can be understood alone is returned as it is.  The earlier
    question comes first, so that 第二款 after 处罚法63条 still finds its law.

    Args:
        question: the question as asked.
        history: the questions before it, oldest first.

    >>> standalone("那扣押呢？", ["查封最长几天？"])
    '查封最长几天 那扣押呢？'
    >>> standalone("费用谁出？", ["行政处罚听证怎么申请？"])
    '行政处罚听证 费用谁出？'
    """
    if not history or not leans(question):
        return question
    before = _ASKING_TAIL.sub("", standalone(history[-1], history[:-1]).strip())
    if _ASKS.search(question):
        topic = _ASKED.sub("", before)
        before = topic if len(topic) >= _SHORTEST_TOPIC else before
    return f"{before.strip()} {question.strip()}"


def leans(question: str) -> bool:
    """Say whether a question needs the one before it to be understood."""
    plain = re.sub(r"\s", "", question)
    terms = tokens(subject(plain))
    return bool(
        _OPENS.search(plain)
        or _POINTS.search(plain)
        or _GOES_ON.search(plain)
        or _ENDS.search(plain)
        or _ASKS_ONLY.search(plain)
        or _PLACE_ONLY.search(plain)
        or len(terms) < _FEW_TERMS
        or (len(terms) < _NO_SUBJECT and not _NAMES.search(plain))
    )
