"""Files of every format that bureaus keep, read into blocks of text and tables."""

import atexit
from pathlib import Path

from assistant.corpus.model import CorpusError
from assistant.corpus.readers.archive import SUFFIX, members, on_disk
from assistant.corpus.readers.formats import ENDINGS, Format, format_of
from assistant.corpus.readers.limits import Limits, Workshop, check_size
from assistant.corpus.source import Source

SUFFIXES = frozenset(ENDINGS)
"""Endings of the files that can be read, in lower case with their dot."""

_workshop = Workshop()


def close() -> None:
    """End the process in which files are read; the next file starts another."""
    _workshop.close()


atexit.register(close)


def read_file(path: Path, root: Path, limits: Limits | None = None) -> Source:
    """Read one file of the corpus folder ``root``.

    Readers work in a process of their own, so that no file can stop or crash this one.

    Args:
        limits: what the file may cost; None takes the default limits.

    Raises:
        CorpusError: the file cannot be read; says why and what to do, in Chinese.
    """
    origin = path.relative_to(root).as_posix()
    limits = limits or Limits()
    try:
        with on_disk(path, origin, limits) as file:
            check_size(file, origin, limits)
            form = format_of(file, origin)
            if form is Format.ARCHIVE:
                # Its members are documents; the archive itself is read only where it has none.
                members(file, origin, limits)
                reason = "压缩包里没有可以收录的文件" if file == path else "压缩包套得太深"
                raise CorpusError(origin, reason, "请解压后把需要的文件放入资料文件夹")
            return _workshop.read(file, origin, limits)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError(
            origin, f"文件无法读取（{reason}）", "请检查文件是否存在、是否有读取权限"
        ) from error


def expand(path: Path, root: Path, limits: Limits | None = None) -> list[Path]:
    """Return the documents in a file: the members of an archive, else the file itself.

    An archive that cannot be opened stands for itself, so that reading it says why.
    """
    if path.suffix.lower() != SUFFIX:
        return [path]
    origin = path.relative_to(root).as_posix()
    try:
        if format_of(path, origin) is not Format.ARCHIVE:
            return [path]
        return members(path, origin, limits or Limits()) or [path]
    except (CorpusError, OSError):
        return [path]


__all__ = ["SUFFIXES", "Limits", "close", "expand", "on_disk", "read_file"]
