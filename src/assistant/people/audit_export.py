"""The audit log as a table for auditors."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from assistant.people.audit import Action, Entry
from assistant.people.errors import PeopleError
from assistant.people.model import Role

_HEADINGS = ("序号", "时间", "用户", "角色", "地址", "操作", "对象", "详情", "校验值")
# A spreadsheet would carry out a cell that begins so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_entries(entries: Iterable[Entry], path: Path) -> int:
    """Write entries to a CSV or XLSX file and return how many.

    Times are local; nothing in a cell is carried out as a formula.

    Raises:
        PeopleError: the file's name ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        return _to_csv(_table(entries), path)
    if path.suffix.lower() == ".xlsx":
        return _to_xlsx(_table(entries), path)
    raise PeopleError(f"不能导出为 {path.name}。请用以 .csv 或 .xlsx 结尾的文件名。")


def _table(entries: Iterable[Entry]) -> Iterator[list[str | int]]:
    for entry in entries:
        when = datetime.fromisoformat(entry.moment).astimezone()
        yield [
            entry.number,
            when.isoformat(sep=" ", timespec="seconds"),
            _safe(entry.person),
            Role(entry.role).label,
            entry.address,
            Action(entry.action).label,
            _safe(entry.subject),
            _safe(json.dumps(entry.detail, ensure_ascii=False)),
            entry.hash,
        ]


def _to_csv(rows: Iterable[list[str | int]], path: Path) -> int:
    # The mark at the beginning lets spreadsheets read Chinese.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _to_xlsx(rows: Iterable[list[str | int]], path: Path) -> int:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("审计日志")
    sheet.append(_HEADINGS)
    count = 0
    for row in rows:
        sheet.append(row)
        count += 1
    workbook.save(path)
    return count


def _safe(text: str) -> str:
    text = ILLEGAL_CHARACTERS_RE.sub("�", text)
    return f"'{text}" if text.startswith(_FORMULA) else text
