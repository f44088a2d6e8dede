"""Several app processes share one database, one embedding service and one index folder."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from tests.embedding_server import EmbeddingServer

from assistant.index import PassageEmbedding, build
from assistant.settings import Settings

APP = """
import sys, threading
from assistant.answering import LiveAssistant
from assistant.settings import load_settings
live = LiveAssistant(load_settings())
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
while not ended.is_set():
    answer = live.current.ask("当事人要求听证的期限是几日？")
    print(answer.lead[0].text, flush=True)
"""


class App:
    """A process that asks the same question until it is told to end."""

    def __init__(self, settings: Settings) -> None:
        values = {f"ASSISTANT_{name.upper()}": str(getattr(settings, name)) for name in SHARED}
        self.answers: list[str] = []
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            [sys.executable, "-c", APP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **values, "PYTHONIOENCODING": "utf-8"},
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_for(self, words: str) -> bool:
        """Wait until an answer has these words; False if the process ended before."""
        with self._news:
            self._news.wait_for(lambda: self._said(words) or self._process.poll() is not None)
            return self._said(words)

    def _said(self, words: str) -> bool:
        return any(words in answer for answer in self.answers)

    def end(self) -> tuple[int, str]:
        """End the process; returns its status and what it complained of."""
        assert self._process.stdin is not None
        assert self._process.stderr is not None
        self._process.stdin.close()
        status = self._process.wait(timeout=60)
        return status, self._process.stderr.read()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self.answers.append(line.strip())
                self._news.notify_all()
        self._process.wait()
        with self._news:
            self._news.notify_all()


SHARED = ("corpus", "index", "law_pack", "vectors", "embedding_endpoint", "embedding_model")


@pytest.fixture
def settings(
    postgres: str, small_settings: Settings, embedding: PassageEmbedding
) -> Iterator[Settings]:
    server = EmbeddingServer(embedding)
    yield small_settings.model_copy(
        update={
            "vectors": postgres,
            "embedding_endpoint": f"{server.address}/v1",
            "embedding_model": "multilingual-e5-small",
        }
    )
    server.close()


def state(settings: Settings, days: str) -> None:
    text = f"听证规定\n第一条 当事人要求听证的期限是{days}日。\n"
    (settings.corpus / "听证.txt").write_text(text, encoding="utf-8")
    build(settings)


def test_two_processes_answer_rightly_while_the_index_is_built_anew(settings: Settings) -> None:
    stated = ["三", "五", "七", "九"]
    state(settings, stated[0])
    apps = [App(settings), App(settings)]
    try:
        for days in stated[1:]:
            assert all(app.wait_for("日") for app in apps)
            state(settings, days)
            assert all(app.wait_for(f"{days}日") for app in apps)
    finally:
        ended = [app.end() for app in apps]
    assert [status for status, _ in ended] == [0, 0]
    for app in apps:
        seen = [next(d for d in stated if f"{d}日" in answer) for answer in app.answers]
        assert seen == sorted(seen, key=stated.index)
