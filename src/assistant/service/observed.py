"""Every request counted, timed and logged, without its words and without secrets."""

import logging
import time
import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.people import acting
from assistant.service.metrics import Metrics
from assistant.service.problems import problem_of, response

_log = logging.getLogger(__name__)


class Observed:
    """Counts, times and logs what passes through.

    The log names the route, never the address with its parameters, and nothing of the body.

    Args:
        app: what answers.
        metrics: where it is counted.
        route: name of all of ``app``; by default each route's own.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, route: str = "") -> None:
        self._app = app
        self._metrics = metrics
        self._route = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, number, status = time.perf_counter(), uuid.uuid4().hex[:12], 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = number
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if status:
                raise
            problem = problem_of(error)
            self._metrics.error(problem.kind)
            await response(problem)(scope, receive, noting)
        finally:
            self._note(scope, number, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, number: str, status: int, seconds: float) -> None:
        route = self._route or str(getattr(scope.get("route"), "path", "other"))
        self._metrics.request(route, scope["method"], status, seconds)
        client = scope.get("client")
        _log.info(
            "request",
            extra={
                "request": number,
                "route": route,
                "method": scope["method"],
                "status": status,
                "milliseconds": round(seconds * 1000, 1),
                "person": acting().name,
                "address": client[0] if client else "",
            },
        )
