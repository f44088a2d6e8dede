"""What ``assistant doctor`` looks at; each check returns findings with their remedies."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from assistant.settings import LawPack, Settings, SettingsError

DISTRIBUTION = "enforcement-assistant"
_GIBIBYTE = 1024**3
# The unpacked model takes half a gibibyte; a build keeps up to three generations.
_WANTED = 2 * _GIBIBYTE
_NEEDED = _GIBIBYTE // 2


class Level(StrEnum):
    """How bad a finding is."""

    GOOD = "good"
    HINT = "hint"
    PROBLEM = "problem"

    @property
    def mark(self) -> str:
        """Sign before the finding."""
        return {Level.GOOD: "✓", Level.HINT: "！", Level.PROBLEM: "✗"}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        level: how bad it is.
        text: Chinese sentence on what was found.
        remedy: Chinese sentence on what to do; empty if nothing.
    """

    level: Level
    text: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield the findings of all checks, in the order in which to mend things."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _packages,
        _disk,
        _model,
        _ingest,
        _index,
        _skipped,
        _statutes,
        _rules,
    )
    for check in checks:
        yield from check(settings)


def _packages(settings: Settings) -> Iterator[Finding]:
    try:
        stated = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Finding(Level.PROBLEM, "执法助手没有安装。", "请运行 make run。")
        return
    wrong = []
    for line in stated:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"缺少 {requirement.name}")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name} 为 {version}，需要 {requirement.specifier}")
    if wrong:
        yield Finding(
            Level.PROBLEM, f"软件包不符：{'；'.join(wrong)}。", "请运行 make run 重新安装。"
        )
    else:
        python = ".".join(str(part) for part in sys.version_info[:3])
        yield Finding(Level.GOOD, f"Python {python}，软件包齐全。")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.index.resolve()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    text = f"{folder} 所在磁盘剩余 {free / _GIBIBYTE:.1f} GiB。"
    if free < _NEEDED:
        yield Finding(Level.PROBLEM, text, "请腾出至少 2 GiB，否则无法建立索引。")
    elif free < _WANTED:
        yield Finding(Level.HINT, text, "重建索引时可能不够，请腾出至少 2 GiB。")
    else:
        yield Finding(Level.GOOD, text)


def _model(settings: Settings) -> Iterator[Finding]:
    from assistant.index import EmbeddingError, PassageEmbedding

    embedding = PassageEmbedding(settings)
    try:
        embedding.encode(["听证"], query=True)
    except EmbeddingError as error:
        yield Finding(Level.PROBLEM, str(error))
        return
    yield Finding(
        Level.GOOD,
        f"嵌入模型 {embedding.fingerprint} 可用：{embedding.dimension} 维，"
        f"在 {embedding.place} 上运行。",
    )


def _ingest(settings: Settings) -> Iterator[Finding]:
    from assistant.index import IngestError, count_workers

    try:
        workers = count_workers(settings)
    except IngestError as error:
        yield Finding(Level.PROBLEM, str(error))
        return
    if workers:
        yield Finding(Level.GOOD, f"建立索引时可用 {workers} 个工作进程（{settings.ingest}）。")


def _index(settings: Settings) -> Iterator[Finding]:
    from assistant.index import (
        IndexMismatchError,
        IndexMissingError,
        VectorStoreError,
        check_index,
        disagreements,
    )

    try:
        manifest = check_index(settings)
        problems = disagreements(settings)
    except (IndexMissingError, IndexMismatchError, VectorStoreError) as error:
        yield Finding(Level.PROBLEM, str(error))
        return
    for problem in problems:
        yield Finding(Level.PROBLEM, problem, "请运行 assistant build --rebuild 重建索引。")
    if not problems:
        yield Finding(
            Level.GOOD,
            f"索引完整：{manifest.documents} 份文件，{manifest.passages} 条，"
            "目录、向量库、字词索引与清单一致。",
        )


def _skipped(settings: Settings) -> Iterator[Finding]:
    from assistant.index import IndexMissingError, read_contents

    if not Path(settings.corpus).is_dir():
        yield Finding(
            Level.PROBLEM,
            f"资料文件夹 {settings.corpus} 不存在。",
            "请新建该文件夹，或检查设置 corpus。",
        )
    try:
        contents = read_contents(settings)
    except IndexMissingError:
        return
    for error in contents.skipped:
        yield Finding(Level.HINT, f"未收录 {error.origin}：{error.reason}。", error.remedy)
    for document in contents.documents:
        for warning in document.warnings:
            yield Finding(Level.HINT, f"{document.origin}：{warning}")


def _statutes(settings: Settings) -> Iterator[Finding]:
    from assistant.corpus import CorpusError
    from assistant.corpus.law_pack import LawPackReader

    if settings.law_pack is LawPack.NONE:
        return
    try:
        doubts = LawPackReader().disagreements(settings.law_pack)
    except CorpusError as error:
        yield Finding(Level.PROBLEM, str(error))
        return
    for doubt in doubts:
        yield Finding(Level.HINT, doubt)
    if not doubts:
        yield Finding(Level.GOOD, "法律数据包的效力标注与条文一致。")


def _rules(settings: Settings) -> Iterator[Finding]:
    from assistant.index import IndexMissingError
    from assistant.procedures import Procedures

    if settings.law_pack is LawPack.NONE:
        return
    try:
        faults = Procedures.load(settings).faults()
    except IndexMissingError:
        return
    except SettingsError as error:
        yield Finding(Level.PROBLEM, str(error))
        return
    for fault in faults:
        yield Finding(Level.HINT, f"办案工具：{fault.message}")
    if not faults:
        yield Finding(Level.GOOD, "办案工具的规则都有现行条文作依据。")
