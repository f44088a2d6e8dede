"""The audit log keeps what was done, refuses changes, and shows them if they happen."""

from __future__ import annotations

import csv
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.people import Action, AuditLog, People, PeopleError, Person, Role, export_entries

OFFICER = Person("张三", Role.READER)
QUESTION = "身份证 110101199003074477 的当事人，电话13912345678，怎么罚？"


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    """A log with three entries."""
    log = AuditLog(tmp_path)
    log.record(OFFICER, Action.SIGNED_IN, address="10.0.0.7")
    log.record(OFFICER, Action.ASKED, QUESTION, outcome="answered", shown=["a#a1", "b#s2"])
    log.record(OFFICER, Action.SIGNED_OUT)
    return log


def tampered(folder: Path, statement: str) -> None:
    """Change the file as someone with the disk could: after removing the triggers."""
    with sqlite3.connect(folder / "audit.db") as connection:
        connection.executescript("drop trigger entries_stay; drop trigger entries_remain;")
        connection.execute(statement)


def test_who_asked_and_what_was_shown_is_kept_without_personal_data(log: AuditLog) -> None:
    entry = list(log.entries())[1]
    assert (entry.number, entry.person, entry.action) == (2, "张三", "asked")
    assert entry.detail == {"outcome": "answered", "shown": ["a#a1", "b#s2"]}
    assert entry.subject == "身份证 [身份证号] 的当事人，电话[电话号码]，怎么罚？"


def test_personal_data_is_kept_where_the_bureau_says_so(tmp_path: Path) -> None:
    log = AuditLog(tmp_path, masked=False)
    log.record(OFFICER, Action.ASKED, QUESTION)
    assert next(iter(log.entries())).subject == QUESTION


@pytest.mark.parametrize(
    "statement",
    [
        "update entries set subject = '' where number = 2",
        "delete from entries where number = 2",
        "delete from entries",
        "insert or replace into entries select 2, moment, '李四', role, address, action, subject,"
        " detail, hash from entries where number = 1",
    ],
)
def test_the_file_refuses_changes(log: AuditLog, tmp_path: Path, statement: str) -> None:
    connection = sqlite3.connect(tmp_path / "audit.db")
    connection.execute("pragma recursive_triggers=on")
    with pytest.raises(sqlite3.DatabaseError, match="只能追加"):
        connection.execute(statement)
    connection.close()
    assert log.first_fault() is None and log.head()[0] == 3


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("update entries set subject = '别的' where number = 2", 2),
        ("update entries set person = '李四' where number = 1", 1),
        ("delete from entries where number = 1", 1),
        ("delete from entries where number = 2", 2),
        ("update entries set number = 9 where number = 3", 3),
        ("update entries set hash = '' where number = 3", 3),
    ],
)
def test_a_change_behind_its_back_is_noticed(
    log: AuditLog, tmp_path: Path, statement: str, fault: int
) -> None:
    tampered(tmp_path, statement)
    assert log.first_fault() == fault


def test_entries_cut_off_at_the_end_are_noticed_with_a_noted_hash(
    log: AuditLog, tmp_path: Path
) -> None:
    _, noted = log.head()
    log.record(OFFICER, Action.SIGNED_IN)
    assert log.first_fault(noted) is None
    tampered(tmp_path, "delete from entries where number >= 3")
    assert log.first_fault() is None
    assert log.first_fault(noted) == 3


def test_processes_that_write_at_once_keep_one_chain(tmp_path: Path) -> None:
    logs = [AuditLog(tmp_path) for _ in range(4)]

    def write(log: AuditLog) -> None:
        for _ in range(10):
            log.record(OFFICER, Action.OPENED, "x#a1")

    threads = [threading.Thread(target=write, args=(log,)) for log in logs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert logs[0].head()[0] == 40 and logs[0].first_fault() is None


def test_exports_carry_out_no_formula(log: AuditLog, tmp_path: Path) -> None:
    log.record(OFFICER, Action.ASKED, "=cmd|'/c calc'!A1")
    assert export_entries(log.entries(), tmp_path / "log.csv") == 4
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["序号", "时间", "用户"]
    assert rows[4][6] == "'=cmd|'/c calc'!A1"
    export_entries(log.entries(), tmp_path / "log.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "log.xlsx").active
    assert sheet is not None and sheet.cell(5, 7).data_type == "s"
    with pytest.raises(PeopleError, match=r"\.csv"):
        export_entries(log.entries(), tmp_path / "log.txt")


def test_a_span_of_time_is_exported(log: AuditLog) -> None:
    present = datetime.now(UTC)
    hour = timedelta(hours=1)
    assert len(list(log.entries(since=present - hour, until=present + hour))) == 3
    assert list(log.entries(since=present + hour)) == []


def test_the_command_line_verifies_and_exports(
    people: People, officer: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    people.audit.record(officer, Action.SIGNED_IN)
    target = tmp_path / "导出.xlsx"
    assert "1 条" in CliRunner().invoke(app, ["audit", "export", str(target)]).output
    said = CliRunner().invoke(app, ["audit", "verify"])
    assert said.exit_code == 0 and people.audit.head()[1] in said.output
    tampered(tmp_path / "data", "update entries set person = '李四'")
    said = CliRunner().invoke(app, ["audit", "verify"])
    assert said.exit_code == 4 and "第 1 条" in said.stderr
