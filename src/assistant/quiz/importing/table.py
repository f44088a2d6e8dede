"""Read the tables of Chinese examination platforms: headings in any order, XLSX or CSV."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assistant.quiz.model import QuizError
from assistant.quiz.values import plain

_HEADINGS = {
    "type": "题型 试题类型 题目类型 类型 题类",
    "stem": "题干 题目 试题 试题内容 题目内容 试题题干 题目题干 问题 题目描述",
    "key": "答案 正确答案 标准答案 参考答案 试题答案",
    "explanation": "解析 答案解析 试题解析 题目解析 详解 说明 备注",
    "source": "出处 依据 法律依据 法条 法规依据 来源 条款 答案依据",
    "difficulty": "难度 难易度 难易程度 难度系数 难度等级",
    "topic": "知识点 章节 考点 分类 所属分类 知识点名称 标签",
    "options": "选项 试题选项 备选答案 题目选项",
}
_BY_HEADING = {name: role for role, names in _HEADINGS.items() for name in names.split()}
_OPTION = re.compile(
    r"(?:选项|答案|备选项)?[(（]?(?P<letter>[A-Ha-h]|[1-8一二三四五六七八])[)）]?(?:选项|项)?"
)
_NUMBERS = "一二三四五六七八"
_HEAD_ROWS = 10
_LETTERS = "ABCDEFGH"
_NOT_WORDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Row:
    """A question as a table has it.

    Attributes:
        number: row in the sheet, counted from 1.
        type, stem, key, explanation, source, difficulty, topic: cells; empty if missing.
        options: options with a column of their own, by letter.
        listed: all options in one cell; empty if they have columns.
    """

    number: int
    type: str = ""
    stem: str = ""
    key: str = ""
    explanation: str = ""
    source: str = ""
    difficulty: str = ""
    topic: str = ""
    listed: str = ""
    options: dict[str, str] = field(default_factory=dict)


def read_table(path: Path) -> list[Row]:
    """Return the questions of a table.

    Raises:
        QuizError: the file cannot be read, or no row of it has the headings of a bank.
    """
    readers = {".xlsx": _sheets, ".csv": _csv, ".txt": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise QuizError(f"不能导入 {path.name}。请存为 .xlsx 或 .csv 后再试。")
    try:
        tables = list(reader(path))
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise QuizError(f"读不到题库文件 {path}（{error}）。请检查文件是否完好。") from error
    rows = [row for table in tables for row in _rows(table)]
    if not rows:
        raise QuizError(
            f"{path.name} 中没有识别出试题：表头应有“题干”和“答案”两列，另可有"
            "“题型”“选项A”“选项B”“解析”“出处”“难度”“知识点”等列。"
        )
    return rows


Table = list[list[str]]


def _sheets(path: Path) -> Iterator[Table]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


def _csv(path: Path) -> Iterator[Table]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    head = text.partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    yield [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "正确" if value else "错误"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _NOT_WORDS.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _rows(table: Table) -> Iterator[Row]:
    for place, cells in enumerate(table[:_HEAD_ROWS]):
        roles = _roles(cells)
        if {"stem", "key"} <= set(roles.values()):
            for number, row in enumerate(table[place + 1 :], start=place + 2):
                read = _row(number, roles, row)
                if read.stem:
                    yield read
            return


def _roles(cells: Sequence[str]) -> dict[int, str]:
    """What each column is, by its heading; an option's role is its letter."""
    roles: dict[int, str] = {}
    for column, heading in enumerate(cells):
        words = re.sub(r"[*＊:：]|[(（](?:必填|选填)[)）]", "", plain(heading))
        role = _BY_HEADING.get(words) or _letter(words)
        if role and role not in roles.values():
            roles[column] = role
    return roles


def _letter(heading: str) -> str:
    match = _OPTION.fullmatch(heading)
    if match is None:
        return ""
    mark = match["letter"].upper()
    if mark in _LETTERS:
        return mark
    place = int(mark) - 1 if mark.isdigit() else _NUMBERS.index(mark)
    # A heading that is a mere number says nothing.
    return _LETTERS[place] if len(heading) > 1 else ""


def _row(number: int, roles: dict[int, str], cells: Iterable[str]) -> Row:
    words: dict[str, str] = {}
    options: dict[str, str] = {}
    for column, cell in enumerate(cells):
        role = roles.get(column)
        if role is None or not cell:
            continue
        if role in _LETTERS:
            options[role] = cell
        else:
            words["listed" if role == "options" else role] = cell
    return Row(number, options=options, **words)
