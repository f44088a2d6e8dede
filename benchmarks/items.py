"""Measure answers from item lists, basis resolution, the health check, import and latency.

Run ``python -m benchmarks.items``; ``--show`` lists the questions that went wrong.  It
reads the whole law pack and the lists into a catalogue of its own; no vectors are needed.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.item_lists import read_rows, write_lists
from benchmarks.item_lists.defects import write_defective
from openpyxl import Workbook

from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.loader import read_folder
from assistant.index.catalogue import Catalogue
from assistant.items import AnswerKind, Register, RegisterAnswer, RegisterAnswerer, check_list
from assistant.items.imports import preview, read_upload
from assistant.retrieval import Names
from assistant.settings import LawPack

QUESTIONS = Path(__file__).parent / "questions"
SETS = ("items", "items-heldout")
_SAMPLES = Path(__file__).parents[1] / "corpus" / "item-lists"
_MANY = 5000
DAY = date(2026, 11, 20)
_ORIGINS = {
    "town26": "item-lists/镇综合执法事项清单.xlsx",
    "street26": "item-lists/街道综合执法事项清单.xlsx",
    "town25": "item-lists/镇综合执法事项清单（2025年）.xlsx",
    "yunxi": "item-lists/云溪县赋权事项目录.xlsx",
    "gaoxin": "item-lists/高新区街道事项表.html",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an answer compares with what was expected."""

    exact: bool
    certain: bool
    said: str


def expected(name: str, corpus: str) -> list[dict[str, object]]:
    """Return the questions of a set over the samples alone or over all five lists."""
    lines = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [entry for line in lines if (entry := json.loads(line))["corpus"] == corpus]


def judge(
    entry: Mapping[str, object], answer: RegisterAnswer | None, register: Register
) -> Outcome:
    """Compare an answer with what a question expects."""
    if answer is None:
        return Outcome(entry["kind"] == "not_register", False, "没有作答")
    names = _names(register)
    said = [names(address) for address in answer.items]
    exact = False
    match entry["kind"]:
        case "count":
            counts = {_key(register, key): n for key, n in answer.counts if n}
            exact = counts == {k: n for k, n in entry["counts"].items() if n}  # type: ignore[attr-defined]
            return Outcome(exact, answer.certain, f"{answer.kind} {counts}")
        case "rows":
            exact = answer.certain and _within(said, entry)
        case "membership":
            wanted = AnswerKind.YES if entry["verdict"] == "yes" else AnswerKind.NO
            exact = answer.kind is wanted and _within(said, entry)
        case "comparison":
            first = [names(address) for address in answer.first]
            second = [names(address) for address in answer.second]
            exact = (
                sorted(first) == sorted(entry["only_first"])  # type: ignore[call-overload]
                and sorted(second) == sorted(entry["only_second"])  # type: ignore[call-overload]
                and answer.common == entry["common"]
            )
            said = [*first[:40], "|", *second[:40]]
        case "none":
            exact = answer.kind is AnswerKind.NONE
        case "not_register":
            exact = False
    return Outcome(exact, answer.certain, f"{answer.kind} {' '.join(said[:20])}")


def _within(said: list[str], entry: Mapping[str, object]) -> bool:
    must, may = set(entry["must"]), set(entry["may"])  # type: ignore[call-overload]
    return must <= set(said) <= must | may


def _key(register: Register, list_id: str) -> str:
    found = register.find_list(list_id)
    origin = found.origin if found else ""
    return next((key for key, value in _ORIGINS.items() if value == origin), origin)


def _names(register: Register):  # type: ignore[no-untyped-def]
    def name(address: str) -> str:
        item = register.item(address)
        if item is None:
            return address
        key = _key(register, item.list_id)
        return f"{key}:{item.code or item.number}"

    return name


def run(answerer: RegisterAnswerer, name: str, corpus: str, *, show: bool) -> None:
    """Ask every question, print what went wrong, and print the figures."""
    register = answerer.register
    outcomes: list[tuple[Mapping[str, object], Outcome]] = []
    seconds = []
    for entry in expected(name, corpus):
        begun = time.perf_counter()
        answer = answerer.answer(str(entry["question"]), DAY)
        seconds.append(time.perf_counter() - begun)
        outcomes.append((entry, judge(entry, answer, register)))
    for entry, outcome in outcomes:
        if show and not outcome.exact:
            wanted = entry.get("counts") or entry.get("must") or entry.get("only_first") or ""
            print(f"{entry['id']} {entry['question']} 期望 {entry['kind']} {wanted}")
            print(f"    得到 {outcome.said}{'' if outcome.certain else '（未下定论）'}")
    exact = sum(outcome.exact for _, outcome in outcomes)
    wrong = sum(outcome.certain and not outcome.exact for _, outcome in outcomes)
    kinds = Counter(str(entry["kind"]) for entry, outcome in outcomes if outcome.exact)
    print(f"{name} over {corpus}: {exact}/{len(outcomes)} exact, {wrong} wrong with confidence")
    print(f"    exact by kind: {dict(kinds)}")
    print_latency(seconds)


def print_latency(seconds: list[float]) -> None:
    """Print median and 95th percentile."""
    seconds = sorted(seconds)
    late = seconds[int(len(seconds) * 0.95)]
    print(f"    latency p50 {statistics.median(seconds) * 1000:.1f} ms, p95 {late * 1000:.1f} ms")


def registers(folder: Path) -> dict[str, Register]:
    """Return registers over the samples, over all five lists, and over the defective one."""
    statutes = folder / "statutes.db"
    catalogue = Catalogue(statutes, writable=True)
    for source in LawPackReader().documents(LawPack.ALL):
        catalogue.put(source)
    catalogue.commit()
    catalogue.close()
    made = {}
    for name in ("sample", "all", "defective"):
        root = folder / name
        if name == "defective":
            root.mkdir()
            write_defective(root / "清单.xlsx")
        else:
            shutil.copytree(_SAMPLES, root / "item-lists")
        if name == "all":
            write_lists(root / "item-lists")
        path = folder / f"{name}.db"
        shutil.copy(statutes, path)
        catalogue = Catalogue(path, writable=True)
        for file in read_folder(root):
            catalogue.put(file.load())
        catalogue.commit()
        documents = catalogue.documents()
        made[name] = Register(catalogue, documents, Names(documents, catalogue.passages), today=DAY)
    return made


def resolution(register: Register) -> None:
    """Print which share of the cited provisions is resolved, and in which state."""
    bases = [basis for item in register.items() for basis in register.bases(item)]
    states = Counter(basis.state.label for basis in bases)
    resolved = sum(basis.article is not None for basis in bases)
    print(f"basis: {resolved}/{len(bases)} provisions resolved; {dict(states)}")


def health(register: Register, folder: Path) -> None:
    """Print recall and precision of the check on the defective list."""
    planted = write_defective(folder / "again.xlsx")
    report = check_list(register, register.lists[0])
    found = {
        (remark.item.note or remark.item.number if remark.item else "", remark.defect)
        for remark in report.remarks
    }
    hits = found & planted
    print(
        f"health check: {len(planted)} planted, recall {len(hits) / len(planted):.3f},"
        f" precision {len(hits) / len(found):.3f}"
    )


def import_many(register: Register, folder: Path) -> None:
    """Print how long a list of 5,000 rows takes to read, to answer from and to check."""
    rows = read_rows("towns-2025")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    columns = list(rows[0])
    sheet.append(columns)
    for number in range(_MANY):
        row = {**rows[number % len(rows)], "序号": str(number + 1)}
        row["事项名称"] += f"（{number // len(rows) + 1}类）"
        sheet.append([row[column] for column in columns])
    path = folder / "某区镇执法事项清单.xlsx"
    book.save(path)
    begun = time.perf_counter()
    source = read_upload(path)
    seen = preview(source)
    read = time.perf_counter() - begun
    statutes = register.statutes.catalogue
    begun = time.perf_counter()
    documents = statutes.documents()
    large = Register(statutes, documents, register.names, today=DAY, extra=source)
    opened = time.perf_counter() - begun
    begun = time.perf_counter()
    report = check_list(large, next(e for e in large.lists if e.count == _MANY))
    checked = time.perf_counter() - begun
    count = seen.entry.count if seen.entry else 0
    print(
        f"{count} rows: read and preview {read:.1f} s, register {opened:.1f} s,"
        f" check {checked:.1f} s ({len(report.remarks)} remarks)"
    )
    answerer = RegisterAnswerer(large)
    answerer.answer("镇清单有多少项？", DAY)
    seconds = []
    for entry in expected("items", "sample"):
        begun = time.perf_counter()
        answerer.answer(str(entry["question"]), DAY)
        seconds.append(time.perf_counter() - begun)
    print_latency(seconds)


def main() -> None:
    """Print every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", action="store_true", help="list what went wrong")
    show = options.parse_args().show
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = registers(folder)
        for questions in SETS:
            for corpus in ("sample", "all"):
                run(RegisterAnswerer(made[corpus]), questions, corpus, show=show)
        resolution(made["all"])
        health(made["defective"], folder)
        import_many(made["sample"], folder)


if __name__ == "__main__":
    main()
