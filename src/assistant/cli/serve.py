"""The command that serves the page."""

import ipaddress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.chinese import ChineseCommand
from assistant.settings import AccountsMode, load_settings

if TYPE_CHECKING:
    from assistant.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("serve", cls=ChineseCommand)(serve)


def serve(
    host: Annotated[
        str | None,
        typer.Option(metavar="地址", help="默认只供本机；0.0.0.0 供局域网使用"),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, metavar="端口", help="默认 7860；0 为空闲端口"),
    ] = None,
) -> None:
    """打开网页，直到按 Ctrl-C 停止。"""
    given: dict[str, Any] = {"host": host, "port": port}
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    if not settings.threads:
        # Answers are worked on side by side; a model that spreads each over all cores would
        # have them wait for each other.
        settings = settings.model_copy(update={"threads": 1})
    typer.echo("正在打开索引……", err=True)
    from assistant.answering import LiveAssistant
    from assistant.service import add_service, configure_logs
    from assistant.ui import serve as serve_page

    configure_logs(settings)
    live = LiveAssistant(settings)
    _tell_of_access(settings)

    def announce(url: str) -> None:
        typer.echo(f"执法助手已就绪：{url}（按 Ctrl-C 停止）")

    serve_page(live, settings, announce=announce, extend=add_service)


def _tell_of_access(settings: "Settings") -> None:
    """Say on the console who can reach the page, where that may surprise."""
    if settings.accounts is AccountsMode.OFF:
        if not _is_loopback(settings.host):
            typer.echo(
                f"警告：没有启用账户，而网页在 {settings.host} 上供其他机器访问；"
                "任何能连上的人都有管理员权限。\n"
                '请设置 accounts = "on"（或 ASSISTANT_ACCOUNTS=on），'
                "或改用 ASSISTANT_HOST=127.0.0.1 只供本机使用。",
                err=True,
            )
        return
    from assistant.people import open_people

    first_run = open_people(settings).first_run
    if first_run.due:
        typer.echo(
            "还没有管理员。请打开网页，用下面的安装码建立第一个管理员账户（24 小时内有效）：\n"
            f"    {first_run.new_code()}",
            err=True,
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
