"""The same index over every vector store: equal contents, equal answers?

Builds the configured corpus once in each of embedded Chroma, a Chroma server and
PostgreSQL with pgvector, real ones, and asks each the same questions.  Prints the share of
questions whose first five passages are equal, for the vector store alone and for the
whole search, and how long the store takes.  Vectors come from the index of the settings,
so nothing is embedded but the questions.

    python benchmarks/backends.py [--questions 200]

Takes about three minutes with the whole law pack.
"""

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.metrics import percentile
from assistant.evaluation.questions import load_questions
from assistant.index import OpenedIndex, build, disagreements, open_index
from assistant.retrieval import Searcher
from assistant.retrieval.trace import Stage
from assistant.settings import Settings, load_settings
from postgres_server import postgres

QUESTIONS = Path(__file__).parent / "questions"
GOAL = 0.99
FIRST = 5


@dataclass(frozen=True)
class Found:
    """What one store found for every question, and how long it took in milliseconds."""

    store: list[list[str]]
    search: list[list[str]]
    times: list[float]


def main() -> int:
    """Build, ask and compare; returns 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    asked = [
        question.question
        for name in ("enforcement", "ranking", "calibration")
        for question in load_questions(QUESTIONS / f"{name}.jsonl")
    ][: arguments.questions]
    settings = load_settings()
    first = open_index(settings)
    found: dict[str, Found] = {}
    contents: set[str] = set()
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = {
            "embedded Chroma": "embedded",
            "Chroma server": stack.enter_context(chroma(root / "chroma")),
            "pgvector": stack.enter_context(postgres()),
        }
        for name, address in stores.items():
            begun = time.perf_counter()
            index = built(settings, root / name, address, first)
            print(f"{name}: {index.manifest.passages} passages", end=", ")
            print(f"built in {time.perf_counter() - begun:.0f} s", flush=True)
            contents.add(index.manifest.content)
            found[name] = ask(index, asked)
    reference = found["embedded Chroma"]
    shares = []
    print(f"\n{len(asked)} questions; equal first {FIRST} as embedded Chroma's")
    for name, other in found.items():
        store, search = share(reference.store, other.store), share(reference.search, other.search)
        shares.append(search)
        middle, most = percentile(other.times, 0.5), percentile(other.times, 0.95)
        print(
            f"{name:>16}  store {store:.3f}  search {search:.3f}"
            f"  p50 {middle:.1f} ms  p95 {most:.1f} ms"
        )
    print(f"contents {'equal' if len(contents) == 1 else 'DIFFER'}, goal {GOAL}")
    return 0 if len(contents) == 1 and min(shares) >= GOAL else 1


def built(settings: Settings, folder: Path, address: str, first: OpenedIndex) -> OpenedIndex:
    """Build the configured corpus with another store and make sure that its parts agree."""
    folder.mkdir()
    shutil.copy2(settings.index / "vectors.db", folder / "vectors.db")
    (folder / "models").symlink_to((settings.index / "models").resolve())
    own = settings.model_copy(update={"index": folder, "vectors": address})
    build(own, embedding=first.embedding)
    assert disagreements(own) == []
    return open_index(own, embedding=first.embedding)


def ask(index: OpenedIndex, questions: list[str]) -> Found:
    """Ask every question."""
    searcher = Searcher(index)
    searcher.search(questions[0])
    traces = [searcher.trace(question) for question in questions]
    return Found(
        [list(trace.rankings[Stage.DENSE][:FIRST]) for trace in traces],
        [list(trace.rankings[Stage.RERANKED][:FIRST]) for trace in traces],
        [1000 * trace.seconds[Stage.DENSE] for trace in traces],
    )


def share(ones: list[list[str]], others: list[list[str]]) -> float:
    """Return the share of equal lists."""
    return sum(one == other for one, other in zip(ones, others, strict=True)) / len(ones)


@contextmanager
def chroma(folder: Path) -> Iterator[str]:
    """Run a Chroma server; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = str(Path(sys.executable).parent / "chroma")
    command = [program, "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        try:
            yield f"chroma://127.0.0.1:{port}"
        finally:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
