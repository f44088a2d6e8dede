"""How cost grows with the number of passages: build rate, time, memory, what is found.

Grows the configured index by copies of its own passages: the same real text under new
addresses, and vectors turned a little, so that no two passages are alike to the store.
Nothing is embedded but the questions.  Prints as it goes, and stops growing when the time
is up: what is there by then is measured.

    python benchmarks/growth.py --passages 250000 --store postgres
    python benchmarks/growth.py --passages 250000 --store embedded --search

``--search`` also writes catalogue and lexical index and times every stage of a search.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psycopg

from assistant.corpus import Document, Passage, SourceDocument
from assistant.evaluation.metrics import percentile
from assistant.evaluation.questions import load_questions
from assistant.index import OpenedIndex, open_index
from assistant.index.catalogue import Catalogue
from assistant.index.generation import make_current, new_generation
from assistant.index.lexical import LexicalIndex
from assistant.index.texts import embedded_text, searched_text
from assistant.index.vector_cache import VectorCache
from assistant.index.vector_store import PassageVectors
from assistant.index.vectors import Collection, open_vectors
from assistant.retrieval import Searcher
from assistant.retrieval.retrievers import CANDIDATES
from assistant.settings import Settings, load_settings, without_secrets
from backends import chroma
from postgres_server import postgres, resident

QUESTIONS = Path(__file__).parent / "questions/enforcement.jsonl"
NAME = "assistant-grown"
NOISE = 0.25
CHUNK = 5000
NEAREST = 10

Matrix = npt.NDArray[np.float32]


class Nearest:
    """The truly nearest passages of each question, kept up while the index grows."""

    def __init__(self, questions: Matrix) -> None:
        self.questions = questions
        self._scores = np.full((len(questions), NEAREST), -1.0, dtype=np.float32)
        self._ids = np.full((len(questions), NEAREST), "", dtype=object)

    def see(self, ids: list[str], vectors: Matrix) -> None:
        """Take up new passages."""
        scores = np.hstack([self._scores, self.questions @ vectors.T])
        names = np.hstack([self._ids, np.tile(np.array(ids, dtype=object), (len(scores), 1))])
        best = np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]
        self._scores = np.take_along_axis(scores, best, axis=1)
        self._ids = np.take_along_axis(names, best, axis=1)

    def share(self, row: int, found: list[str]) -> float:
        """Return the share of a question's nearest that was found."""
        return len(set(self._ids[row]) & set(found)) / NEAREST


def main() -> int:
    """Grow and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=250_000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--store", choices=("embedded", "chroma", "postgres"), default="postgres")
    parser.add_argument("--limit", type=float, default=600, help="seconds that growing may take")
    parser.add_argument("--search", action="store_true", help="measure the whole search too")
    arguments = parser.parse_args()
    settings = load_settings()
    index = open_index(settings)
    asked = [question.question for question in load_questions(QUESTIONS)][: arguments.questions]
    vectors = [index.embedding.search_vector(words) for words in asked]
    nearest = Nearest(np.array(vectors, dtype=np.float32))
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = "embedded"
        if arguments.store == "chroma":
            address = stack.enter_context(chroma(root / "server"))
        elif arguments.store == "postgres":
            address = stack.enter_context(postgres())
        grown = settings.model_copy(update={"index": root / "index", "vectors": address})
        deadline = time.perf_counter() + arguments.limit
        grow(index, grown, arguments.passages, nearest, deadline, search=arguments.search)
        if arguments.search:
            measure_search(grown, asked)
    return 0


def grow(
    index: OpenedIndex,
    target: Settings,
    passages: int,
    nearest: Nearest,
    deadline: float,
    *,
    search: bool,
) -> None:
    """Fill the store, measure it, and with ``search`` complete an index around it."""
    target.index.mkdir(parents=True)
    (target.index / "models").symlink_to((index.settings.index / "models").resolve())
    generation = new_generation(target.index)
    before = _resident()
    store = open_vectors(target, Collection(generation.chroma, NAME), create=True)
    catalogue = Catalogue(generation.catalogue, writable=True)
    ids: list[str] = []
    texts: list[str] = []
    spent = 0.0
    for documents, rows in _chunks(index, passages):
        names = [passage.id for _, parts in documents for passage in parts]
        nearest.see(names, rows)
        owners = [document.id for document, parts in documents for _ in parts]
        begun = time.perf_counter()
        store.put(list(zip(names, owners, rows.astype(float).tolist(), strict=True)))
        spent += time.perf_counter() - begun
        ids += names
        if search:
            for document, parts in documents:
                catalogue.put(SourceDocument(document, "", parts))
                texts += [searched_text(document, passage) for passage in parts]
        print(f"{len(ids)} passages, {len(ids) / spent:.0f} a second in the store", flush=True)
        if time.perf_counter() > deadline:
            print("time is up")
            break
    begun = time.perf_counter()
    _settle(store, target, deadline)
    settled = time.perf_counter() - begun
    print(f"filled in {spent:.0f} s and settled in {settled:.0f} s: ", end="")
    print(f"{len(ids) / (spent + settled):.0f} passages a second")
    measure_store(store, nearest, sorted({key.partition("#")[0] for key in ids}))
    if target.vectors.startswith("postgres"):
        print(f"{resident(target.vectors):.0f} MiB in the server's processes")
    else:
        print(f"{_resident() - before:.0f} MiB more in this process")
    if search:
        catalogue.commit()
        begun = time.perf_counter()
        LexicalIndex.build(ids, texts).save(generation.lexical)
        print(f"lexical index in {time.perf_counter() - begun:.0f} s")
        manifest = index.manifest.model_copy(
            update={
                "created": datetime.now(UTC),
                "collection": NAME,
                "vectors": without_secrets(target.vectors),
                "documents": len(catalogue.digests()),
                "passages": len(ids),
            }
        )
        generation.write_manifest(manifest)
        make_current(target.index, generation)
    catalogue.close()


def measure_store(store: PassageVectors, nearest: Nearest, documents: list[str]) -> None:
    """Ask the store for every question's candidates, in all documents and in a tenth."""
    for name, within in (("all", None), ("a tenth", documents[::10])):
        times, shares = [], []
        for row, vector in enumerate(nearest.questions.tolist()):
            begun = time.perf_counter()
            found = [key for key, _ in store.nearest(vector, CANDIDATES, within)]
            times.append(1000 * (time.perf_counter() - begun))
            shares.append(nearest.share(row, found))
        known = f", {np.mean(shares):.3f} of the nearest {NEAREST} found" if within is None else ""
        middle, most = percentile(times, 0.5), percentile(times, 0.95)
        print(f"store, {name} documents: p50 {middle:.1f} ms, p95 {most:.1f} ms{known}", flush=True)


def measure_search(settings: Settings, asked: list[str]) -> None:
    """Ask every question of the whole search and print what each stage takes."""
    index = open_index(settings)
    searcher = Searcher(index)
    for question in asked[:5]:
        searcher.search(question)
    traces = [searcher.trace(question) for question in asked]
    print(f"search over {index.manifest.passages} passages, {_resident():.0f} MiB resident")
    for stage in traces[0].seconds:
        times = [1000 * trace.seconds[stage] for trace in traces]
        middle, most = percentile(times, 0.5), percentile(times, 0.95)
        print(f"{stage.value:>10}  p50 {middle:7.1f} ms  p95 {most:7.1f} ms")


def _settle(store: PassageVectors, settings: Settings, deadline: float) -> None:
    """Settle the store and tell how far PostgreSQL is with its graph."""
    worker = threading.Thread(target=store.settle, daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(timeout=10)
        if worker.is_alive() and settings.vectors.startswith("postgres"):
            with psycopg.connect(settings.vectors, autocommit=True) as connection:
                for done in connection.execute(
                    "select pid, phase, tuples_done, tuples_total, blocks_done, blocks_total"
                    " from pg_stat_progress_create_index"
                ):
                    print("graph:", *done[1:], flush=True)
                    if time.perf_counter() > deadline:
                        print("time is up: no graph, every passage is read")
                        connection.execute("select pg_cancel_backend(%s)", (done[0],))
                        worker.join()


def _chunks(
    index: OpenedIndex, passages: int
) -> Iterator[tuple[list[tuple[Document, list[Passage]]], Matrix]]:
    """Yield documents with their passages and the vectors of these, some thousand at a time."""
    cache = VectorCache(index.settings.index / "vectors.db", index.embedding.fingerprint)
    dice = np.random.default_rng(7)
    documents: list[tuple[Document, list[Passage]]] = []
    vectors: list[Matrix] = []
    total, waiting = 0, 0
    for document, parts in _copies(index, passages):
        known = cache.get([embedded_text(document, passage) for passage in parts])
        plain = [known[embedded_text(document, passage)] for passage in parts]
        documents.append((document, parts))
        vectors += [np.asarray(row, dtype=np.float32) for row in plain]
        total, waiting = total + len(parts), waiting + len(parts)
        if waiting >= CHUNK or total >= passages:
            rows = np.array(vectors)
            noise = dice.standard_normal(rows.shape, dtype=np.float32) / rows.shape[1] ** 0.5
            rows += NOISE * noise
            yield documents, rows / np.linalg.norm(rows, axis=1, keepdims=True)
            documents, vectors, waiting = [], [], 0


def _copies(index: OpenedIndex, passages: int) -> Iterator[tuple[Document, list[Passage]]]:
    documents = index.catalogue.documents()
    total, copy = 0, 0
    while total < passages:
        for document in documents:
            named = replace(document, id=f"{document.id}-{copy}") if copy else document
            parts = [
                replace(passage, document_id=named.id)
                for passage in index.catalogue.passages(document.id)
            ]
            yield named, parts
            total += len(parts)
            if total >= passages:
                return
        copy += 1


def _resident() -> float:
    """Return this process's resident memory in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
