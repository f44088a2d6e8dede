"""What a build has to do: which sources are new, changed, gone or unreadable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.corpus import CorpusError, SourceDocument
from assistant.corpus.law_pack import LawPackReader, pack_version
from assistant.corpus.loader import lost_statements, read_folder
from assistant.corpus.readers import Limits
from assistant.index.ingest import Cluster, Outcome, attempt, read
from assistant.index.progress import Progress, Stage
from assistant.settings import LawPack, Settings


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


def make_plan(
    settings: Settings,
    known: dict[str, str],
    progress: Progress,
    cluster: Cluster | None = None,
) -> Plan:
    """Read all sources and compare them with ``known`` (document id → source hash).

    A file whose bytes are unchanged is not parsed again.

    Args:
        settings: which sources.
        known: what the current generation holds.
        progress: told about every source.
        cluster: workers that read files where there are many; None to read them here.

    Raises:
        CorpusError: the law pack or the corpus folder cannot be read at all.
        IngestError: the workers of ``cluster`` cannot be used.
    """
    plan = Plan()
    present: set[str] = set()
    for source in _statutes(settings, progress):
        present.add(source.document.id)
        if known.get(source.document.id) == source.document.digest:
            plan.unchanged += 1
        else:
            plan.changed.append(source)
    _read_files(settings, known, plan, present, progress, cluster)
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
    settings: Settings,
    known: dict[str, str],
    plan: Plan,
    present: set[str],
    progress: Progress,
    cluster: Cluster | None,
) -> None:
    # Workers on other machines find a file by its full path.
    root = corpus_folder(settings).absolute()
    files = read_folder(root, Limits.of(settings))
    plan.skipped += lost_statements(root)
    progress.start(Stage.FILES, len(files))
    outcomes: dict[str, Outcome] = {}
    changed = []
    for file in files:
        digest = attempt(file, file.digest)
        if isinstance(digest, CorpusError):
            outcomes[file.origin] = digest
        elif known.get(file.id) == digest:
            plan.unchanged += 1
            present.add(file.id)
        else:
            changed.append(file)
            continue
        progress.advance(1)
    for file, outcome in read(changed, cluster):
        outcomes[file.origin] = outcome
        progress.advance(1)
    # In the order of the folder, whoever was done first.
    for file in files:
        match outcomes.get(file.origin):
            case SourceDocument() as source:
                plan.changed.append(source)
                present.add(file.id)
            case CorpusError() as error:
                plan.skipped.append(error)
