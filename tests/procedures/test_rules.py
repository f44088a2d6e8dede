"""Rules are held against the statutes of the index, and flagged where they do not hold."""

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.law_pack import LawPackReader
from assistant.index.catalogue import Catalogue
from assistant.procedures import DeadlineQuestion, ProcedureError, Procedures, Thresholds, flows
from assistant.procedures.statutes import BasisError, Reference, Statutes
from assistant.procedures.workdays import WorkCalendar
from assistant.settings import LawPack

DAY = date(2026, 11, 24)


def test_every_rule_holds_under_the_law_of_the_pack(procedures: Procedures) -> None:
    assert procedures.faults(day=DAY) == []


def test_a_rule_is_withheld_before_its_law_is_in_force(procedures: Procedures) -> None:
    before = date(2021, 7, 14)
    result = procedures.deadlines(DeadlineQuestion("立案", before), day=before)
    assert result.entries == ()
    assert "尚未施行" in result.withheld[0].message


def test_a_rule_is_withheld_where_its_law_is_missing(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite", writable=True)
    for source in LawPackReader().documents(LawPack.ALL):
        if source.document.short_title == "行政处罚法":
            catalogue.put(source)
    tools = Procedures(catalogue, WorkCalendar(), Thresholds())
    result = tools.deadlines(DeadlineQuestion("送达", DAY), day=DAY)
    assert "payment" in {entry.id for entry in result.entries}
    assert "suit" in {fault.rule for fault in result.withheld}
    assert {fault.rule for fault in tools.faults(day=DAY)} >= {"suit", "seizure-end"}


def test_a_changed_number_in_the_law_is_noticed(catalogue: Catalogue) -> None:
    statutes = Statutes(catalogue)
    with pytest.raises(BasisError, match="已没有“六十日”的字样"):
        statutes.find(Reference.read("行政处罚法 60"), DAY, ["六十日"])


@pytest.mark.parametrize(
    ("reference", "official"),
    [
        ("行政处罚法 63.1.2", "《中华人民共和国行政处罚法》第六十三条第一款第（二）项"),
        ("行政处罚法 64.1.2", "《中华人民共和国行政处罚法》第六十四条第（二）项"),
        ("行政强制法 25.3", "《中华人民共和国行政强制法》第二十五条第三款"),
        ("行政处罚法 85", "《中华人民共和国行政处罚法》第八十五条"),
    ],
)
def test_a_place_is_written_as_officials_write_it(
    catalogue: Catalogue, reference: str, official: str
) -> None:
    assert Statutes(catalogue).find(Reference.read(reference), DAY).official == official


@pytest.mark.parametrize("reference", ["行政处罚法 200", "行政处罚法 63.9", "行政处罚法 63.1.9"])
def test_a_place_that_does_not_exist_is_not_cited(catalogue: Catalogue, reference: str) -> None:
    with pytest.raises(BasisError):
        Statutes(catalogue).find(Reference.read(reference), DAY)


@pytest.mark.parametrize("name", ["简易", "普通", "听证", "强制", "代履行", "许可"])
def test_each_step_of_a_procedure_names_article_and_files(
    procedures: Procedures, name: str
) -> None:
    result = procedures.flow(name, day=DAY)
    assert result.withheld == ()
    for number, entry in enumerate(result.entries, start=1):
        assert entry.title.startswith(f"{number}. ")
        assert entry.bases
        assert {"做法", "文书", "常见错误"} == {line.label for line in entry.lines}


def test_ids_of_steps_are_unique() -> None:
    ids = [step.id for flow in flows() for step in flow.step]
    assert len(ids) == len(set(ids))


def test_an_unknown_procedure_is_answered_with_choices(procedures: Procedures) -> None:
    with pytest.raises(ProcedureError, match="可选：简易"):
        procedures.flow("快办", day=DAY)
