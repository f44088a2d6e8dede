"""A paper to print: head, questions, answer sheet, and the key with its sources."""

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from assistant.corpus.numerals import to_chinese
from assistant.quiz.exports.sealing import (
    font,
    page_number,
    plain_header,
    repeat_first_row,
    seal_line,
    set_widths,
    whole_rows,
)
from assistant.quiz.exports.wording import (
    GAP,
    LETTERS,
    facts_of,
    heading_of,
    options_of,
    points,
    stem_of,
)
from assistant.quiz.model import Question, QuestionType
from assistant.quiz.papers import Paper, Section

_TEXT_WIDTH = Cm(15.4)
_INDENT = Cm(0.75)
_IN_A_LINE = {4: 6, 2: 15}
"""Options in a line, and how many characters each may have for it."""
_SHEET_COLUMNS = 10
_WIDE_COLUMNS = 2
_MARGINS = {"top": 2.0, "bottom": 1.8, "left": 3.6, "right": 2.0}
_KEY_WIDTHS = (Cm(1.3), Cm(2.6), Cm(12.7))
_KEY_QUOTE = 160
_GAP_WIDTH = "\N{NO-BREAK SPACE}" * 12
_BODY, _HEADING = "宋体", "黑体"


def write_docx(paper: Paper, path: Path) -> None:
    """Write the paper; the key begins a section of its own that can be left unprinted."""
    document = docx.Document()
    _styles(document)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    for side, width in _MARGINS.items():
        setattr(page, f"{side}_margin", Cm(width))
    if paper.version:
        seal_line(page)
    page_number(page, f"{paper.title}　{paper.version}卷" if paper.version else paper.title)
    _head(document, paper)
    for place, section in enumerate(paper.sections):
        _questions(document, place, section)
    if paper.version:
        _sheet(document, paper)
    _key(document, paper)
    document.save(str(path))


def _styles(document: Document) -> None:
    normal = document.styles["Normal"]
    font(normal, _BODY, Pt(10.5))
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.25
    for level, size in ((1, Pt(18)), (2, Pt(12))):
        style = document.styles[f"Heading {level}"]
        font(style, _HEADING, size)
        style.font.bold = False
        style.paragraph_format.space_before = Pt(10)
        style.paragraph_format.space_after = Pt(6)


def _head(document: Document, paper: Paper) -> None:
    title = document.add_heading(paper.title, level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if facts := facts_of(paper):
        document.add_paragraph(facts).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if paper.points:
        _scores(document, paper)
    if paper.note:
        note = document.add_paragraph()
        note.paragraph_format.space_before = Pt(6)
        note.add_run("考生须知：").bold = True
        note.add_run(paper.note)


def _scores(document: Document, paper: Paper) -> None:
    parts = [to_chinese(place + 1) for place in range(len(paper.sections))]
    full = [points(section.points) for section in paper.sections]
    rows = [
        ["题号", *parts, "总分", "阅卷人"],
        ["满分", *full, points(paper.points), ""],
        ["得分", *[""] * (len(parts) + 2)],
    ]
    table = _table(document, rows)
    for row in table.rows:
        row.height = Cm(0.75)


def _questions(document: Document, place: int, section: Section) -> None:
    document.add_heading(heading_of(place, section, how=True), level=2)
    for entry in section.asked:
        stem = document.add_paragraph()
        _with_gaps(stem, stem_of(entry))
        stem.paragraph_format.left_indent = _INDENT
        stem.paragraph_format.first_line_indent = -_INDENT
        lines = [stem, *_options(document, options_of(entry.question))]
        for line in lines:
            line.paragraph_format.keep_together = True
        for line in lines[:-1]:
            line.paragraph_format.keep_with_next = True
            line.paragraph_format.space_after = Pt(0)


def _with_gaps(paragraph: Paragraph, text: str) -> None:
    """Write text; a gap is an underlined blank that no line end breaks."""
    for place, words in enumerate(text.split(GAP)):
        if place:
            paragraph.add_run(_GAP_WIDTH).underline = True
        paragraph.add_run(words)


def _options(document: Document, options: Sequence[str]) -> list[Paragraph]:
    longest = max(map(len, options), default=0)
    columns = next((n for n, most in _IN_A_LINE.items() if longest <= most), 1)
    lettered = [f"{letter}. {words}" for letter, words in zip(LETTERS, options, strict=False)]
    made = []
    for start in range(0, len(lettered), columns):
        line = document.add_paragraph("\t".join(lettered[start : start + columns]))
        line.paragraph_format.left_indent = _INDENT
        for stop in range(1, columns):
            width = (_TEXT_WIDTH - _INDENT) * stop // columns + _INDENT
            line.paragraph_format.tab_stops.add_tab_stop(width)
        made.append(line)
    return made


def _sheet(document: Document, paper: Paper) -> None:
    page = document.add_section(WD_SECTION.NEW_PAGE)
    # The sheet is collected by itself, so its first page has the names again.
    page.different_first_page_header_footer = True
    title = document.add_heading(f"{paper.title}　答题卡", level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(facts_of(paper)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for place, section in enumerate(paper.sections):
        document.add_heading(heading_of(place, section), level=2)
        wide = section.type is QuestionType.FILL
        columns = _WIDE_COLUMNS if wide else _SHEET_COLUMNS
        numbers = [str(entry.number) for entry in section.asked]
        rows: list[list[str]] = []
        for start in range(0, len(numbers), columns):
            group = numbers[start : start + columns]
            group += [""] * (columns - len(group))
            if wide:
                rows.append([f"{number}. " if number else "" for number in group])
            else:
                rows += [group, [""] * columns]
        table = _table(document, rows, centred=not wide)
        for row in table.rows:
            row.height = Cm(0.9 if wide else 0.75)


def _key(document: Document, paper: Paper) -> None:
    page = document.add_section(WD_SECTION.NEW_PAGE)
    page.left_margin = page.right_margin = Cm(2.2)
    plain_header(page)
    version = f"{paper.version}卷　" if paper.version else ""
    document.add_heading(f"{version}参考答案及依据", level=1)
    for place, section in enumerate(paper.sections):
        document.add_heading(heading_of(place, section), level=2)
        rows = [["题号", "答案", "依据"]]
        for entry in section.asked:
            question = entry.question
            rows.append([str(entry.number), question.letters, _grounds(question)])
        table = _table(document, rows, centred=False)
        repeat_first_row(table)
        set_widths(table, _KEY_WIDTHS)


def _grounds(question: Question) -> str:
    """The citation and what it says; of a long list its beginning."""
    quote = question.quote.replace("\n", "")
    if len(quote) > _KEY_QUOTE:
        quote = f"{quote[:_KEY_QUOTE]}……"
    return f"{question.citation}：{quote}"


def _table(document: Document, rows: Sequence[Sequence[str]], *, centred: bool = True) -> Table:
    table: Table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.add_run(text)
            paragraph.paragraph_format.space_after = Pt(0)
            if centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    whole_rows(table)
    return table
