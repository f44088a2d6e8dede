"""Accounts in a folder of the test's own, on the disk as in service."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.people import People, Person, Role, open_people
from assistant.settings import AccountsMode, Settings

PASSWORD = "落叶-满阶-红不扫7"
OTHER = "another-Fine-secret 42"


@pytest.fixture
def people_settings(tmp_path: Path) -> Settings:
    """Settings with accounts on."""
    return Settings(data=tmp_path / "data", accounts=AccountsMode.ON)


@pytest.fixture
def people(people_settings: Settings) -> People:
    """Nobody yet."""
    return open_people(people_settings)


@pytest.fixture
def officer(people: People) -> Person:
    """A reader named 张三 of one unit."""
    return people.accounts.add("张三", Role.READER, PASSWORD, units=["城关镇"])
