"""Signing in, being locked out, sessions and tokens that end."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.people.conftest import OTHER, PASSWORD
from typer.testing import CliRunner

from assistant.cli import app
from assistant.people import (
    LOCAL,
    NOBODY,
    NotAllowedError,
    People,
    PeopleError,
    Person,
    Role,
    Scope,
    SignInError,
    acting,
    acting_as,
    only,
    open_people,
)
from assistant.people import accounts as accounts_module
from assistant.settings import AccountsMode, Settings, SettingsError, load_settings


def test_the_right_password_signs_in(people: People, officer: Person) -> None:
    assert people.accounts.sign_in("张三", PASSWORD) == officer
    assert officer.role is Role.READER and officer.units == {"城关镇"}


def test_a_wrong_password_and_an_unknown_name_are_refused_in_the_same_words(
    people: People, officer: Person
) -> None:
    messages = set()
    for name, password in (("张三", OTHER), ("李四", PASSWORD), ("", ""), ("张三", "")):
        with pytest.raises(SignInError) as refused:
            people.accounts.sign_in(name, password)
        messages.add(str(refused.value))
    assert messages == {"用户名或密码不正确。"}


def test_an_account_is_locked_after_wrong_passwords_and_a_new_password_unlocks_it(
    people: People, officer: Person
) -> None:
    for _ in range(accounts_module.FAILURES):
        with pytest.raises(SignInError):
            people.accounts.sign_in("张三", OTHER)
    with pytest.raises(SignInError, match="锁定"):
        people.accounts.sign_in("张三", PASSWORD)
    assert people.accounts.get("张三").locked is not None
    people.set_password("张三", OTHER)
    assert people.accounts.sign_in("张三", OTHER) == officer


def test_a_lock_ends_with_its_time(
    people: People, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(accounts_module.FAILURES):
        with pytest.raises(SignInError):
            people.accounts.sign_in("张三", OTHER)
    later = datetime.now(UTC) + accounts_module.LOCKED + timedelta(seconds=1)
    monkeypatch.setattr(accounts_module, "now", lambda: later)
    assert people.accounts.sign_in("张三", PASSWORD) == officer


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa", "1234567890", "张三" * 5])
def test_passwords_that_are_easily_guessed_are_refused(people: People, password: str) -> None:
    with pytest.raises(PeopleError, match="密码"):
        people.accounts.add("张三", Role.READER, password)
    assert people.accounts.all() == []


@pytest.mark.parametrize("name", ["", " ", "a b", "<script>", "../etc", "local", "x" * 41, "a\nb"])
def test_names_with_strange_characters_are_refused(people: People, name: str) -> None:
    with pytest.raises(PeopleError, match="用户名"):
        people.accounts.add(name, Role.READER, PASSWORD)


def test_neither_passwords_nor_tokens_are_on_the_disk(
    people: People, officer: Person, people_settings: Settings
) -> None:
    session = people.sessions.begin(officer)
    token = people.tokens.issue("张三", "台账", [Scope.READ], timedelta(days=1))
    code = people.first_run.new_code()
    kept = b"".join(path.read_bytes() for path in people_settings.data.iterdir())
    for secret in (PASSWORD, session, token, code):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept


def test_only_the_owner_may_read_the_files(people: People, people_settings: Settings) -> None:
    for path in people_settings.data.glob("*.db"):
        assert path.stat().st_mode & 0o077 == 0


def test_the_last_administrator_cannot_be_disabled_or_demoted(people: People) -> None:
    people.accounts.add("局长", Role.ADMINISTRATOR, PASSWORD)
    for change in ({"disabled": True}, {"role": Role.READER}):
        with pytest.raises(PeopleError, match="唯一"):
            people.accounts.change("局长", **change)  # type: ignore[arg-type]


def test_a_session_tells_who_is_signed_in_until_it_is_ended(
    people: People, officer: Person
) -> None:
    token = people.sessions.begin(officer)
    assert people.sessions.person(token) == officer
    people.sessions.end(token)
    assert people.sessions.person(token) is None


@pytest.mark.parametrize("token", ["", "x", "' or 1=1 --", "\ud800", "A" * 100_000])
def test_a_made_up_token_is_nobody(people: People, officer: Person, token: str) -> None:
    people.sessions.begin(officer)
    assert people.sessions.person(token) is None
    assert people.tokens.check(token) is None


def test_sessions_expire(tmp_path: Path) -> None:
    short = Settings(data=tmp_path, session_hours=1e-9)
    people = open_people(short)
    person = people.accounts.add("张三", Role.READER, PASSWORD)
    assert people.sessions.person(people.sessions.begin(person)) is None


def test_a_new_password_ends_every_other_session(people: People, officer: Person) -> None:
    here, elsewhere = people.sessions.begin(officer), people.sessions.begin(officer)
    people.set_password("张三", OTHER, keep=here)
    assert people.sessions.person(here) == officer
    assert people.sessions.person(elsewhere) is None


def test_a_disabled_account_loses_sessions_tokens_and_sign_in(
    people: People, officer: Person
) -> None:
    session = people.sessions.begin(officer)
    token = people.tokens.issue("张三", "台账", [Scope.READ], timedelta(days=1))
    people.accounts.change("张三", disabled=True)
    assert people.sessions.person(session) is None
    assert people.tokens.check(token) is None
    with pytest.raises(SignInError):
        people.accounts.sign_in("张三", PASSWORD)


def test_a_token_acts_for_its_person_within_its_scopes_until_revoked(
    people: People, officer: Person
) -> None:
    token = people.tokens.issue("张三", "台账", [Scope.READ], timedelta(days=1))
    assert people.tokens.check(token) == (officer, {Scope.READ})
    people.tokens.revoke("张三", "台账")
    assert people.tokens.check(token) is None


def test_the_first_administrator_needs_the_code_and_it_counts_once(people: People) -> None:
    code = people.first_run.new_code()
    with pytest.raises(SignInError, match="安装码"):
        people.first_run.set_up("AAAA-AAAA-AAAA-AAAA", "局长", PASSWORD)
    person = people.first_run.set_up(code.lower(), "局长", PASSWORD)
    assert person.role is Role.ADMINISTRATOR
    with pytest.raises(SignInError, match="安装码"):
        people.first_run.set_up(code, "又一个", PASSWORD)


def test_the_code_cannot_be_guessed_without_end(people: People) -> None:
    code = people.first_run.new_code()
    for _ in range(10):
        with pytest.raises(SignInError):
            people.first_run.set_up("AAAA-AAAA-AAAA-AAAA", "局长", PASSWORD)
    with pytest.raises(SignInError):
        people.first_run.set_up(code, "局长", PASSWORD)


def test_of_two_who_use_the_code_at_once_one_becomes_administrator(people: People) -> None:
    code = people.first_run.new_code()
    made: list[Person] = []

    def set_up(name: str) -> None:
        try:
            made.append(people.first_run.set_up(code, name, PASSWORD))
        except PeopleError:
            return

    threads = [threading.Thread(target=set_up, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 == len(people.accounts.all())


def test_a_function_for_administrators_runs_for_nobody_else(officer: Person) -> None:
    @only(Role.ADMINISTRATOR)
    def reveal() -> str:
        return "done"

    with acting_as(LOCAL):
        assert reveal() == "done"
    for person in (officer, NOBODY, Person("李四", Role.TRAINER)):
        with acting_as(person), pytest.raises(NotAllowedError, match="管理员"):
            reveal()
    with pytest.raises(NotAllowedError):
        reveal()


def test_without_accounts_whoever_is_here_is_local_and_with_them_nobody() -> None:
    assert acting(Settings()) is LOCAL
    assert acting(Settings(accounts=AccountsMode.ON)) is NOBODY


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "people.db").write_bytes(b"no database " * 100)
    with pytest.raises(PeopleError, match=r"people\.db"):
        open_people(Settings(data=tmp_path))


def test_accounts_are_managed_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path))
    typed = f"{PASSWORD}\n{PASSWORD}\n"

    def run(*arguments: str, given: str = "") -> str:
        result = CliRunner().invoke(app, list(arguments), input=given)
        assert result.exit_code == 0, result.output
        return result.output

    run("people", "add", "局长", "--role", "administrator", given=typed)
    said = run("people", "add", "张三", "--unit", "城关镇", "--shown", "张三丰", given=typed)
    assert "读者" in said and PASSWORD not in said
    run("people", "role", "张三", "trainer")
    assert "培训人员  城关镇" in run("people", "list")
    run("people", "disable", "张三")
    assert "已停用" in run("people", "list")
    run("people", "enable", "张三")
    run("people", "password", "张三", given=f"{OTHER}\n{OTHER}\n")
    token = run("people", "token", "张三", "--label", "台账").strip()
    people = open_people(Settings(data=tmp_path))
    assert people.accounts.sign_in("张三", OTHER).role is Role.TRAINER
    assert people.tokens.check(token) is not None
    assert [entry.detail["change"] for entry in people.audit.entries()] == [
        "add", "add", "role", "disable", "enable", "password", "issue_token",
    ]  # fmt: skip


def test_a_secret_in_a_faulty_setting_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(oidc_client_secret=["hunter2"], llm_key=5, llm_kye="sk-hunter2", port=-1)
    assert "hunter2" not in str(refused.value) and "llm_kye" in str(refused.value)
    assert "port = -1" in str(refused.value)
    assert "hunter2" not in repr(Settings(oidc_client_secret="hunter2", llm_key="hunter2"))


def test_a_file_in_use_by_another_process_is_waited_for(
    people: People, people_settings: Settings
) -> None:
    other = sqlite3.connect(people_settings.data / "people.db", isolation_level=None)
    other.execute("begin immediate")
    worker = threading.Thread(
        target=people.accounts.add, args=("张三", Role.READER, PASSWORD), daemon=True
    )
    worker.start()
    worker.join(0.3)
    assert worker.is_alive()
    other.execute("commit")
    other.close()
    worker.join()
    assert people.accounts.get("张三").person.name == "张三"
