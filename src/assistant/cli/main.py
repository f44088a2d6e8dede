"""The command line as a whole; each command group is a module that registers itself."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import (
    ask,
    audit,
    build,
    corpus,
    doctor,
    eval,
    items,
    learn,
    mcp,
    people,
    procedures,
    quiz,
    serve,
    status,
    watch,
)
from assistant.cli.chinese import ChineseGroup
from assistant.cli.shared import use_config

app = typer.Typer(
    cls=ChineseGroup,
    help="执法助手：依据法律条文和本单位文件回答问题，句句可查，全程离线。",
    add_completion=False,
    pretty_exceptions_enable=False,
)

# Whoever adds commands adds one line here.
build.register(app)
watch.register(app)
corpus.register(app)
serve.register(app)
mcp.register(app)
ask.register(app)
status.register(app)
doctor.register(app)
eval.register(app)
items.register(app)
procedures.register(app)
quiz.register(app)
learn.register(app)
people.register(app)
audit.register(app)


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(metavar="文件", help="设置文件；默认为 assistant.toml")
    ] = None,
) -> None:
    if config is not None:
        use_config(config)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), nl=False)
