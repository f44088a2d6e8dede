"""Sessions: who is signed in, told by a random token that only its browser has."""

from datetime import timedelta

from assistant.people.accounts import Accounts
from assistant.people.database import Database, moment, now
from assistant.people.model import Person
from assistant.people.random_tokens import fingerprint, new_token

SCHEMA = """
create table if not exists sessions (
    hash text primary key, name text not null, begun text not null, seen text not null
);
create index if not exists sessions_of on sessions (name);
"""
# A session's last use is written at most so often.
_NOTED = timedelta(seconds=60)


class Sessions:
    """Signed-in browsers.

    Any number of threads and processes may share it.

    Args:
        database: where they are kept, as hashes.
        accounts: whose sessions they are; a disabled account's count for nothing.
        lasts: time after which a session ends in any case.
        idle: time without use after which it ends.
    """

    def __init__(
        self, database: Database, accounts: Accounts, lasts: timedelta, idle: timedelta
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._lasts = lasts
        self._idle = idle

    def begin(self, person: Person) -> str:
        """Sign a person in and return the token for their browser."""
        self._forget()
        token = new_token()
        begun = moment(now())
        self._database.run(
            "insert into sessions values (?, ?, ?, ?)",
            fingerprint(token),
            person.name,
            begun,
            begun,
        )
        return token

    def person(self, token: str, *, used: bool = True) -> Person | None:
        """Return who has a token; None if it is unknown, expired, or the account is disabled.

        Args:
            token: from the browser.
            used: whether a person did something; a page that only asks keeps no session alive.
        """
        key, present = fingerprint(token), now()
        rows = self._database.rows(
            "select name, seen from sessions where hash = ? and begun > ? and seen > ?",
            key, moment(present - self._lasts), moment(present - self._idle),
        )  # fmt: skip
        if not rows:
            return None
        name, seen = rows[0]
        if used and seen < moment(present - min(_NOTED, self._idle / 2)):
            self._database.run("update sessions set seen = ? where hash = ?", moment(present), key)
        return self._accounts.find(name)

    def end(self, token: str) -> None:
        """Sign one browser out."""
        self._database.run("delete from sessions where hash = ?", fingerprint(token))

    def end_all(self, name: str, *, but: str = "") -> None:
        """Sign a person out everywhere, except in the browser with the token ``but``."""
        self._database.run(
            "delete from sessions where name = ? and hash <> ?", name, fingerprint(but)
        )

    def _forget(self) -> None:
        self._database.run(
            "delete from sessions where begun <= ? or seen <= ?",
            moment(now() - self._lasts),
            moment(now() - self._idle),
        )
