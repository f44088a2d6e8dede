"""Help and error messages of the command line, in Chinese."""

from collections.abc import Iterable
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from assistant.cli.errors import known_errors

USAGE_ERROR = 2
INTERRUPTED = 130


class ChineseCommand(TyperCommand):
    """A command whose help is in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help text."""
        formatter.write(_help(self, ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is in Chinese and whose errors are one sentence."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help text."""
        formatter.write(_help(self, ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the group's own options."""
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            raise _told(error, ctx) from error

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what a user can put right ends in a sentence, not in a trace."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            raise _told(error, ctx) from error
        except KeyboardInterrupt as error:
            typer.echo("已中断。", err=True)
            raise typer.Exit(INTERRUPTED) from error
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if not isinstance(error, known_errors()):
                raise
            typer.echo(f"错误：{sentence(error)}", err=True)
            raise typer.Exit(1) from error


def sentence(error: Exception) -> str:
    """Return what an error says to the user."""
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return f"文件{where}无法读写（{error.strerror or error}）。请检查磁盘空间和权限。"
    return str(error)


def _told(error: TyperException, ctx: Any) -> typer.Exit:
    context = getattr(error, "ctx", None) or ctx
    typer.echo(f"用法有误：{_reason(error)}。查看用法：{context.command_path} --help", err=True)
    return typer.Exit(USAGE_ERROR)


def _reason(error: TyperException) -> str:
    if option := getattr(error, "option_name", ""):
        return f"选项 {option} 不存在或缺少值"
    if isinstance(error, typer.BadParameter):
        name = _name(error.param) if error.param is not None else error.param_hint or ""
        return f"参数“{name}”的值无效（{error.message}）" if error.message else f"缺少参数“{name}”"
    return f"无法识别的命令或参数（{error.format_message().rstrip('.')}）"


def _help(command: Any, ctx: Any) -> str:
    subcommands = getattr(command, "commands", {})
    parameters = command.get_params(ctx)
    arguments = [p for p in parameters if not isinstance(p, TyperOption)]
    options = [p for p in parameters if isinstance(p, TyperOption) and not p.hidden]
    words = [ctx.command_path, *(f"<{_name(argument)}>" for argument in arguments)]
    words += ["<命令>"] if subcommands else []
    lines = [f"用法：{' '.join(words)} [选项]", ""]
    lines += [*(command.help or "").strip().splitlines(), ""]
    lines += _table(
        "命令", ((n, c.get_short_help_str(80)) for n, c in subcommands.items() if not c.hidden)
    )
    lines += _table("参数", ((_name(argument), argument.help or "") for argument in arguments))
    lines += _table("选项", ((_option(option), _meaning(option)) for option in options))
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _table(title: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(rows)
    if not rows:
        return []
    width = max(cell_len(name) for name, _ in rows) + 2
    return [
        f"{title}：",
        *(f"  {name}{' ' * (width - cell_len(name))}{meaning}" for name, meaning in rows),
        "",
    ]


def _name(parameter: Any) -> str:
    if isinstance(parameter, TyperOption):
        return max(parameter.opts, key=len)
    return str(parameter.metavar or parameter.name)


def _option(option: TyperOption) -> str:
    value = f" {option.metavar}" if option.metavar else ""
    return ", ".join(sorted(option.opts, key=len)) + value


def _meaning(option: TyperOption) -> str:
    return "显示用法" if option.name == "help" else option.help or ""
