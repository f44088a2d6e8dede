"""Whether the server lives, and whether it can answer yet; for whatever watches over it."""

import asyncio
import logging
import threading

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from assistant.answering import LiveAssistant
from assistant.index import EmbeddingError, VectorStoreError

HEALTH, READY = "/healthz", "/readyz"
_log = logging.getLogger(__name__)


class Readiness:
    """Loads the model in the background and tells when a question can be answered.

    Args:
        live: the assistant over the newest index.
    """

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._loaded = threading.Event()

    def begin(self) -> None:
        """Start loading the model; returns at once."""
        threading.Thread(target=self._load, name="warm-up", daemon=True).start()

    async def told(self, _: Request) -> Response:
        """Answer 200 with the index in use once everything is there, 503 before."""
        if not self._loaded.is_set():
            return JSONResponse({"ready": False, "reason": "嵌入模型尚未载入"}, 503)
        try:
            manifest = await asyncio.to_thread(lambda: self._live.newest.manifest)
        except Exception:
            _log.exception("The index cannot be read")
            return JSONResponse({"ready": False, "reason": "索引无法读取"}, 503)
        return JSONResponse({"ready": True, "passages": manifest.passages})

    def _load(self) -> None:
        try:
            self._live.newest.warm_up()
        except (EmbeddingError, VectorStoreError) as error:
            _log.error("%s", error)
            return
        self._loaded.set()


async def alive(_: Request) -> Response:
    """Answer that the process serves requests."""
    return PlainTextResponse("ok")
