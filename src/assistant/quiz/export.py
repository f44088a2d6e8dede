"""Write questions as a printable paper or as the table that examination platforms take."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from assistant.quiz.model import BLANK, Question, QuestionType, QuizError

_LETTERS = "ABCDEFGH"
COLUMNS = (
    "题型", "题干", *(f"选项{letter}" for letter in _LETTERS),
    "答案", "解析", "难度", "知识点", "出处",
)  # fmt: skip
_NUMBERS = "一二三四五六"
_WITHOUT_LETTERS = (QuestionType.JUDGE, QuestionType.FILL)


def export_questions(questions: Sequence[Question], path: Path, title: str) -> None:
    """Write questions to ``path``; its ending says the format.

    Args:
        questions: what to write; a paper groups them by kind.
        path: a file ending in one of :data:`EXPORTS`.
        title: heading of a paper.

    Raises:
        QuizError: the ending is unknown, or there is nothing to write.
        OSError: the file cannot be written.
    """
    writer = EXPORTS.get(path.suffix.lower())
    if writer is None:
        raise QuizError(f"不能导出为 {path.name}。文件名请以{'、'.join(EXPORTS)}结尾。")
    if not questions:
        raise QuizError("没有可导出的题。请先运行 assistant quiz build，或用 --all 包括待审的题。")
    writer(questions, path, title)


def _rows(questions: Sequence[Question]) -> list[list[str]]:
    return [
        [
            question.type.label,
            question.stem,
            *(_options(question) + [""] * len(_LETTERS))[: len(_LETTERS)],
            question.letters,
            f"{question.citation}：{question.quote}",
            question.difficulty.label,
            question.topic,
            question.citation,
        ]
        for question in questions
    ]


def _options(question: Question) -> list[str]:
    return [] if question.type in _WITHOUT_LETTERS else list(question.options)


def _csv(questions: Sequence[Question], path: Path, title: str) -> None:
    # With the byte-order mark, spreadsheet programs read the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *_rows(questions)])


def _xlsx(questions: Sequence[Question], path: Path, title: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "题库"
    for row in ([*COLUMNS], *_rows(questions)):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row_cells in sheet.iter_rows(min_row=2):
        for cell in row_cells:
            # A stem that begins with = is words, not a formula.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in {"B": 70, "L": 70, "O": 40}.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.save(path)


def _groups(questions: Sequence[Question]) -> list[tuple[QuestionType, list[Question]]]:
    groups = [(kind, [q for q in questions if q.type is kind]) for kind in QuestionType]
    return [(kind, group) for kind, group in groups if group]


def _paper(questions: Sequence[Question]) -> tuple[list[str], list[str]]:
    """The lines of the paper and of its key; headings begin with a #."""
    paper: list[str] = []
    key: list[str] = []
    number = 0
    for place, (kind, group) in enumerate(_groups(questions)):
        heading = f"# {_NUMBERS[place]}、{kind.label}（共{len(group)}题）"
        paper.append(heading)
        key.append(heading)
        for question in group:
            number += 1
            end = "（　）" if kind is QuestionType.JUDGE else ""
            stem = question.stem.replace(BLANK, "＿＿＿＿")
            paper.append(f"{number}. {stem}{end}")
            paper += [
                f"　　{letter}. {option}"
                for letter, option in zip(_LETTERS, _options(question), strict=False)
            ]
            key.append(f"{number}. {question.letters}　{question.citation}")
    return paper, key


def _markdown(questions: Sequence[Question], path: Path, title: str) -> None:
    paper, key = _paper(questions)
    lines = [f"# {title}", *paper, "# 参考答案及依据", *key]
    words = "\n\n".join(f"#{line}" if line.startswith("# ") else line for line in lines)
    path.write_text(words[1:] + "\n", encoding="utf-8")


def _docx(questions: Sequence[Question], path: Path, title: str) -> None:
    paper, key = _paper(questions)
    document = docx.Document()
    document.add_heading(title, level=1)
    document.add_paragraph("单位：＿＿＿＿＿＿　　姓名：＿＿＿＿＿＿　　得分：＿＿＿＿")
    _write(document, paper)
    heading = document.add_heading("参考答案及依据", level=1)
    heading.paragraph_format.page_break_before = True
    _write(document, key)
    document.save(str(path))


def _write(document: DocxDocument, lines: Sequence[str]) -> None:
    for line in lines:
        if line.startswith("# "):
            document.add_heading(line[2:], level=2)
        else:
            document.add_paragraph(line)


EXPORTS: dict[str, Callable[[Sequence[Question], Path, str], None]] = {
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".md": _markdown,
}
"""Writers by file ending."""
