"""What users state about their documents beside the files; it overrules what is read.

``条例.docx.meta.toml`` beside ``条例.docx`` holds fields; ``documents.toml`` in a folder
holds tables of them by file name or pattern.  See docs/corpus.md.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from assistant.corpus.model import CorpusError, Document, DocumentKind, Level, Validity

SIDECAR = ".meta.toml"
MANIFEST = "documents.toml"
OWNER = "效力由资料管理人标注。"
"""Evidence of a status that the owner states without saying why."""
_ChoiceT = TypeVar("_ChoiceT", bound=Enum)


@dataclass(frozen=True, slots=True)
class Statements:
    """Fields of a document that its owner states; None where nothing is stated.

    ``replaced_by`` names files of the corpus folder, or ids of documents.
    """

    id: str | None = None
    title: str | None = None
    kind: DocumentKind | None = None
    level: Level | None = None
    authority: str | None = None
    number: str | None = None
    subject: str | None = None
    published: date | None = None
    effective: date | None = None
    version: date | None = None
    repealed: date | None = None
    replaced_by: tuple[str, ...] | None = None
    validity: Validity | None = None
    evidence: str | None = None
    sample: bool | None = None
    columns: tuple[tuple[str, str], ...] | None = None
    units: tuple[str, ...] | None = None

    def overrule(self, document: Document, successors: tuple[str, ...] = ()) -> Document:
        """Return ``document`` with everything that is stated put in place of what was read.

        Args:
            document: as read from the file.
            successors: ids of the documents that ``replaced_by`` names.
        """
        stated = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("id", "replaced_by") and getattr(self, field.name) is not None
        }
        if not stated and not successors:
            return document
        if successors:
            stated["replaced_by"] = successors
        if self.validity is None and (self.repealed or self.effective):
            stated["validity"] = Validity.REPEALED if self.repealed else Validity.IN_FORCE
        if self.evidence is None and any((self.validity, self.repealed, self.effective)):
            stated["evidence"] = OWNER
        return replace(document, **stated)


def is_statement(path: Path) -> bool:
    """True for the files that hold statements and are no documents themselves."""
    return path.name.endswith(SIDECAR) or path.name == MANIFEST


def read_statements(path: Path, root: Path) -> Statements:
    """Return what is stated about the document in ``path``.

    Manifests of outer folders come first, then those of inner ones, then the sidecar;
    the later overrules the earlier, field by field.

    Raises:
        CorpusError: a statement cannot be understood; names the file and the field.
    """
    origin = path.relative_to(root).as_posix()
    values: dict[str, Any] = {}
    for folder in reversed(path.relative_to(root).parents):
        manifest = root / folder / MANIFEST
        if not manifest.is_file():
            continue
        name = path.relative_to(root / folder).as_posix()
        for pattern, stated in _tables(manifest, root, origin).items():
            if fnmatchcase(name, pattern) or fnmatchcase(path.name, pattern):
                values |= _table(stated, manifest, root, origin)
    sidecar = path.with_name(path.name + SIDECAR)
    if sidecar.is_file():
        values |= _tables(sidecar, root, origin)
    try:
        return Statements(**dict(_typed(values)))
    except ValueError as error:
        raise CorpusError(
            origin, f"标注信息有误：{error}", f"请修改 {SIDECAR} 或 {MANIFEST} 后重新构建"
        ) from error


def _tables(path: Path, root: Path, origin: str) -> Mapping[str, Any]:
    try:
        return _parsed(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        name = path.relative_to(root).as_posix()
        raise CorpusError(
            origin, f"标注文件 {name} 无法读取（{error}）", "请按文档修正其格式，存为 UTF-8 编码"
        ) from error


@lru_cache(maxsize=256)
def _parsed(path: Path, changed: int) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def _table(stated: object, manifest: Path, root: Path, origin: str) -> dict[str, Any]:
    if isinstance(stated, dict):
        return stated
    raise CorpusError(
        origin,
        f"{manifest.relative_to(root).as_posix()} 应当按文件名分节",
        '请写成 ["文件名"] 一行，下面逐行写字段',
    )


def _typed(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    names = {field.name for field in fields(Statements)}
    for name, value in values.items():
        if name not in names:
            raise ValueError(f"没有名为 {name} 的字段")
        yield name, _value(name, value)


def _value(name: str, value: Any) -> Any:
    if name == "kind":
        return _choice(DocumentKind, name, value)
    if name == "validity":
        return _choice(Validity, name, value)
    if name == "level":
        return _choice(Level, name, value)
    if name in ("published", "effective", "version", "repealed"):
        return _day(name, value)
    if name == "replaced_by":
        return (value,) if isinstance(value, str) else tuple(map(str, value))
    if name == "columns":
        return _columns(value)
    if name == "units":
        return _units(value)
    expected = bool if name == "sample" else str
    if not isinstance(value, expected):
        raise ValueError(f"{name} 的值 {value!r} 类型不对")
    return value


def _columns(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError("columns 应写成 [columns] 一节，每行一个 表头 = 含义")
    return tuple(sorted(value.items()))


def _units(value: Any) -> tuple[str, ...]:
    units = [value] if isinstance(value, str) else value
    named = isinstance(units, list) and all(isinstance(u, str) and u.strip() for u in units)
    # An empty list might mean nobody or everybody; a document must not be open by mistake.
    if not named or not units:
        raise ValueError('units 应写成 ["单位名称"]；不限单位时请删去这一行')
    return tuple(unit.strip() for unit in units)


def _choice(choices: type[_ChoiceT], name: str, value: Any) -> _ChoiceT:
    for choice in choices:
        if value in (choice.value, choice.name, choice.name.lower(), choice.label):  # type: ignore[attr-defined]
            return choice
    labels = "、".join(choice.label for choice in choices)  # type: ignore[attr-defined]
    raise ValueError(f"{name} 不能是 {value!r}，可用：{labels}")


def _day(name: str, value: Any) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{name} 的日期 {value!r} 应写成 2024-01-31") from None
