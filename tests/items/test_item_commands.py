"""The commands over item lists."""

import os
from pathlib import Path

import openpyxl
import pytest
from benchmarks.item_lists.defects import write_defective
from typer.testing import CliRunner

from assistant.cli import app
from assistant.settings import Settings


@pytest.fixture
def settings_in_place(default_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", os.fspath(default_settings.index))
    monkeypatch.setenv("ASSISTANT_CORPUS", os.fspath(default_settings.corpus))


@pytest.mark.usefixtures("settings_in_place")
def test_a_file_is_checked_without_being_taken_in(tmp_path: Path) -> None:
    path, remarks = tmp_path / "清单.xlsx", tmp_path / "批注.xlsx"
    write_defective(path)
    result = CliRunner().invoke(app, ["items", "check", str(path), "--xlsx", str(remarks)])

    assert result.exit_code == 0, result.output
    assert "依据已废止 9 处" in result.output
    assert openpyxl.load_workbook(remarks).worksheets[0].max_row > 90


@pytest.mark.usefixtures("settings_in_place")
def test_all_lists_of_the_index_are_checked() -> None:
    result = CliRunner().invoke(app, ["items", "check", "--all"])

    assert result.exit_code == 0, result.output
    assert "108项，108项没有问题" in result.output
