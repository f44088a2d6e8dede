"""Whether an article bears a key out that it does not prove word by word.

Banks from elsewhere paraphrase.  What must agree then is what an answer turns on: its
values, its words, and whether something must, may or may not be done.  Whatever cannot
be seen to agree is doubtful, and the reason is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.quiz.importing.drafts import Draft
from assistant.quiz.model import TRUE, QuestionType
from assistant.quiz.proof import gaps_of
from assistant.quiz.source import Article
from assistant.quiz.values import Value, plain, values
from assistant.quiz.wording import likeness

_LEAD = re.compile(
    r"^(?:根据|依据|按照|依照)?[^，,：:。]{0,30}《[^》]*》[^，,：:。]{0,14}[，,：:]?(?:规定[，,：:]?)?"
)
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_CLAUSE = re.compile(r"[^，,。；：\n]+")
_NEGATED = re.compile(
    r"不属于|不包括|不正确|错误的?是|有误|不符合|不是.{0,8}的是|除外|不在.{0,6}之列|说法错误|表述错误"
)
_ALL = re.compile(r"^(?:以上|上述)?(?:选项|各项|三项|四项)?(?:全部?|都|均)(?:是|对|正确|包括|属于)")
_HOW_MANY = re.compile(r"多少|几")
_ASKING = re.compile(
    r"(?:下列|以下|下述)(?:选项|各项|情形|行为|哪些|哪项|说法|表述)?(?:中|里)?|不?属于|不?包括|"
    r"(?:的|有|是|为)+(?=[。？?：:]?$)|多少|几(?=[日个年元])|[？?]"
)
_MODALS = ("不得", "应当", "可以", "必须", "禁止", "无需", "不予", "无权", "有权")
_SAME_MODAL = {"必须": "应当", "禁止": "不得"}
_SAME_WORDS = 0.85
_SAME_SENTENCE = 0.9
_SAME_SUBJECT = 0.5
_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an article says to a key.

    Attributes:
        holds: whether it bears the key out.
        quote: the words it rests on, verbatim.
        reason: in Chinese, why it does not; empty if it does.
        subject: how much of the question's subject the article is on, from 0 to 1.
    """

    holds: bool
    quote: str
    reason: str
    subject: float


def agreement(draft: Draft, article: Article) -> Agreement:
    """Hold a key against an article, sentence by sentence."""
    asked = _subject(draft)
    best = _nearest(asked, _sentences(draft, asked, article))
    on = _covered(asked, article.passage.text)
    if draft.type is QuestionType.JUDGE:
        holds, reason = _judged(draft, best, article.passage.text)
    elif draft.type is QuestionType.ORDER:
        holds, reason = False, "条文中没有各项的先后顺序"
    elif draft.type is QuestionType.FILL:
        holds, reason = _filled(draft, best)
    elif all(_value_of(draft, option) for option in draft.options):
        holds, reason = _valued(draft, best, asked)
    else:
        holds, reason = _worded(draft, article.passage.text)
        if holds:
            # What is listed is proved by the whole list.
            best = article.passage.text.removeprefix(article.passage.label).strip()
    if holds and on < _SAME_SUBJECT:
        holds, reason = False, "条文与题干所问不相近"
    return Agreement(holds, best if holds else best[:_QUOTED], reason, on)


def _sentences(draft: Draft, asked: str, article: Article) -> list[str]:
    """The sentences that may answer; whole paragraphs to a statement of several sentences."""
    if "。" in asked.rstrip("。"):
        return article.lines
    sentences = [m[0].strip() for m in _SENTENCE.finditer("\n".join(article.lines))]
    right = _value_of(draft, draft.key[0])
    if right is None:
        return sentences
    valued = [s for s in sentences if any(v.family == right.family for v in values(s))]
    return valued or sentences


def _nearest(asked: str, sentences: Sequence[str]) -> str:
    return max(sentences, key=lambda sentence: likeness(asked, sentence))


def _subject(draft: Draft) -> str:
    """The stem without what names the source, what only asks, and gaps."""
    words = _LEAD.sub("", draft.stem) or draft.stem
    for gap in reversed(gaps_of(words)):
        words = words[: gap.start()] + words[gap.end() :]
    if draft.type is not QuestionType.JUDGE:
        words = _ASKING.sub("", words)
    return plain(words)


def _covered(words: str, text: str) -> float:
    """The share of the pairs of characters of ``words`` that a text has."""
    pairs = {words[place : place + 2] for place in range(len(words) - 1)}
    within = plain(text)
    return sum(pair in within for pair in pairs) / max(1, len(pairs))


def _value_of(draft: Draft, option: str) -> Value | None:
    """The one value of an option, with the unit that follows the gap if it has none."""
    gaps = gaps_of(draft.stem) or list(_HOW_MANY.finditer(draft.stem))
    unit = draft.stem[gaps[0].end() : gaps[0].end() + 4] if len(gaps) == 1 else ""
    for words in (option, option + unit):
        found = values(words)
        if len(found) == 1 and found[0].start == 0:
            return found[0]
    return None


def _among(value: Value, others: Sequence[Value]) -> bool:
    return any((o.family, o.number) == (value.family, value.number) for o in others)


def _valued(draft: Draft, sentence: str, asked: str) -> tuple[bool, str]:
    options = {option: value for option in draft.options if (value := _value_of(draft, option))}
    right = options[draft.key[0]]
    if len(draft.key) > 1:
        return False, "答案为多个数值，无法逐一核对"
    wrong = {option: value for option, value in options.items() if option not in draft.key}
    for words in (sentence, _nearest_clause(sentence, asked)):
        said = [value for value in values(words) if value.family == right.family]
        if _among(right, said) and not any(_among(value, said) for value in wrong.values()):
            return True, ""
    said = [value for value in values(sentence) if value.family == right.family]
    if _among(right, said):
        other = next(option for option, value in wrong.items() if _among(value, said))
        return False, f"同一句条文中另有选项“{other}”的数值，请确认所问的是哪一个"
    told = "、".join(dict.fromkeys(value.text for value in said))
    if not told:
        return False, f"条文中没有与答案“{draft.key[0]}”相当的数值"
    return False, f"条文为“{told}”，与答案“{draft.key[0]}”不符"


def _nearest_clause(sentence: str, asked: str) -> str:
    clauses = [m[0] for m in _CLAUSE.finditer(sentence)] or [sentence]
    return max(clauses, key=lambda clause: likeness(clause, asked))


def _worded(draft: Draft, text: str) -> tuple[bool, str]:
    whole = plain(text)
    there = {option: _stands(option, whole) for option in draft.options}
    rest = [option for option in draft.options if option not in draft.key]
    if len(draft.key) == 1 and _ALL.search(draft.key[0]):
        lacking = [option for option in rest if not there[option]]
        return (False, f"条文中没有选项“{lacking[0]}”") if lacking else (True, "")
    if _NEGATED.search(draft.stem):
        present, absent = rest, list(draft.key)
    else:
        present, absent = list(draft.key), rest
    for option in present:
        if not there[option]:
            return False, f"条文中没有“{option}”"
    for option in absent:
        if there[option]:
            return False, f"选项“{option}”也见于条文"
    return True, ""


def _stands(option: str, whole: str) -> bool:
    words = plain(option).rstrip("。;；的")
    if not words or words in whole:
        return bool(words)
    # Another value is another answer, however alike the rest is.
    said = values(whole)
    if any(not _among(value, said) for value in values(words)) or _modals(words) - _modals(whole):
        return False
    return len(words) > 5 and _covered(words, whole) >= _SAME_WORDS


def _modals(text: str) -> set[str]:
    """What the words allow, demand or forbid."""
    found = set()
    for word in _MODALS:
        if word in text:
            found.add(_SAME_MODAL.get(word, word))
    return found


def _judged(draft: Draft, sentence: str, text: str) -> tuple[bool, str]:
    said = _subject(draft)
    alike = _covered(said, sentence)
    true = draft.key == (TRUE,)
    if said.rstrip("。") in plain(text):
        return (True, "") if true else (False, "题干与条文一致，答案似应为正确")
    stated, written = values(said), values(sentence)
    for value in stated:
        if not _among(value, written) and any(v.family == value.family for v in written):
            told = "、".join(v.text for v in written if v.family == value.family)
            words = f"条文为“{told}”，题干为“{value.text}”"
            return (False, f"{words}，答案似应为错误") if true else _close(alike, words)
    changed = _modals(said) ^ _modals(sentence)
    if changed and alike >= _SAME_SUBJECT:
        words = f"题干与条文在“{'、'.join(sorted(changed))}”上不同"
        if true:
            return False, words
        return _close(alike, words) if alike >= _SAME_WORDS - 0.1 else (False, words)
    if alike < _SAME_SENTENCE:
        return False, "题干与条文的表述不同，无法自动判定"
    return (True, "") if true else (False, "题干与条文一致，答案似应为正确")


def _close(alike: float, words: str) -> tuple[bool, str]:
    return (True, "") if alike >= _SAME_SUBJECT else (False, f"{words}，但表述不相近")


def _filled(draft: Draft, sentence: str) -> tuple[bool, str]:
    if len(draft.key) != 1:
        return False, "有多处空，与条文的字句不能逐一对应"
    key = draft.key[0]
    right = _value_of(draft, key)
    if right is None:
        if plain(key) in plain(sentence):
            return True, ""
        return False, f"条文中没有“{key}”"
    said = [value for value in values(sentence) if value.family == right.family]
    if not _among(right, said):
        told = "、".join(value.text for value in said) or "无相当的数值"
        return False, f"条文为“{told}”，与答案“{key}”不符"
    if len({value.number for value in said}) > 1:
        return False, "同一句条文中有多个数值，请确认所问的是哪一个"
    return True, ""
