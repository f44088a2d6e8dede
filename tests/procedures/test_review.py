"""What a planned decision must go through."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.index.catalogue import Catalogue
from assistant.procedures import Case, Party, ProcedureError, Procedures, Thresholds, Verdict
from assistant.procedures.workdays import WorkCalendar

DAY = date(2026, 11, 24)
_LOCAL = Thresholds(
    fine_person=Decimal(5000), fine_organisation=Decimal(50000), confiscation=Decimal(50000)
)


@pytest.fixture(scope="module")
def local(catalogue: Catalogue) -> Procedures:
    return Procedures(catalogue, WorkCalendar(), _LOCAL)


def _verdicts(tools: Procedures, case: Case) -> dict[str, Verdict | None]:
    return {entry.id: entry.verdict for entry in tools.review(case, day=DAY).entries}


def _case(*acts: str, fine: int | None = None, person: bool = False, facts: str = "") -> Case:
    party = Party.PERSON if person else Party.ORGANISATION
    amount = None if fine is None else Decimal(fine)
    return Case(acts, party, fine=amount, facts=frozenset(facts.split()))


@pytest.mark.parametrize("act", ["revoked", "downgraded", "halted", "closed", "occupation-limited"])
def test_heavy_kinds_of_penalty_need_a_hearing_notice_at_any_amount(
    procedures: Procedures, act: str
) -> None:
    assert _verdicts(procedures, _case(act))["hearing"] is Verdict.MUST


def test_a_large_fine_is_left_open_while_the_local_amount_is_not_set(
    procedures: Procedures,
) -> None:
    entry = procedures.review(_case("fine", fine=1_000_000), day=DAY).entry("hearing")
    assert entry.verdict is Verdict.OPEN
    assert any("由本地规定" in line.text for line in entry.lines)


@pytest.mark.parametrize(
    ("fine", "person", "verdict"),
    [
        (49_999, False, Verdict.NOT),
        (50_000, False, Verdict.MUST),
        (4_999, True, Verdict.NOT),
        (5_000, True, Verdict.MUST),
        (None, False, Verdict.OPEN),
    ],
)
def test_a_fine_is_compared_with_the_local_amount(
    local: Procedures, fine: int | None, person: bool, verdict: Verdict
) -> None:
    assert _verdicts(local, _case("fine", fine=fine, person=person))["hearing"] is verdict


def test_large_confiscation_needs_a_hearing_notice(local: Procedures) -> None:
    case = Case(("gains",), Party.ORGANISATION, confiscated=Decimal(60_000))
    entry = local.review(case, day=DAY).entry("hearing")
    assert entry.verdict is Verdict.MUST
    assert "第（二）项" in entry.bases[0].official


@pytest.mark.parametrize(
    ("fine", "person", "verdict"),
    [
        (200, True, Verdict.MAY),
        (201, True, Verdict.NOT),
        (3000, False, Verdict.MAY),
        (3001, False, Verdict.NOT),
    ],
)
def test_small_fines_may_be_decided_on_the_spot(
    procedures: Procedures, fine: int, person: bool, verdict: Verdict
) -> None:
    case = _case("fine", fine=fine, person=person, facts="obvious")
    assert _verdicts(procedures, case)["on-the-spot"] is verdict


def test_confiscation_beside_a_small_fine_rules_the_spot_decision_out(
    procedures: Procedures,
) -> None:
    case = _case("fine", "goods", fine=100, person=True, facts="obvious")
    assert _verdicts(procedures, case)["on-the-spot"] is Verdict.NOT


@pytest.mark.parametrize("fact", ["public-interest", "heard", "complex", "law-review"])
def test_each_statutory_case_of_legal_review_is_found(procedures: Procedures, fact: str) -> None:
    assert _verdicts(procedures, _case("fine", fine=100, facts=fact))["legal-review"] is (
        Verdict.MUST
    )


def test_a_hearing_to_come_leaves_legal_review_open(procedures: Procedures) -> None:
    assert _verdicts(procedures, _case("revoked"))["legal-review"] is Verdict.OPEN


def test_a_grave_case_is_discussed_by_the_heads(procedures: Procedures) -> None:
    assert _verdicts(procedures, _case("fine", facts="grave"))["collective"] is Verdict.MUST


def test_every_penalty_is_recorded_told_and_done_by_two(procedures: Procedures) -> None:
    verdicts = _verdicts(procedures, _case("warning"))
    assert {verdicts[key] for key in ("record", "inform", "two-officers", "publicity")} == {
        Verdict.MUST
    }


def test_an_urgent_seizure_is_approved_afterwards(procedures: Procedures) -> None:
    entry = procedures.review(_case("seized", facts="urgent"), day=DAY).entry("approval")
    assert [basis.official for basis in entry.bases] == ["《中华人民共和国行政强制法》第十九条"]


def test_a_freeze_is_not_announced(procedures: Procedures) -> None:
    verdicts = _verdicts(procedures, _case("frozen"))
    assert verdicts["inform"] is Verdict.NOT
    assert verdicts["document"] is Verdict.MUST


def test_public_order_records_are_not_published(procedures: Procedures) -> None:
    entry = procedures.review(_case("order-fine", fine=4000), day=DAY)
    assert entry.entry("publicity").verdict is Verdict.NOT
    assert entry.entry("hearing").verdict is Verdict.MUST


def test_a_public_order_fine_below_four_thousand_needs_no_hearing(
    procedures: Procedures,
) -> None:
    assert _verdicts(procedures, _case("order-fine", fine=3999))["hearing"] is Verdict.NOT


def test_execution_is_demanded_first(procedures: Procedures) -> None:
    assert _verdicts(procedures, _case("court"))["demand"] is Verdict.MUST
    assert _verdicts(procedures, _case("fine"))["demand"] is Verdict.NOT


def test_every_requirement_that_applies_names_its_article(procedures: Procedures) -> None:
    for act in ("fine", "sealed", "substituted", "granted", "refused", "detained"):
        for entry in procedures.review(_case(act, fine=100), day=DAY).entries:
            assert entry.bases or entry.verdict is Verdict.NOT


@pytest.mark.parametrize("acts", [(), ("imprisonment",)])
def test_a_case_without_a_known_decision_is_refused(
    procedures: Procedures, acts: tuple[str, ...]
) -> None:
    with pytest.raises(ProcedureError):
        procedures.review(_case(*acts), day=DAY)
