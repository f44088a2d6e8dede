"""Statutory periods: every rule against dates that were counted by hand."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.index.catalogue import Catalogue
from assistant.procedures import (
    DeadlineQuestion,
    ProcedureError,
    Procedures,
    Thresholds,
    events,
)
from assistant.procedures.workdays import WorkCalendar
from assistant.settings import SettingsError

_DAY = date(2026, 11, 24)
_CASES = Path(__file__).parent / "data" / "deadlines.csv"
_EVENT_OF = {rule.id: event.id for event in events() for rule in event.deadline}


def _cases() -> Iterator[dict[str, str]]:
    with _CASES.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case['rule']}-{case['event']}")
def test_a_period_ends_on_the_day_counted_by_hand(
    procedures: Procedures, case: dict[str, str]
) -> None:
    question = DeadlineQuestion(_EVENT_OF[case["rule"]], date.fromisoformat(case["event"]))
    entry = procedures.deadlines(question, day=_DAY).entry(case["rule"])
    assert entry.day == date.fromisoformat(case["due"]), case["why"]


def test_every_rule_has_a_case_counted_by_hand() -> None:
    assert set(_EVENT_OF) == {case["rule"] for case in _cases()}


def test_each_period_names_its_article_and_says_how_it_was_counted(
    procedures: Procedures,
) -> None:
    result = procedures.deadlines(DeadlineQuestion("听证告知", _DAY), day=_DAY)
    entry = result.entry("hearing-request")
    assert [basis.official for basis in entry.bases] == [
        "《中华人民共和国行政处罚法》第六十四条第（一）项",
        "《中华人民共和国行政处罚法》第八十五条",
    ]
    assert entry.badge == "2026-12-01 星期二"
    assert "跳过休息日2天" in "".join(line.text for line in entry.lines)


def test_the_passage_of_a_basis_holds_the_words_to_mark(procedures: Procedures) -> None:
    result = procedures.deadlines(DeadlineQuestion("送达", _DAY), day=_DAY)
    for entry in result.entries:
        for basis in entry.bases:
            assert basis.quote
            assert basis.passage_id == basis.passage.citation_id


def test_a_last_day_that_no_law_moves_is_marked_as_a_rest_day(procedures: Procedures) -> None:
    result = procedures.deadlines(DeadlineQuestion("扣押", date(2026, 9, 5)), day=_DAY)
    assert any("休息日" in line.text for line in result.entry("seizure-end").lines)


def test_a_year_without_a_known_holiday_plan_is_named(procedures: Procedures) -> None:
    result = procedures.deadlines(DeadlineQuestion("听证告知", date(2026, 12, 28)), day=_DAY)
    assert any("2027年的放假调休安排尚未收录" in note for note in result.notes)


def test_known_years_carry_no_such_note(procedures: Procedures) -> None:
    result = procedures.deadlines(DeadlineQuestion("听证告知", date(2026, 9, 30)), day=_DAY)
    assert not any("尚未收录" in note for note in result.notes)


def test_an_announced_year_can_be_added_by_a_file(catalogue: Catalogue, tmp_path: Path) -> None:
    plan = tmp_path / "holidays.toml"
    plan.write_text(
        "[2027]\nholidays = [2027-01-01, 2027-01-04, 2027-01-05]\nworkdays = [2027-01-02]\n",
        encoding="utf-8",
    )
    tools = Procedures(catalogue, WorkCalendar(plan), Thresholds())
    result = tools.deadlines(DeadlineQuestion("听证告知", date(2026, 12, 28)), day=_DAY)
    assert result.entry("hearing-request").day == date(2027, 1, 6)
    assert not any("尚未收录" in note for note in result.notes)


def test_a_broken_holiday_file_is_named(tmp_path: Path) -> None:
    plan = tmp_path / "holidays.toml"
    plan.write_text("[2027\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"holidays\.toml"):
        WorkCalendar(plan)


@pytest.mark.parametrize(
    ("until", "amount"),
    [
        (date(2026, 12, 9), "0元"),
        (date(2026, 12, 10), "600元"),
        (date(2027, 1, 5), "16200元"),
        (date(2027, 1, 11), "19800元"),
        (date(2027, 1, 12), "20000元"),
        (date(2028, 1, 1), "20000元"),
    ],
)
def test_the_surcharge_grows_by_three_percent_a_day_up_to_the_fine(
    procedures: Procedures, until: date, amount: str
) -> None:
    question = DeadlineQuestion("送达", _DAY, Decimal(20000), until)
    entry = procedures.deadlines(question, day=_DAY).entry("surcharge")
    assert entry.badge == f"截至{until.isoformat()}：{amount}"


@pytest.mark.parametrize("event", ["复活节", "", "听"])
def test_an_event_that_is_unknown_or_unclear_is_answered_with_choices(
    procedures: Procedures, event: str
) -> None:
    with pytest.raises(ProcedureError, match="请从下列中选一个"):
        procedures.deadlines(DeadlineQuestion(event, _DAY), day=_DAY)


def test_a_day_far_outside_is_refused(procedures: Procedures) -> None:
    with pytest.raises(ProcedureError, match="1990年至2099年"):
        procedures.deadlines(DeadlineQuestion("立案", date(9999, 12, 31)), day=_DAY)
