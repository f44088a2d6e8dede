"""Measure how completely a folder of documents is taken apart, and how fast.

Run ``python benchmarks/corpus_audit.py FOLDER``.
"""

import sys
import time
from pathlib import Path

from assistant.corpus.audit import audit_folder
from assistant.corpus.loader import read_folder
from assistant.corpus.model import CorpusError


def main() -> None:
    """Print the figures for the folder named on the command line."""
    root = Path(sys.argv[1])
    began = time.perf_counter()
    passages = 0
    for file in read_folder(root):
        try:
            passages += len(file.load().passages)
        except CorpusError as error:
            print(f"unreadable: {error}")
    loading = time.perf_counter() - began
    audit = audit_folder(root)
    for checked in audit.files:
        for problem in checked.problems:
            print(f"{checked.origin}: {problem}")
    counted = sum(len(checked.articles_counted) for checked in audit.files)
    print(f"files read              {len(audit.files)}, unreadable {len(audit.unreadable)}")
    print(f"perfect files           {audit.perfect / max(1, len(audit.files)):.2%}")
    print(f"articles                {counted}")
    print(f"passages                {passages}")
    print(f"characters              {audit.characters}, unexplained {audit.unexplained}")
    for reason, count in audit.explained().items():
        print(f"  outside passages      {count} {reason}")
    print(f"read and taken apart in {loading:.1f} s")


if __name__ == "__main__":
    main()
