"""Commands over accounts: people add, list, password, disable, enable, role, token."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chinese import ChineseCommand, ChineseGroup
from assistant.cli.shared import Json, as_json

if TYPE_CHECKING:
    from assistant.people import Account, People, Person, Role

_people = typer.Typer(
    cls=ChineseGroup, help="账户：添加、列出、改密码、停用、改角色和单位。", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="用户名")]
RoleName = Annotated[
    str, typer.Option("--role", metavar="角色", help="reader、trainer 或 administrator")
]
Units = Annotated[
    list[str] | None, typer.Option("--unit", metavar="单位", help="所属单位；可多次使用")
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    _people.command("add", cls=ChineseCommand)(add)
    _people.command("list", cls=ChineseCommand)(list_)
    _people.command("password", cls=ChineseCommand)(password)
    _people.command("disable", cls=ChineseCommand)(disable)
    _people.command("enable", cls=ChineseCommand)(enable)
    _people.command("role", cls=ChineseCommand)(role)
    _people.command("token", cls=ChineseCommand)(token)
    app.add_typer(_people, name="people")


def add(
    name: Name,
    role: RoleName = "reader",
    unit: Units = None,
    shown: Annotated[str, typer.Option(metavar="姓名", help="页面上显示的姓名")] = "",
    subject: Annotated[
        str, typer.Option(metavar="标识", help="只用单点登录的人：对方系统中的 sub，不设密码")
    ] = "",
) -> None:
    """添加账户；密码在提示后输入，不显示。"""
    from assistant.people import Action

    people = _opened()
    wanted = _role(role)
    secret = "" if subject else _new_password()
    person = people.accounts.add(name, wanted, secret, unit or (), shown, subject or None)
    people.audit.record(
        _operator(), Action.CHANGED_ACCOUNT, person.name,
        change="add", role=person.role.value, units=sorted(person.units),
    )  # fmt: skip
    typer.echo(f"已添加{person.role.label}“{person.name}”。")


def list_(json: Json = False) -> None:
    """列出账户：用户名、姓名、角色、单位和状态。"""
    accounts = _opened().accounts.all()
    if json:
        typer.echo(as_json([_record(account) for account in accounts]))
        return
    if not accounts:
        typer.echo("还没有账户。请先运行 assistant people add 用户名 --role administrator。")
    for account in accounts:
        person = account.person
        units = "、".join(sorted(person.units)) or "无单位"
        typer.echo(
            f"{person.name}  {person.label}  {person.role.label}  {units}  {_state(account)}"
        )


def password(name: Name) -> None:
    """重设密码并解除锁定；此人在各处的登录随之失效。"""
    people = _opened()
    people.accounts.get(name)
    people.set_password(name, _new_password())
    _log(people, name, "password")
    typer.echo(f"已重设“{name}”的密码。")


def disable(name: Name) -> None:
    """停用账户；此人立即退出登录，记录保留。"""
    people = _opened()
    people.accounts.change(name, disabled=True)
    people.sessions.end_all(people.accounts.get(name).person.name)
    _log(people, name, "disable")
    typer.echo(f"已停用“{name}”。")


def enable(name: Name) -> None:
    """重新启用账户。"""
    people = _opened()
    people.accounts.change(name, disabled=False)
    _log(people, name, "enable")
    typer.echo(f"已启用“{name}”。")


def role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="角色", help="reader、trainer 或 administrator")],
    unit: Units = None,
    no_units: Annotated[bool, typer.Option("--no-units", help="不再属于任何单位")] = False,
) -> None:
    """改角色；给出 --unit 时同时改单位。"""
    people = _opened()
    units = () if no_units else unit
    person = people.accounts.change(name, role=_role(role), units=units).person
    _log(people, name, "role", role=person.role.value, units="、".join(sorted(person.units)))
    typer.echo(f"“{person.name}”现在是{person.role.label}。")


def token(
    name: Name,
    label: Annotated[str, typer.Option(metavar="用途", help="令牌的名称，如 数据平台")],
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="范围", help="read、ask 或 administer；可多次使用，默认 read 和 ask"),
    ] = None,
    days: Annotated[int, typer.Option(min=1, metavar="天数", help="有效天数")] = 90,
    revoke: Annotated[bool, typer.Option("--revoke", help="作废这个令牌")] = False,
) -> None:
    """为程序签发接口令牌；令牌只显示这一次。"""
    from assistant.people import Scope

    people = _opened()
    if revoke:
        people.tokens.revoke(name, label)
        _log(people, name, "revoke_token", label=label)
        typer.echo(f"已作废“{name}”的令牌“{label}”。")
        return
    wanted = scope or [Scope.READ.value, Scope.ASK.value]
    if unknown := set(wanted) - {known.value for known in Scope}:
        raise typer.BadParameter(f"没有范围 {'、'.join(sorted(unknown))}", param_hint="--scope")
    scopes = [Scope(value) for value in wanted]
    issued = people.tokens.issue(name, label, scopes, timedelta(days=days))
    _log(people, name, "issue_token", label=label, scopes="、".join(sorted(scopes)))
    typer.echo(issued)


def _opened() -> "People":
    from assistant.people import open_people
    from assistant.settings import load_settings

    return open_people(load_settings())


def _operator() -> "Person":
    from assistant.people import LOCAL

    return LOCAL


def _log(people: "People", name: str, change: str, **detail: str) -> None:
    from assistant.people import Action

    people.audit.record(_operator(), Action.CHANGED_ACCOUNT, name, change=change, **detail)


def _new_password() -> str:
    return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))


def _role(name: str) -> "Role":
    from assistant.people import Role

    try:
        return Role(name)
    except ValueError as error:
        known = "、".join(role.value for role in Role)
        raise typer.BadParameter(f"没有角色 {name}；可用 {known}", param_hint="--role") from error


def _state(account: "Account") -> str:
    if account.disabled:
        return "已停用"
    return "已锁定" if account.locked else "可用"


def _record(account: "Account") -> dict[str, object]:
    person = account.person
    return {
        "name": person.name,
        "shown": person.label,
        "role": person.role.value,
        "units": sorted(person.units),
        "disabled": account.disabled,
        "locked_until": account.locked,
        "made": account.made,
    }
