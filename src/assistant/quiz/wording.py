"""What may stand in a question, and how the makers put it."""

import re
from collections.abc import Sequence

from assistant.procedures import Flow, flows
from assistant.quiz.model import Difficulty, Question, QuestionType
from assistant.quiz.source import Article, Words
from assistant.quiz.values import plain

ARTICLE_ASKED = "条文是"
"""Says in the stem of a case that the article is asked for."""
SANCTION_ASKED = "对此规定的处罚是"
"""Says in the stem of a case that the sanction is asked for."""
RANGE_ASKED = "幅度以内"
"""Says in the stem of a case that an amount within a range is asked for."""
_DANGLING = re.compile(
    r"前[一二两三四五]?[款条项]|前述|上述|(?<!基)[本上][款条项章节]|第[一二三四五六七八九十、至和]+[款项]|下列|如下"
)
_LEANING = re.compile(
    r"^(?:其|处|该|但|并|同时|情节|逾期|拒不|有前|构成|违反规定的|因此|经|此|对其|由|上级|明知|属于|仍)"
)
_BY_NUMBER = re.compile(
    r"第[^，。；]{1,14}条(?:第[^，。；]{1,5}[款项])?所?(?:规定|列)的?(?:情形|行为|条件|人员|事项|材料)|"
    r"违反本[^，。；]{1,6}第[^，。；]{1,14}规定的，"
)
_POINTED = re.compile(r"(?<!应)该(?P<what>[一-鿿]{2})")
# What was applied for or decided stands in the paragraph before.
_TORN = re.compile(
    r"(?:收到|受理|接到|提出|提交)(?:申请|报告|材料|通知|决定|建议)?书?(?:之[日时]|后)|"
    r"对(?:仲裁)?(?:裁决|决定|结论|意见)书?(?:不服|有异议)|是否(?:批准|逮捕|许可|受理)的决定"
)
_SANCTION = re.compile(r"责令|处(?:以)?[一二三四五六七八九十百千警违货]")
_CATCH_ALL = re.compile(r"^其他|其他[^，。、]{0,30}$|法规规定的|规章规定的|规定的其他")
_BROKEN = re.compile(r"(?<=[一-鿿，。；、：])[ 　]+(?=[一-鿿，。；、：])")
_LONG = 90
_HARDER = {
    QuestionType.JUDGE: Difficulty.EASY,
    QuestionType.SINGLE: Difficulty.MEDIUM,
    QuestionType.FILL: Difficulty.MEDIUM,
    QuestionType.MULTIPLE: Difficulty.HARD,
    QuestionType.ORDER: Difficulty.HARD,
    QuestionType.CASE: Difficulty.HARD,
}


def stands_alone(words: Words) -> bool:
    """Return whether words can be understood without what stands around them."""
    text = words.text
    if _DANGLING.search(text) or not 12 <= len(text) <= 150:
        return False
    if _BY_NUMBER.search(text) or _is_torn(words):
        return False
    if words.head:
        return len(words.head) <= 60 and not (
            _DANGLING.search(re.sub(r"下列|如下", "", words.head)) or _LEANING.match(words.head)
        )
    return not _LEANING.match(text) and _names_the_act(text)


def _is_torn(words: Words) -> bool:
    """Whether words speak of something that was named before them, and not in them."""
    text = words.head + words.text
    if any(found["what"] not in text[: found.start()] for found in _POINTED.finditer(text)):
        return True
    bare = _TORN.search(words.text) if words.later else None
    return bare is not None and "的，" not in words.text[: bare.start()]


def _names_the_act(text: str) -> bool:
    """Whether a sanction is preceded by what it is for; else the act stands further up."""
    sanction = _SANCTION.search(text)
    return (
        sanction is None or re.search(r"的[，人；]|违法|行为", text[: sanction.start()]) is not None
    )


def lead(article: Article, words: Words | None = None) -> str:
    """Return what comes before the words of a stem: 《行政处罚法》规定：…"""
    name = f"《{article.document.short_title}》规定："
    return name + (words.head if words else "")


def steps_of(flow: Flow) -> str:
    """Return the words of a stem that name a procedure whose steps are to be put in order."""
    return f"“{flow.name}”的下列步骤"


def flow_of(stem: str) -> Flow | None:
    """Return the procedure whose steps a stem asks for, None if it asks for none."""
    return next((flow for flow in flows() if steps_of(flow) in stem), None)


def is_catch_all(item: str) -> bool:
    """Return whether an item of a list only says that there may be others."""
    return _CATCH_ALL.search(item) is not None


def dangles(text: str) -> bool:
    """Return whether words point at a place that the question does not show."""
    return _DANGLING.search(text) is not None


def likeness(one: str, other: str) -> float:
    """Return the share of the shorter text's pairs of characters that the other has."""
    left, right = _pairs(one), _pairs(other)
    return len(left & right) / max(1, min(len(left), len(right)))


def make(
    article: Article,
    kind: QuestionType,
    stem: str,
    options: Sequence[str],
    key: Sequence[str],
    quote: str,
) -> Question:
    """Return a question on an article, with its source and difficulty filled in."""
    return Question(
        type=kind,
        stem=_joined(stem),
        options=tuple(_joined(option) for option in options),
        key=tuple(_joined(words) for words in key),
        quote=quote,
        citation_id=article.passage.citation_id,
        citation=article.citation,
        document=article.document.title,
        topic=article.topic,
        difficulty=difficulty_of(kind, quote),
        validity=article.validity,
        digest=article.digest,
    )


def difficulty_of(kind: QuestionType, quote: str) -> Difficulty:
    """Return how hard a question is, by its kind and the length of what must be read."""
    difficulty = _HARDER[kind]
    if len(quote) > _LONG and difficulty is not Difficulty.HARD:
        return Difficulty.MEDIUM if difficulty is Difficulty.EASY else Difficulty.HARD
    return difficulty


def _joined(text: str) -> str:
    """Words without the blanks that a line break left behind between Chinese characters."""
    return _BROKEN.sub("", text)


def _pairs(text: str) -> set[str]:
    words = plain(text)
    return {words[start : start + 2] for start in range(len(words) - 1)}
