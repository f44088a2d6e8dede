"""Bounds on what one browser may send: size of a request, wrong passwords."""

import threading
import time
from collections import OrderedDict, deque

from starlette.types import Message, Receive

FORM_BYTES = 64 * 1024
EVENT_BYTES = 4 * 1024 * 1024


class TooLargeError(Exception):
    """A request has a longer body than its address takes."""


def bounded(receive: Receive, most: int) -> Receive:
    """Return ``receive`` so that it raises :class:`TooLargeError` beyond ``most`` bytes."""
    seen = 0

    async def receive_bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLargeError
        return message

    return receive_bounded


class Throttle:
    """Counts failures by network address and says when there were too many.

    Args:
        most: failures within ``seconds`` after which an address must wait.
        seconds: how long a failure counts.
    """

    _ADDRESSES = 10_000

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def failed(self, address: str) -> None:
        """Count a failure."""
        with self._lock:
            times = self._failures.setdefault(address, deque(maxlen=self._most))
            times.append(time.monotonic())
            self._failures.move_to_end(address)
            while len(self._failures) > self._ADDRESSES:
                self._failures.popitem(last=False)

    def must_wait(self, address: str) -> bool:
        """Return whether an address had too many failures lately."""
        with self._lock:
            times = self._failures.get(address, ())
            recent = sum(moment > time.monotonic() - self._seconds for moment in times)
            return recent >= self._most
