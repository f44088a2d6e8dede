"""What runs on a worker: reading one file, computing the vectors of one list of texts.

Workers may stand on other machines, so each task makes sure that they run the same
release, see the same folder and hold the same model: whatever differs would slip into the
index unseen.
"""

import logging
import threading
from collections.abc import Callable
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from assistant.corpus import CorpusError, SourceDocument
from assistant.corpus.loader import PARSER, CorpusFile
from assistant.index.embedding import PassageEmbedding, Vectors
from assistant.index.ingest.errors import IngestError
from assistant.index.texts import LAYOUT
from assistant.settings import Settings

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
# A worker with several threads computes one list at a time, with all of them.
_computing = threading.Lock()

Outcome = SourceDocument | CorpusError
"""A file's document, or why there is none."""


def release() -> str:
    """Name what decides over the result of a task, other than its arguments."""
    return f"{metadata.version('enforcement-assistant')}/{PARSER}/{LAYOUT}"


def attempt(file: CorpusFile, work: Callable[[], _T]) -> _T | CorpusError:
    """Return what ``work`` on a file gives, or why it cannot be done, in Chinese.

    One bad file must not keep the others from being found.
    """
    try:
        return work()
    except CorpusError as error:
        return error
    except Exception as error:
        _log.exception("%s could not be read", file.path)
        remedy = "请用原软件另存一份，或把文件交给维护人员"
        return CorpusError(file.origin, f"读取时出错（{error!r}）", remedy)


def read(file: CorpusFile, expected: str) -> Outcome:
    """Read a file, on a worker.

    Raises:
        IngestError: the worker cannot stand in for this machine.
    """
    _check(expected)
    if not file.root.is_dir():
        raise IngestError(
            f"工作进程 {_worker()} 看不到资料文件夹 {file.root}。"
            "请在该机器的同一路径下挂载它，然后重新构建。"
        )
    return attempt(file, file.load)


def encode(texts: list[str], expected: str, settings: Settings, space: str) -> Vectors:
    """Compute the vectors of texts, on a worker, with a model that is loaded once.

    Args:
        texts: what to embed.
        expected: release that the worker must run.
        settings: of the model; 0 ``threads`` are as many as the worker was started with.
        space: fingerprint that the model must have.

    Raises:
        IngestError: the worker cannot stand in for this machine.
        EmbeddingError: the model cannot be loaded there.
    """
    _check(expected)
    with _computing:
        return _embedding(settings, space).encode(texts)


@lru_cache(maxsize=1)
def _embedding(settings: Settings, space: str) -> PassageEmbedding:
    from distributed import get_worker

    worker = get_worker()
    own: dict[str, object] = {"threads": settings.threads or worker.state.nthreads}
    if not settings.index.is_dir():
        # Another machine unpacks the model among its own temporary files.
        own["index"] = Path(worker.local_directory)
    embedding = PassageEmbedding(settings.model_copy(update=own))
    if embedding.fingerprint != space:
        raise IngestError(
            f"工作进程 {_worker()} 上的嵌入模型是“{embedding.fingerprint}”，"
            f"而本机是“{space}”。请让两边使用同一个模型，然后重新构建。"
        )
    embedding.load()
    return embedding


def _check(expected: str) -> None:
    if release() != expected:
        raise IngestError(
            f"工作进程 {_worker()} 上的执法助手是另一个版本（{release()}，本机为 {expected}）。"
            "请在所有机器上安装同一版本，重新启动工作进程后再构建。"
        )


def _worker() -> str:
    from distributed import get_worker

    return str(get_worker().address)
