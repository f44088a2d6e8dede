"""How much one file may cost, and the process of its own in which risky formats are read."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pydantic import TypeAdapter

from assistant.corpus.model import CorpusError
from assistant.corpus.source import Source

if TYPE_CHECKING:
    # The reading process states no settings and need not load them.
    from assistant.settings import Settings

SOURCE = TypeAdapter(Source)
ALIVE, FAILED, READ = b"alive", b"failed", b"read"
"""First words of the lines that the child writes."""
ALIVE, FAILED, READ = b"alive", b"failed", b"read"
"""First words of the lines that the child writes."""
# After a file that took more memory than this, in KiB, the process is not used again.
_TIDY = 600_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file.

    Attributes:
        size: bytes of the file.
        seconds: time until it must be read; for a scan, time for one page.
        memory: bytes of address space for the reading process.
        scan_pages: pages of a scan that are recognised.
        members: files inside one package or archive.
    """

    size: int = 200 << 20
    seconds: float = 120.0
    memory: int = 3 << 30
    scan_pages: int = 300
    members: int = 20_000

    @property
    def unpacked(self) -> int:
        """Bytes that a package may hold when unpacked."""
        return 4 * self.size

    @classmethod
    def of(cls, settings: "Settings") -> "Limits":
        """Return the bounds that the settings state."""
        return cls(
            size=settings.file_megabytes << 20,
            seconds=settings.file_seconds,
            memory=settings.file_memory_megabytes << 20,
            scan_pages=settings.scan_pages,
        )


still_alive: ContextVar[Callable[[], None]] = ContextVar("still_alive", default=lambda: None)
"""Called by readers that work page by page, to say that the time limit starts anew."""


def check_size(path: Path, origin: str, limits: Limits) -> None:
    """Refuse empty files and files over the limit.

    Raises:
        CorpusError: says which.
        OSError: the file is not there.
    """
    size = path.stat().st_size
    if size == 0:
        raise CorpusError(origin, "文件是空的", "请放入有内容的文件，或删除它")
    if size > limits.size:
        raise CorpusError(
            origin,
            f"文件有 {size / (1 << 20):.0f} MB，超过上限 {limits.size >> 20} MB",
            "请拆分或压缩该文件，或调大设置 file_megabytes",
        )


def note_on_pages(pages: int, read: int) -> str:
    """Say that a scan is longer than what is recognised of it."""
    return f"扫描件共 {pages} 页，只识别了前 {read} 页；需要全部识别时调大设置 scan_pages。"


class Workshop:
    """Runs readers in a child process, one file at a time.

    The child is started at the first file and kept, since starting it costs more than most
    files do.  It is replaced after a crash, a time-out, or a file that took much memory.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._memory = 0

    def read(self, path: Path, origin: str, limits: Limits) -> Source:
        """Read a file of any risky format within its limits.

        Raises:
            CorpusError: the file is unreadable, or costs more than it may.
        """
        with self._lock:
            child = self._running(limits)
            job = json.dumps(
                {"path": str(path.resolve()), "origin": origin, "limits": asdict(limits)}
            ).encode()
            try:
                _tell(child, job)
            except OSError:
                # The child died between two files.
                self._stop()
                child = self._running(limits)
                _tell(child, job)
            return self._answer(child, origin, limits)

    def close(self) -> None:
        """End the child; the next file starts another."""
        with self._lock:
            self._stop()

    def _answer(self, child: subprocess.Popen[bytes], origin: str, limits: Limits) -> Source:
        for _ in range(limits.scan_pages + 1):
            try:
                line = self._answers.get(timeout=limits.seconds)
            except queue.Empty:
                break
            kind, _, content = line.partition(b" ")
            if kind == ALIVE:
                continue
            if kind == FAILED:
                raise CorpusError(*json.loads(content))
            if kind == READ:
                memory, _, source = content.partition(b" ")
                # A process half full may not hold the next file.
                if int(memory) << 11 > limits.memory:
                    self._stop()
                return SOURCE.validate_json(source)
            self._stop()
            raise CorpusError(
                origin,
                f"读取时内存超过 {limits.memory >> 20} MB 或程序异常退出，文件可能已损坏",
                "请重新导出或拆分该文件；文件确实很大时调大设置 file_memory_megabytes",
            )
        self._stop()
        raise CorpusError(
            origin,
            f"读取时间超过 {limits.seconds:.0f} 秒",
            "请重新导出或拆分该文件，或调大设置 file_seconds",
        )

    def _running(self, limits: Limits) -> subprocess.Popen[bytes]:
        if self._child is not None and (
            self._child.poll() is not None or self._memory != limits.memory
        ):
            self._stop()
        if self._child is None:
            self._memory = limits.memory
            self._answers = queue.SimpleQueue()
            self._child = subprocess.Popen(
                # -P: no module of the user's folder may pass for one of the library's.
                [sys.executable, "-P", "-m", "assistant.corpus.readers.worker", str(limits.memory)],
                env=os.environ | {"PYTHONPATH": _import_path()},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            threading.Thread(
                target=_listen, args=(self._child.stdout, self._answers), daemon=True
            ).start()
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        if child.stdin is not None:
            # What was still to be written has no reader any more.
            with suppress(OSError):
                child.stdin.close()


def _import_path() -> str:
    """Return the path on which the child finds this very copy of the assistant."""
    own = str(Path(__file__).parents[3])
    return os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))


def _tell(child: subprocess.Popen[bytes], job: bytes) -> None:
    if child.stdin is None:
        raise OSError("the reading process has no input")
    child.stdin.write(job + b"\n")
    child.stdin.flush()


def _listen(stream: IO[bytes], answers: "queue.SimpleQueue[bytes]") -> None:
    """Pass on what the child says; an empty line is its end."""
    with stream:
        for line in stream:
            answers.put(line.rstrip(b"\n"))
    answers.put(b"")
