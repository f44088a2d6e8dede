"""Passwords: what counts as one, and their argon2id hashes."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from assistant.people.errors import PeopleError

SHORTEST = 10
LONGEST = 200
# A hash takes 64 MiB; more at once could exhaust a small machine's memory.
_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()
_COMMON = ("1234567890", "password", "qwertyuiop", "0123456789", "administrator")


def hashed(password: str) -> str:
    """Return the argon2id hash of a password, with its own random salt."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


# Compared with where a name is unknown, so that the answer takes as long as for a known one.
_NOBODY = _HASHER.hash("nobody has this password")


def matches(password: str, kept: str | None) -> bool:
    """Return whether ``password`` is the one that was hashed; as slow where none was."""
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODY, _plain(password))
        except (Argon2Error, InvalidHashError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Return whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def check_password(password: str, name: str) -> None:
    """Make sure that a new password is not easily guessed.

    Raises:
        PeopleError: it is too short, too long, too uniform, or made of the name.
    """
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise PeopleError(f"密码应有 {SHORTEST} 到 {LONGEST} 个字符。请换一个密码。")
    lowered = plain.lower()
    uniform = len(set(plain)) < 5 or any(lowered in word * 3 for word in _COMMON)
    if uniform or (name and name.lower() * 2 in lowered * 2 and len(plain) < 2 * SHORTEST):
        raise PeopleError("密码过于简单，容易被猜到。请换一个没有规律、不含用户名的密码。")


def _plain(password: str) -> str:
    """Return the password as every keyboard gives it: full-width letters become plain."""
    return unicodedata.normalize("NFKC", password)[: LONGEST + 1]
