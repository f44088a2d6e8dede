"""What the commands share: settings, the assistant, options, output."""

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.settings import CONFIG_VARIABLE

if TYPE_CHECKING:
    from assistant.answering import Assistant

NOTHING_FOUND = 3
"""Exit code of a question that the sources do not answer."""


def use_config(path: Path) -> None:
    """Read the settings from ``path`` in this process and the ones it starts.

    Raises:
        typer.BadParameter: there is no such file.
    """
    if not path.is_file():
        raise typer.BadParameter(f"找不到设置文件 {path}", param_hint="--config")
    os.environ[CONFIG_VARIABLE] = str(path)


def load_assistant() -> "Assistant":
    """Open the index that the settings name."""
    from assistant.answering import Assistant
    from assistant.settings import load_settings

    return Assistant.load(load_settings())


def read_day(value: str) -> date:
    """Read a day as ``2026-08-15``.

    Raises:
        typer.BadParameter: it is none.
    """
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter("日期应写作 2026-08-15") from error


def as_json(value: Any) -> str:
    """Return ``value`` as indented JSON with Chinese left readable."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


Day = Annotated[
    date | None,
    typer.Option(parser=read_day, metavar="日期", help="按该日有效的法律，如 2026-08-15；默认今天"),
]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
