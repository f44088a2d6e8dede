"""API tokens: what programs sign in with, each for one person and a few uses."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from assistant.people.accounts import Accounts
from assistant.people.database import Database, moment, now
from assistant.people.errors import PeopleError
from assistant.people.model import Person
from assistant.people.random_tokens import fingerprint, new_token

SCHEMA = """
create table if not exists tokens (
    hash text primary key, name text not null, label text not null, scopes text not null,
    made text not null, expires text not null, unique (name, label)
);
"""
PREFIX = "eat_"
"""How every token begins, so that one left in a file is recognised."""
_LONGEST_LABEL = 40


class Scope(StrEnum):
    """What a program may do with a token, within the role of its person."""

    READ = "read"
    ASK = "ask"
    ADMINISTER = "administer"

    @property
    def label(self) -> str:
        """The scope as readers see it, in Chinese."""
        return {"read": "检索与查看", "ask": "提问", "administer": "管理"}[self.value]


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its owner sees it; its secret is shown once, when it is issued.

    Attributes:
        name: whose it is.
        label: what for.
        scopes: what it may be used for.
        made, expires: when it was issued and until when it counts (UTC, ISO 8601).
    """

    name: str
    label: str
    scopes: frozenset[Scope]
    made: str
    expires: str


class Tokens:
    """The tokens in one database.

    Any number of threads and processes may share it.

    Args:
        database: where they are kept, as hashes.
        accounts: whose tokens they are; a disabled account's count for nothing.
    """

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database = database
        self._accounts = accounts

    def issue(self, name: str, label: str, scopes: Iterable[Scope], lasts: timedelta) -> str:
        """Return a new token; it cannot be shown again.

        Args:
            name: the account that it acts for.
            label: what it is for, in the owner's words.
            scopes: what it may be used for.
            lasts: how long it counts.

        Raises:
            PeopleError: the account is unknown, the label is empty or taken, nothing is
                allowed, or it would expire at once.
        """
        name = self._accounts.get(name).person.name
        label, allowed = label.strip()[:_LONGEST_LABEL], sorted(set(scopes))
        if not label or not allowed or lasts <= timedelta():
            raise PeopleError("请写明令牌的用途、至少一个范围和大于零的有效期。")
        token = new_token(PREFIX)
        try:
            self._database.run(
                "insert into tokens values (?, ?, ?, ?, ?, ?)",
                fingerprint(token), name, label, json.dumps(allowed),
                moment(now()), moment(now() + lasts),
            )  # fmt: skip
        except sqlite3.IntegrityError as error:
            raise PeopleError(f"“{name}”已有名为“{label}”的令牌。请换一个名称。") from error
        return token

    def check(self, token: str) -> tuple[Person, frozenset[Scope]] | None:
        """Return whom a token acts for and for what; None if it counts for nothing."""
        rows = self._database.rows(
            "select name, scopes from tokens where hash = ? and expires > ?",
            fingerprint(token), moment(now()),
        )  # fmt: skip
        person = self._accounts.find(rows[0][0]) if rows else None
        return (person, _scopes(rows[0][1])) if person is not None else None

    def all(self, name: str = "") -> list[ApiToken]:
        """Return the tokens of a person, or of all."""
        rows = self._database.rows(
            "select name, label, scopes, made, expires from tokens"
            " where ? in ('', name) order by name, label",
            name,
        )
        return [
            ApiToken(owner, label, _scopes(s), made, ends) for owner, label, s, made, ends in rows
        ]

    def revoke(self, name: str, label: str) -> None:
        """End a token at once.

        Raises:
            PeopleError: there is none of this name.
        """
        if not self._database.run("delete from tokens where name = ? and label = ?", name, label):
            raise PeopleError(f"“{name}”没有名为“{label}”的令牌。")


def _scopes(kept: str) -> frozenset[Scope]:
    return frozenset(Scope(value) for value in json.loads(kept))
