"""Vectors already computed, kept by text and model, so that no work is done twice."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

_CHUNK = 500
# So many vectors take some 80 MB; below that nothing is worth forgetting.
_SPARED = 100_000

Vector = npt.NDArray[np.float16]


class VectorCache:
    """Maps a text to its vector in one vector space.

    An interrupted build finds here what it had computed; a renamed document costs
    nothing.  Values are kept in 16 bits: a cosine changes by less than 1e-4.

    Args:
        path: the SQLite file; a damaged one is replaced, since it holds nothing that
            cannot be computed again.
        space: fingerprint of the embedding model.
        patience: seconds to wait for another process that writes.
        threads: whether several threads use it; they take turns by themselves.
    """

    def __init__(
        self, path: Path, space: str, *, patience: float = 5.0, threads: bool = False
    ) -> None:
        self._space = space.encode()
        try:
            self._connection = _open(path, patience, threads)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            path.unlink()
            self._connection = _open(path, patience, threads)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def get(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Return the vectors of those texts that are known."""
        by_key = {self._key(text): text for text in texts}
        keys = list(by_key)
        found = {}
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            rows = self._connection.execute(
                f"select key, vector from vectors where key in ({','.join('?' * len(chunk))})",
                chunk,
            )
            for key, vector in rows:
                found[by_key[key]] = np.frombuffer(vector, dtype=np.float16)
        return found

    def lacking(self, texts: Iterable[str]) -> int:
        """Return of how many of ``texts`` the vectors are not known."""
        return sum(
            self._connection.execute(
                "select 1 from vectors where key = ?", (self._key(text),)
            ).fetchone()
            is None
            for text in texts
        )

    def put(self, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors by their texts, durably."""
        with self._connection:
            self._connection.executemany(
                "insert or replace into vectors values (?, ?)",
                [(self._key(text), vector.tobytes()) for text, vector in vectors.items()],
            )

    def prune(self, texts: Iterable[str]) -> None:
        """Forget vectors whose texts are not among ``texts``, in every vector space.

        Only when there are many of them: what was removed today may return tomorrow.
        """
        wanted = {self._key(text) for text in texts}
        known = {key for (key,) in self._connection.execute("select key from vectors")}
        if len(known) <= max(2 * len(wanted), _SPARED):
            return
        with self._connection:
            self._connection.executemany(
                "delete from vectors where key = ?", [(key,) for key in known - wanted]
            )
        self._connection.execute("vacuum")

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), digest_size=16, key=_short(self._space)).digest()


def _short(space: bytes) -> bytes:
    return hashlib.blake2b(space, digest_size=32).digest()


def _open(path: Path, patience: float, threads: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience, check_same_thread=not threads)
    connection.execute(
        "create table if not exists vectors (key blob primary key, vector blob) without rowid"
    )
    return connection
