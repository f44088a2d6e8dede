"""Commands over the audit log: audit export, audit verify."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chinese import ChineseCommand, ChineseGroup
from assistant.cli.shared import read_day

if TYPE_CHECKING:
    from assistant.people import AuditLog

BROKEN = 4
"""Exit code of a log that was changed."""
_audit = typer.Typer(cls=ChineseGroup, help="审计日志：导出、核对是否完整。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    _audit.command("export", cls=ChineseCommand)(export)
    _audit.command("verify", cls=ChineseCommand)(verify)
    app.add_typer(_audit, name="audit")


def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help="以 .csv 或 .xlsx 结尾")],
    since: Annotated[
        date | None, typer.Option(parser=read_day, metavar="日期", help="从这一天起")
    ] = None,
    until: Annotated[
        date | None, typer.Option(parser=read_day, metavar="日期", help="到这一天为止")
    ] = None,
) -> None:
    """把审计日志导出为表格；起止日期都包含在内。"""
    from assistant.people import export_entries

    end = _midnight(until) + timedelta(days=1) if until else None
    entries = _opened().entries(since=_midnight(since) if since else None, until=end)
    typer.echo(f"已导出 {export_entries(entries, file)} 条到 {file}。")


def verify(
    noted: Annotated[
        str, typer.Option(metavar="校验值", help="以前记下的校验值；核对它之前的日志仍在")
    ] = "",
) -> None:
    """核对审计日志自写入以来没有被改动、删除或插入。"""
    log = _opened()
    fault = log.first_fault(noted.strip())
    if fault is not None:
        typer.echo(f"审计日志从第 {fault} 条起与校验值不符：有记录被改动、删除或插入。", err=True)
        raise typer.Exit(BROKEN)
    number, chained = log.head()
    typer.echo(f"审计日志完整，共 {number} 条。")
    typer.echo(f"请把最后一条的校验值另行保存，供下次核对：{chained}")


def _opened() -> "AuditLog":
    from assistant.people import open_people
    from assistant.settings import load_settings

    return open_people(load_settings()).audit


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day).astimezone()
