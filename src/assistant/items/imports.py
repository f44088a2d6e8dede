"""Bring a list of one's own in: look at it, say what its columns mean, take it in, undo."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from assistant.corpus import CorpusError, SourceDocument, Unit
from assistant.corpus.keeping import safe_name
from assistant.corpus.loader import CorpusFile
from assistant.corpus.statements import SIDECAR
from assistant.items.columns import recognise
from assistant.items.extract import read_list
from assistant.items.model import Column, Item, ItemList

FOLDER = "item-lists"
_SHOWN = 8
_SAMPLES = 2


@dataclass(frozen=True, slots=True)
class HeadingGuess:
    """A heading of the file, what it is taken for, and cells below it."""

    heading: str
    column: Column | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would become.

    Attributes:
        headings: every heading, in the order of the file.
        entry: the list; None if the columns do not make one yet.
        items: the first rows as they would be read.
    """

    headings: tuple[HeadingGuess, ...]
    entry: ItemList | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written, so that it can be undone.

    Attributes:
        origin: the file's place in the corpus folder.
        digest: hash of its bytes.
    """

    origin: str
    digest: str


def read_upload(path: Path) -> SourceDocument:
    """Read a file that is not in the corpus folder.

    Raises:
        CorpusError: it cannot be read; says what to do, in Chinese.
    """
    return CorpusFile(path, path.parent).load()


def preview(source: SourceDocument, columns: Mapping[str, str] | None = None) -> Preview:
    """Return what a file would become.

    Args:
        source: the file as read.
        columns: meaning of headings that the user has changed, by heading; an empty
            meaning sets the column aside.

    Raises:
        CorpusError: the file has no table.
    """
    rows = [p for p in source.passages if p.unit is Unit.ROW and p.fields]
    if not rows:
        raise CorpusError(
            source.document.origin,
            "没有识别出表格",
            "请确认清单是一张表，第一行是表头，例如“事项名称”“执法依据”",
        )
    headings = list(dict.fromkeys(name for row in rows for name, _ in row.fields))
    document = source.document
    if columns:
        document = replace(document, columns=tuple(sorted(columns.items())))
    said = {heading: _column(meaning) for heading, meaning in document.columns}
    guesses = recognise(headings, said)
    cells = {
        heading: [value for row in rows for name, value in row.fields if name == heading]
        for heading in headings
    }
    found = read_list(document, source.passages)
    return Preview(
        tuple(
            HeadingGuess(heading, column, tuple(cells[heading][:_SAMPLES]))
            for heading, column in zip(headings, guesses, strict=True)
        ),
        found[0] if found else None,
        found[1][:_SHOWN] if found else (),
    )


def take_in(
    path: Path, name: str, corpus: Path, columns: Mapping[str, str] | None = None
) -> Receipt:
    """Copy a list into the corpus folder; nothing there is ever overwritten.

    Args:
        path: the file.
        name: its name as the user knows it.
        corpus: the corpus folder.
        columns: meaning of headings that the user has changed.

    Raises:
        CorpusError: the same file is there already.
        OSError: the folder cannot be written.
    """
    folder = corpus / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes()
    digest = _digest(content)
    for known in folder.iterdir():
        same_size = known.is_file() and known.stat().st_size == len(content)
        if same_size and _digest(known.read_bytes()) == digest:
            raise CorpusError(name, "资料库中已有相同的文件", f"请直接查看 {FOLDER}/{known.name}")
    target = _free(folder, safe_name(name, "清单"))
    if columns:
        lines = ["[columns]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in columns.items())]
        sidecar = target.with_name(target.name + SIDECAR)
        sidecar.write_text("\n".join(lines) + "\n", encoding="utf-8")
    target.write_bytes(content)
    return Receipt(target.relative_to(corpus).as_posix(), digest)


def undo(receipt: Receipt, corpus: Path) -> None:
    """Remove what :func:`take_in` wrote, unless it was changed since.

    Raises:
        CorpusError: the file was changed or is gone.
        OSError: it cannot be removed.
    """
    path = corpus / receipt.origin
    if not path.is_file() or _digest(path.read_bytes()) != receipt.digest:
        raise CorpusError(
            receipt.origin, "导入后已被修改或移走，未作撤销", "如需删除，请直接在资料文件夹中处理"
        )
    path.unlink()
    path.with_name(path.name + SIDECAR).unlink(missing_ok=True)


def _column(meaning: str) -> Column | None:
    return next((column for column in Column if meaning in (column.label, column.value)), None)


def _free(folder: Path, name: str) -> Path:
    target = folder / name
    number = 2
    while target.exists():
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return target


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
