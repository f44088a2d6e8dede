"""Accounts: who may sign in, with which password, role and units."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.people.database import Database, moment, now
from assistant.people.errors import PeopleError, SignInError
from assistant.people.model import Person, Role
from assistant.people.names import check_name, plain_name
from assistant.people.passwords import check_password, hashed, matches, outdated

SCHEMA = """
create table if not exists people (
    name text primary key, shown text not null, role text not null, units text not null,
    hash text not null, disabled integer not null default 0, made text not null,
    subject text unique
);
create table if not exists failures (
    name text primary key, count integer not null, latest text not null, locked text not null
);
"""
FAILURES = 5
"""Wrong passwords in a row after which an account is locked."""
LOCKED = timedelta(minutes=15)
_FORGOTTEN = timedelta(days=1)
_WRONG = "用户名或密码不正确。"


@dataclass(frozen=True, slots=True)
class Account:
    """An account as administrators see it.

    Attributes:
        person: who it is and what they may do.
        disabled: True if nobody may sign in with it.
        made: when it was made (UTC, ISO 8601).
        locked: until when it is locked after wrong passwords; None if it is not.
        has_password: False where only single sign-on is used.
    """

    person: Person
    disabled: bool
    made: str
    locked: datetime | None
    has_password: bool


class Accounts:
    """The accounts in one database.

    Any number of threads and processes may share it.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        name: str,
        role: Role,
        password: str,
        units: Iterable[str] = (),
        shown: str = "",
        subject: str | None = None,
    ) -> Person:
        """Make an account and return its person.

        Args:
            name: to sign in with.
            role: what the person may do.
            password: kept only as a hash; empty for single sign-on alone.
            units: the person's units.
            shown: the name that others see.
            subject: who the person is at the single sign-on.

        Raises:
            PeopleError: the name or password cannot be used, or the name is taken.
        """
        name = check_name(name)
        if password or subject is None:
            check_password(password, name)
        record = (name, shown.strip()[:40], role.value, _units(units))
        secret = hashed(password) if password else ""
        try:
            self._database.run(
                "insert into people values (?, ?, ?, ?, ?, 0, ?, ?)",
                *record, secret, moment(now()), subject,
            )  # fmt: skip
        except sqlite3.IntegrityError as error:
            raise PeopleError(f"用户名“{name}”已被使用。请换一个用户名。") from error
        return self.get(name).person

    def get(self, name: str) -> Account:
        """Return an account.

        Raises:
            PeopleError: there is none of this name.
        """
        found = self._select("where name = ?", plain_name(name))
        if not found:
            raise PeopleError(f"没有用户“{name}”。用 assistant people list 查看全部用户。")
        return found[0]

    def find(self, name: str) -> Person | None:
        """Return the person of an account that may be used, None if there is none."""
        found = self._select("where name = ? and not disabled", plain_name(name))
        return found[0].person if found else None

    def of_subject(self, subject: str) -> Account | None:
        """Return the account of someone at the single sign-on, None if there is none."""
        found = self._select("where subject = ?", subject)
        return found[0] if found else None

    def all(self) -> list[Account]:
        """Return every account by name."""
        return self._select("order by name")

    def sign_in(self, name: str, password: str) -> Person:
        """Return the person whose name and password these are.

        Raises:
            SignInError: they are not, or the account is disabled or locked.
        """
        name = plain_name(name)[:80]
        if (until := self._locked(name)) is not None:
            minutes = max(1, round((until - now()).total_seconds() / 60))
            raise SignInError(
                f"密码多次不正确，该用户名已暂时锁定。请在 {minutes} 分钟后再试，"
                "或请管理员重设密码。"
            )
        rows = self._database.rows("select hash from people where name = ? and not disabled", name)
        kept = rows[0][0] if rows else ""
        if not matches(password, kept or None):
            self._count_failure(name)
            raise SignInError(_WRONG)
        self._database.run("delete from failures where name = ?", name)
        if outdated(kept):
            self._database.run("update people set hash = ? where name = ?", hashed(password), name)
        return self.get(name).person

    def set_password(self, name: str, password: str) -> None:
        """Give an account a new password and unlock it.

        Raises:
            PeopleError: the account is unknown, or the password is too easily guessed.
        """
        name = self.get(name).person.name
        check_password(password, name)
        with self._database.writing():
            self._database.run("update people set hash = ? where name = ?", hashed(password), name)
            self._database.run("delete from failures where name = ?", name)

    def change(
        self,
        name: str,
        *,
        role: Role | None = None,
        units: Iterable[str] | None = None,
        disabled: bool | None = None,
    ) -> Account:
        """Change what an account may do; None leaves a property as it is.

        Raises:
            PeopleError: the account is unknown, or no administrator would be left.
        """
        with self._database.writing():
            account = self.get(name)
            person = account.person
            role = role or person.role
            off = account.disabled if disabled is None else disabled
            loses = role is not Role.ADMINISTRATOR or off
            if person.role is Role.ADMINISTRATOR and loses and self._only(person.name):
                raise PeopleError(
                    "这是唯一可用的管理员，不能停用或改为其他角色。请先另设一名管理员。"
                )
            self._database.run(
                "update people set role = ?, units = ?, disabled = ? where name = ?",
                role.value,
                _units(person.units if units is None else units),
                int(off),
                person.name,
            )
        return self.get(name)

    def has_administrator(self) -> bool:
        """Return whether anyone may administer the assistant."""
        return bool(self._administrators())

    def _only(self, name: str) -> bool:
        return self._administrators() == [name]

    def _administrators(self) -> list[str]:
        rows = self._database.rows(
            "select name from people where role = ? and not disabled", Role.ADMINISTRATOR.value
        )
        return [row[0] for row in rows]

    def _locked(self, name: str) -> datetime | None:
        rows = self._database.rows("select locked from failures where name = ?", name)
        until = datetime.fromisoformat(rows[0][0]) if rows and rows[0][0] else None
        return until if until is not None and until > now() else None

    def _count_failure(self, name: str) -> None:
        with self._database.writing():
            old = moment(now() - _FORGOTTEN)
            self._database.run("delete from failures where latest < ?", old)
            rows = self._database.rows("select count from failures where name = ?", name)
            count = int(rows[0][0]) + 1 if rows else 1
            locked = count >= FAILURES
            self._database.run(
                "insert or replace into failures values (?, ?, ?, ?)",
                name, 0 if locked else count, moment(now()),
                moment(now() + LOCKED) if locked else "",
            )  # fmt: skip

    def _select(self, condition: str, *values: object) -> list[Account]:
        rows = self._database.rows(
            f"select name, shown, role, units, hash <> '', disabled, made from people {condition}",
            *values,
        )
        return [
            Account(
                person=Person(name, Role(role), frozenset(json.loads(units)), shown),
                disabled=bool(disabled),
                made=made,
                locked=self._locked(name),
                has_password=bool(has_password),
            )
            for name, shown, role, units, has_password, disabled, made in rows
        ]


def _units(units: Iterable[str]) -> str:
    return json.dumps(sorted({unit.strip() for unit in units if unit.strip()}), ensure_ascii=False)
