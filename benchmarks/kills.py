"""Is anything lost when a build is killed?

Changes a small corpus at random, starts a build and kills it with ``SIGKILL`` at a
random moment: after a random time, or shortly after a random stage began.  After each
kill the assistant, the one already open and one opened anew, must still answer, the
parts of the index must agree, and the next build must give the same content hash as a
clean build of the same corpus.

    python benchmarks/kills.py [--kills 200] [--seed 7]
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.answering import Assistant, LiveAssistant
from assistant.index import PassageEmbedding, Stage, build, disagreements, open_index
from assistant.settings import LawPack, Settings

_TOPICS = ("占道经营", "违法建设", "油烟排放", "渣土运输", "户外广告", "噪声扰民", "乱倒垃圾")
_ANCHOR = ("听证.txt", "听证规定\n第一条 当事人可以在五日内要求听证。\n")
_QUESTION = "听证规定第一条"
_WORD = "五日"
_STAGES = (Stage.FILES, Stage.MODEL, Stage.VECTORS, Stage.STORE)
# Seconds: a build of this corpus takes less, a stage of it much less.
_LONGEST = 2.0
_AFTER_STAGE = 0.1


@dataclass(frozen=True, slots=True)
class Kill:
    """What came of one kill.

    Attributes:
        stage: stage that the build had reached.
        faults: what went wrong; empty if nothing was lost.
    """

    stage: str
    faults: tuple[str, ...]


def main() -> int:
    """Run the benchmark; returns 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    stages: Counter[str] = Counter()
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        chosen = random.Random(arguments.seed)
        for number, kill in enumerate(kills(Path(folder), arguments.kills, chosen), start=1):
            stages[kill.stage] += 1
            lost += bool(kill.faults)
            for fault in kill.faults:
                print(f"kill {number} ({kill.stage}): {fault}", flush=True)
            if not number % 20:
                print(f"{number} kills, {lost} with losses", flush=True)
    print(f"{arguments.kills - lost} of {arguments.kills} kills lost nothing")
    print("killed at: " + ", ".join(f"{name} {count}" for name, count in stages.most_common()))
    return 1 if lost else 0


def kills(folder: Path, count: int, choose: random.Random) -> Iterator[Kill]:
    """Kill ``count`` builds in ``folder`` and yield what came of each.

    A build that is done before it is killed does not count.
    """
    settings = Settings(
        corpus=folder / "corpus",
        index=folder / "index",
        law_pack=LawPack.NONE,
        embedding_model=str(small_model(folder / "model")),
    )
    clean = settings.model_copy(update={"index": folder / "clean"})
    embedding = PassageEmbedding(settings)
    settings.corpus.mkdir()
    (settings.corpus / _ANCHOR[0]).write_text(_ANCHOR[1], encoding="utf-8")
    for number in range(6):
        _write(settings.corpus, number, choose)
    build(settings, embedding=embedding)
    live = LiveAssistant(settings, embedding)
    killed = 0
    seconds = _LONGEST
    while killed < count:
        _change(settings.corpus, choose)
        begun = time.perf_counter()
        stage = _killed_build(settings, seconds, choose)
        if stage:
            killed += 1
            yield Kill(stage, tuple(_faults(settings, clean, live, embedding)))
        else:
            seconds = min(_LONGEST, time.perf_counter() - begun)


def _faults(
    settings: Settings, clean: Settings, live: LiveAssistant, embedding: PassageEmbedding
) -> Iterator[str]:
    for name, assistant in (
        ("open", live.current),
        ("opened anew", Assistant(open_index(settings, embedding=embedding))),
    ):
        answer = assistant.ask(_QUESTION)
        if not any(_WORD in citation.passage.text for citation in answer.citations):
            yield f"the assistant {name} does not answer"
    yield from disagreements(settings)
    build(settings, embedding=embedding)
    build(clean, rebuild=True, embedding=embedding)
    contents = {
        open_index(target, embedding=embedding).manifest.content for target in (settings, clean)
    }
    if len(contents) > 1:
        yield "the next build differs from a clean one"
    yield from disagreements(settings)


def _killed_build(settings: Settings, seconds: float, choose: random.Random) -> str:
    """Start a build, kill it, and return the stage it had reached; empty if it was done."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["assistant.index", "sentence_transformers", "chromadb"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(settings, theirs))
    process.start()
    theirs.close()
    wanted = choose.choice(_STAGES)
    by_stage = choose.random() < 0.5
    delay = choose.uniform(0, _AFTER_STAGE if by_stage else seconds)
    reached = _follow(ours, wanted if by_stage else None, delay)
    process.kill()
    process.join()
    return "" if process.exitcode == 0 else reached


def _follow(stages: Connection, wanted: Stage | None, delay: float) -> str:
    """Wait for ``delay`` seconds after stage ``wanted`` began (after the start if None)."""
    reached = "start"
    stages.recv()
    deadline = time.monotonic() + delay if wanted is None else None
    while deadline is None or (left := deadline - time.monotonic()) > 0:
        if not stages.poll(None if deadline is None else left):
            break
        try:
            reached = stages.recv()
        except EOFError:
            break
        if reached == wanted and deadline is None:
            deadline = time.monotonic() + delay
    return str(reached)


def _build(settings: Settings, stages: Connection) -> None:
    stages.send("start")
    build(settings, progress=_Told(stages))


class _Told:
    def __init__(self, stages: Connection) -> None:
        self._stages = stages

    def start(self, stage: Stage, total: int) -> None:
        self._stages.send(stage)

    def advance(self, count: int) -> None:
        pass


def small_model(folder: Path) -> Path:
    """Write a model that loads at once, so that most kills hit the writing of the index."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    words = "".join((*_TOPICS, *_ANCHOR, "管理规定第条的责令改正可以处元罚款"))
    vocabulary = {word: number for number, word in enumerate(("?", *sorted(set(words))))}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="?"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=32)]).save(str(folder))
    return folder


def _change(corpus: Path, choose: random.Random) -> None:
    """Change, add, rename or delete some of the corpus's files."""
    for _ in range(choose.randint(1, 4)):
        files = sorted(path for path in corpus.iterdir() if path.name != _ANCHOR[0])
        action = choose.choice(("write", "write", "add", "rename", "delete"))
        if action == "add" or len(files) < 4:
            _write(corpus, choose.randrange(10**6), choose)
        elif action == "write":
            path = choose.choice(files)
            path.write_text(_text(choose), encoding="utf-8")
        elif action == "rename":
            choose.choice(files).rename(corpus / f"{choose.randrange(10**6)}.txt")
        else:
            choose.choice(files).unlink()


def _write(corpus: Path, number: int, choose: random.Random) -> None:
    (corpus / f"{number}.txt").write_text(_text(choose), encoding="utf-8")


def _text(choose: random.Random) -> str:
    topic = choose.choice(_TOPICS)
    lines = [f"{topic}管理规定"]
    lines += [
        f"第{number}条 {topic}的，责令改正，可以处{choose.randrange(1, 1000)}元罚款。"
        for number in "一二三四五六七八九"[: choose.randint(1, 9)]
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
