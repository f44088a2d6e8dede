"""Commands over the learning path: learn list, show, check, certificate."""

import random
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chinese import ChineseCommand, ChineseGroup
from assistant.cli.shared import Json, as_json

if TYPE_CHECKING:
    from assistant.onboarding import Progress
    from assistant.people import Person
    from assistant.quiz.practice import Learning, Slot
    from assistant.settings import Settings

_learn = typer.Typer(
    cls=ChineseGroup, help="新人学习：单元、术语、单元测验、进度和结业证明。", no_args_is_help=True
)
_FORMATS = (".docx", ".html")

UnitKey = Annotated[
    str,
    typer.Argument(metavar="单元", help="单元的编号、序号或名称中的一部分，如 transfer、4、移送"),
]
By = Annotated[
    str, typer.Option("--by", metavar="姓名", help="谁在学习；默认为本机用户，与网页上的相同")
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    _learn.command("list", cls=ChineseCommand)(list_)
    _learn.command("show", cls=ChineseCommand)(show)
    _learn.command("check", cls=ChineseCommand)(check)
    _learn.command("certificate", cls=ChineseCommand)(certificate)
    app.add_typer(_learn, name="learn")


def list_(by: By = "", json: Json = False) -> None:
    """列出各单元和学习进度。"""
    from assistant.onboarding import read_path
    from assistant.settings import load_settings

    settings = load_settings()
    path = read_path(settings)
    states = _progress(settings)[0].states(_person(by), path)
    if json:
        typer.echo(
            as_json(
                [
                    {
                        "id": state.unit.id,
                        "title": state.unit.title,
                        "read": state.read,
                        "best": state.best,
                        "passed": state.passed,
                    }
                    for state in states
                ]
            )
        )
        return
    passed = sum(state.passed for state in states)
    typer.echo(f"{path.title}：已通过 {passed} 个单元，共 {len(states)} 个")
    for number, state in enumerate(states, start=1):
        typer.echo(f"  {number}. {state.unit.title}（{state.unit.id}）  {state.label}")


def show(unit: UnitKey, by: By = "") -> None:
    """显示一个单元：条文原文、术语、可以问助手的问题；查不到的条文逐一写明。"""
    from assistant.onboarding import Library, read_path, unit_text
    from assistant.settings import load_settings

    settings = load_settings()
    chosen = read_path(settings).find(unit)
    text = unit_text(chosen, Library(settings))
    _progress(settings)[0].opened(_person(by), chosen)
    typer.echo(f"{chosen.title}\n学完以后：{chosen.aim}")
    for part in text.readings:
        typer.echo(f"\n【{part.name}】")
        for found in part.found:
            typer.echo(f"{found.citation}\n{found.passage.text}")
        for words in part.missing:
            typer.echo(f"（{words}。）")
    typer.echo("\n【术语】")
    for part in text.glossary:
        for found in part.found:
            typer.echo(f"{part.name}：{found.quote}\n    {found.citation}")
        for words in part.missing:
            typer.echo(f"（{words}。）")
    typer.echo("\n【问问助手】")
    for question in chosen.questions:
        typer.echo(f'assistant ask "{question}"')


def check(
    unit: UnitKey,
    by: By = "",
    seed: Annotated[int | None, typer.Option(metavar="数", help="同一种子得到同一套题")] = None,
) -> None:
    """在终端做一个单元的测验；中途按 Ctrl-C 离开，下次接着做。"""
    from assistant.onboarding import Library, check_plan, read_path, unit_text
    from assistant.quiz import Bank
    from assistant.quiz.practice import read_words
    from assistant.settings import load_settings

    settings = load_settings()
    path, person = read_path(settings), _person(by)
    chosen = path.find(unit)
    progress, learning = _progress(settings)
    state = next(s for s in progress.states(person, path) if s.unit == chosen)
    session = state.opened
    if session is None:
        library = Library(settings)
        drawn = random.randrange(2**32) if seed is None else seed
        plan = check_plan(unit_text(chosen, library), library, Bank(settings.data), drawn)
        session = learning.begin(person.name, plan)
    for slot in session.slots:
        if slot.given:
            continue
        given: tuple[str, ...] = ()
        _ask(slot, len(session.slots))
        while not given:
            given = read_words(slot.posed.question, typer.prompt("答案"))
            if not given:
                typer.echo("没有看懂，请按提示作答。")
        learning.answer(person.name, session.id, slot.place, given)
    ended = learning.finish(person.name, session.id)
    for slot in ended.slots:
        if not slot.right:
            question = slot.posed.question
            typer.echo(f"\n{slot.place}. {question.stem}\n    正确答案：{question.letters}")
            typer.echo(f"    {question.citation}：{question.quote}")
    share = round(ended.share * 100)
    verdict = "通过" if share >= path.passed else f"没有通过，需要 {path.passed}%"
    typer.echo(f"\n答对 {ended.right} 题，共 {len(ended.slots)} 题（{share}%）：{verdict}。")


def certificate(
    file: Annotated[Path, typer.Argument(metavar="文件", help="以 .docx 或 .html 结尾")],
    by: By = "",
) -> None:
    """导出结业证明；全部单元通过后才能导出。"""
    from assistant.onboarding import certificate_docx, certificate_html, read_path
    from assistant.settings import load_settings

    if file.suffix.lower() not in _FORMATS:
        raise typer.BadParameter(f"文件名请以{'或'.join(_FORMATS)}结尾")
    settings = load_settings()
    issued = _progress(settings)[0].certificate(_person(by), read_path(settings))
    if file.suffix.lower() == ".docx":
        file.write_bytes(certificate_docx(issued))
    else:
        file.write_text(certificate_html(issued), encoding="utf-8")
    typer.echo(f"已导出结业证明 {issued.number}：{file}")


def _ask(slot: "Slot", count: int) -> None:
    question = slot.posed.question
    typer.echo(f"\n{slot.place}／{count} {question.type.label} {question.stem}")
    for letter, option in zip("ABCDEFGH", question.options, strict=False):
        typer.echo(f"    {letter}. {option}")
    if not question.options:
        typer.echo("    请写出空缺的词" + ("，用分号隔开" if len(question.key) > 1 else ""))
    elif question.type.value == "order":
        typer.echo("    请按顺序写出字母，如 BAC")


def _progress(settings: "Settings") -> "tuple[Progress, Learning]":
    from assistant.onboarding import Progress
    from assistant.quiz.practice import Learning

    learning = Learning(settings.data)
    return Progress(settings.data, learning), learning


def _person(by: str) -> "Person":
    from assistant.people import LOCAL, Person, Role

    return Person(by.strip(), Role.READER) if by.strip() else LOCAL
