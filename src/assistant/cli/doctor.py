"""The command that looks for what is wrong and says what to do."""

import typer

from assistant.cli.chinese import ChineseCommand
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("doctor", cls=ChineseCommand)(doctor)


def doctor() -> None:
    """检查软件包、模型、索引和磁盘，并说明怎样处理。"""
    load_settings()
