"""The command that offers the assistant to other programs' assistants."""

import typer

from assistant.cli.chinese import ChineseCommand
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("mcp", cls=ChineseCommand)(mcp)


def mcp() -> None:
    """以 MCP 工具的形式供其他智能助手调用（标准输入输出）；由对方启动，不必手动运行。"""
    settings = load_settings()
    from assistant.answering import LiveAssistant
    from assistant.service import configure_logs, run_tools

    configure_logs(settings)
    run_tools(LiveAssistant(settings))
