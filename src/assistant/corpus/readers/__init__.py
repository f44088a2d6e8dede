"""Files of every format that bureaus keep, read into blocks of text and tables."""

import atexit
from pathlib import Path

from assistant.corpus.model import CorpusError
from assistant.corpus.readers.formats import ENDINGS, PLAIN, format_of, read
from assistant.corpus.readers.limits import Limits, Workshop, check_size
from assistant.corpus.source import Source

SUFFIXES = frozenset(ENDINGS)
"""Endings of the files that can be read, in lower case with their dot."""

_workshop = Workshop()
atexit.register(_workshop.close)


def read_file(path: Path, root: Path, limits: Limits | None = None) -> Source:
    """Read one file of the corpus folder ``root``.

    Text is read here; formats that could be forged are read in a process of their own.

    Args:
        limits: what the file may cost; None takes the default limits.

    Raises:
        CorpusError: the file cannot be read; says why and what to do, in Chinese.
    """
    origin = path.relative_to(root).as_posix()
    limits = limits or Limits()
    try:
        check_size(path, origin, limits)
        if format_of(path, origin) in PLAIN:
            return read(path, origin, limits)
        return _workshop.read(path, origin, limits)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError(
            origin, f"文件无法读取（{reason}）", "请检查文件是否存在、是否有读取权限"
        ) from error


__all__ = ["SUFFIXES", "Limits", "read_file"]
