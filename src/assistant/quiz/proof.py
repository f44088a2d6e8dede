"""Prove a key from the quoted sentence, without knowing how the question was made.

What is missing in a stem is filled with each option: the key must give words of the
quote, every other option words that are not in it.  What a list is said to name must
stand in it as an item, and nothing else may.  So a question from elsewhere is proved
by the same rules as our own.
"""

import re
from enum import StrEnum

from assistant.quiz.limits import MARKS, limit_after
from assistant.quiz.model import FALSE, TRUE, Question, QuestionType
from assistant.quiz.values import plain, same_value, values
from assistant.quiz.wording import ARTICLE_ASKED, RANGE_ASKED, SANCTION_ASKED, dangles, flow_of

_LEAST = 4
_AROUND = 20
_NUMERALS = "零〇一二两三四五六七八九十百千万亿.0123456789"
_BETWEEN = re.compile(r"(?P<low>[^，。；、处以]{2,8}?元)以上(?P<high>[^，。；、]{2,8}?元)以下")
_ITEM = re.compile(r"^\s*[（(][一二三四五六七八九十百\d]+[）)]\s*")
_GAP = re.compile(r"_{2,}|（\s*）|\(\s*\)")
_DUTIES = ("应当", "可以")
_LISTED = re.compile(rf"[{MARKS}](?P<number>[^、，{MARKS}]+)")
_LABEL = re.compile(r"第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_TITLE = re.compile(r"《[^》]*》")


class Fault(StrEnum):
    """What is wrong with a question; the value is what readers see."""

    QUOTE = "引文不在所引条文中"
    KEY = "引文不能证明答案"
    SECOND = "另有选项也与引文相符"
    EQUAL = "两个选项意思相同"
    LEAK = "题干已含答案"
    DANGLING = "题干指向看不见的条款"
    SHAPE = "选项或答案不完整"
    TITLE = "题干所称的文件与出处不符"


def prove(question: Question, passage: str) -> list[Fault]:
    """Return everything wrong with a question, an empty list if its key is proved.

    Args:
        question: the question.
        passage: text of the article or row that it cites.
    """
    faults = []
    if not question.quote or plain(question.quote) not in plain(passage):
        faults.append(Fault.QUOTE)
    faults += _shape(question)
    if Fault.SHAPE in faults:
        return faults
    if dangles(_without_quoted_head(question.stem)):
        faults.append(Fault.DANGLING)
    titles = _TITLE.findall(question.stem)
    if titles and not any(plain(t.strip("《》")) in plain(question.citation) for t in titles):
        faults.append(Fault.TITLE)
    return faults + _PROOFS[question.type](question)


def gaps_of(stem: str) -> list[re.Match[str]]:
    """Return where a stem leaves words out, in order."""
    return list(_GAP.finditer(stem))


def _shape(question: Question) -> list[Fault]:
    options, key = question.options, question.key
    if not question.stem.strip() or not key or not all(words.strip() for words in key):
        return [Fault.SHAPE]
    if question.type is QuestionType.FILL:
        return [Fault.SHAPE] if options else []
    if len(options) < 2 or not set(key) <= set(options):
        return [Fault.SHAPE]
    counts = {
        QuestionType.MULTIPLE: 2 <= len(key) < len(options),
        QuestionType.ORDER: sorted(key) == sorted(options) and len(options) > 2,
        QuestionType.JUDGE: set(options) == {TRUE, FALSE} and len(key) == 1,
    }
    if not counts.get(question.type, len(key) == 1):
        return [Fault.SHAPE]
    pairs = [(a, b) for place, a in enumerate(options) for b in options[place + 1 :]]
    return [Fault.EQUAL] if any(same_value(a, b) for a, b in pairs) else []


def _cloze(question: Question) -> list[Fault]:
    quote = plain(question.quote)
    faults = []
    gaps = len(gaps_of(question.stem))
    if not gaps or gaps != len(question.key):
        return [Fault.KEY]
    if not all(
        _fills(question.stem, question.key, number, quote) for number in range(len(question.key))
    ):
        faults.append(Fault.KEY)
    for option in question.options:
        if option in question.key:
            continue
        if _fills(question.stem, (option,), 0, quote):
            faults.append(Fault.SECOND)
    asked = plain(_TITLE.sub("", _GAP.sub("＿", question.stem)))
    if any(plain(words) in asked for words in question.key):
        faults.append(Fault.LEAK)
    return faults


def _fills(stem: str, key: tuple[str, ...], number: int, quote: str) -> bool:
    """Whether the words around a gap, with the key in it, stand in the quote."""
    parts = _GAP.split(stem)
    left, right = plain(parts[number]), plain(parts[number + 1])
    # The stem's lead is not of the source: it ends at a colon or at the title's verb.
    for lead in ("规定:", "规定,", "》,"):
        left = left.rpartition(lead)[2]
    # The whole sentence counts: another may be alike around the gap.
    left, right = left.rpartition("。")[2], right.partition("。")[0].rstrip(".")
    words = plain(key[number])
    if len(left) + len(right) < _LEAST:
        return False
    # The words that introduce a list stand apart from the item that is quoted.
    if _within(left + words + right, quote):
        return True
    item, heading = left.rpartition(":")[2], quote.partition(":")[0]
    # What a quoted item itself begins with must be what the stem begins it with.
    return (":" not in quote or heading in left) and _within(item + words + right, quote)


def _within(words: str, text: str) -> bool:
    """Whether words stand in a text, and not as the end of a longer number."""
    place = text.find(words)
    while place > 0 and words[:1] in _NUMERALS and text[place - 1] in _NUMERALS:
        place = text.find(words, place + 1)
    return place >= 0


def _listed(question: Question) -> list[Fault]:
    items = {plain(_ITEM.sub("", line)).rstrip("。;") for line in question.quote.split("\n")[1:]}
    faults = []
    for option in question.options:
        words = plain(option).rstrip("。;")
        if option in question.key:
            if words not in items:
                faults.append(Fault.KEY)
        elif words in plain(question.quote) or any(item in words for item in items):
            faults.append(Fault.SECOND)
    if any(plain(words) in plain(question.stem) for words in question.key):
        faults.append(Fault.LEAK)
    return faults


def _judged(question: Question) -> list[Fault]:
    said, quote = plain(question.stem).rstrip("。"), plain(question.quote).rstrip("。")
    body = _body(said)
    holds = _within(body, quote) or said.endswith(f":{quote}")
    if question.key == (TRUE,):
        return [] if holds else [Fault.KEY]
    # The words that introduce a list stand before the item that is quoted.
    starts = [0, *(match.end() for match in re.finditer(":", body))]
    differs = any(
        _differs_in_value(body[start:], quote) or _differs_in_duty(body[start:], quote)
        for start in starts
    )
    return [Fault.KEY] if holds or not differs else []


def _body(said: str) -> str:
    """A statement without the lead that names its source."""
    return said.partition("规定:")[2] or said.partition("规定,")[2] or said


def _differs_in_duty(said: str, quote: str) -> bool:
    """Whether one 应当 is 可以, or the other way round, and nothing else differs."""
    if len(said) != len(quote):
        return False
    places = [n for n, (one, other) in enumerate(zip(said, quote, strict=True)) if one != other]
    if len(places) != len(_DUTIES[0]) or places[-1] - places[0] != 1:
        return False
    pair = {said[places[0] : places[0] + 2], quote[places[0] : places[0] + 2]}
    return pair == set(_DUTIES)


def _differs_in_value(said: str, quote: str) -> bool:
    stated, written = values(said), values(quote)
    if len(stated) != len(written):
        return False
    pairs = [
        (a, b)
        for a, b in zip(stated, written, strict=True)
        if (a.family, a.number) != (b.family, b.number)
    ]
    if len(pairs) != 1:
        return False
    a, b = pairs[0]
    # Nothing but that value may differ.
    same_around = said[: a.start] + said[a.end :] == quote[: b.start] + quote[b.end :]
    return a.family == b.family and same_around


def _ordered(question: Question) -> list[Fault]:
    if flow := flow_of(question.stem):
        steps = [step.name for step in flow.step if step.name in question.key]
        return [] if steps == list(question.key) else [Fault.KEY]
    quote = plain(question.quote)
    places = [quote.find(plain(words)) for words in question.key]
    return [] if -1 not in places and places == sorted(places) else [Fault.KEY]


def _limited(question: Question) -> list[Fault]:
    """Exactly the numbers that keep the quoted limit must be the key."""
    gaps, shown = gaps_of(question.stem), _LISTED.findall(question.stem)
    body = _body(plain(question.stem[: gaps[0].start()])) if gaps else ""
    quote = plain(question.quote)
    limits = [v for v in values(quote) if body and quote[: v.start].endswith(body[-_AROUND:])]
    if len(limits) != 1 or len(shown) != len(MARKS):
        return [Fault.KEY]
    limit = limit_after(quote, limits[0])
    numbers = [values(words)[:1] for words in shown]
    if limit is None or not all(n and n[0].family == limits[0].family for n in numbers):
        return [Fault.KEY]
    kept = "".join(
        mark
        for mark, number in zip(MARKS, numbers, strict=True)
        if limit.holds(number[0].number, limits[0].number)
    )
    return [] if question.key == (kept,) else [Fault.KEY]


def _case(question: Question) -> list[Fault]:
    if MARKS[0] in question.stem:
        return _limited(question)
    act = re.search(r"“([^”]+)”", question.stem)
    quote = plain(question.quote)
    if act is None or plain(act[1]) not in quote:
        return [Fault.KEY]
    ranges = list(_BETWEEN.finditer(question.quote.split("\n")[0]))
    if RANGE_ASKED in question.stem:
        if len(ranges) != 1:
            return [Fault.KEY]
        low, high = values(ranges[0]["low"])[-1:], values(ranges[0]["high"])[-1:]
        within = []
        for option in question.options:
            amounts = values(option)
            if len(amounts) != 1 or amounts[0].family != "yuan" or not low or not high:
                return [Fault.KEY]
            if low[0].number <= amounts[0].number <= high[0].number:
                within.append(option)
        if question.key[0] not in within:
            return [Fault.KEY]
        return [Fault.SECOND] if len(within) > 1 else []
    if ARTICLE_ASKED in question.stem:
        return _cited_article(question)
    if SANCTION_ASKED in question.stem:
        return _sanctioned(question)
    found = [option for option in question.options if plain(option) in quote]
    if question.key[0] not in found:
        return [Fault.KEY]
    faults = [Fault.SECOND] if len(found) > 1 else []
    if plain(question.key[0]) in plain(question.stem):
        faults.append(Fault.LEAK)
    return faults


def _cited_article(question: Question) -> list[Fault]:
    """The key must be the article cited; the act quoted stands there and was found before."""
    if not all(_LABEL.fullmatch(option) for option in question.options):
        return [Fault.KEY]
    return [] if question.citation.endswith(f"》{question.key[0]}") else [Fault.KEY]


def _sanctioned(question: Question) -> list[Fault]:
    """The key must be the first that the quoted ruling threatens, no other may stand in it."""
    ruling = plain(question.quote.split("\n")[0])
    first = ruling.partition("的,")[2] or ruling.partition("之一,")[2]
    key = plain(question.key[0])
    if re.match(rf"(?:由[^,;:。]*?)?{re.escape(key)}[;:。]", first) is None:
        return [Fault.KEY]
    others = [plain(option) for option in question.options if option not in question.key]
    return [Fault.SECOND] if any(option in ruling for option in others) else []


def _without_quoted_head(stem: str) -> str:
    """The stem without 下列, which here means the options or the list that follows."""
    return re.sub(r"下列|如下", "", _TITLE.sub("", stem))


_PROOFS = {
    QuestionType.SINGLE: _cloze,
    QuestionType.FILL: _cloze,
    QuestionType.MULTIPLE: _listed,
    QuestionType.JUDGE: _judged,
    QuestionType.ORDER: _ordered,
    QuestionType.CASE: _case,
}
