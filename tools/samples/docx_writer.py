"""Write a text as a Word document in the layout of official papers."""

import re
from io import BytesIO

from archive import fixed
from content import MARK, Grid, Line, Text
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
_ARTICLE = re.compile(r"第[零一二三四五六七八九十百]+条")
_STYLES = (("Title", "宋体", 22), ("Heading 1", "黑体", 16), ("Heading 2", "楷体", 16))


def write(text: Text) -> bytes:
    """Return the document's bytes, the same for the same text."""
    paper = Document()
    _prepare(paper, text)
    if text.letterhead:
        _red(paper.add_paragraph(), text.letterhead)
    paper.add_paragraph(text.title, style="Title").alignment = _CENTRE
    paper.add_paragraph(MARK).alignment = _CENTRE
    paper.add_paragraph(f"{text.number}　{text.issued}").alignment = _CENTRE
    if text.addressee:
        paper.add_paragraph(text.addressee)
    for block in text.body:
        if isinstance(block, Grid):
            _table(paper, block)
        else:
            _line(paper, block)
    for words in (text.authority, text.issued):
        paper.add_paragraph(words).alignment = _RIGHT
    out = BytesIO()
    paper.save(out)
    return fixed(out.getvalue(), text.day)


def _prepare(paper: Paper, text: Text) -> None:
    paper.core_properties.title = text.title
    paper.core_properties.author = text.authority
    paper.core_properties.comments = "示范文本"
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    _face(paper.styles["Normal"], "仿宋", 16)
    for name, face, size in _STYLES:
        _face(paper.styles[name], face, size)
    footer = section.footer.paragraphs[0]
    footer.alignment = _CENTRE
    footer.add_run("— ")
    _page_number(footer.add_run())
    footer.add_run(" —")


def _face(style: object, face: str, size: int) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.color.rgb = face, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    # Word's built-in headings name theme fonts, which would win over the face set here.
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    fonts.set(qn("w:eastAsia"), face)


def _page_number(run: Run) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)


def _red(paragraph: Paragraph, words: str) -> None:
    paragraph.alignment = _CENTRE
    run = paragraph.add_run(words)
    run.bold = True
    run.font.size, run.font.color.rgb = Pt(30), RGBColor(0xC0, 0, 0)


def _line(paper: Paper, line: Line) -> None:
    if line.level:
        heading = paper.add_paragraph(line.text, style=f"Heading {line.level}")
        if line.text.startswith("第"):
            heading.alignment = _CENTRE
        else:
            heading.paragraph_format.first_line_indent = Pt(32)
        return
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.space_after = Pt(4)
    article = _ARTICLE.match(line.text)
    if article:
        paragraph.add_run(article[0]).bold = True
        paragraph.add_run(line.text[article.end() :])
    else:
        paragraph.add_run(line.text)


def _table(paper: Paper, grid: Grid) -> None:
    table = paper.add_table(rows=0, cols=len(grid.rows[0]), style="Table Grid")
    for number, values in enumerate(grid.rows):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            run = cell.paragraphs[0].add_run(value)
            run.font.size, run.bold = Pt(12), number == 0
