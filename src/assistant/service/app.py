"""Put the interfaces for other programs into the application that serves the page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from mcp.server.transport_security import TransportSecuritySettings
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from assistant.answering import LiveAssistant
from assistant.people import Scope
from assistant.service import api, mcp_tools
from assistant.service.access import Access
from assistant.service.functions import Functions
from assistant.service.health import HEALTH, READY, Readiness, alive
from assistant.service.metrics import Metrics
from assistant.service.observed import Observed

METRICS = "/metrics"
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def add_service(app: FastAPI, live: LiveAssistant) -> None:
    """Add the HTTP interface, the MCP tools, health and metrics to ``app``.

    To be called before anything is mounted at the root.

    Args:
        app: the application that is served.
        live: the assistant over the newest index.
    """
    metrics = Metrics(live)
    access = Access(live.settings)
    functions = Functions(live, metrics)
    tools = mcp_tools.build_tools(functions)
    # The gate in front of all addresses checks names of hosts; tokens are checked here.
    over_http = tools.streamable_http_app(
        streamable_http_path=mcp_tools.PATH,
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    guarded = mcp_tools.Guarded(over_http, access)
    interface = api.build_api(functions, access, metrics)

    async def figures(request: Request) -> Response:
        access.admit(request, Scope.READ)
        return Response(await asyncio.to_thread(metrics.text), media_type=_PROMETHEUS)

    readiness = Readiness(live)
    observed = Middleware(Observed, metrics=metrics, route=METRICS)
    app.router.routes += [
        Route(HEALTH, alive),
        Route(READY, readiness.told),
        Route(METRICS, figures, middleware=[observed]),
        Route(mcp_tools.PATH, Observed(guarded, metrics, mcp_tools.PATH)),
        Mount(api.PATH, Observed(interface, metrics)),
    ]
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[Any]:
        readiness.begin()
        async with tools.session_manager.run(), outer(application) as state:
            yield state
        functions.close()

    app.router.lifespan_context = lifespan


def run_tools(live: LiveAssistant) -> None:
    """Offer the MCP tools on standard input and output until the other side hangs up."""
    functions = Functions(live, Metrics(live))
    mcp_tools.build_tools(functions).run("stdio")
    functions.close()
