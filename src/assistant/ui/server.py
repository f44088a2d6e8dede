"""Serve the page on the bureau's own network; nothing is fetched from elsewhere."""

import errno
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.answering import LiveAssistant
from assistant.settings import Settings
from assistant.ui.access import known_to_gradio, protect
from assistant.ui.items_download import add_downloads
from assistant.ui.page import build_page
from assistant.ui.theme import page_theme

_ASSETS = Path(__file__).parent / "assets"
_STYLES = (
    "frame", "account", "chat", "history", "source", "library", "items", "tools", "quiz", "admin",
    "phone", "comfort", "print",
)  # fmt: skip
_EVERYWHERE = ("0.0.0.0", "::", "")
_SHUTDOWN_SECONDS = 2
_LARGEST_UPLOAD = 32 * 1024 * 1024


class AddressError(Exception):
    """The page cannot be served at the address set; the message is in Chinese."""


class RunningPage:
    """A page that is being served in a thread of its own.

    Attributes:
        url: where a browser on this machine finds it.
    """

    def __init__(self, url: str, server: uvicorn.Server, thread: threading.Thread) -> None:
        self.url = url
        self._server = server
        self._thread = thread

    def stop(self) -> None:
        """Stop serving and wait until the address is free again."""
        self._server.should_exit = True
        self._thread.join()


Extension = Callable[[FastAPI, LiveAssistant], None]


def build_app(assistant: LiveAssistant, extend: Extension | None = None) -> FastAPI:
    """Return the page as an ASGI application, for servers other than :func:`serve`.

    Args:
        assistant: what answers.
        extend: adds what else the application serves.
    """
    page = build_page(assistant)
    # Gradio's own default is one visitor at a time for each kind of event.
    page.queue(api_open=False, default_concurrency_limit=assistant.settings.answers_at_once)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    protect(app, page, assistant.settings, _LARGEST_UPLOAD)
    add_downloads(app, assistant)
    if extend is not None:
        extend(app, assistant)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        auth_dependency=known_to_gradio,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        max_file_size=_LARGEST_UPLOAD,
        favicon_path=str(_ASSETS / "favicon.svg"),
        theme=page_theme(),
        css_paths=[_ASSETS / f"{name}.css" for name in _STYLES],
    )
    return mounted


def serve(
    assistant: LiveAssistant,
    settings: Settings,
    *,
    prevent_thread_lock: bool = False,
    announce: Callable[[str], None] | None = None,
    extend: Extension | None = None,
) -> RunningPage | None:
    """Serve the page at ``settings.host`` and ``settings.port`` (0 for any free port).

    Args:
        assistant: what answers.
        settings: where to serve.
        prevent_thread_lock: serve in a thread and return; otherwise return None once the
            page is stopped with Ctrl-C or by the system.
        announce: called with the page's address once it answers.
        extend: adds what else is served at the address.

    Raises:
        AddressError: the port is taken, or the address is not this machine's.
    """
    listener = _listen(settings.host, settings.port)
    url = _url(settings.host, listener.getsockname()[1])
    config = uvicorn.Config(
        build_app(assistant, extend),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    server = _Server(config, lambda: announce(url) if announce else None)
    if not prevent_thread_lock:
        server.run(sockets=[listener])
        return None
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    server.ready.wait()
    return RunningPage(url, server, thread)


class _Server(uvicorn.Server):
    """Says when it answers; uvicorn itself only logs it, in English."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
        if self.started:
            self._announce()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            # On Windows the option would let two programs share a port.
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise AddressError(_remedy(error, host, port)) from error
    return listener


def _remedy(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被占用。请关闭占用它的程序，"
            f"或换一个端口，例如：ASSISTANT_PORT={port + 1 if port < 65535 else 7860}"
        )
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}。请换一个大于 1024 的端口，例如：ASSISTANT_PORT=7860"
    return (
        f"地址 {host} 不是本机的地址。只在本机使用请设 ASSISTANT_HOST=127.0.0.1，"
        "供局域网使用请设 ASSISTANT_HOST=0.0.0.0"
    )


def _url(host: str, port: int) -> str:
    name = "127.0.0.1" if host in _EVERYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
