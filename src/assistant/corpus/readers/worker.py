"""The process in which risky files are read; started by :class:`.limits.Workshop`.

A line of standard input names a file; the answer is one line, after an ``alive`` line for
each page of a scan.  Anything that a parser does wrong ends here.
"""

import json
import os
import sys
from pathlib import Path

from assistant.corpus.model import CorpusError
from assistant.corpus.readers.formats import read
from assistant.corpus.readers.limits import ALIVE, FAILED, READ, SOURCE, Limits, still_alive


def main() -> None:
    """Answer until standard input ends."""
    _bound(int(sys.argv[1]))
    # Libraries may print; only answers go where the parent listens.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(kind: bytes, content: bytes) -> None:
        answers.write(kind + b" " + content + b"\n")
        answers.flush()

    still_alive.set(lambda: say(ALIVE, b""))
    for line in sys.stdin.buffer:
        job = json.loads(line)
        origin = job["origin"]
        try:
            source = read(Path(job["path"]), origin, Limits(**job["limits"]))
            say(READ, f"{_memory()} ".encode() + SOURCE.dump_json(source))
        except CorpusError as error:
            say(FAILED, json.dumps([error.origin, error.reason, error.remedy]).encode())
        except MemoryError:
            # What is left of the process is not to be trusted; the parent names the cause.
            os._exit(1)
        except Exception as error:
            reason = f"文件内容有误，无法解析（{type(error).__name__}）"
            say(FAILED, json.dumps([origin, reason, "请用办公软件打开后另存，再重新放入"]).encode())


def _bound(memory: int) -> None:
    """Limit the address space where the system can; elsewhere only the clock limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _memory() -> int:
    """Return the most memory that the process has had, in KiB; 0 where unknown."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
