"""Files of every format that bureaus keep, read into blocks of text and tables."""

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.corpus.model import CorpusError
from assistant.corpus.readers.text import read_markdown, read_text
from assistant.corpus.source import Source

Reader = Callable[[Path, str], Source]
"""Reads the file at a path; the string is its name in the corpus folder, for messages."""

_READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
}

SUFFIXES = frozenset(_READERS)
"""Endings of the files that can be read, in lower case with their dot."""


def read_file(path: Path, root: Path) -> Source:
    """Read one file of the corpus folder ``root``.

    Raises:
        CorpusError: the file cannot be read; says why and what to do, in Chinese.
    """
    origin = path.relative_to(root).as_posix()
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(
            origin,
            f"暂不支持 {path.suffix or '没有扩展名的'} 文件",
            f"请转换为以下格式之一：{'、'.join(sorted(SUFFIXES))}",
        )
    try:
        return reader(path, origin)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError(
            origin, f"文件无法读取（{reason}）", "请检查文件是否存在、是否有读取权限"
        ) from error


__all__ = ["SUFFIXES", "read_file"]
