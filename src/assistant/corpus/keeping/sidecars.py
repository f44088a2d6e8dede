"""Writing what is stated about a document beside its file."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from assistant.corpus.model import CorpusError, Document, DocumentKind, Level, Validity
from assistant.corpus.statements import SIDECAR


@dataclass(frozen=True, slots=True)
class Stated:
    """What an administrator may state about a document; the fields of a form.

    Attributes:
        title, authority, number, evidence: words; empty for none.
        kind, level, validity: as in :class:`~assistant.corpus.Document`.
        published, effective, repealed: days, None for unknown.
    """

    title: str
    kind: DocumentKind
    level: Level
    authority: str = ""
    number: str = ""
    published: date | None = None
    effective: date | None = None
    repealed: date | None = None
    validity: Validity = Validity.UNKNOWN
    evidence: str = ""

    @classmethod
    def of(cls, document: Document) -> "Stated":
        """Return what is known about a document."""
        return cls(**{field.name: getattr(document, field.name) for field in fields(cls)})

    def problem(self) -> str:
        """Return what is wrong with it, as a Chinese sentence; empty if nothing is."""
        if not self.title.strip():
            return "标题不能为空。"
        if self.effective and self.repealed and self.repealed <= self.effective:
            return "失效日期应当晚于施行日期。"
        if self.published and self.effective and self.effective < self.published:
            return "施行日期不应早于公布日期。"
        return ""

    def changes(self, known: Document) -> dict[str, Any]:
        """Return the fields that differ from what is known; None for those now empty."""
        before = Stated.of(known)
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != getattr(before, field.name)
        }


def sidecar_of(path: Path) -> Path:
    """Return the file beside ``path`` that holds what is stated about it."""
    return path.with_name(path.name + SIDECAR)


def changed_sidecar(path: Path, origin: str, changes: Mapping[str, Any]) -> str:
    """Return the sidecar of the document in ``path`` with ``changes`` made.

    What it says besides stays, comments excepted; a field that is None is no longer stated.

    Raises:
        CorpusError: the sidecar there is cannot be understood.
    """
    sidecar = sidecar_of(path)
    values: dict[str, Any] = {}
    if sidecar.is_file():
        try:
            values = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CorpusError(
                origin,
                f"标注文件 {sidecar.name} 无法读取（{error}）",
                "请修正其格式，或删除它后再标注",
            ) from error
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    plain = [f"{name} = {_toml(value)}" for name, value in values.items() if not _is_table(value)]
    for name, table in values.items():
        if _is_table(table):
            plain += ["", f"[{name}]", *(f"{_quoted(k)} = {_toml(v)}" for k, v in table.items())]
    return "\n".join(plain) + "\n" if plain else ""


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _toml(value: object) -> str:
    if isinstance(value, DocumentKind | Level | Validity):
        return _quoted(value.label)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for one control character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
