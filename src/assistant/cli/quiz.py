"""Commands over the question bank: quiz build, list, review, export, check, paper, import."""

import getpass
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chinese import ChineseCommand, ChineseGroup
from assistant.cli.shared import Json, as_json

if TYPE_CHECKING:
    from assistant.quiz import Bank, Kept, QuestionType

_quiz = typer.Typer(
    cls=ChineseGroup,
    help="题库：出题、导入、审题、组卷、导出、核对条文是否变化。",
    no_args_is_help=True,
)

_ENDINGS = "以 .docx（试卷）、.xlsx、.csv、.md、.gift 或 .xml（Moodle）结尾"
Person = Annotated[str, typer.Option("--by", metavar="姓名", help="谁在操作；默认为登录名")]
Types = Annotated[
    list[str] | None, typer.Option("--type", metavar="题型", help="如 单选题；可多次使用")
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    _quiz.command("build", cls=ChineseCommand)(build)
    _quiz.command("list", cls=ChineseCommand)(list_)
    _quiz.command("review", cls=ChineseCommand)(review)
    _quiz.command("export", cls=ChineseCommand)(export)
    _quiz.command("check", cls=ChineseCommand)(check)
    _quiz.command("paper", cls=ChineseCommand)(paper)
    _quiz.command("import", cls=ChineseCommand)(import_)
    app.add_typer(_quiz, name="quiz")


def build(
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="文件名", help="只从名称含此词的文件出题；可多次使用"),
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option(metavar="知识点", help="只要章名含此词的题；可多次使用")
    ] = None,
    type_: Types = None,
    count: Annotated[int, typer.Option(min=0, metavar="题数", help="最多多少题；0 为全部")] = 0,
    seed: Annotated[int, typer.Option(metavar="数", help="同一种子得到同一批题")] = 0,
    by: Person = "",
) -> None:
    """从现行条文出题，每题的答案都经引文校验，存入题库；已弃用的题不再出现。"""
    from assistant.quiz import Bank, Selection, make_questions, read_sources
    from assistant.settings import load_settings

    settings = load_settings()
    selection = Selection(tuple(document or ()), tuple(topic or ()), _types(type_))
    made = make_questions(
        read_sources(settings).values(), selection=selection, count=count, seed=seed
    )
    new = Bank(settings.data).add(made.questions, _person(by))
    _note("出题", "、".join(document or ()) or "全部文件", by, new=new)
    typer.echo(f"出题 {len(made.questions)} 道，其中新入库 {new} 道。")
    for fault, number in made.rejected.most_common():
        typer.echo(f"  未通过校验 {number} 道：{fault.value}")


def list_(type_: Types = None, json: Json = False) -> None:
    """列出题库中的题：编号、状态、题型、题干、答案和出处。"""
    wanted = _types(type_)
    kept = [e for e in _bank().all() if not wanted or e.question.type in wanted]
    if json:
        typer.echo(as_json([_record(entry) for entry in kept]))
        return
    if not kept:
        typer.echo("题库中没有题。请先运行 assistant quiz build。")
    for entry in kept:
        typer.echo(_told(entry))


def review(
    key: Annotated[str, typer.Argument(metavar="编号", help="题的编号，可只写开头几位")],
    accept: Annotated[bool, typer.Option("--accept", help="采用")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="弃用，以后不再出现")] = False,
    stem: Annotated[str | None, typer.Option(metavar="题干", help="改写题干")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="标签", help="标签；可多次使用，取代原有标签")
    ] = None,
    by: Person = "",
) -> None:
    """审题：采用、弃用、改写题干、加标签；记下谁在何时所为。不加选项则显示该题。"""
    from assistant.quiz import State

    if accept and reject:
        raise typer.BadParameter("--accept 和 --reject 只能选一个")
    bank, person = _bank(), _person(by)
    entry = bank.get(key)
    where, before = entry.question.citation, entry.question.stem
    if stem is not None:
        entry = bank.edit(entry.id, replace(entry.question, stem=stem), person)
        _note("修改", where, by, questions=[entry.id], before=before, after=stem)
    if tag is not None:
        entry = bank.tag(entry.id, tag, person)
        _note("标记", where, by, questions=[entry.id], tags=tag)
    if accept or reject:
        entry = bank.decide(entry.id, State.ACCEPTED if accept else State.REJECTED, person)
        _note(entry.state.label, where, by, questions=[entry.id])
    typer.echo(_told(entry))
    for option in entry.question.options:
        typer.echo(f"    {option}")
    typer.echo(f"    引文：{entry.question.quote}")
    for action, who, moment in bank.history(entry.id):
        typer.echo(f"    {moment} {who} {action}")


def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help=_ENDINGS)],
    type_: Types = None,
    all_: Annotated[bool, typer.Option("--all", help="也包括待审的题")] = False,
    title: Annotated[str, typer.Option(metavar="标题", help="试卷的标题")] = "行政执法知识测试",
) -> None:
    """导出已采用的题，附答案和依据；已弃用和核对时发现问题的题不导出。"""
    from assistant.quiz import State, export_questions

    states = (State.ACCEPTED, State.NEW) if all_ else (State.ACCEPTED,)
    wanted = _types(type_)
    questions = [
        entry.question
        for entry in _bank().all(*states)
        if not entry.flag and (not wanted or entry.question.type in wanted)
    ]
    export_questions(questions, file, title)
    typer.echo(f"已导出 {len(questions)} 道题：{file}")


def check() -> None:
    """核对题库：条文已修改、已失效或不在资料中的题逐一列出。"""
    from assistant.quiz import read_sources
    from assistant.settings import load_settings

    bank = _bank()
    flagged = bank.check(read_sources(load_settings()))
    typer.echo(
        f"题库中 {len(flagged)} 道题需要处理。" if flagged else "题库中的题均与现行条文相符。"
    )
    for entry in flagged:
        typer.echo(f"[{entry.flag}] {_told(entry)}")


def paper(
    blueprint: Annotated[
        str | None,
        typer.Argument(metavar="蓝图", help="命题蓝图的名称，或以 .toml 结尾的文件；不写则列出"),
    ] = None,
    file: Annotated[Path | None, typer.Argument(metavar="文件", help=_ENDINGS)] = None,
    seed: Annotated[int, typer.Option(metavar="数", help="同一题库和种子得到同一份卷")] = 0,
    versions: Annotated[
        int, typer.Option(metavar="份数", help="题目和选项顺序不同的版本数，文件名加 -A、-B……")
    ] = 1,
    all_: Annotated[bool, typer.Option("--all", help="也可用待审的题")] = False,
) -> None:
    """按命题蓝图组卷，附答题卡、答案和依据；同一句条文只出一题。"""
    from assistant.quiz import blueprints, export_paper, make_paper, read_blueprint, versions_of
    from assistant.settings import load_settings

    known = blueprints(load_settings().data)
    if blueprint is None:
        for name, plan in known.items():
            count = sum(part.count for part in plan.part)
            typer.echo(f"{name}　{plan.title}（{count}题）")
        return
    if file is None:
        raise typer.BadParameter("请写出试卷的文件名，如 试卷.docx")
    if blueprint.endswith(".toml"):
        plan = read_blueprint(Path(blueprint))
    elif blueprint in known:
        plan = known[blueprint]
    else:
        raise typer.BadParameter(f"没有名为“{blueprint}”的命题蓝图，可选：{'、'.join(known)}")
    for made in versions_of(make_paper(_bank(), plan, seed, unreviewed=all_), versions):
        path = file.with_stem(f"{file.stem}-{made.version}") if versions > 1 else file
        export_paper(made, path)
        typer.echo(f"已组卷（{made.version}卷，{len(made.asked)}题，{made.points:g}分）：{path}")


def import_(
    file: Annotated[Path, typer.Argument(metavar="文件", help="以 .xlsx 或 .csv 结尾的题库")],
    yes: Annotated[bool, typer.Option("--yes", help="导入；不写则只预览")] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="文件", help="把逐题核对结果另存为 XLSX 表格")
    ] = None,
    by: Person = "",
) -> None:
    """导入已有题库：逐题用条文核对答案，存疑的列出理由且不导入，已有的不重复导入。"""
    from assistant.quiz import Examiner, Outcome, read_sources, read_table, take, write_report
    from assistant.settings import load_settings

    if report is not None and report.suffix.lower() != ".xlsx":
        raise typer.BadParameter("核对结果请存为 .xlsx 文件")
    rows, bank = read_table(file), _bank()
    checked = list(Examiner(read_sources(load_settings())).examine(rows, bank))
    for outcome in Outcome:
        if count := sum(entry.outcome is outcome for entry in checked):
            typer.echo(f"{outcome.value} {count} 道")
    for entry in checked:
        if entry.outcome in (Outcome.DOUBTFUL, Outcome.UNREAD):
            typer.echo(f"  第{entry.row.number}行 {entry.reason}：{entry.row.stem[:40]}")
    if report is not None:
        write_report(checked, report)
        typer.echo(f"逐题核对结果：{report}")
    if yes:
        new = take(checked, bank, _person(by))
        _note("导入", file.name, by, new=new)
        typer.echo(f"已导入 {new} 道，待审。")
    else:
        typer.echo("以上为预览，没有导入。确认后加 --yes 导入已证实和与条文相符的题。")


def _bank() -> "Bank":
    from assistant.quiz import Bank
    from assistant.settings import load_settings

    return Bank(load_settings().data)


def _person(by: str) -> str:
    return by.strip() or getpass.getuser()


def _note(act: str, subject: str, by: str, **detail: int | str | Sequence[str]) -> None:
    """Write a change of the bank into the audit log, where accounts are on."""
    from assistant.people import LOCAL, Action, open_people
    from assistant.settings import AccountsMode, load_settings

    settings = load_settings()
    if settings.accounts is AccountsMode.ON:
        told = {"act": act, "by": _person(by), **detail}
        open_people(settings).audit.record(
            LOCAL, Action.CHANGED_QUESTION, subject, address="", **told
        )


def _types(names: list[str] | None) -> "tuple[QuestionType, ...]":
    from assistant.quiz import QuestionType

    known = {kind.label: kind for kind in QuestionType}
    for name in names or ():
        if name not in known:
            raise typer.BadParameter(f"没有题型“{name}”，可选：{'、'.join(known)}")
    return tuple(known[name] for name in names or ())


def _told(entry: "Kept") -> str:
    question = entry.question
    tags = f"［{'、'.join(entry.tags)}］" if entry.tags else ""
    return (
        f"{entry.id[:8]} {entry.state.label} {question.type.label}{tags} {question.stem}\n"
        f"    答案：{question.letters}  出处：{question.citation}"
    )


def _record(entry: "Kept") -> dict[str, object]:
    question = entry.question
    return {
        "id": entry.id,
        "state": entry.state.value,
        "type": question.type.value,
        "stem": question.stem,
        "options": list(question.options),
        "key": list(question.key),
        "quote": question.quote,
        "citation": question.citation,
        "source": question.citation_id,
        "topic": question.topic,
        "difficulty": question.difficulty.value,
        "validity": question.validity,
        "tags": list(entry.tags),
        "by": entry.person,
        "at": entry.moment,
        "flag": entry.flag,
    }
