"""Words from an OpenAI-compatible server, as they come, within limits of time and length."""

import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

Arrived = queue.Queue[str | Exception | None]

_log = logging.getLogger(__name__)
_LOOK = 0.1
# The client's own time-out comes after ours, which knows the sentence to say.
_GRACE = 5.0
LONGEST_ANSWER = 6000
"""Characters after which a server that never stops is cut off."""


class WriterError(RuntimeError):
    """The server is dead, slow or broken; the message is in Chinese."""


class Writer:
    """Streams a model's words; each call has a connection of its own.

    Args:
        settings: endpoint, model, key, time-outs, retries and temperature.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def write(self, messages: Sequence[tuple[str, str]], stop: threading.Event) -> Iterator[str]:
        """Yield the model's words as they arrive, until it or ``stop`` ends them.

        Args:
            messages: pairs of role and words.
            stop: set it from any thread to end the writing at once.

        Raises:
            WriterError: the server failed, sent nothing for ``llm_timeout`` seconds, or
                was not done within ``llm_total_timeout`` seconds.
        """
        connection = self._connection()
        model = self._model(connection)
        arrived: Arrived = queue.Queue()
        ended = threading.Event()
        worker = threading.Thread(
            target=self._receive, args=(model, messages, arrived, ended), daemon=True
        )
        worker.start()
        try:
            yield from self._pass_on(arrived, stop)
        finally:
            # Closing it also frees a worker that waits for a word that never comes.
            ended.set()
            connection.close()

    def _pass_on(self, arrived: Arrived, stop: threading.Event) -> Iterator[str]:
        begun = asked = time.monotonic()
        length = 0
        while not stop.is_set():
            try:
                item = arrived.get(timeout=_LOOK)
            except queue.Empty:
                if time.monotonic() - asked > self._settings.llm_timeout:
                    raise WriterError("模型服务没有响应") from None
                continue
            if item is None:
                return
            if isinstance(item, Exception):
                raise WriterError("模型服务出错") from item
            length += len(item)
            yield item
            if length > LONGEST_ANSWER:
                raise WriterError("模型服务写得过长")
            # Checking the sentence took its own time, which is not the server's.
            asked = time.monotonic()
            if asked - begun > self._settings.llm_total_timeout:
                raise WriterError("模型服务没有在限定时间内写完")

    def _connection(self) -> "httpx.Client":
        import httpx

        return httpx.Client(timeout=self._settings.llm_timeout + _GRACE)

    def _model(self, connection: "httpx.Client") -> "OpenAILike":
        # A second to import, which only those who set an endpoint pay.
        from llama_index.llms.openai_like import OpenAILike

        settings = self._settings
        return OpenAILike(
            model=settings.llm_model or "default",
            api_base=settings.llm_endpoint,
            api_key=settings.llm_key or "none",
            is_chat_model=True,
            timeout=settings.llm_timeout + _GRACE,
            max_retries=settings.llm_retries,
            temperature=settings.llm_temperature,
            max_tokens=settings.llm_max_tokens,
            context_window=settings.llm_context,
            http_client=connection,
        )

    def _receive(
        self,
        model: "OpenAILike",
        messages: Sequence[tuple[str, str]],
        arrived: Arrived,
        ended: threading.Event,
    ) -> None:
        from llama_index.core.llms import ChatMessage, MessageRole

        chat = [ChatMessage(role=MessageRole(role), content=text) for role, text in messages]
        try:
            for piece in model.stream_chat(chat):
                if ended.is_set():
                    return
                if piece.delta:
                    arrived.put(piece.delta)
            arrived.put(None)
        except Exception as error:
            if ended.is_set():
                return
            # Whatever a server sends, the answer in the sources' own words stays.
            _log.warning("The model server at %s failed: %s", self._settings.llm_endpoint, error)
            arrived.put(error)
