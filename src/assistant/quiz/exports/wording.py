"""How a paper's parts are worded, whatever the file they are written to."""

from assistant.corpus.numerals import to_chinese
from assistant.quiz.model import BLANK, Question, QuestionType
from assistant.quiz.papers import Asked, Paper, Section

LETTERS = "ABCDEFGH"
GAP = "＿＿＿＿"
"""Stands for missing words where a blank cannot be drawn."""
_PLACE = "（\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}）"
_PARTIAL, _WHOLE = "少选得一半分，错选不得分", "少选、错选均不得分"
_WITHOUT_LETTERS = (QuestionType.JUDGE, QuestionType.FILL)
_HOW = {
    QuestionType.SINGLE: "每题只有一个正确选项",
    QuestionType.MULTIPLE: "每题有两个或两个以上正确选项",
    QuestionType.JUDGE: "正确的填“正确”，错误的填“错误”",
    QuestionType.FILL: "按条文填写横线处的内容",
    QuestionType.ORDER: "按先后顺序写出选项字母",
    QuestionType.CASE: "阅读案情，选出一个正确选项",
}


def options_of(question: Question) -> list[str]:
    """Return the options that are shown; none for what is answered in words."""
    return [] if question.type in _WITHOUT_LETTERS else list(question.options)


def explained(question: Question) -> str:
    """Return the citation and the words that prove the key."""
    return f"{question.citation}：{question.quote}"


def stem_of(entry: Asked) -> str:
    """Return a numbered stem, with a place for the answer of a true-or-false item."""
    end = _PLACE if entry.question.type is QuestionType.JUDGE else ""
    return f"{entry.number}. {entry.question.stem.replace(BLANK, GAP)}{end}"


def heading_of(place: int, section: Section, *, how: bool = False) -> str:
    """Return 一、单选题（共20题，每题2分，共40分）.

    Args:
        place: position of the section, from 0.
        section: the section.
        how: also say how it is answered.
    """
    count, said = len(section.asked), ""
    told = [f"共{count}题"]
    if section.points:
        told += [f"每题{points(section.asked[0].points)}分", f"共{points(section.points)}分"]
    if how:
        said = f"。{_HOW[section.type]}"
        if section.points and section.type is QuestionType.MULTIPLE:
            said += f"，{_PARTIAL if section.partial else _WHOLE}"
    return f"{to_chinese(place + 1)}、{section.type.label}（{'，'.join(told)}{said}）"


def facts_of(paper: Paper) -> str:
    """Return the time allowed, the points and the version in one line; empty for a mere list."""
    told = []
    if paper.minutes:
        told.append(f"考试时间：{paper.minutes}分钟")
    if paper.points:
        told.append(f"满分：{points(paper.points)}分")
    if paper.version:
        told.append(f"{paper.version}卷")
    return "　　".join(told)


def points(number: float) -> str:
    """Return points without needless zeros."""
    return f"{number:g}"


def share_of(question: Question) -> str:
    """Return the percent that each right option gives, as Moodle writes it: 33.33333."""
    return f"{100 / len(question.key):.5f}".rstrip("0").rstrip(".")
