"""assistant watch keeps the index up to date by itself."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.kills import small_model

from assistant.index import read_contents
from assistant.settings import Settings

WATCH = "from assistant.cli import app; app(['watch', '--quiet', '1'], prog_name='assistant')"


@contextmanager
def watching(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    environment = os.environ | {
        "ASSISTANT_CORPUS": str(settings.corpus),
        "ASSISTANT_INDEX": str(settings.index),
        "ASSISTANT_LAW_PACK": "none",
        "ASSISTANT_EMBEDDING_MODEL": settings.embedding_model,
    }
    with subprocess.Popen(
        [sys.executable, "-c", WATCH], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        # A watcher that says nothing for minutes has failed.
        guard = threading.Timer(240, process.kill)
        guard.start()
        try:
            yield process
        finally:
            guard.cancel()
            process.kill()


def line_with(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


def test_new_file_is_indexed_without_being_asked_for(
    small_settings: Settings, tmp_path: Path
) -> None:
    settings = small_settings.model_copy(
        update={"embedding_model": str(small_model(tmp_path / "model"))}
    )
    (settings.corpus / "查封.txt").write_text("查封规定\n第一条 查封期限不得超过三十日。\n")
    with watching(settings) as process:
        line_with(process, "正在关注")
        (settings.corpus / "听证.txt").write_text("听证规定\n第一条 当事人可以要求听证。\n")
        assert "新增或修改 1 份" in line_with(process, "索引已更新")
        titles = [document.title for document in read_contents(settings).documents]
        assert sorted(titles) == ["听证规定", "查封规定"]
