"""Reading and embedding may be spread over processes and machines."""

import json
import os
import pickle
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dask
import numpy as np
import pytest
from benchmarks.kills import small_model
from distributed.security import Security

from assistant.index import (
    IngestError,
    Manifest,
    PassageEmbedding,
    Stage,
    build,
    disagreements,
    open_index,
    read_contents,
)
from assistant.index.generation import current_generation
from assistant.index.ingest import Cluster as Workers
from assistant.index.ingest import Spread
from assistant.index.progress import Silent
from assistant.settings import LawPack, Settings, SettingsError, load_settings

# Stands for a parser that crashes on one file: a real worker's process ends at once.
CRASH = """
import os
from assistant.corpus import loader
# The engine may load this twice.
parse = loader.__dict__.setdefault("sound", loader.parse)
def crash(source, document):
    if any("致命" in str(block) for block in source.blocks):
        os._exit(3)
    return parse(source, document)
loader.parse = crash
"""
FILES = 12


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings over a corpus of a dozen files, one of them damaged, with a small model."""
    settings = Settings(
        corpus=tmp_path / "corpus",
        index=tmp_path / "index",
        law_pack=LawPack.NONE,
        embedding_model=str(small_model(tmp_path / "model")),
    )
    write(settings.corpus)
    return settings


def write(corpus: Path) -> None:
    corpus.mkdir(exist_ok=True)
    for file in range(FILES):
        articles = "".join(
            f"第{number}条 占道经营第{file}类的，责令改正，可以处{number}元罚款。\n"
            for number in range(1, 31)
        )
        (corpus / f"规定{file:02}.txt").write_text(f"规定{file}\n{articles}", encoding="utf-8")
    (corpus / "坏的.docx").write_bytes(b"PK\x03\x04 no archive")


def spread(settings: Settings, ingest: str) -> Settings:
    """Return the same sources with an index of their own, built by workers."""
    index = settings.index.parent / "spread"
    index.mkdir(exist_ok=True)
    models = settings.index / "models"
    if models.exists():
        (index / "models").symlink_to(models.resolve(), target_is_directory=True)
    return settings.model_copy(update={"ingest": ingest, "index": index})


def vectors(settings: Settings) -> dict[bytes, list[float]]:
    """Return the vectors of an index by their texts' keys."""
    with closing(sqlite3.connect(settings.index / "vectors.db")) as connection:
        rows = connection.execute("select key, vector from vectors order by key").fetchall()
    return {key: np.frombuffer(vector, dtype=np.float16).tolist() for key, vector in rows}


def same(settings: Settings, other: Settings, embedding: PassageEmbedding) -> None:
    """Make sure that two indexes hold the same."""
    ours, theirs = (read_contents(each) for each in (settings, other))
    assert identity(ours.manifest) == identity(theirs.manifest)
    assert ours.documents == theirs.documents
    assert [str(error) for error in ours.skipped] == [str(error) for error in theirs.skipped]
    here, there = vectors(settings), vectors(other)
    assert list(here) == list(there)
    # Kept in 16 bits: one unit in the last place of a number below 1 is less than this.
    assert np.array(list(here.values())) == pytest.approx(np.array(list(there.values())), abs=5e-4)
    asked = embedding.get_query_embedding("占道经营第三类")
    opened = (open_index(each, embedding=embedding) for each in (settings, other))
    first, second = ([near for _, near in index.vectors.nearest(asked, 5)] for index in opened)
    assert first == pytest.approx(second, abs=1e-3)
    assert disagreements(other) == []


def identity(manifest: Manifest) -> Manifest:
    return manifest.model_copy(update={"created": None, "collection": None})


class Cluster:
    """A scheduler and workers as an operator starts them, with certificates."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all: list[subprocess.Popen[bytes]] = []
        (folder / "crash.py").write_text(CRASH, encoding="utf-8")
        security = Security.temporary()
        self._tls = []
        for name, part in (("ca-file", "ca_file"), ("cert", "client_cert"), ("key", "client_key")):
            file = folder / f"{name}.pem"
            file.write_text(getattr(security, f"tls_{part}"), encoding="ascii")
            self._tls += [f"--tls-{name}", str(file)]
        written = folder / "scheduler.json"
        self._start(
            "scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0",
            "--no-dashboard", "--scheduler-file", str(written),
        )  # fmt: skip
        while not written.exists() or not written.read_text():
            assert self._all[0].poll() is None
            time.sleep(0.05)
        self.address = str(json.loads(written.read_text())["address"])

    @contextmanager
    def known(self) -> Iterator[None]:
        """Show the certificate, as an operator does through the environment."""
        values = {
            "distributed.comm.tls.ca-file": str(self._folder / "ca-file.pem"),
            "distributed.comm.tls.client.cert": str(self._folder / "cert.pem"),
            "distributed.comm.tls.client.key": str(self._folder / "key.pem"),
        }
        with dask.config.set(values):
            yield

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--nthreads", "1", "--no-dashboard",
            "--local-directory", str(self._folder / "work"),
            "--preload", str(self._folder / "crash.py"), *options,
        )  # fmt: skip

    def end(self) -> None:
        for process in reversed(self._all):
            process.terminate()
            process.wait()

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        own = {
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", kind, *options, *self._tls],
            cwd=self._folder,
            env=os.environ | own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._all.append(process)
        return process


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler with one worker that is started anew when it dies."""
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    running.worker()
    with running.known():
        yield running
    running.end()


class During(Silent):
    """Does something once, when a stage has come some way."""

    def __init__(self, stage: Stage, act: Callable[[], object]) -> None:
        self._wanted = stage
        self._act: Callable[[], object] | None = act
        self._now: Stage | None = None

    def start(self, stage: Stage, total: int) -> None:
        self._now = stage

    def advance(self, count: int) -> None:
        if self._now is self._wanted and count and self._act is not None:
            act, self._act = self._act, None
            act()


def test_processes_build_the_very_index_that_one_process_builds(
    small_settings: Settings, embedding: PassageEmbedding
) -> None:
    write(small_settings.corpus)
    build(small_settings, embedding=embedding)
    processes = spread(small_settings, "processes:2")
    report = build(processes, embedding=embedding)
    assert report.embedded == FILES * 30
    assert ["坏的.docx" in str(error) for error in report.skipped] == [True]
    same(small_settings, processes, embedding)


def test_work_of_a_machine_that_dies_is_done_by_another(
    settings: Settings, cluster: Cluster
) -> None:
    embedding = PassageEmbedding(settings)
    build(settings, embedding=embedding)
    machines = spread(settings, cluster.address)
    other = cluster.worker("--no-nanny")
    with Workers(machines) as workers:
        while workers.connect() < 2:
            time.sleep(0.05)
    build(machines, progress=During(Stage.FILES, other.kill), embedding=embedding)
    assert other.wait() < 0
    same(settings, machines, embedding)


def test_file_that_breaks_workers_is_named_and_no_other_is(
    settings: Settings, cluster: Cluster
) -> None:
    for number in range(FILES):
        (settings.corpus / f"规定{number:02}.txt").write_text(
            f"规定{number}\n第一条 占道经营的，责令改正。\n", encoding="utf-8"
        )
    (settings.corpus / "炸弹.txt").write_text("规定\n第一条 致命的内容。\n", encoding="utf-8")
    report = build(spread(settings, cluster.address))
    assert sorted(error.origin for error in report.skipped) == ["坏的.docx", "炸弹.txt"]
    assert report.documents == FILES
    assert any("工作进程多次异常退出" in error.reason for error in report.skipped)


def test_what_workers_computed_before_a_build_was_stopped_is_not_computed_again(
    settings: Settings, cluster: Cluster
) -> None:
    machines = spread(settings, cluster.address)

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(machines, progress=During(Stage.VECTORS, stop))
    assert current_generation(machines.index) is None
    assert 0 < build(machines).embedded < FILES * 30


def test_scheduler_lost_on_the_way_is_told_in_chinese(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lost = Cluster(tmp_path_factory.mktemp("lost"))
    lost.worker("--no-nanny")
    stop = During(Stage.FILES, lost.end)
    with lost.known(), pytest.raises(IngestError, match=r"调度器.*重新构建"):
        build(spread(settings, lost.address), progress=stop)


def test_scheduler_that_does_not_answer_is_named(settings: Settings) -> None:
    with pytest.raises(IngestError, match=r"tcp://127\.0\.0\.1:9 没有应答.*dask scheduler"):
        build(spread(settings, "tcp://127.0.0.1:9"))


def test_missing_extra_is_told_with_the_command_that_installs_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(IngestError, match=r"enforcement-assistant\[cluster\]"):
        build(spread(settings, "processes"))


def test_small_changes_need_no_workers(settings: Settings) -> None:
    for number in range(8, FILES):
        (settings.corpus / f"规定{number:02}.txt").unlink()
    for path in settings.corpus.glob("规定0[2-7].txt"):
        path.unlink()
    assert build(spread(settings, "tcp://127.0.0.1:9")).documents == 2


@pytest.mark.parametrize("value", ["many", "processes:0", "tcp://host", "http://host:1"])
def test_unknown_place_is_an_error_that_names_the_setting(value: str) -> None:
    with pytest.raises(SettingsError, match="ingest"):
        load_settings(ingest=value)


def test_passwords_and_keys_stay_on_this_machine(settings: Settings, cluster: Cluster) -> None:
    secrets = {
        "llm_key": "geheim", "embedding_key": "geheim", "oidc_client_secret": "geheim",
    }  # fmt: skip
    machines = spread(settings.model_copy(update=secrets), cluster.address)
    sent = Spread(machines, "", Workers(machines)).sent
    assert "geheim" not in repr(pickle.dumps(sent))
