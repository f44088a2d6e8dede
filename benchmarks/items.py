"""Measure answers from item lists, the health check, import and latency.

Run ``python -m benchmarks.items``; it builds an index of the statutes that govern
enforcement and five item lists in a temporary folder, and prints the figures.
"""

import json
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.items import AnswerKind, Register, RegisterAnswer, RegisterAnswerer

QUESTIONS = Path(__file__).parent / "questions" / "items.jsonl"
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


def expected(corpus: str) -> list[dict[str, object]]:
    """Return the questions over the samples alone or over all five lists."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
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


def run(answerer: RegisterAnswerer, register: Register, corpus: str, *, show: bool) -> None:
    """Ask every question, print what went wrong, and print the figures."""
    outcomes: list[tuple[Mapping[str, object], Outcome]] = []
    seconds = []
    for entry in expected(corpus):
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
    seconds.sort()
    print(f"{corpus}: {exact}/{len(outcomes)} exact, {wrong} wrong with confidence; {dict(kinds)}")
    print(
        f"    latency p50 {statistics.median(seconds) * 1000:.1f} ms,"
        f" p95 {seconds[int(len(seconds) * 0.95)] * 1000:.1f} ms"
    )
