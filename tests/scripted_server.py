"""An OpenAI-compatible server over real HTTP that says what a test wants it to say."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ScriptedServer:
    """Answers every chat request with one script.

    Attributes:
        requests: the bodies received, in order.
        url: base address to put into ``llm_endpoint``.
    """

    def __init__(self, script: "Script") -> None:
        self.requests: list[dict[str, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.requests.append(json.loads(body))
                try:
                    script(self)
                except (BrokenPipeError, ConnectionResetError):
                    server.hung_up.set()

            def log_message(self, *_: object) -> None:
                return

        self.hung_up = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()


Script = Callable[[BaseHTTPRequestHandler], None]


def says(*pieces: str, end: bool = True) -> Script:
    """Stream the pieces; without ``end`` the connection breaks off after them."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler)
        for piece in pieces:
            _send(handler, piece)
        if end:
            handler.wfile.write(b"data: [DONE]\n\n")

    return script


def stalls(*pieces: str, seconds: float = 30.0) -> Script:
    """Stream the pieces, then say nothing."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        says(*pieces, end=False)(handler)
        time.sleep(seconds)

    return script


def floods(piece: str) -> Script:
    """Stream the same piece for ever."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler)
        while True:
            _send(handler, piece)

    return script


def fails(status: int, body: str = "{}") -> Script:
    """Answer with an HTTP error."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        handler.wfile.write(body.encode())

    return script


def in_turn(*scripts: Script) -> Script:
    """Follow another script at each request; the last one goes on."""
    left: list[Script] = list(scripts)

    def script(handler: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return script


def rubbish() -> Script:
    """Answer with something that is no stream of JSON."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler)
        handler.wfile.write("data: <html>不是模型</html>\n\n".encode())

    return script


def split(text: str, size: int = 3) -> Sequence[str]:
    """Cut a text as a model's tokens would be."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def _begin(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()


def _send(handler: BaseHTTPRequestHandler, piece: str) -> None:
    event = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}}],
    }
    handler.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
    handler.wfile.flush()
