"""Read files, here or on workers."""

from collections.abc import Iterator, Sequence

from assistant.corpus import CorpusError
from assistant.corpus.loader import CorpusFile
from assistant.index.ingest import tasks
from assistant.index.ingest.cluster import Cluster, Killed

# Fewer files are read before the first worker has started.
_FEW = 8


def read(
    files: Sequence[CorpusFile], cluster: Cluster | None
) -> Iterator[tuple[CorpusFile, tasks.Outcome]]:
    """Yield each file with its document, or with why there is none, in any order.

    Args:
        files: what to read.
        cluster: workers to do it; None to do it here.

    Raises:
        IngestError: the workers cannot be reached or used.
    """
    if cluster is None or len(files) < _FEW:
        for file in files:
            yield file, tasks.attempt(file, file.load)
        return
    suspects = []
    for file, outcome in cluster.run(tasks.read, files, tasks.release()):
        if isinstance(outcome, Killed):
            suspects.append(file)
        else:
            yield file, outcome
    # The engine blames a dead worker on all that waited there; read alone, only the file
    # at fault is blamed again.
    for suspect in suspects:
        for file, outcome in cluster.run(tasks.read, [suspect], tasks.release()):
            yield file, _broken(file) if isinstance(outcome, Killed) else outcome


def _broken(file: CorpusFile) -> CorpusError:
    return CorpusError(
        file.origin,
        "读取它的工作进程多次异常退出，文件可能已损坏或过大",
        "请重新导出或拆分该文件，或把文件交给维护人员",
    )
