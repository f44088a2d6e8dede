"""The first administrator: made by whoever can read the server's console."""

from datetime import timedelta

from assistant.people.accounts import Accounts
from assistant.people.database import Database, moment, now
from assistant.people.errors import SignInError
from assistant.people.model import Person, Role
from assistant.people.random_tokens import fingerprint, new_code

SCHEMA = """
create table if not exists first_run (
    only integer primary key check (only = 1), hash text not null, expires text not null,
    tries integer not null
);
"""
_LASTS = timedelta(hours=24)
_TRIES = 10


class FirstRun:
    """A one-time code for the first account; it counts only while there is no administrator.

    Args:
        database: where the code's hash is kept.
        accounts: the accounts, among which an administrator may be missing.
    """

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database = database
        self._accounts = accounts

    @property
    def due(self) -> bool:
        """Whether the first administrator is still to be made."""
        return not self._accounts.has_administrator()

    def new_code(self) -> str:
        """Return a new code to be shown on the console; older ones count no more."""
        code = new_code()
        self._database.run(
            "insert or replace into first_run values (1, ?, ?, ?)",
            fingerprint(code), moment(now() + _LASTS), _TRIES,
        )  # fmt: skip
        return code

    def set_up(self, code: str, name: str, password: str) -> Person:
        """Make the first administrator with the code from the console.

        Raises:
            SignInError: the code is wrong, used, expired or was tried too often, or there
                is an administrator already.
            PeopleError: the name or password cannot be used; the code still counts.
        """
        wrong = SignInError("安装码不正确或已失效。请查看服务器控制台，必要时重新启动以取得新码。")
        with self._database.writing():
            tried = self._database.run(
                "update first_run set tries = tries - 1 where tries > 0 and expires > ?",
                moment(now()),
            )
        typed = code.strip().upper().replace(" ", "-")
        with self._database.writing():
            known = self._database.rows(
                "select 1 from first_run where hash = ?", fingerprint(typed)
            )
            if not (tried and known and self.due):
                raise wrong
            person = self._accounts.add(name, Role.ADMINISTRATOR, password)
            self._database.run("delete from first_run")
        return person
