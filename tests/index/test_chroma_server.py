"""Vectors may live in a Chroma server that other programs share."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import chromadb
import pytest

from assistant.index import (
    IndexMismatchError,
    OpenedIndex,
    PassageEmbedding,
    VectorStoreError,
    build,
    disagreements,
    open_index,
)
from assistant.retrieval import Searcher
from assistant.settings import Settings

RULES = {"查封.txt": "查封扣押规定\n第一条 查封期限不得超过三十日。\n"}
CHROMA = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running Chroma server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [CHROMA, "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"chroma://127.0.0.1:{port}"
        process.kill()


def test_index_in_a_server_answers_and_leaves_no_old_collections(
    server: str, small_settings: Settings, embedding: PassageEmbedding
) -> None:
    settings = small_settings.model_copy(update={"vectors": server})
    for number in range(4):
        text = f"听证规定\n第一条 当事人可以在{number + 3}日内要求听证。\n"
        (settings.corpus / "听证.txt").write_text(text, encoding="utf-8")
        build(settings, embedding=embedding)
    index = open_index(settings, embedding=embedding)
    assert "6日" in Searcher(index).search("听证要在几日内提出？")[0].passage.text
    assert disagreements(settings) == []
    host, port = server.removeprefix("chroma://").split(":")
    assert len(chromadb.HttpClient(host=host, port=int(port)).list_collections()) == 2


def test_index_in_a_folder_is_not_mixed_with_a_server(
    server: str, small_settings: Settings, small_index: Callable[..., OpenedIndex]
) -> None:
    small_index(RULES)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        build(small_settings.model_copy(update={"vectors": server}))


def test_server_that_does_not_answer_is_named(
    small_settings: Settings, embedding: PassageEmbedding
) -> None:
    (small_settings.corpus / "查封.txt").write_text(RULES["查封.txt"], encoding="utf-8")
    settings = small_settings.model_copy(update={"vectors": "chroma://127.0.0.1:9"})
    with pytest.raises(VectorStoreError, match=r"127\.0\.0\.1:9"):
        build(settings, embedding=embedding)
