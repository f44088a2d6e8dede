"""An answer or a dialogue with its sources, as Markdown and as a Word document."""

import io
import re
from collections.abc import Sequence
from datetime import date

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from assistant.answering import plain
from assistant.answering.model import Answer, Citation, Sentence
from assistant.answering.official import place_of

_TITLE = "执法助手问答记录"
_QUOTED = "回答只引用资料库中的原文。适用前请核对原文和效力。"
_WRITTEN = "部分回答由语言模型依据所列条文写成，逐句与所引条文核对过。适用前请核对原文和效力。"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
# Starts of a line that Markdown would turn into a list, a heading or a quotation.
_LINE_START = re.compile(r"^(\s*)(?:([-+])|(\d+)([.)]))(?=\s)")
_FONT = "宋体"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def to_markdown(answers: Sequence[Answer], day: date | None = None) -> str:
    """Return the answers as Markdown, in the order asked.

    Args:
        answers: one answer, or all of a dialogue.
        day: date in the head; today by default.
    """
    lines = [f"# {_TITLE}", "", f"{_dated(day)}。{_note(answers)}"]
    for number, answer in enumerate(answers, start=1):
        lines += ["", f"## {_heading(number, answers)}{_escaped(answer.question)}", ""]
        if answer.understood:
            lines += [f"按上文理解为：{_escaped(answer.understood)}", ""]
        lines += [f"**{answer.outcome.label}**", ""]
        for sentence in answer.lead:
            lines += [_emphasised(sentence) + _numbers(sentence), ""]
        for heading, sentences in plain.sections(answer):
            lines += [f"### {heading}", "", *(f"- {_escaped(words)}" for words in sentences), ""]
        if answer.citations:
            lines += [f"### {plain.sources_heading(answer)}", ""]
            for citation in answer.citations:
                lines += [f"{citation.number}. {_escaped(_source(citation))}"]
                lines += [f"   > {_escaped(line)}" for line in _words(citation)]
    return "\n".join(lines).rstrip() + "\n"


def to_docx(answers: Sequence[Answer], day: date | None = None) -> bytes:
    """Return the answers as a Word document, in the order asked.

    Args:
        answers: one answer, or all of a dialogue.
        day: date in the head; today by default.
    """
    document = docx.Document()
    _set_font(document)
    document.add_heading(_TITLE, level=0)
    document.add_paragraph(f"{_dated(day)}。{_note(answers)}")
    for number, answer in enumerate(answers, start=1):
        document.add_heading(_clean(_heading(number, answers) + answer.question), level=1)
        if answer.understood:
            document.add_paragraph(_clean(f"按上文理解为：{answer.understood}"))
        document.add_paragraph().add_run(answer.outcome.label).bold = True
        for sentence in answer.lead:
            _add_sentence(document.add_paragraph(), sentence)
        for heading, sentences in plain.sections(answer):
            document.add_heading(heading, level=2)
            for words in sentences:
                document.add_paragraph(_clean(words), style="List Bullet")
        if answer.citations:
            document.add_heading(plain.sources_heading(answer), level=2)
            for citation in answer.citations:
                document.add_paragraph(_clean(f"[{citation.number}] {_source(citation)}"))
                for line in _words(citation):
                    document.add_paragraph(_clean(line), style="Quote")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _note(answers: Sequence[Answer]) -> str:
    return _WRITTEN if any(answer.by_model for answer in answers) else _QUOTED


def _dated(day: date | None) -> str:
    day = day or date.today()
    return f"{day.year}年{day.month}月{day.day}日导出"


def _heading(number: int, answers: Sequence[Answer]) -> str:
    return f"{number}. " if len(answers) > 1 else ""


def _source(citation: Citation) -> str:
    place = place_of(citation.passage)
    number = f"，{citation.document.number}" if citation.document.number else ""
    return plain.cited(citation) + number + (f"，{place}" if place else "")


def _words(citation: Citation) -> list[str]:
    """The words quoted, or the passage where an answer only points to it."""
    words = citation.quotes or (citation.passage.text,)
    return [line.strip() for quote in words for line in quote.splitlines() if line.strip()]


def _numbers(sentence: Sentence) -> str:
    return "".join(rf"\[{number}\]" for number in sentence.citations)


def _emphasised(sentence: Sentence) -> str:
    parts = []
    cursor = 0
    for mark in sentence.marks:
        parts.append(_escaped(sentence.text[cursor : mark.start]))
        parts.append(f"**{_escaped(sentence.text[mark.start : mark.end])}**")
        cursor = mark.end
    return "".join([*parts, _escaped(sentence.text[cursor:])])


def _escaped(words: str) -> str:
    plain_words = _MARKDOWN.sub(r"\\\1", " ".join(words.split()))
    return _LINE_START.sub(lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", plain_words)


def _add_sentence(paragraph: Paragraph, sentence: Sentence) -> None:
    cursor = 0
    for mark in sentence.marks:
        paragraph.add_run(_clean(sentence.text[cursor : mark.start]))
        paragraph.add_run(_clean(sentence.text[mark.start : mark.end])).bold = True
        cursor = mark.end
    paragraph.add_run(_clean(sentence.text[cursor:]))
    numbers = "".join(f"[{number}]" for number in sentence.citations)
    paragraph.add_run(numbers).font.superscript = True


def _clean(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return _CONTROL.sub("", words)


def _set_font(document: WordDocument) -> None:
    style = document.styles["Normal"]
    style.font.name = _FONT
    style.font.size = Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
