"""How many people can ask at once?

Starts ``assistant serve`` over the index that the settings name, which must exist, and lets
users ask it different questions over HTTP on loopback, extractive answers only.  A user asks,
reads for a while (exponential, ``--think`` seconds on average) and asks again; with
``--think 0`` each asks again at once, which shows the highest throughput.  Reports errors,
p50, p95, throughput and the growth of the server's memory over the last four fifths.

    python benchmarks/load.py [--users 200] [--seconds 300] [--think 30]

Questions are those of ``benchmarks/questions``, and where they run out, the same with a
greeting before them, so that no two are alike.  Ends with 1 if a goal is missed.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

QUESTIONS = Path(__file__).parent / "questions"
_FILES = ("enforcement", "answers", "ranking", "default", "calibration")
_GREETINGS = (
    "请问，",
    "您好，",
    "想问一下，",
    "麻烦问一下，",
    "有个问题：",
    "同事让我问：",
    "再确认一下，",
)
_SERVE = "from assistant.cli import app; app(['serve', '--port', '0'], prog_name='assistant')"
_GOAL_SECONDS = 2.0
# Memory allocators round up; less than this is no growth.
_GOAL_GROWTH = 0.03
_PATIENCE = 60.0


@dataclass
class Run:
    """What happened.

    Attributes:
        seconds: time of each answer.
        errors: what went wrong, by kind.
        outcomes: answers by outcome.
        memory: (moment, MiB) samples of the server's memory.
    """

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)


def main() -> int:
    """Run the benchmark; returns 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--think", type=float, default=30.0, help="mean seconds between questions")
    parser.add_argument("--warm", type=int, default=0, help="questions asked before, not counted")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    # Loopback calls of one machine stand for those of many.
    environment = {**os.environ, "ASSISTANT_RATE_PER_ADDRESS": ""}
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE], stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert address is not None
            run = asyncio.run(_measure(address[0], server.pid, arguments))
            print(_stages(httpx.get(f"{address[0]}/metrics").text))
        finally:
            server.terminate()
    return _report(run, arguments)


async def _measure(url: str, process: int, arguments: argparse.Namespace) -> Run:
    limits = httpx.Limits(max_connections=arguments.users + 10)
    chance, questions = random.Random(arguments.seed), _questions(arguments.seed)
    run = Run()
    async with httpx.AsyncClient(base_url=url, timeout=_PATIENCE, limits=limits) as client:
        while (await client.get("/readyz")).status_code != 200:
            await asyncio.sleep(0.2)
        for question in itertools.islice(questions, arguments.warm):
            await client.post("/api/v1/ask", json={"question": question})
        end = time.perf_counter() + arguments.seconds
        watching = asyncio.create_task(_watch(process, run, end))
        users = [
            _user(client, questions, random.Random(chance.random()), arguments.think, run, end)
            for _ in range(arguments.users)
        ]
        await asyncio.gather(*users)
        await watching
    return run


async def _user(
    client: httpx.AsyncClient,
    questions: Iterator[str],
    chance: random.Random,
    think: float,
    run: Run,
    end: float,
) -> None:
    """One person: comes at some moment, asks, reads, asks again until the end."""
    # Where people think, they do not all begin at once.
    await asyncio.sleep(min(chance.expovariate(1 / think), end) if think else 0)
    while time.perf_counter() < end:
        begun = time.perf_counter()
        try:
            reply = await client.post("/api/v1/ask", json={"question": next(questions)})
        except httpx.HTTPError as error:
            run.errors[type(error).__name__] += 1
        else:
            if reply.status_code == 200:
                run.seconds.append(time.perf_counter() - begun)
                run.outcomes[reply.json()["outcome"]] += 1
            else:
                run.errors[str(reply.status_code)] += 1
                await asyncio.sleep(float(reply.headers.get("retry-after", "1")))
        if think:
            await asyncio.sleep(chance.expovariate(1 / think))


async def _watch(process: int, run: Run, end: float) -> None:
    while time.perf_counter() < end:
        status = Path(f"/proc/{process}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        run.memory.append((time.perf_counter(), int(line.split()[1]) / 1024))
        await asyncio.sleep(1)


def _questions(seed: int) -> Iterator[str]:
    """Yield questions without end, no two alike."""
    known = [
        json.loads(line)["question"]
        for name in _FILES
        for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    known = list(dict.fromkeys(known))
    random.Random(seed).shuffle(known)
    yield from known
    for count in itertools.count(1):
        for greetings in itertools.permutations(_GREETINGS, min(count, len(_GREETINGS))):
            yield from ("".join(greetings) + question for question in known)


def _stages(metrics: str) -> str:
    """Return the mean seconds of each stage, as the server counted them."""
    found: dict[str, dict[str, float]] = {}
    for kind, stage, value in re.findall(
        r'assistant_stage_seconds_(sum|count)\{stage="(\w+)"\} ([\d.e+-]+)', metrics
    ):
        found.setdefault(stage, {})[kind] = float(value)
    means = (f"{stage} {v['sum'] / v['count'] * 1000:.0f} ms" for stage, v in found.items())
    return f"mean of each stage: {', '.join(means)}"


def _report(run: Run, arguments: argparse.Namespace) -> int:
    think = f"thinking {arguments.think:.0f} s on average" if arguments.think else "without pause"
    print(
        f"{arguments.users} users, {think}, {arguments.seconds:.0f} s, "
        f"{arguments.warm} questions before, {os.cpu_count()} cores"
    )
    if len(run.seconds) < 2:
        print(f"errors: {dict(run.errors)}; too few answers")
        return 1
    cuts = statistics.quantiles(run.seconds, n=100)
    print(
        f"{len(run.seconds)} answers ({dict(run.outcomes)}), errors: {dict(run.errors) or 'none'}; "
        f"{len(run.seconds) / arguments.seconds:.2f} a second; p50 {cuts[49]:.2f} s, "
        f"p95 {cuts[94]:.2f} s, longest {max(run.seconds):.2f} s"
    )
    growth = _growth(run.memory)
    print(
        f"memory {run.memory[0][1]:.0f} MiB at first, {run.memory[-1][1]:.0f} MiB at last; "
        f"over the last four fifths {growth:+.1%}"
    )
    missed = run.errors or growth > _GOAL_GROWTH or (arguments.think and cuts[94] >= _GOAL_SECONDS)
    return 1 if missed else 0


def _growth(memory: list[tuple[float, float]]) -> float:
    """Return by which share memory grew over the last four fifths of the run.

    Compares the medians of the first and last tenths of that time: single samples jump.
    """
    later = [size for _, size in memory[len(memory) // 5 :]]
    tenth = max(1, len(later) // 10)
    first, last = statistics.median(later[:tenth]), statistics.median(later[-tenth:])
    return last / first - 1


if __name__ == "__main__":
    sys.exit(main())
