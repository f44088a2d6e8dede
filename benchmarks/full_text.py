"""How long a full-text search takes as the passages grow, and that it finds the same.

Grows the configured index by copies of its own passages under new addresses; nothing is
embedded, and no vector is written.  Each search is timed by reading every passage and by
asking the lexical index first, as the page does.

    python benchmarks/full_text.py --passages 1000000
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bm25s
import numpy as np

from assistant.corpus import Passage, SourceDocument
from assistant.evaluation.metrics import percentile
from assistant.index import phrases
from assistant.index.catalogue import Catalogue
from assistant.index.contents import existing_generation
from assistant.index.lexical import LexicalIndex
from assistant.settings import load_settings

SEARCHES = (
    "听证", "罚款", "没收违法所得", "鲜活物品", "当事人 申请", "罚 款", "第一条", "国务院",
    "实施条例", "生态环境法典", "2021", "（一）", "没有这样的话",
)  # fmt: skip
SHOWN = 200


def main() -> int:
    """Grow and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    arguments = parser.parse_args()
    generation = existing_generation(load_settings())
    plain = Catalogue(generation.catalogue)
    lexical = LexicalIndex.load(generation.lexical)
    copies = -(-arguments.passages // len(lexical.ids))
    with tempfile.TemporaryDirectory() as folder:
        catalogue = grown_catalogue(plain, copies, Path(folder) / "catalogue.db")
        grown = grown_lexical(lexical, generation.lexical, copies)
        print(f"{len(grown.ids)} passages, catalogue of {catalogue.path.stat().st_size:,} bytes")
        times: list[tuple[float, float]] = []
        for search in SEARCHES:
            words = search.split()
            first, slow = timed(lambda words=words: catalogue.containing(words, SHOWN))
            second, quick = timed(
                lambda words=words: phrases.containing(grown, catalogue, words, SHOWN)
            )
            if first != second:
                print(f"{search}: found differently")
                return 1
            times.append((slow, quick))
            print(f"{search}: {len(first)} found, {slow:.0f} ms, now {quick:.1f} ms", flush=True)
        for name, row in (("every passage read", 0), ("lexical index first", 1)):
            taken = [pair[row] for pair in times]
            print(f"{name}: p50 {percentile(taken, 0.5):.1f} ms, most {max(taken):.1f} ms")
        catalogue.close()
    return 0


def timed(search: Callable[[], list[Passage]]) -> tuple[list[Passage], float]:
    """Return what a search finds and the milliseconds it takes."""
    begun = time.perf_counter()
    found = search()
    return found, 1000 * (time.perf_counter() - begun)


def grown_catalogue(plain: Catalogue, copies: int, path: Path) -> Catalogue:
    """Write every document several times; the order of passages is copy by copy."""
    catalogue = Catalogue(path, writable=True)
    documents = plain.documents()
    for copy in range(copies):
        for document in documents:
            named = replace(document, id=f"{copy:03}-{document.id}")
            parts = [replace(p, document_id=named.id) for p in plain.passages(document.id)]
            catalogue.put(SourceDocument(named, "", parts))
        catalogue.commit()
    return catalogue


def grown_lexical(lexical: LexicalIndex, folder: Path, copies: int) -> LexicalIndex:
    """Repeat the rows of every term; the scores, which nothing here reads, stay as they are."""
    model = bm25s.BM25.load(folder)
    starts, rows = model.scores["indptr"], model.scores["indices"]
    lengths = np.diff(starts)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    within = np.arange(len(rows)) - starts[owner]
    grown = np.empty(len(rows) * copies, dtype=np.int32)
    for copy in range(copies):
        places = starts[owner] * copies + copy * lengths[owner] + within
        grown[places] = rows + copy * len(lexical.ids)
    model.scores["indices"], model.scores["indptr"] = grown, starts * copies
    ids = [f"{copy:03}-{key}" for copy in range(copies) for key in lexical.ids]
    return LexicalIndex(model, ids)


if __name__ == "__main__":
    sys.exit(main())
