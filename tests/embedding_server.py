"""A server over real HTTP that embeds with a real model, in both interfaces."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.index import PassageEmbedding


class EmbeddingServer:
    """Serves a model's passage vectors.

    Attributes:
        requests: the bodies received, in order.
        failures: status codes to answer the next requests with.
        keys: values of the Authorization header received.
        address: ``http://host:port``.
    """

    def __init__(self, embedding: PassageEmbedding) -> None:
        self.requests: list[dict[str, Any]] = []
        self.failures: list[int] = []
        self.keys: list[str | None] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.keys.append(self.headers["Authorization"])
                if server.failures:
                    self.send_error(server.failures.pop(0))
                    return
                server.requests.append(body)
                own = self.path == "/embed"
                rows = embedding.encode(body["inputs" if own else "input"]).tolist()
                data = [{"index": n, "embedding": row} for n, row in enumerate(rows)]
                answer = json.dumps(rows if own else {"data": data[::-1]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                return

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()
