"""Bring the index up to date in the background, one build at a time, and tell how far it is."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answering import LiveAssistant
from assistant.corpus import CorpusError
from assistant.index import (
    BuildReport,
    BuildRunningError,
    EmbeddingError,
    IndexMismatchError,
    IndexWriteError,
    IngestError,
    Stage,
    VectorStoreError,
    build,
)

_LOOK_SECONDS = 0.3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildState:
    """How far a build is.

    Attributes:
        running: False before the first and after each build.
        stage: what it is doing, as readers see it.
        done, total: units of the stage; ``total`` is 0 where it is unknown.
        report: what it did, once it is complete.
        problem: why it failed, in Chinese; empty if it did not.
    """

    running: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    report: BuildReport | None = None
    problem: str = ""


class Indexing:
    """Builds the index of a live assistant; the assistant takes up what was built.

    A build goes on when the browser that began it is closed.
    """

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._state = BuildState()
        self._begin = threading.Lock()

    @property
    def state(self) -> BuildState:
        """How far the build is, or what the last one did."""
        return self._state

    def run(self) -> Iterator[BuildState]:
        """Build everything that was changed so far, and yield how far it is until it is done."""
        while not self._started():
            yield self._state
            time.sleep(_LOOK_SECONDS)
        while self._state.running:
            yield self._state
            time.sleep(_LOOK_SECONDS)
        yield self._state

    def _started(self) -> bool:
        """Start a build unless one is running that may have begun before the last change."""
        with self._begin:
            if self._state.running:
                return False
            self._state = BuildState(running=True, stage="准备")
            threading.Thread(target=self._build, daemon=True).start()
            return True

    def _build(self) -> None:
        try:
            report = build(
                self._live.settings, progress=_Watched(self), embedding=self._live.embedding
            )
            # Whoever asks next need not wait for the new generation to be opened.
            _ = self._live.newest
            self._state = BuildState(report=report)
        except (
            BuildRunningError, CorpusError, EmbeddingError, IndexMismatchError, IndexWriteError,
            IngestError, VectorStoreError, OSError,
        ) as error:  # fmt: skip
            self._state = BuildState(problem=str(error))
        except Exception:
            _log.exception("The index could not be built")
            self._state = BuildState(problem="索引没有更新，原因见服务器日志。原有索引仍可使用。")

    def tell(self, stage: Stage | None, count: int) -> None:
        """Take in what the build says: a new stage with its total, or units that are done."""
        if stage is not None:
            self._state = replace(self._state, stage=stage.value, done=0, total=count)
        else:
            self._state = replace(self._state, done=self._state.done + count)


class _Watched:
    """The build's progress, told to :class:`Indexing`."""

    def __init__(self, indexing: Indexing) -> None:
        self._indexing = indexing

    def start(self, stage: Stage, total: int) -> None:
        """A stage begins."""
        self._indexing.tell(stage, total)

    def advance(self, count: int) -> None:
        """So many units are done."""
        self._indexing.tell(None, count)
