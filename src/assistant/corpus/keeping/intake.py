"""Look at a file before it is taken in: what it is, what of it was read, what is doubtful."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.audit import audit_file
from assistant.corpus.digest import content_digest
from assistant.corpus.keeping.naming import FOLDERS, safe_name
from assistant.corpus.loader import CorpusFile, read_folder
from assistant.corpus.model import CorpusError, SourceDocument, Unit
from assistant.corpus.readers import SUFFIXES, Limits
from assistant.settings import Settings

_ARCHIVE = ".zip"
_SURE = 0.85
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was looked at and is not in the corpus folder yet.

    Attributes:
        path: where it lies for now.
        origin: where it would be in the corpus folder.
        source: what was recognised.
        exists: True if there is a file at that place.
        same: place of a document with the same bytes; empty if there is none.
        remarks: Chinese sentences on what is doubtful.
    """

    path: Path
    origin: str
    source: SourceDocument
    exists: bool
    same: str
    remarks: tuple[str, ...]


def look(path: Path, name: str, settings: Settings) -> Staged:
    """Read a file as a build would, within the same limits, and say what came of it.

    The content decides what it is: a file that is not what its name says is refused.

    Args:
        path: the file.
        name: its name as the visitor's machine gave it.
        settings: say where the corpus folder is and what a file may cost.

    Raises:
        CorpusError: it cannot be used; says what to do, in Chinese.
    """
    name = safe_name(name)
    ending = Path(name).suffix.lower()
    if ending not in SUFFIXES:
        raise CorpusError(
            name,
            f"暂不支持 {ending or '没有扩展名的'} 文件",
            "请另存为 PDF、DOCX、XLSX、OFD、HTML、CSV、TXT 或 Markdown 后再上传",
        )
    if ending == _ARCHIVE:
        raise CorpusError(name, "压缩包不能直接上传", "请解压后把里面的文件一起选中上传")
    if path.name != name:
        renamed = path.with_name(name)
        path = path.replace(renamed)
    source = CorpusFile(path, path.parent, Limits.of(settings)).load()
    origins = {file.path.name: file.origin for file in read_folder(settings.corpus)}
    origin = origins.get(name, f"{FOLDERS[source.document.kind]}/{name}")
    return Staged(
        path=path,
        origin=origin,
        source=source,
        exists=(settings.corpus / origin).exists(),
        same=_same(path, settings.corpus),
        remarks=tuple(_remarks(path, source)),
    )


def _same(path: Path, corpus: Path) -> str:
    size, digest = path.stat().st_size, content_digest(path)
    for file in read_folder(corpus):
        known = file.path
        if known.is_file() and known.stat().st_size == size and content_digest(known) == digest:
            return file.origin
    return ""


def _remarks(path: Path, source: SourceDocument) -> Iterator[str]:
    document = source.document
    yield from document.warnings
    if document.effective is None:
        yield "没有读出施行日期，请核对后填写。"
    if not document.authority:
        yield "没有读出发文机关。"
    unsure = [p for p in source.passages if p.confidence is not None and p.confidence < _SURE]
    scanned = any(passage.confidence is not None for passage in source.passages)
    if unsure:
        yield f"扫描件中有 {len(unsure)} 处文字识别把握不大，请对照原件核对。"
    if all(passage.unit is Unit.PREAMBLE for passage in source.passages):
        yield "没有识别出条、款或表格行，全文将作为一段收录。"
    if not scanned:
        # Reading a scan once more would take as long again.
        problems = audit_file(path, path.parent).problems
        yield from problems[:_SHOWN]
        if len(problems) > _SHOWN:
            yield f"另有 {len(problems) - _SHOWN} 处与原文不一致。"
