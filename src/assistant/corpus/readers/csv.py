"""Comma, semicolon or tab separated tables in the encodings of Chinese offices."""

import csv
from io import StringIO
from pathlib import Path

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers.text import decode
from assistant.corpus.source import Source, Table

_SEPARATORS = ",\t;|，"
_SAMPLE = 20


def read(path: Path, origin: str) -> Source:
    """Read a CSV or TSV file.

    Raises:
        CorpusError: the file is empty, no text, or broken within quotes.
    """
    text, warnings = decode(path.read_bytes(), origin)
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
        ]
    except csv.Error as error:
        raise CorpusError(
            origin, f"表格格式有误（{error}）", "请用 WPS 或 Excel 打开后另存为 CSV"
        ) from error
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    tables = [Table(tuple(tuple(row + [""] * (width - len(row))) for row in rows))] if rows else []
    return Source(origin, content_digest(path), tables, warnings=warnings)


def _separator(text: str) -> str:
    """Return the separator that splits most of the first lines into equally many cells."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]

    def agreement(separator: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=separator), [])) for line in lines]
        common = max(set(counts), key=counts.count, default=1)
        return (counts.count(common) if common > 1 else 0, common)

    return max(_SEPARATORS, key=agreement)
