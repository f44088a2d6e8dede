"""What may be a name to sign in with."""

import re
import unicodedata

from assistant.people.errors import PeopleError

_NAME = re.compile(r"[\w一-鿿][\w一-鿿.@·-]{0,39}")


def plain_name(name: str) -> str:
    """Return a name as it is kept and compared, without spaces around it."""
    return unicodedata.normalize("NFKC", name).strip()


def check_name(name: str) -> str:
    """Return the name as it is kept.

    Raises:
        PeopleError: it is empty, too long, or has characters that names do not have.
    """
    plain = plain_name(name)
    if not _NAME.fullmatch(plain) or plain == "local":
        raise PeopleError(
            f"“{name[:40]}”不能用作用户名。用户名为 1 至 40 个汉字、字母、数字或 . @ · - _。"
        )
    return plain
