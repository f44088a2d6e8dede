"""The workers that the setting ``ingest`` names, and work handed to them in bounded amounts."""

import queue
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

from assistant.index.ingest.errors import IngestError
from assistant.settings import HERE, PROCESSES, Settings

if TYPE_CHECKING:
    from distributed import Client, Future

_Job = TypeVar("_Job")
_T = TypeVar("_T")
# A worker with the model takes 1.2 GB, and reading a large file some more.
_MEMORY = 2 << 30
# Jobs out for each core: one in work, one on its way.
_AHEAD = 2
# Seconds until a scheduler must answer, and until it must have a worker: one that was
# started anew needs a while.
_PATIENCE = 30.0
_RETURN = 120.0
# Seconds between two looks at who is there.
_PULSE = 1.0


def count_workers(settings: Settings) -> int:
    """Return how many workers answer; 0 where a build needs none.

    Raises:
        IngestError: they cannot be reached or started.
    """
    if settings.ingest == HERE:
        return 0
    with Cluster(settings) as cluster:
        return cluster.connect()


class Killed:
    """Stands for the result of a job whose workers died again and again."""


class Cluster:
    """Workers on this machine, or those of a Dask scheduler; reached at the first job.

    Use it as a context manager: workers started here end with it, others stay.

    Args:
        settings: ``ingest`` says which; it is not ``here``.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open = ExitStack()
        self._client: Client | None = None
        self._seen = 0.0
        self._room = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @property
    def threads(self) -> int:
        """Threads that each worker started here gets; 0 where workers have their own."""
        if not self._own:
            return 0
        return max(1, _cores() // self._count())

    def connect(self) -> int:
        """Reach the workers, or start them.

        Returns:
            How many there are.

        Raises:
            IngestError: the extra is not installed, or nobody answers.
        """
        return len(_threads(self._connected()))

    def run(
        self, task: Callable[..., Any], jobs: Iterable[_Job], *arguments: object
    ) -> Iterator[tuple[_Job, Any]]:
        """Yield each job with what ``task(job, *arguments)`` returned, in any order.

        Only a few jobs for each worker are out at a time, so that neither the workers nor
        this process hold more results than are taken.  A job whose worker died is given to
        another one; after the engine has tried often enough its result is :class:`Killed`.

        Raises:
            IngestError: the workers are gone or cannot be used.
        """
        client = self._connected()
        done: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        running: dict[str, tuple[_Job, Future[Any]]] = {}
        waiting = iter(jobs)
        more = True
        while True:
            while more and len(running) < self._window(client):
                try:
                    job = next(waiting)
                except StopIteration:
                    more = False
                    break
                future = client.submit(task, job, *arguments, pure=False)
                running[future.key] = job, future
                future.add_done_callback(done.put)
            if not running:
                return
            future = self._waited(client, lambda seconds: done.get(timeout=seconds), _PULSE)
            job, _ = running.pop(future.key)
            yield job, self._waited(client, partial(_result, future), _PATIENCE)

    def _connected(self) -> "Client":
        if self._client is None:
            try:
                import distributed  # noqa: F401
            except ImportError as error:
                raise IngestError(
                    f"设置 ingest 为 {self._settings.ingest}，但没有安装 Dask。"
                    "请运行 pip install 'enforcement-assistant[cluster]'，或改为 here。"
                ) from error
            self._client = self._started() if self._own else self._reached()
        return self._client

    @property
    def _own(self) -> bool:
        return self._settings.ingest.startswith(PROCESSES)

    def _count(self) -> int:
        stated = self._settings.ingest.removeprefix(PROCESSES).removeprefix(":")
        return int(stated) if stated else max(1, min(_cores(), _memory() // _MEMORY))

    def _started(self) -> "Client":
        import dask
        from distributed import Client, LocalCluster

        try:
            # Nobody looks at the engine's own profile of the workers, which costs time.
            with dask.config.set({"distributed.worker.profile.enabled": False}):
                cluster = LocalCluster(
                    n_workers=self._count(),
                    threads_per_worker=1,
                    # Other users of this machine must not reach the workers: they do what
                    # they are told.
                    security=True,
                    dashboard_address=None,
                    # The number of jobs bounds the memory; a limit would count the model.
                    memory_limit=0,
                    silence_logs="CRITICAL",
                )
            self._open.callback(cluster.close)
            client = Client(cluster, set_as_default=False)
            self._open.callback(client.close)
        except (OSError, TimeoutError, RuntimeError) as error:
            raise IngestError(
                f"工作进程无法启动（{error}）。请把设置 ingest 改为 here 或更少的进程。"
            ) from error
        return client

    def _reached(self) -> "Client":
        from distributed import Client

        address = self._settings.ingest
        remedy = "请检查调度器（dask scheduler）、网络、证书和设置 ingest，或把 ingest 改为 here。"
        place = urlsplit(address)
        try:
            # Dask would try again and again even where nobody listens.
            socket.create_connection((place.hostname or "", place.port or 0), _PATIENCE).close()
            client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError, TypeError) as error:
            raise IngestError(f"调度器 {address} 没有应答（{error}）。{remedy}") from error
        self._open.callback(client.close)
        try:
            client.wait_for_workers(1, timeout=_RETURN)
        except TimeoutError as error:
            raise self._nobody() from error
        return client

    def _nobody(self) -> IngestError:
        return IngestError(
            f"{self._settings.ingest} 没有可用的工作进程。已算出的向量不会丢失；"
            "请启动工作进程（dask worker），或把设置 ingest 改为 here，然后重新构建。"
        )

    def _window(self, client: "Client") -> int:
        """Return how many jobs may be out; workers come and go while a build runs."""
        if not self._room or time.monotonic() - self._seen > _PULSE:
            self._room = max(1, _AHEAD * sum(_threads(client).values()))
            self._seen = time.monotonic()
        return self._room

    def _waited(self, client: "Client", ask: Callable[[float], _T], seconds: float) -> _T:
        """Ask again and again, as long as somebody is there who works on the answer."""
        deadline = time.monotonic() + _RETURN
        while True:
            try:
                return ask(seconds)
            except (queue.Empty, TimeoutError):
                if _threads(client):
                    deadline = time.monotonic() + _RETURN
                elif time.monotonic() > deadline:
                    raise self._nobody() from None


def _threads(client: "Client") -> dict[str, int]:
    """Return the threads of each worker by its address."""
    try:
        if client.status == "closed":
            raise RuntimeError("closed")
        return dict(client.nthreads())
    except (OSError, TimeoutError, RuntimeError) as error:
        raise _interrupted(error) from error


def _interrupted(error: BaseException) -> IngestError:
    return IngestError(
        f"与调度器的连接中断（{error!r}）。已算出的向量不会丢失；"
        "请检查调度器（dask scheduler）和网络，然后重新构建。"
    )


def _result(future: "Future[Any]", seconds: float) -> Any:
    """Return what a job gave; a result that was lost with its worker is made once more.

    Raises:
        TimeoutError: it has not come within so many seconds.
        EmbeddingError, IngestError: as the job says, or it cannot be had.
    """
    from distributed import CancelledError, KilledWorker
    from distributed.client import ClosedClientError
    from distributed.comm import CommClosedError

    from assistant.index.embedding_service import EmbeddingError

    try:
        return future.result(timeout=seconds)
    except KilledWorker:
        return Killed()
    except (EmbeddingError, IngestError, TimeoutError):
        raise
    except (CancelledError, ClosedClientError, CommClosedError) as error:
        raise _interrupted(error) from error
    except Exception as error:
        raise IngestError(
            f"工作进程无法完成任务（{error!r}）。请在调度器和工作进程所在的机器上安装同一版本的"
            "执法助手和软件包，然后重新构建。"
        ) from error


def _cores() -> int:
    from dask.system import CPU_COUNT

    return max(1, int(CPU_COUNT))


def _memory() -> int:
    from distributed.system import MEMORY_LIMIT

    return int(MEMORY_LIMIT)
