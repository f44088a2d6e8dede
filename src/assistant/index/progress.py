"""How a build tells what it is doing."""

from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """A stage of a build, by the words that readers see."""

    MODEL = "准备嵌入模型"
    STATUTES = "读取法律数据包"
    FILES = "读取资料文件"
    VECTORS = "计算向量（条）"
    STORE = "写入索引"


class Progress(Protocol):
    """Receives the stages of a build and how far each has come."""

    def start(self, stage: Stage, total: int) -> None:
        """A stage begins; ``total`` is the number of its units, 0 if unknown."""

    def advance(self, count: int) -> None:
        """So many units of the current stage are done."""


class Silent:
    """A progress that shows nothing."""

    def start(self, stage: Stage, total: int) -> None:
        """Show nothing."""

    def advance(self, count: int) -> None:
        """Show nothing."""
