"""How fast are files read, here and spread over workers, and is the result the same?

Reads a folder once for each way and prints files and passages a second; starting the workers
is timed apart.

    python benchmarks/ingest.py --corpus FOLDER [--ingest here processes:2 tcp://host:8786]
"""

import argparse
import hashlib
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from assistant.index.ingest import Cluster
from assistant.index.plan import make_plan
from assistant.index.progress import Silent
from assistant.settings import HERE, LawPack, Settings


def main() -> int:
    """Run the benchmark; returns 1 if the ways differ in what they read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--ingest", nargs="+", default=[HERE, "processes"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        read = {
            measured(Settings(corpus=arguments.corpus, index=Path(folder), ingest=way))
            for way in arguments.ingest
        }
    print("the same documents each way" if len(read) == 1 else "the ways differ")
    return 0 if len(read) == 1 else 1


def measured(settings: Settings) -> str:
    """Read the corpus, print the figures, and return a hash of what was read."""
    settings = settings.model_copy(update={"law_pack": LawPack.NONE})
    with ExitStack() as opened:
        begun = time.perf_counter()
        cluster = None
        if settings.ingest != HERE:
            cluster = opened.enter_context(Cluster(settings))
            print(f"{settings.ingest}: {cluster.connect()} workers", end=", ")
            print(f"reached in {time.perf_counter() - begun:.1f} s", flush=True)
        begun = time.perf_counter()
        plan = make_plan(settings, {}, Silent(), cluster)
        seconds = time.perf_counter() - begun
    passages = sum(len(source.passages) for source in plan.changed)
    print(
        f"{settings.ingest}: {len(plan.changed)} files, {len(plan.skipped)} skipped,"
        f" {passages} passages in {seconds:.1f} s,"
        f" {len(plan.changed) / seconds:.1f} files/s",
        flush=True,
    )
    told = [repr(source) for source in plan.changed] + [str(error) for error in plan.skipped]
    return hashlib.blake2b("\n".join(told).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
