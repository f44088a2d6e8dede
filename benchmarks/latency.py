"""How long does an answer take, how soon is the page there, and how much memory does it hold?

Asks questions one after the other in one process over the index that the settings name,
which must exist; then starts ``assistant serve`` and waits for its first page.

    python benchmarks/latency.py [--count 200] [--questions FILE]
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from itertools import cycle, islice
from pathlib import Path

from assistant.answering import Assistant
from assistant.settings import load_settings

QUESTIONS = Path(__file__).parent / "questions" / "enforcement.jsonl"
_SERVE = "from assistant.cli import app; app(['serve', '--port', '0'], prog_name='assistant')"
_GOAL_SECONDS = 1.0
_SETTLED_SECONDS = 3.0


def main() -> int:
    """Run the benchmark; returns 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    arguments = parser.parse_args()
    lines = arguments.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    p95 = _answers(list(islice(cycle(questions), arguments.count)))
    _page()
    return 0 if p95 < _GOAL_SECONDS else 1


def _answers(questions: list[str]) -> float:
    assistant = Assistant.load(load_settings())
    assistant.warm_up()
    seconds = sorted(assistant.ask(question).seconds for question in questions)
    cuts = statistics.quantiles(seconds, n=100)
    print(
        f"{len(questions)} questions over {assistant.manifest.passages} passages: "
        f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, "
        f"longest {seconds[-1] * 1000:.0f} ms"
    )
    return cuts[94]


def _page() -> None:
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as page:
        assert page.stdout is not None
        address = re.search(r"http://[\d.:]+", page.stdout.readline())
        assert address is not None
        with urllib.request.urlopen(address[0]) as response:
            response.read()
        print(f"first page after {time.perf_counter() - begun:.1f} s")
        _wait_until_settled(page.pid)
        now, peak = _memory(page.pid, "VmRSS"), _memory(page.pid, "VmHWM")
        print(f"with the model loaded the page holds {now:.0f} MiB, at most {peak:.0f}")
        page.terminate()


def _wait_until_settled(process: int) -> None:
    """Wait until the model is loaded: until the process computes nothing any more."""
    before = -1
    while (now := _ticks(process)) > before + 5:
        before = now
        time.sleep(_SETTLED_SECONDS)


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def _memory(process: int, name: str) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
