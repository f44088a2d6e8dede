"""How many keys of a foreign bank are borne out, and whether a wrong one is ever taken in.

    python -m benchmarks.quiz_import

Two banks: forty questions of our own writing as trainers phrase them
(``data/quiz_foreign.csv``; its last column says whether the key is right, 未定 where either
verdict is fair, 不收 what is no question of this kind), and every question our makers give on
five statutes, exported and read again, once as it is, once without its source, and with
every key spoiled both ways.  About 30 seconds.
"""

import csv
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from assistant.corpus.law_pack import LawPackReader
from assistant.quiz import (
    FALSE,
    TRUE,
    Bank,
    Checked,
    Examiner,
    export_questions,
    make_questions,
    read_table,
)
from assistant.quiz.importing import Row
from assistant.settings import LawPack

FOREIGN = Path(__file__).parent / "data" / "quiz_foreign.csv"
_STATUTES = ("行政处罚法", "行政强制法", "行政许可法", "行政复议法", "行政诉讼法")


def spoiled(row: Row, rng: Random) -> Row:
    """Return a row whose key is wrong."""
    if row.key in (TRUE, FALSE):
        return replace(row, key=FALSE if row.key == TRUE else TRUE)
    if not row.options:
        return replace(row, key="四十一日")
    if len(row.key) == len(row.options):
        return replace(row, key=row.key[::-1])
    wrong = rng.choice([letter for letter in row.options if letter not in row.key])
    return replace(row, key=wrong if len(row.key) == 1 else row.key[1:] + wrong)


def main() -> None:
    """Examine and count."""
    with FOREIGN.open(encoding="utf-8", newline="") as file:
        truth = {int(row["序号"]) + 1: row["核对"] for row in csv.DictReader(file)}
    sources = {
        source.document.id: (source.document, source.passages)
        for source in LawPackReader().documents(LawPack.ENFORCEMENT)
    }
    examiner = Examiner(sources)
    made = make_questions(
        [entry for entry in sources.values() if entry[0].short_title in _STATUTES], seed=1
    )
    with tempfile.TemporaryDirectory() as name:
        bank, table = Bank(Path(name)), Path(name) / "own.xlsx"
        foreign = list(examiner.examine(read_table(FOREIGN), bank))
        counts = Counter((truth[entry.row.number], entry.outcome.is_sound) for entry in foreign)
        for (verdict, sound), number in sorted(counts.items()):
            print(f"foreign, key {verdict}: {'taken' if sound else 'not taken'} {number}")
        export_questions(made.questions, table, "题库")
        rows = read_table(table)
        bare = [replace(row, source="", explanation="") for row in rows]
        bad = [spoiled(row, Random(number)) for number, row in enumerate(rows)]
        both = [replace(row, source="", explanation="") for row in bad]
        _told("as made", list(examiner.examine(rows, bank)))
        _told("without source", list(examiner.examine(bare, bank)))
        _told("spoiled", list(examiner.examine(bad, bank)))
        _told("spoiled, without source", list(examiner.examine(both, bank)))


def _told(label: str, checked: Sequence[Checked]) -> None:
    counts = Counter(entry.outcome.value for entry in checked)
    print(f"own, {label}: {len(checked)}, {dict(counts)}")


if __name__ == "__main__":
    main()
