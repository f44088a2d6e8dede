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
# Fewer terms than this do not say what a question is about.
_FEW_TERMS = 3
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
    """
    if not history or not leans(question):
        return question
    before = standalone(history[-1], history[:-1])
    return f"{_ASKING_TAIL.sub('', before.strip())} {question.strip()}"


def leans(question: str) -> bool:
    """Say whether a question needs the one before it to be understood."""
    plain = re.sub(r"\s", "", question)
    return bool(
        _OPENS.search(plain)
        or _POINTS.search(plain)
        or _GOES_ON.search(plain)
        or _ENDS.search(plain)
        or _ASKS_ONLY.search(plain)
        or _PLACE_ONLY.search(plain)
        or len(tokens(subject(plain))) < _FEW_TERMS
    )
