"""How long does a full build take, and how long one after a single change?

Builds the whole law pack from nothing; then a folder of files written from its articles,
and that folder again after one file changed.  Prints minutes, passages per second and
peak memory (of this process and of those that it starts, each).

    python benchmarks/rebuild.py [--files 800] [--articles 6] [--skip-full]
"""

import argparse
import resource
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from assistant.corpus.law_pack import LawPackReader
from assistant.index import BuildReport, build
from assistant.settings import LawPack, Settings

GOAL_MINUTES = 6.0


def main() -> int:
    """Run the benchmark; returns 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=800)
    parser.add_argument("--articles", type=int, default=6, help="articles in a file")
    parser.add_argument("--skip-full", action="store_true", help="leave the whole pack out")
    arguments = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").mkdir()
        if not arguments.skip_full:
            pack = Settings(corpus=folder / "empty", index=folder / "pack", law_pack=LawPack.ALL)
            report = build(pack)
            _tell("whole law pack, from nothing", report)
            missed = report.seconds > 60 * GOAL_MINUTES
            _tell("whole law pack, nothing changed", build(pack))
        files = Settings(corpus=folder / "files", index=folder / "index", law_pack=LawPack.NONE)
        files.corpus.mkdir()
        for number, text in enumerate(islice(_texts(arguments.articles), arguments.files)):
            (files.corpus / f"{number}.txt").write_text(text, encoding="utf-8")
        _tell(f"{arguments.files} files, from nothing", build(files))
        changed = files.corpus / "1.txt"
        text = changed.read_text(encoding="utf-8")
        changed.write_text(f"{text.rstrip()}本条自公布之日起施行。\n", encoding="utf-8")
        _tell(f"one file of {arguments.files} changed", build(files))
    return int(missed)


def _texts(articles: int) -> Iterator[str]:
    """Yield texts of so many articles each, the pack over and over."""
    for source in cycle(LawPackReader().documents(LawPack.ALL)):
        passages = [passage for passage in source.passages if not passage.part]
        for start in range(0, len(passages), articles):
            lines = [passage.text for passage in passages[start : start + articles]]
            yield "\n".join([source.document.title, *lines]) + "\n"


def _tell(what: str, report: BuildReport) -> None:
    speed = report.embedded / report.embedding_seconds if report.embedding_seconds else 0.0
    peaks = [
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(
        f"{what}: {report.seconds:.1f} s, {report.passages} passages, "
        f"{report.embedded} embedded at {speed:.0f} passages/s, "
        f"peak memory so far {peaks[0]:.0f} + {peaks[1]:.0f} MiB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
