"""How cost grows with the number of passages: time of each stage, memory, disk.

Grows an index by copies of its own documents: the same real text under new addresses,
and vectors turned a little, so that no two passages are alike to the vector store.
Then asks questions and prints the median and the 95th percentile of each stage.

    python benchmarks/growth.py --passages 250000 --questions 100 [--folder DIR]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.corpus import Document, Passage, SourceDocument
from assistant.evaluation.metrics import percentile
from assistant.evaluation.questions import load_questions
from assistant.index import Manifest, OpenedIndex, open_index
from assistant.index.catalogue import Catalogue
from assistant.index.generation import make_current, new_generation
from assistant.index.lexical import LexicalIndex
from assistant.index.texts import embedded_text, searched_text
from assistant.index.vector_cache import VectorCache
from assistant.index.vectors import Collection, open_vectors
from assistant.retrieval import Searcher
from assistant.settings import Settings, load_settings

QUESTIONS = Path(__file__).parent / "questions/enforcement.jsonl"
NOISE = 0.25
CHUNK = 5000


def main() -> int:
    """Grow and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=250_000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="where the grown index is kept")
    arguments = parser.parse_args()
    settings = load_settings()
    measure(open_index(settings), arguments.questions)
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        grown = settings.model_copy(update={"index": folder})
        if not (folder / "CURRENT").exists():
            begun = time.perf_counter()
            grow(open_index(settings), settings, grown, arguments.passages)
            print(f"grown in {time.perf_counter() - begun:.0f} s")
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        print(f"{size / 2**30:.2f} GiB on disk")
        measure(open_index(grown), arguments.questions)
    return 0


def measure(index: OpenedIndex, count: int) -> None:
    """Ask ``count`` questions and print what each stage takes."""
    before = _resident()
    searcher = Searcher(index)
    asked = [question.question for question in load_questions(QUESTIONS)][:count]
    for question in asked[:5]:
        searcher.search(question)
    traces = [searcher.trace(question) for question in asked]
    print(f"\n{index.manifest.passages} passages")
    print(f"{_resident():.0f} MiB resident, {before:.0f} before the searcher was made")
    for stage in traces[0].seconds:
        times = [1000 * trace.seconds[stage] for trace in traces]
        middle, most = percentile(times, 0.5), percentile(times, 0.95)
        print(f"{stage.value:>10}  p50 {middle:7.1f} ms  p95 {most:7.1f} ms")


def grow(index: OpenedIndex, source: Settings, target: Settings, passages: int) -> None:
    """Write an index of at least ``passages`` passages to ``target``."""
    target.index.mkdir(parents=True, exist_ok=True)
    models = target.index / "models"
    if not models.exists():
        models.symlink_to((source.index / "models").resolve(), target_is_directory=True)
    generation = new_generation(target.index)
    catalogue = Catalogue(generation.catalogue, writable=True)
    store = open_vectors(target, Collection(generation.chroma, "grown"), create=True)
    cache = VectorCache(source.index / "vectors.db", index.embedding.fingerprint)
    dice = np.random.default_rng(7)
    ids: list[str] = []
    texts: list[str] = []
    rows: list[tuple[str, str, list[float]]] = []
    for document, parts in _copies(index, passages):
        catalogue.put(SourceDocument(document, "", parts))
        known = cache.get([embedded_text(document, passage) for passage in parts])
        for passage in parts:
            ids.append(passage.id)
            texts.append(searched_text(document, passage))
            vector = known[embedded_text(document, passage)].astype(np.float32)
            turned = vector + NOISE * dice.standard_normal(len(vector)) / len(vector) ** 0.5
            turned /= np.linalg.norm(turned)
            rows.append((passage.id, document.id, turned.tolist()))
        if len(rows) >= CHUNK:
            store.put(rows)
            rows.clear()
            print(f"\r{len(ids)} passages", end="", flush=True)
    store.put(rows)
    store.settle()
    catalogue.commit()
    LexicalIndex.build(ids, texts).save(generation.lexical)
    manifest = index.manifest.model_copy(
        update={
            "created": datetime.now(UTC),
            "collection": "grown",
            "documents": len(catalogue.digests()),
            "passages": len(ids),
        }
    )
    catalogue.close()
    generation.write_manifest(Manifest.model_validate(manifest.model_dump()))
    make_current(target.index, generation)


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
