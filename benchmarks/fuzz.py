"""Feed damaged files to every reader and count how each ends.

Run ``python benchmarks/fuzz.py [--seconds 600] [--count 10000] [--seed 1] [--only pdf …]``.
Prints one line of JSON for each format: how many files were read, refused by a known
reason, refused after a parser failed in an unforeseen way, ended the reading process or its
time; the slowest; and the peak memory of the reading processes.  Files of the last three
kinds are kept in the folder that ``--keep`` names.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import Process
from pathlib import Path

from assistant.corpus.model import CorpusError
from assistant.corpus.readers import Limits, expand, read_file

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "corpus"))

import mutations

_LIMITS = Limits(size=20 << 20, seconds=30, memory=1500 << 20)
_KINDS = {"无法解析（": "unforeseen", "异常退出": "ended_process", "读取时间超过": "out_of_time"}


def main() -> None:
    """Fuzz each format in a process of its own, so that their memory is told apart."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    for name, content in mutations.seeds().items():
        if options.only and name.removeprefix("a.") not in options.only:
            continue
        process = Process(target=_fuzz, args=(name, content, options))
        process.start()
        process.join()


def _fuzz(name: str, content: bytes, options: argparse.Namespace) -> None:
    ends: Counter[str] = Counter()
    unforeseen: Counter[str] = Counter()
    slowest = 0.0
    began = time.monotonic()
    inputs = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = root / name
        for mutant in mutations.mutants(content, options.seed):
            if inputs >= options.count or time.monotonic() - began > options.seconds:
                break
            inputs += 1
            path.write_bytes(mutant)
            start = time.monotonic()
            for member in expand(path, root, _LIMITS):
                end = _end(member, root, unforeseen)
                ends[end] += 1
                if options.keep and end in _KINDS.values():
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{end}-{inputs}-{name}").write_bytes(mutant)
            slowest = max(slowest, time.monotonic() - start)
    record = {
        "format": name.removeprefix("a."),
        "inputs": inputs,
        **ends,
        "reasons": dict(unforeseen),
        "slowest_s": round(slowest, 2),
        "minutes": round((time.monotonic() - began) / 60, 2),
        "peak_mb": _peak() >> 10,
    }
    print(json.dumps(record, ensure_ascii=False), flush=True)


def _end(path: Path, root: Path, unforeseen: Counter[str]) -> str:
    try:
        read_file(path, root, _LIMITS)
    except CorpusError as error:
        for words, kind in _KINDS.items():
            if words in error.reason:
                unforeseen[error.reason] += 1
                return kind
        return "refused"
    return "read"


def _peak() -> int:
    """Return the most memory of this process and of those it has ended, in KiB."""
    from assistant.corpus import readers

    readers.close()
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds)


if __name__ == "__main__":
    main()
