"""The commands for the documents themselves: bring some in, prove that none lost a word."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from assistant.cli.chinese import ChineseCommand
from assistant.cli.shared import Json, as_json
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.corpus.audit import CorpusAudit
    from assistant.corpus.importing import Imported, ImportReport

_LISTED = 30
"""Documents up to which each is listed without being asked for."""
_SHOWN_PROBLEMS = 5


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("import", cls=ChineseCommand)(import_)
    app.command("check-corpus", cls=ChineseCommand)(check_corpus)


def import_(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="要导入的文件夹")],
    into: Annotated[
        str, typer.Option(metavar="名称", help="资料文件夹中的子文件夹；默认与原文件夹同名")
    ] = "",
    link: Annotated[
        bool, typer.Option("--link", help="不复制，只引用原文件夹；原处的改动下次构建即可见")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看识别结果，不写任何文件")] = False,
    full: Annotated[bool, typer.Option("--list", help="逐份列出识别结果")] = False,
    json: Json = False,
) -> None:
    """导入一个文件夹的法律法规或文件（Markdown、DOCX 等），并说明识别出了什么。"""
    settings = load_settings()
    from assistant.corpus.importing import import_folder
    from assistant.corpus.readers import Limits

    with _bar("读取文件") as progress:
        report = import_folder(
            folder,
            settings.corpus,
            name=into,
            link=link,
            dry_run=dry_run,
            limits=Limits.of(settings),
            progress=progress,
        )
    if json:
        typer.echo(as_json(_import_record(report)))
        return
    if full or len(report.imported) <= _LISTED:
        for item in report.imported:
            typer.echo(_line(item))
    for line in _import_summary(report, dry_run=dry_run, link=link):
        typer.echo(line)


def check_corpus(
    folder: Annotated[
        Path | None, typer.Argument(metavar="文件夹", help="要检查的文件夹；默认为资料文件夹")
    ] = None,
    json: Json = False,
) -> None:
    """检查拆分结果：条文数量和顺序是否与原文一致，每个字是否都有着落。"""
    from assistant.corpus import CorpusError
    from assistant.corpus.audit import audit_folder

    root = folder or load_settings().corpus
    if not root.is_dir():
        raise CorpusError(str(root), "文件夹不存在", "请检查路径")
    with _bar("检查文件") as progress:
        audit = audit_folder(root, progress)
    if json:
        typer.echo(as_json(_audit_record(audit)))
    else:
        for line in _audit_lines(audit):
            typer.echo(line)
    if audit.perfect < len(audit.files):
        raise typer.Exit(1)


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advance


def _line(item: "Imported") -> str:
    document = item.document
    facts = [document.kind.label, document.level.label, document.number]
    if document.version:
        facts.append(f"文本{document.version}")
    if document.effective:
        facts.append(f"{document.effective}起施行")
    facts.append(document.validity_on(date.today()).label)
    known = "，".join(fact for fact in facts if fact)
    return f"[{item.fate.value}] {document.title}（{known}）{item.passages} 条"


def _import_summary(report: "ImportReport", *, dry_run: bool, link: bool) -> Iterator[str]:
    documents = [item.document for item in report.imported]
    for error in report.skipped:
        yield f"已跳过 {error}"
    passages = sum(item.passages for item in report.imported)
    fates = Counter(item.fate.value for item in report.imported)
    yield f"识别 {len(documents)} 份文件，{passages} 条：{_counts(fates)}。"
    yield f"类型：{_counts(Counter(document.kind.label for document in documents))}。"
    yield f"层级：{_counts(Counter(document.level.label for document in documents))}。"
    today = date.today()
    yield f"效力：{_counts(Counter(d.validity_on(today).label for d in documents))}。"
    unknown = sum(document.effective is None for document in documents)
    if unknown:
        yield f"其中 {unknown} 份没有读出施行日期，可在文件旁的 .meta.toml 中标注。"
    if dry_run:
        yield "以上只是预览，没有写入任何文件。"
    else:
        yield f"已{'引用' if link else '导入'}到 {report.target}。请运行 assistant build 更新索引。"


def _counts(counter: Counter[str]) -> str:
    return "，".join(f"{name} {count}" for name, count in counter.most_common()) or "无"


def _import_record(report: "ImportReport") -> dict[str, Any]:
    return {
        "target": str(report.target),
        "imported": [
            {"fate": item.fate.name.lower(), "passages": item.passages, **asdict(item.document)}
            for item in report.imported
        ],
        "skipped": [str(error) for error in report.skipped],
    }


def _audit_record(audit: "CorpusAudit") -> dict[str, Any]:
    return {
        "files": len(audit.files),
        "perfect": audit.perfect,
        "characters": audit.characters,
        "unexplained": audit.unexplained,
        "explained": audit.explained(),
        "problems": {file.origin: file.problems for file in audit.files if file.problems},
        "unreadable": [str(error) for error in audit.unreadable],
    }


def _audit_lines(audit: "CorpusAudit") -> Iterator[str]:
    for error in audit.unreadable:
        yield f"无法读取 {error}"
    for file in audit.files:
        for problem in file.problems[:_SHOWN_PROBLEMS]:
            yield f"{file.origin}：{problem}"
    articles = sum(len(file.articles_counted) for file in audit.files)
    share = audit.perfect / len(audit.files) if audit.files else 1.0
    yield (
        f"检查 {len(audit.files)} 份文件：{audit.perfect} 份完全一致（{share:.1%}），"
        f"共 {articles} 条条文。"
    )
    explained = sum(audit.explained().values())
    inside = audit.characters - explained - audit.unexplained
    yield (
        f"可见字符 {audit.characters} 个：条目内 {inside} 个，"
        f"已说明去处 {explained} 个，没有着落 {audit.unexplained} 个。"
    )
    reasons = "，".join(f"{name} {count}" for name, count in audit.explained().items() if count)
    if reasons:
        yield f"不在条目内的文字：{reasons}。"
