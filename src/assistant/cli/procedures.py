"""Commands of the procedure tools: deadlines, review, procedure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chinese import ChineseCommand
from assistant.cli.shared import Day, Json, as_json, read_day

if TYPE_CHECKING:
    from assistant.procedures import Procedures, ToolResult

Export = Annotated[
    Path | None,
    typer.Option("--export", metavar="文件", help="另存为 .docx、.xlsx 或 .md 文件"),
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("deadlines", cls=ChineseCommand)(deadlines)
    app.command("review", cls=ChineseCommand)(review)
    app.command("procedure", cls=ChineseCommand)(procedure)


def read_amount(value: str) -> Decimal:
    """Read an amount of money.

    Raises:
        typer.BadParameter: it is none, or negative.
    """
    try:
        amount = Decimal(value.replace(",", ""))
    except InvalidOperation as error:
        raise typer.BadParameter("金额应写作数字，如 50000") from error
    if not amount.is_finite() or amount < 0:
        raise typer.BadParameter("金额不能为负")
    return amount


Amount = Annotated[
    Decimal | None, typer.Option(parser=read_amount, metavar="元", help="罚款数额（元）")
]


def deadlines(
    event: Annotated[str, typer.Argument(metavar="事件", help="如 立案、送达、查封、听证告知")],
    on: Annotated[date, typer.Argument(parser=read_day, metavar="日期", help="事件日期")],
    fine: Amount = None,
    until: Annotated[
        date | None,
        typer.Option(parser=read_day, metavar="日期", help="加处罚款算到哪一天；默认今天"),
    ] = None,
    day: Day = None,
    json: Json = False,
    export: Export = None,
) -> None:
    """时限计算：从一个事件起算的全部法定期限，逐项注明条款和算法。"""
    from assistant.procedures import DeadlineQuestion

    question = DeadlineQuestion(event, on, fine, until)
    _show(_tools().deadlines(question, day=day), json, export)


def review(
    act: Annotated[
        list[str], typer.Option("--act", "-a", metavar="决定", help="如 罚款、查封；可重复")
    ],
    party: Annotated[
        str, typer.Option(metavar="当事人", help="个人 或 法人（含其他组织）；默认法人")
    ] = "法人",
    fine: Amount = None,
    confiscated: Annotated[
        Decimal | None,
        typer.Option(parser=read_amount, metavar="元", help="没收的数额或者价值（元）"),
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", "-f", metavar="情形", help="如 情节复杂或者重大违法行为；可重复"),
    ] = None,
    day: Day = None,
    json: Json = False,
    export: Export = None,
) -> None:
    """审查要件：拟作的决定要不要听证、法制审核、集体讨论等，为什么，各需什么文书。"""
    from assistant.procedures import Case, Party, acts, facts

    person = party.strip() in ("个人", "公民", "自然人", Party.PERSON.value)
    case = Case(
        acts=tuple(_chosen(word, acts(), "决定") for word in act),
        party=Party.PERSON if person else Party.ORGANISATION,
        fine=fine,
        confiscated=confiscated,
        facts=frozenset(_chosen(word, facts(), "情形") for word in fact or ()),
    )
    _show(_tools().review(case, day=day), json, export)


def procedure(
    name: Annotated[
        str, typer.Argument(metavar="程序", help="如 简易、普通、听证、强制、代履行、许可")
    ],
    day: Day = None,
    json: Json = False,
    export: Export = None,
) -> None:
    """办理流程：按顺序列出步骤、条款、文书和常见错误。"""
    _show(_tools().flow(name, day=day), json, export)


def _tools() -> "Procedures":
    from assistant.procedures import Procedures
    from assistant.settings import load_settings

    return Procedures.load(load_settings())


def _chosen(word: str, names: Mapping[str, str], what: str) -> str:
    """Return the id of what an officer typed: an id, a name, or part of one name."""
    plain = word.strip()
    exact = [key for key, name in names.items() if plain in (key, name)]
    found = exact or [key for key, name in names.items() if plain and plain in name]
    if len(found) == 1:
        return found[0]
    offered = "、".join(names[key] for key in found or names)
    raise typer.BadParameter(f"“{plain}”不明确或没有收录，可选：{offered}", param_hint=what)


def _show(result: "ToolResult", json: bool, target: Path | None) -> None:
    from assistant.procedures import export
    from assistant.procedures.export import as_text

    if json:
        from pydantic import TypeAdapter

        from assistant.procedures import ToolResult

        typer.echo(as_json(TypeAdapter(ToolResult).dump_python(result, mode="json")))
    else:
        typer.echo(as_text(result))
    if target is not None:
        export(result, target)
        typer.echo(f"已存为 {target}", err=True)
