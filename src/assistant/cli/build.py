"""The command that builds the index."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chinese import ChineseCommand
from assistant.cli.config import write_setting
from assistant.cli.shared import Json, as_json
from assistant.settings import LawPack, load_settings

if TYPE_CHECKING:
    from assistant.index import BuildReport


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("build", cls=ChineseCommand)(build)


def build(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="从头重建；更换嵌入模型或升级版本后需要一次")
    ] = False,
    all_laws: Annotated[
        bool, typer.Option("--all-laws", help="收录法律数据包的全部法律，并记入设置文件")
    ] = False,
    json: Json = False,
) -> None:
    """读取资料和法律数据包，建立或更新索引；没有变化时什么也不做。"""
    settings = load_settings()
    if all_laws and settings.law_pack is not LawPack.ALL:
        file = write_setting("law_pack", LawPack.ALL.value)
        typer.echo(f'已在 {file} 中设置 law_pack = "{LawPack.ALL.value}"。', err=True)
        settings = load_settings(law_pack=LawPack.ALL)
    from dataclasses import asdict

    from assistant import index
    from assistant.cli.progress import Bars

    with Bars() as progress:
        report = index.build(settings, rebuild=rebuild, progress=progress)
    if json:
        record = asdict(report) | {"skipped": [str(error) for error in report.skipped]}
        typer.echo(as_json(record))
        return
    for error in report.skipped:
        typer.echo(f"已跳过 {error}", err=True)
    typer.echo(summary(report))


def summary(report: "BuildReport") -> str:
    """Return what a build did, as a sentence."""
    if not (report.changed or report.removed or report.embedded):
        return f"索引已是最新：{report.documents} 份文件，{report.passages} 条。"
    speed = (
        f"，每秒 {report.embedded / report.embedding_seconds:.0f} 条"
        if report.embedded and report.embedding_seconds
        else ""
    )
    return (
        f"索引已更新：{report.documents} 份文件，{report.passages} 条"
        f"（新增或修改 {report.changed} 份，移除 {report.removed} 份，"
        f"未变 {report.unchanged} 份，计算向量 {report.embedded} 条），"
        f"用时 {report.seconds:.1f} 秒{speed}。"
    )
