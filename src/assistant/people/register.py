"""Everything about people in one object: accounts, sessions, tokens, first run, audit log."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from assistant.people import accounts, first_run, sessions, tokens
from assistant.people.accounts import Accounts
from assistant.people.audit import AuditLog
from assistant.people.database import Database
from assistant.people.first_run import FirstRun
from assistant.people.sessions import Sessions
from assistant.people.tokens import Tokens
from assistant.settings import Settings

FILE = "people.db"
_SECRETS = "create table if not exists secrets (purpose text primary key, value text not null);"


@dataclass(frozen=True, slots=True)
class People:
    """What is known about people.

    Attributes:
        accounts: who may sign in.
        sessions: who is signed in.
        tokens: what programs sign in with.
        first_run: makes the first administrator.
        audit: what was done.
        key: random bytes that all processes over these accounts share and nobody else knows.
    """

    accounts: Accounts
    sessions: Sessions
    tokens: Tokens
    first_run: FirstRun
    audit: AuditLog
    key: str

    def __repr__(self) -> str:
        """Leave the key out."""
        return "People()"

    def set_password(self, name: str, password: str, *, keep: str = "") -> None:
        """Give someone a new password and sign them out everywhere but in session ``keep``.

        Raises:
            PeopleError: the account is unknown, or the password is too easily guessed.
        """
        self.accounts.set_password(name, password)
        self.sessions.end_all(self.accounts.get(name).person.name, but=keep)


def open_people(settings: Settings) -> People:
    """Open what the settings' data folder knows about people; opened once a process.

    Raises:
        PeopleError: the files cannot be opened.
    """
    return _open(
        settings.data.resolve(),
        timedelta(hours=settings.session_hours),
        timedelta(minutes=settings.session_idle_minutes),
        settings.mask_personal_data,
    )


@lru_cache(maxsize=64)
def _open(folder: Path, lasts: timedelta, idle: timedelta, masked: bool) -> People:
    parts = (accounts.SCHEMA, sessions.SCHEMA, tokens.SCHEMA, first_run.SCHEMA, _SECRETS)
    database = Database(folder / FILE, "".join(parts))
    database.run("insert or ignore into secrets values ('key', ?)", secrets.token_hex(32))
    known = Accounts(database)
    return People(
        accounts=known,
        sessions=Sessions(database, known, lasts, idle),
        tokens=Tokens(database, known),
        first_run=FirstRun(database, known),
        audit=AuditLog(folder, masked=masked),
        key=database.rows("select value from secrets where purpose = 'key'")[0][0],
    )
