"""The desk: so many questions are worked on at once, so many may wait, the rest come back.

Answering is bound by the processor.  More threads than cores make every answer slower and
none sooner, and a queue without an end only lets everyone wait until they give up.
"""

import asyncio
import contextvars
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from assistant.people import Person, acting_as
from assistant.service.problems import ProblemError
from assistant.settings import Settings

_T = TypeVar("_T")
_BUSY = "当前提问的人较多，正在排队中（已有 {waiting} 个问题等待）。请在 {seconds} 秒后再试。"
_RETRY_SECONDS = 5


class Desk:
    """Carries out work on a bounded number of threads.

    Args:
        settings: how many threads, and how many may wait for one.
        waited: told the seconds that each piece of work waited for a thread.
    """

    def __init__(self, settings: Settings, waited: Callable[[float], None]) -> None:
        self._at_once = settings.answers_at_once
        self._most = self._at_once + settings.answer_queue
        self._workers = ThreadPoolExecutor(self._at_once, thread_name_prefix="answer")
        self._waited = waited
        self._inside = 0
        self._counting = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many pieces of work wait for a thread."""
        return max(0, self._inside - self._at_once)

    async def do(self, person: Person, work: Callable[[], _T]) -> _T:
        """Carry out ``work`` on behalf of a person and return what it returns.

        To be called on the event loop alone.

        Raises:
            ProblemError: too many wait already.
        """
        if self._inside >= self._most:
            words = _BUSY.format(waiting=self.waiting, seconds=_RETRY_SECONDS)
            raise ProblemError(503, "busy", words, {"Retry-After": str(_RETRY_SECONDS)})
        begun = time.perf_counter()

        def carried_out() -> _T:
            self._waited(time.perf_counter() - begun)
            with acting_as(person):
                return work()

        context = contextvars.copy_context()
        with self._counting:
            self._inside += 1
        running = self._workers.submit(context.run, carried_out)
        # Work whose caller has gone still holds its thread until it is done.
        running.add_done_callback(self._left)
        return await asyncio.wrap_future(running)

    def close(self) -> None:
        """Take on nothing more."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _left(self, _: object) -> None:
        with self._counting:
            self._inside -= 1
