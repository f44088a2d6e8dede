"""The command that says what the index holds."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assistant.cli.chinese import ChineseCommand
from assistant.cli.shared import Json, as_json
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.corpus import Document
    from assistant.index import Manifest

_MEBIBYTE = 1024 * 1024


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("status", cls=ChineseCommand)(status)


def status(json: Json = False) -> None:
    """显示索引里有什么：文件、条数、效力、跳过的文件、大小和建立时间。"""
    settings = load_settings()
    from assistant.index import read_contents

    contents = read_contents(settings)
    record = _record(settings, contents.manifest, contents.documents)
    record["skipped"] = [str(error) for error in contents.skipped]
    if json:
        typer.echo(as_json(record))
        return
    for line in _lines(record):
        typer.echo(line)


def _record(
    settings: Settings, manifest: "Manifest", documents: "list[Document]"
) -> dict[str, Any]:
    today = date.today()
    kinds = Counter(document.kind.label for document in documents)
    validity = Counter(document.validity_on(today).label for document in documents)
    return {
        "index": str(settings.index),
        "created": manifest.created.astimezone().isoformat(timespec="seconds"),
        "model": manifest.space,
        "law_pack": manifest.law_pack,
        "vectors": manifest.vectors,
        "documents": len(documents),
        "passages": manifest.passages,
        "kinds": dict(kinds.most_common()),
        "validity": dict(validity.most_common()),
        "content": manifest.content,
        "bytes": _size(settings.index),
    }


def _lines(record: dict[str, Any]) -> list[str]:
    created = record["created"].replace("T", " ")
    lines = [
        f"索引：{record['index']}（{record['bytes'] / _MEBIBYTE:.0f} MiB，建立于 {created}）",
        f"嵌入模型：{record['model']}",
        f"法律数据包：{record['law_pack']}",
        f"向量库：{record['vectors']}",
        f"文件：{record['documents']} 份（{_counts(record['kinds'])}）",
        f"效力：{_counts(record['validity'])}",
        f"条数：{record['passages']}",
    ]
    if record["skipped"]:
        lines.append(f"跳过的文件：{len(record['skipped'])} 份")
        lines += [f"  {reason}" for reason in record["skipped"]]
    else:
        lines.append("跳过的文件：无")
    return lines


def _counts(counts: dict[str, int]) -> str:
    return "，".join(f"{name} {count}" for name, count in counts.items())


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
