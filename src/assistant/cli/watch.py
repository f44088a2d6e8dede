"""The command that keeps the index up to date while files change."""

import time
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from watchfiles import watch

from assistant.cli.build import summary
from assistant.cli.chinese import ChineseCommand, sentence
from assistant.cli.errors import known_errors
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.index import PassageEmbedding

_MILLISECONDS = 1000
_RETRY_SECONDS = 5


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("watch", cls=ChineseCommand)(watch_corpus)


def watch_corpus(
    quiet: Annotated[
        int, typer.Option(min=1, max=3600, metavar="秒", help="文件停止变化几秒后更新；默认 3")
    ] = 3,
    poll: Annotated[
        bool, typer.Option("--poll", help="定时查看；网络共享文件夹收不到变化通知时使用")
    ] = False,
) -> None:
    """随资料文件夹的变化自动更新索引，直到按 Ctrl-C 停止；打开的网页会自动使用新索引。"""
    settings = load_settings()
    from assistant.index import PassageEmbedding, corpus_folder

    # Loaded once, at the first change that needs it.
    embedding = PassageEmbedding(settings)
    begun = False
    # Office programs save through temporary files; a build waits until they are done.
    for changes in watch(
        corpus_folder(settings),
        debounce=quiet * _MILLISECONDS,
        step=quiet * _MILLISECONDS,
        rust_timeout=_MILLISECONDS,
        yield_on_timeout=True,
        force_polling=poll or None,
        raise_interrupt=True,
    ):
        # The first build begins when the folder is already watched, so nothing slips between.
        if changes or not begun:
            _update(settings, embedding)
        if not begun:
            begun = True
            typer.echo(f"正在关注 {settings.corpus} 的变化（按 Ctrl-C 停止）。")


def _update(settings: Settings, embedding: "PassageEmbedding") -> None:
    """Build; whatever stands in the way may be gone at the next change."""
    from assistant.index import BuildRunningError, build

    while True:
        try:
            report = build(settings, embedding=embedding)
        except BuildRunningError:
            # The other builder may have read a file before it changed.
            time.sleep(_RETRY_SECONDS)
            continue
        except known_errors() as error:
            _say(f"索引没有更新：{sentence(error)}")
            return
        for skipped in report.skipped:
            _say(f"已跳过 {skipped}")
        _say(summary(report))
        return


def _say(text: str) -> None:
    typer.echo(f"{datetime.now():%H:%M:%S} {text}")
