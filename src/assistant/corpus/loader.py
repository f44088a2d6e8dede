"""Find the files of the corpus folder and turn each into a document with its passages."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from assistant.corpus.digest import content_digest
from assistant.corpus.metadata import read_metadata
from assistant.corpus.model import CorpusError, SourceDocument
from assistant.corpus.readers import SUFFIXES, Limits, read_file
from assistant.corpus.structure import parse

_IGNORED = re.compile(
    r"^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)|(?:\.tmp|\.bak|\.swp|~)$", re.IGNORECASE
)


def discover(root: Path) -> list[Path]:
    """Return the files under ``root`` in a fixed order, those that cannot be read included.

    Hidden and temporary files are no documents.  Folders that are links are followed once.
    """
    return sorted(_walk(root), key=lambda path: path.relative_to(root).as_posix())


def _walk(root: Path) -> Iterator[Path]:
    visited: set[str] = set()
    for folder, folders, names in os.walk(root, followlinks=True):
        real = os.path.realpath(folder)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = [name for name in folders if not _IGNORED.search(name)]
        for name in names:
            if not _IGNORED.search(name):
                yield Path(folder) / name


def file_digest(path: Path) -> str:
    """Return a hash of everything that the file's document depends on.

    Raises:
        CorpusError: the file cannot be read.
    """
    try:
        return content_digest(path)
    except OSError as error:
        raise CorpusError(
            path.name,
            f"文件无法读取（{error.strerror or error}）",
            "请检查文件是否存在、是否有读取权限",
        ) from error


def file_id(path: Path, root: Path) -> str:
    """Return the id of the document in ``path``.

    It comes from the file's place in the folder, so that a text may be edited and keeps
    its address.
    """
    name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
    return f"doc-{hashlib.blake2b(name.encode(), digest_size=6).hexdigest()}"


def load_file(path: Path, root: Path, limits: Limits | None = None) -> SourceDocument:
    """Read a file and take it apart.

    Args:
        limits: what the file may cost; None takes the default limits.

    Raises:
        CorpusError: the file cannot be read or has no text; says what to do, in Chinese.
    """
    source = read_file(path, root, limits)
    identity = file_id(path, root)
    structured = parse(source, identity)
    if not structured.passages:
        raise CorpusError(source.origin, "没有读到文字", "请检查文件内容是否完整")
    document = read_metadata(source, structured, identity, file_digest(path))
    return SourceDocument(document, structured.text, structured.passages)


__all__ = ["SUFFIXES", "Limits", "discover", "file_digest", "file_id", "load_file"]
