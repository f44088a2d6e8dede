"""What a build has to do: which sources are new, changed, gone or unreadable."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.corpus import CorpusError, SourceDocument
from assistant.corpus.law_pack import LawPackReader, pack_version
from assistant.corpus.loader import lost_statements, read_folder
from assistant.corpus.readers import Limits
from assistant.index.progress import Progress, Stage
from assistant.settings import LawPack, Settings

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Plan:
    """Changes that turn the current generation into the next.

    Attributes:
        changed: new and changed documents.
        removed: ids of documents whose source is gone or can no longer be read.
        unchanged: how many documents stay as they are.
        skipped: sources that could not be read.
    """

    changed: list[SourceDocument] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    skipped: list[CorpusError] = field(default_factory=list)


def law_pack_name(settings: Settings) -> str:
    """Return which law pack, and how much of it, the settings ask for."""
    if settings.law_pack is LawPack.NONE:
        return LawPack.NONE.value
    return f"{pack_version()}/{settings.law_pack.value}"


def make_plan(settings: Settings, known: dict[str, str], progress: Progress) -> Plan:
    """Read all sources and compare them with ``known`` (document id → source hash).

    A file whose bytes are unchanged is not parsed again.

    Raises:
        CorpusError: the law pack or the corpus folder cannot be read at all.
    """
    plan = Plan()
    present: set[str] = set()
    for source in _statutes(settings, progress):
        present.add(source.document.id)
        if known.get(source.document.id) == source.document.digest:
            plan.unchanged += 1
        else:
            plan.changed.append(source)
    _read_files(settings, known, plan, present, progress)
    plan.removed = [document for document in known if document not in present]
    return plan


def corpus_folder(settings: Settings) -> Path:
    """Return the folder with the bureau's documents.

    Raises:
        CorpusError: it does not exist.
    """
    if not settings.corpus.is_dir():
        raise CorpusError(
            str(settings.corpus), "资料文件夹不存在", "请新建该文件夹，或检查设置 corpus"
        )
    return settings.corpus


def _statutes(settings: Settings, progress: Progress) -> Iterator[SourceDocument]:
    if settings.law_pack is LawPack.NONE:
        return
    reader = LawPackReader()
    progress.start(Stage.STATUTES, reader.count(settings.law_pack))
    for source in reader.documents(settings.law_pack):
        yield source
        progress.advance(1)


def _read_files(
    settings: Settings, known: dict[str, str], plan: Plan, present: set[str], progress: Progress
) -> None:
    root = corpus_folder(settings)
    files = read_folder(root, Limits.of(settings))
    plan.skipped += lost_statements(root)
    progress.start(Stage.FILES, len(files))
    for file in files:
        try:
            if known.get(file.id) == file.digest():
                plan.unchanged += 1
            else:
                plan.changed.append(file.load())
            present.add(file.id)
        except CorpusError as error:
            plan.skipped.append(error)
        except Exception as error:
            # One bad file must not keep the others from being found.
            _log.exception("%s could not be read", file.path)
            origin = file.origin
            remedy = "请用原软件另存一份，或把文件交给维护人员"
            plan.skipped.append(CorpusError(origin, f"读取时出错（{error!r}）", remedy))
        progress.advance(1)
