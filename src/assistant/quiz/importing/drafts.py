"""From a row to a question without its source: kind, stem, options and key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.quiz.importing.table import Row
from assistant.quiz.model import FALSE, TRUE, Difficulty, QuestionType
from assistant.quiz.proof import gaps_of
from assistant.quiz.values import plain, same_value

_KINDS = (
    (QuestionType.JUDGE, re.compile(r"判断|是非|对错")),
    (QuestionType.FILL, re.compile(r"填空")),
    (QuestionType.ORDER, re.compile(r"排序|顺序")),
    (QuestionType.CASE, re.compile(r"案例")),
    (QuestionType.MULTIPLE, re.compile(r"多选|多项|不定项")),
    (QuestionType.SINGLE, re.compile(r"单选|单项|选择")),
)
_OPEN = re.compile(r"简答|论述|问答|名词|写作|主观")
_TRUE = {"对", "正确", "√", "✓", "✔", "是", "t", "true", "y", "yes", "v", "1"}
_FALSE = {"错", "错误", "×", "✗", "✘", "x", "否", "f", "false", "n", "no", "0", "不正确", "不对"}
_LEVELS = {
    Difficulty.EASY: re.compile(r"易|简单|低|初级|^1"),
    Difficulty.HARD: re.compile(r"难|困难|高|^[35]"),
}
_NUMBER = re.compile(r"^\s*(?:第?\d{1,4}\s*[.、．)）题]|[(（]\d{1,4}[)）])\s*")
_MARK = re.compile(r"^\s*[(（]?[A-Ha-h][)）]?\s*[.、．:：\s]\s*")
_INLINE = re.compile(r"(?<![A-Za-z])[(（]?([A-H])[)）]?\s*[.、．:：]\s*")
_LETTERS_ONLY = re.compile(r"[A-Ha-h]+")
_BETWEEN = re.compile(r"[\s,，、;；/|和与及.]+")
_ANSWERED = re.compile(r"[(（]\s*(?P<key>[A-H√×对错]{1,8})\s*[)）]")
_PARTS = re.compile(r"\s*[;；|\n]\s*")
_FEWEST = 2


class DraftError(ValueError):
    """A row that is no question we can take; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question without its source.

    Attributes:
        type, stem, options, key: as in a question of the bank.
        difficulty: None where the table does not say.
    """

    type: QuestionType
    stem: str
    options: tuple[str, ...]
    key: tuple[str, ...]
    difficulty: Difficulty | None

    @property
    def sameness(self) -> tuple[str, ...]:
        """Equal for questions that ask the same, however they are numbered and spaced."""
        return (plain(self.stem).rstrip("。.()"), *sorted(map(plain, self.options)))


def read_draft(row: Row) -> Draft:
    """Read a row.

    Raises:
        DraftError: it asks for free words, or its options or answer cannot be made out.
    """
    if _OPEN.search(row.type):
        raise DraftError(f"题型“{row.type}”没有可核对的标准答案")
    stem, options = _stem_and_options(row)
    answer = row.key or _answer_in(stem)
    if not answer:
        raise DraftError("没有答案")
    kind = _kind(row.type, stem, options, answer)
    if kind is QuestionType.JUDGE:
        words = _picked(answer, options)[0] if options else answer
        key: tuple[str, ...] = (_truth(words),)
        stem = re.sub(r"[(（]\s*[√×对错]?\s*[)）]\s*[。.]?\s*$", "", stem).strip()
        options = (TRUE, FALSE)
    elif kind is QuestionType.FILL:
        key, options = _filled(answer, len(gaps_of(stem))), ()
    else:
        stem = _ANSWERED.sub("（　）", stem)
        if len(options) < _FEWEST:
            raise DraftError("没有选项")
        key = _picked(answer, options)
        if kind in (QuestionType.SINGLE, QuestionType.CASE) and len(key) > 1:
            kind = QuestionType.MULTIPLE
        elif kind is QuestionType.MULTIPLE and len(key) == 1:
            kind = QuestionType.SINGLE
    return Draft(kind, stem, options, key, _level(row.difficulty))


def _stem_and_options(row: Row) -> tuple[str, tuple[str, ...]]:
    stem = _NUMBER.sub("", row.stem)
    if row.options:
        listed = [row.options[letter] for letter in sorted(row.options)]
    elif row.listed:
        listed = _split(row.listed)
    else:
        found = _INLINE.search(stem)
        listed = _split(stem[found.start() :]) if found else []
        if found and len(listed) >= _FEWEST:
            stem = stem[: found.start()]
        else:
            listed = []
    options = tuple(_MARK.sub("", words).strip().rstrip("；;") for words in listed)
    return re.sub(r"\s*\n\s*", " ", stem).strip(), tuple(words for words in options if words)


def _split(text: str) -> list[str]:
    """Options of one cell: after A., B., … in order, else by lines or bars."""
    pieces, expected, last = [], "A", 0
    for match in _INLINE.finditer(text):
        if match[1] != expected:
            continue
        if expected != "A":
            pieces.append(text[last : match.start()])
        last, expected = match.end(), chr(ord(expected) + 1)
    if expected > "B":
        return [*pieces, text[last:]]
    return [part for part in re.split(r"\s*[|\n]\s*", text) if part.strip()]


def _kind(label: str, stem: str, options: Sequence[str], answer: str) -> QuestionType:
    for kind, words in _KINDS:
        if words.search(label):
            return kind
    if label:
        raise DraftError(f"不认识题型“{label}”")
    said = plain(answer).lower()
    if not options:
        judged = said in _TRUE | _FALSE
        return QuestionType.JUDGE if judged else QuestionType.FILL
    if {plain(option).lower() for option in options} <= _TRUE | _FALSE:
        return QuestionType.JUDGE
    return QuestionType.MULTIPLE if len(_picked(answer, options)) > 1 else QuestionType.SINGLE


def _picked(answer: str, options: Sequence[str]) -> tuple[str, ...]:
    """The options that an answer names, by letters or by their words, in its order."""
    letters = _BETWEEN.sub("", plain(answer))
    if _LETTERS_ONLY.fullmatch(letters):
        places = [ord(letter) - ord("A") for letter in dict.fromkeys(letters.upper())]
        if max(places) < len(options):
            return tuple(options[place] for place in places)
        raise DraftError(f"答案“{answer}”所指的选项不存在")
    by_words = {plain(option): option for option in options}
    whole = by_words.get(plain(_MARK.sub("", answer)))
    parts = [answer] if whole else [p for p in _PARTS.split(answer) if p]
    picked = [by_words.get(plain(_MARK.sub("", part))) for part in parts]
    if not picked or None in picked:
        raise DraftError(f"答案“{answer}”与各选项均不相同")
    return tuple(option for option in picked if option)


def _truth(words: str) -> str:
    said = plain(words).lower().rstrip("。.")
    if said in _TRUE or said == "a":
        return TRUE
    if said in _FALSE or said == "b":
        return FALSE
    raise DraftError(f"判断题的答案“{words}”不是对或错")


def _filled(answer: str, gaps: int) -> tuple[str, ...]:
    parts = [part for part in _PARTS.split(answer) if part]
    if gaps == len(parts):
        return tuple(parts)
    # Several notations of one value are one answer.
    if gaps == 1 and all(same_value(part, parts[0]) for part in parts):
        return (parts[0],)
    raise DraftError(f"题干有{gaps}处空，答案“{answer}”有{len(parts)}项")


def _answer_in(stem: str) -> str:
    found = _ANSWERED.search(stem)
    return found["key"] if found else ""


def _level(words: str) -> Difficulty | None:
    if not words:
        return None
    found = (level for level, pattern in _LEVELS.items() if pattern.search(words))
    return next(found, Difficulty.MEDIUM)
