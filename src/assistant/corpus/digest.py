"""Hashes that say whether a file is still the same."""

import hashlib
from pathlib import Path


def content_digest(path: Path) -> str:
    """Return a hash of the file's bytes, as 32 hexadecimal digits.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
