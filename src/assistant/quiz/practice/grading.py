"""Mark an answer as a person would: the words count, not how they are written."""

import re
from collections.abc import Sequence

from assistant.quiz.model import Question, QuestionType
from assistant.quiz.values import plain, same_value

_EDGES = re.compile(r"^[\s，。；、,.;“”\"'（）()]+|[\s，。；、,.;“”\"'（）()]+$")
_BETWEEN = re.compile(r"[；;\n]|(?<=\S)[ 　]+(?=\S)")


def is_right(question: Question, given: Sequence[str]) -> bool:
    """Return whether an answer is the key.

    Options must be the same ones, in an order question in the same order.  Missing words
    may be written otherwise if they mean the same: 15日 for 十五日, 六个月 for 半年.
    """
    if question.type is QuestionType.ORDER:
        return tuple(given) == question.key
    if question.options:
        return set(given) == set(question.key)
    return len(given) == len(question.key) and all(
        _same(words, key) for words, key in zip(given, question.key, strict=True)
    )


def is_incomplete(question: Question, given: Sequence[str]) -> bool:
    """Return whether a multiple choice lacks right options and has no wrong one."""
    return question.type is QuestionType.MULTIPLE and set() < set(given) < set(question.key)


def read_words(question: Question, text: str) -> tuple[str, ...]:
    """Read an answer that was typed: missing words, or letters of options such as AC.

    Returns:
        the words or options meant; empty if the text means none.
    """
    text = text.strip()
    if not question.options:
        words = [part.strip() for part in _BETWEEN.split(text)] if len(question.key) > 1 else [text]
        return tuple(word for word in words if word)
    if question.type is QuestionType.JUDGE:
        return _judged(question, text)
    letters = re.sub(r"[\s、，,；;]", "", plain(text)).upper()
    places = [ord(letter) - ord("A") for letter in letters]
    if not places or not all(0 <= place < len(question.options) for place in places):
        return (text,) if text in question.options else ()
    return tuple(question.options[place] for place in dict.fromkeys(places))


def _judged(question: Question, text: str) -> tuple[str, ...]:
    true, false = question.options
    if text in ("对", "√", "是", "T", "t", "Y", "y", "A", "a", "1", true):
        return (true,)
    if text in ("错", "×", "否", "F", "f", "N", "n", "B", "b", "2", false):
        return (false,)
    return ()


def _same(words: str, key: str) -> bool:
    return same_value(_EDGES.sub("", words), _EDGES.sub("", key))
