"""Names and places of files that come from a visitor's machine."""

import re
import unicodedata
from pathlib import Path, PurePosixPath

from assistant.corpus.model import CorpusError, DocumentKind
from assistant.corpus.statements import is_statement

FOLDERS = {
    DocumentKind.STATUTE: "statutes",
    DocumentKind.REGULATION: "regulations",
    DocumentKind.PLAN: "plans",
    DocumentKind.ITEM_LIST: "item-lists",
    DocumentKind.WORK_SYSTEM: "work-systems",
    DocumentKind.REPORT: "reports",
    DocumentKind.OTHER: "others",
}
"""The folder of the corpus that new documents of a kind go to."""
_LONGEST_NAME = 120
# Controls, what a file system refuses, and marks that turn the direction of writing.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def safe_name(name: str, instead: str = "文件") -> str:
    """Return a file name without folders and characters that a file system refuses.

    Args:
        name: as the visitor's machine gave it.
        instead: what the file is called where nothing is left of its name.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = _UNSAFE.sub("_", last).strip(" .~")
    stem, dot, suffix = plain.rpartition(".")
    stem = stem.strip(" .~")[:_LONGEST_NAME]
    if not stem or _RESERVED.match(stem):
        stem = instead
    return f"{stem}{dot}{suffix}" if dot else f"{plain[:_LONGEST_NAME] or instead}"


def place_of(corpus: Path, origin: str) -> Path:
    """Return where a document of the corpus folder is, or would be.

    Raises:
        CorpusError: the place is outside the folder, in a folder that is only referred to,
            or is not a document's.
    """
    parts = PurePosixPath(origin).parts
    path = corpus.joinpath(*parts)
    if (
        not parts
        or PurePosixPath(origin).is_absolute()
        or any(part in ("..", ".") or part.startswith((".", "~$")) for part in parts)
        or is_statement(path)
    ):
        raise CorpusError(origin, "不是资料文件夹中的文件", "请从文件列表中选择")
    if not path.resolve().is_relative_to(corpus.resolve()):
        raise CorpusError(origin, "在资料文件夹所引用的另一文件夹里", "请在原处修改或删除")
    return path
