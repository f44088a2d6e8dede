"""The command that looks for what is wrong and says what to do."""

from dataclasses import asdict

import typer

from assistant.cli.checks import Finding, Level, examine
from assistant.cli.chinese import ChineseCommand
from assistant.cli.shared import Json, as_json
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("doctor", cls=ChineseCommand)(doctor)


def doctor(json: Json = False) -> None:
    """检查软件包、磁盘、模型和索引，说明怎样处理；有问题时退出码为 1。"""
    findings: list[Finding] = []
    for finding in examine(load_settings()):
        findings.append(finding)
        if not json:
            typer.echo(f"{finding.level.mark} {finding.text}{finding.remedy}")
    problems = sum(finding.level is Level.PROBLEM for finding in findings)
    if json:
        typer.echo(as_json([asdict(finding) for finding in findings]))
    else:
        typer.echo(f"发现 {problems} 个问题。" if problems else "没有发现问题。")
    if problems:
        raise typer.Exit(1)
