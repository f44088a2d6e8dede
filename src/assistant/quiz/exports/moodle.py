"""A paper in Moodle's XML format; an ordering question is a matching one, as in GIFT."""

from html import escape
from pathlib import Path

from lxml import etree

from assistant.quiz.exports.wording import explained, share_of
from assistant.quiz.model import TRUE, Question, QuestionType
from assistant.quiz.papers import Asked, Paper
from assistant.quiz.values import notations

_KINDS = {
    QuestionType.SINGLE: "multichoice",
    QuestionType.MULTIPLE: "multichoice",
    QuestionType.CASE: "multichoice",
    QuestionType.JUDGE: "truefalse",
    QuestionType.FILL: "shortanswer",
    QuestionType.ORDER: "matching",
}


def write_moodle(paper: Paper, path: Path) -> None:
    """Write the paper; each section is a category."""
    root = etree.Element("quiz")
    for section in paper.sections:
        category = etree.SubElement(root, "question", type="category")
        name = f"$course$/top/{paper.title}/{section.type.label}"
        _text(category, "category", name)
        for entry in section.asked:
            _question(root, entry)
    etree.indent(root)
    tree = etree.ElementTree(root)
    tree.write(str(path), encoding="UTF-8", xml_declaration=True)


def _question(root: etree._Element, entry: Asked) -> None:
    question = entry.question
    element = etree.SubElement(root, "question", type=_KINDS[question.type])
    _text(element, "name", f"{question.type.label} {entry.number:03d}")
    _html(element, "questiontext", question.stem)
    _html(element, "generalfeedback", explained(question))
    _plain(element, "defaultgrade", f"{entry.points or 1:g}")
    _plain(element, "penalty", "0")
    _plain(element, "idnumber", entry.id)
    if question.options and question.type is not QuestionType.JUDGE:
        _plain(element, "shuffleanswers", "true")
    _ANSWERS[question.type](element, question)
    tags = etree.SubElement(element, "tags")
    for words in (question.topic, f"难度{question.difficulty.label}"):
        if words:
            _text(tags, "tag", words)


def _choices(element: etree._Element, question: Question) -> None:
    several = question.type is QuestionType.MULTIPLE
    _plain(element, "single", "false" if several else "true")
    _plain(element, "answernumbering", "ABCD")
    share = share_of(question)
    for option in question.options:
        # With several right options a wrong one costs all; with one it gives nothing.
        fraction = share if option in question.key else "-100" if several else "0"
        _html(element, "answer", option, fraction=fraction)


def _judged(element: etree._Element, question: Question) -> None:
    for words, right in (("true", question.key == (TRUE,)), ("false", question.key != (TRUE,))):
        _answer(element, words, "100" if right else "0")


def _filled(element: etree._Element, question: Question) -> None:
    _plain(element, "usecase", "0")
    words = notations(question.key[0]) if len(question.key) == 1 else ["；".join(question.key)]
    for answer in words:
        _answer(element, answer, "100")


def _ordered(element: etree._Element, question: Question) -> None:
    for option in question.options:
        pair = _html(element, "subquestion", option)
        _text(pair, "answer", str(question.key.index(option) + 1))


_ANSWERS = {
    QuestionType.SINGLE: _choices,
    QuestionType.MULTIPLE: _choices,
    QuestionType.CASE: _choices,
    QuestionType.JUDGE: _judged,
    QuestionType.FILL: _filled,
    QuestionType.ORDER: _ordered,
}


def _answer(parent: etree._Element, words: str, fraction: str) -> None:
    element = etree.SubElement(parent, "answer", fraction=fraction, format="moodle_auto_format")
    _plain(element, "text", words)


def _html(parent: etree._Element, name: str, words: str, **facts: str) -> etree._Element:
    element = etree.SubElement(parent, name, format="html", **facts)
    lines = "<br/>".join(escape(line, quote=False) for line in words.split("\n"))
    etree.SubElement(element, "text").text = etree.CDATA(lines)
    return element


def _text(parent: etree._Element, name: str, words: str) -> None:
    _plain(etree.SubElement(parent, name), "text", words)


def _plain(parent: etree._Element, name: str, words: str) -> None:
    etree.SubElement(parent, name).text = words
