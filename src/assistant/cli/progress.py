"""Progress of a build as bars: units done, units per second, time left."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
)
from rich.text import Text

from assistant.index import Stage

_UNITS = {Stage.STATUTES: "部", Stage.FILES: "份", Stage.VECTORS: "条"}


class Bars:
    """Shows each stage of a build on a line of its own, on standard error.

    Where that is no terminal, a stage is named once, when it begins.
    """

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            _Amount(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None
        self._total = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        self._progress.stop()

    def start(self, stage: Stage, total: int) -> None:
        """Begin a stage; the one before is done."""
        self._finish()
        self._total = total
        if self._progress.disable:
            amount = f"：{total} {_UNITS.get(stage, '')}" if total else "……"
            self._progress.console.print(f"{stage.value}{amount}", highlight=False)
        self._task = self._progress.add_task(
            stage.value, total=total or None, unit=_UNITS.get(stage, "")
        )

    def advance(self, count: int) -> None:
        """Count units of the current stage as done."""
        if self._task is not None:
            self._progress.advance(self._task, count)

    def _finish(self) -> None:
        if self._task is not None:
            total = self._total or 1
            self._progress.update(self._task, total=total, completed=total)


class _Amount(ProgressColumn):
    """Units done, units per second and time left, as far as they are known."""

    def render(self, task: Task) -> Text:
        unit = task.fields["unit"]
        if not unit or task.total is None:
            return Text("")
        words = [f"{task.completed:.0f}/{task.total:.0f} {unit}"]
        seconds = (task.finished_time or task.elapsed) if task.started else None
        if seconds and task.completed:
            speed = task.completed / seconds
            words.append(f"{speed:.0f} {unit}/秒")
            if not task.finished:
                words.append(f"剩余 {_clock((task.total - task.completed) / speed)}")
        return Text("  ".join(words), style="progress.remaining")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
