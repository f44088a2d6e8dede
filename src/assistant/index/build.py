"""Build the next generation of the index from the sources that changed."""

import os
import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from assistant.corpus import CorpusError, Document, Passage
from assistant.index.catalogue import Catalogue
from assistant.index.embedding import PassageEmbedding
from assistant.index.generation import (
    Generation,
    IndexMissingError,
    Manifest,
    check_match,
    current_generation,
    make_current,
    new_generation,
    sweep,
)
from assistant.index.ingest import Cluster, Spread
from assistant.index.lexical import LexicalIndex
from assistant.index.plan import Plan, law_pack_name, make_plan
from assistant.index.progress import Progress, Silent, Stage
from assistant.index.texts import LAYOUT, searched_text
from assistant.index.vector_store import VectorStoreError
from assistant.index.vectorise import Vectoriser
from assistant.index.vectors import Collection, carry_over, drop_collections, open_vectors
from assistant.settings import HERE, Settings, without_secrets

_PREFIX = "assistant-"


class BuildRunningError(RuntimeError):
    """Another build of the same index is running; the message is in Chinese."""


class IndexWriteError(RuntimeError):
    """The index cannot be written; the message is in Chinese."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        documents, passages: how many the index has now.
        changed, removed, unchanged: documents by what happened to them.
        embedded: passages whose vectors were computed now.
        skipped: sources that could not be read.
        seconds: time taken in all; ``embedding_seconds``: for the vectors alone.
    """

    documents: int
    passages: int
    changed: int
    removed: int
    unchanged: int
    embedded: int
    skipped: tuple[CorpusError, ...]
    seconds: float
    embedding_seconds: float


def build(
    settings: Settings,
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
    embedding: PassageEmbedding | None = None,
) -> BuildReport:
    """Bring the index up to date with the corpus and the law pack.

    Args:
        settings: where everything is.
        rebuild: start from nothing instead of from the current generation; needed once
            after a change of model or version.
        progress: told about each stage.
        embedding: a model already loaded; by default the one in the settings.

    Raises:
        BuildRunningError: another process builds the same index.
        IndexMismatchError: the index was made by another model or version.
        CorpusError: the law pack or the corpus folder is missing.
        IngestError: the workers that the settings name cannot be used.
        EmbeddingError, VectorStoreError: model or vector store cannot be used.
        IndexWriteError: the disk is full or not writable.

    Whatever happens, the current generation stays in use until the next one is complete.
    """
    try:
        settings.index.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.index / "build.lock", timeout=0), ExitStack() as opened:
            cluster = None
            if settings.ingest != HERE:
                cluster = opened.enter_context(Cluster(settings))
            work = _Build(settings, progress or Silent(), embedding, cluster)
            return work.run(rebuild=rebuild)
    except Timeout as error:
        raise BuildRunningError(
            f"另一个构建正在写入索引 {settings.index}。请等它完成后再试。"
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise IndexWriteError(
            f"索引文件夹 {settings.index} 无法写入（{error}）。"
            "原有索引没有改变，仍可使用；请检查磁盘空间和权限后重新构建。"
        ) from error


class _Build:
    def __init__(
        self,
        settings: Settings,
        progress: Progress,
        embedding: PassageEmbedding | None,
        cluster: Cluster | None,
    ) -> None:
        self._settings = settings
        self._progress = progress
        embedding = embedding or PassageEmbedding(settings)
        self._space = embedding.fingerprint
        self._cluster = cluster
        spread = None
        # An embedding server is asked from here: it does the work, and its key stays here.
        if cluster is not None and not settings.embedding_endpoint:
            spread = Spread(settings, self._space, cluster)
        cache = settings.index / "vectors.db"
        self._vectoriser = Vectoriser(embedding, cache, self._progress, spread)

    def run(self, *, rebuild: bool) -> BuildReport:
        begun = time.perf_counter()
        previous = None if rebuild else self._previous()
        known: dict[str, str] = {}
        if previous is not None:
            catalogue = Catalogue(previous.catalogue)
            known = catalogue.digests()
            before = catalogue.skipped()
            catalogue.close()
        plan = make_plan(self._settings, known, self._progress, self._cluster)
        nothing_to_do = (
            previous is not None
            and not plan.changed
            and not plan.removed
            and _sentences(plan.skipped) == _sentences(before)
        )
        if previous is not None and nothing_to_do:
            manifest = previous.manifest()
        else:
            manifest = self._write(previous, plan)
        self._drop(sweep(self._settings.index))
        return BuildReport(
            documents=manifest.documents,
            passages=manifest.passages,
            changed=len(plan.changed),
            removed=len(plan.removed),
            unchanged=plan.unchanged,
            embedded=self._vectoriser.embedded,
            skipped=tuple(plan.skipped),
            seconds=time.perf_counter() - begun,
            embedding_seconds=self._vectoriser.seconds,
        )

    def _previous(self) -> Generation | None:
        """The generation to start from; a damaged one counts as none."""
        generation = current_generation(self._settings.index)
        if generation is None:
            return None
        try:
            manifest = generation.manifest()
            Catalogue(generation.catalogue).close()
        except (IndexMissingError, sqlite3.Error):
            return None
        check_match(self._settings, manifest, self._space)
        return generation

    def _write(self, previous: Generation | None, plan: Plan) -> Manifest:
        generation = new_generation(self._settings.index)
        try:
            manifest = self._fill(generation, previous, plan)
        except BaseException:
            shutil.rmtree(generation.folder, ignore_errors=True)
            with suppress(VectorStoreError):
                self._drop([generation.name])
            raise
        # The parts must be on the disk before the pointer is.
        if hasattr(os, "sync"):
            os.sync()
        make_current(self._settings.index, generation)
        return manifest

    def _fill(self, generation: Generation, previous: Generation | None, plan: Plan) -> Manifest:
        collection = Collection(generation.chroma, f"{_PREFIX}{generation.name}")
        carried: Collection | None = None
        if previous is not None:
            shutil.copy2(previous.catalogue, generation.catalogue)
            before = Collection(previous.chroma, previous.manifest().collection)
            carried = carry_over(self._settings, before, collection)
        catalogue = Catalogue(generation.catalogue, writable=True)
        gone = [*plan.removed, *(source.document.id for source in plan.changed)]
        old_ids = [p.id for document in gone for p in catalogue.passages(document)]
        for document in plan.removed:
            catalogue.remove(document)
        for source in plan.changed:
            catalogue.put(source)
        catalogue.set_skipped(plan.skipped)
        catalogue.commit()
        documents = {document.id: document for document in catalogue.documents()}
        passages = [(documents[p.document_id], p) for p in catalogue.all_passages()]
        if carried is not None:
            collection = carried
            fresh = [(s.document, p) for s in plan.changed for p in s.passages]
            self._write_vectors(collection, old_ids, fresh)
        else:
            self._write_vectors(collection, [], passages)
        self._progress.start(Stage.STORE, 0)
        LexicalIndex.build(
            [passage.id for _, passage in passages],
            [searched_text(document, passage) for document, passage in passages],
        ).save(generation.lexical)
        self._vectoriser.prune(passages)
        manifest = Manifest(
            created=datetime.now(UTC),
            layout=LAYOUT,
            space=self._space,
            law_pack=law_pack_name(self._settings),
            collection=collection.name,
            vectors=without_secrets(self._settings.vectors),
            documents=len(documents),
            passages=len(passages),
            content=catalogue.content(),
        )
        catalogue.close()
        generation.write_manifest(manifest)
        return manifest

    def _write_vectors(
        self,
        collection: Collection,
        old_ids: Sequence[str],
        fresh: Sequence[tuple[Document, Passage]],
    ) -> None:
        store = open_vectors(self._settings, collection, create=True)
        store.remove(old_ids)
        for rows in self._vectoriser.rows(fresh):
            store.put(rows)
        store.settle()

    def _drop(self, removed: Sequence[str]) -> None:
        if removed:
            names = [f"{_PREFIX}{name}" for name in removed]
            drop_collections(self._settings, self._settings.index, names)


def _sentences(errors: Sequence[CorpusError]) -> list[str]:
    return sorted(str(error) for error in errors)
