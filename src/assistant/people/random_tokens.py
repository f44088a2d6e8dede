"""Random secrets that are handed out once and kept only as hashes."""

import hashlib
import secrets

_BYTES = 32
# Letters and digits that are not mistaken for one another when read off a screen.
_READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_token(prefix: str = "") -> str:
    """Return a token of 256 random bits."""
    return prefix + secrets.token_urlsafe(_BYTES)


def new_code() -> str:
    """Return a code of 79 random bits that a person can type: four groups of four."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def fingerprint(token: str) -> str:
    """Return what is kept of a token.

    A token is random enough that a plain SHA-256 cannot be turned back.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
