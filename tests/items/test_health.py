"""What the health check of a list tells its keeper."""

from io import BytesIO
from pathlib import Path
from typing import Protocol

import openpyxl
import pytest
from benchmarks.item_lists.defects import Planted, write_defective

from assistant.items import (
    Defect,
    HealthReport,
    Register,
    RegisterAnswerer,
    check_list,
    report_table,
    table_workbook,
)


class RegisterOf(Protocol):
    def __call__(self, folder: Path) -> Register: ...


@pytest.fixture(scope="module")
def defective(
    register_of: RegisterOf, tmp_path_factory: pytest.TempPathFactory
) -> tuple[HealthReport, Planted]:
    folder = tmp_path_factory.mktemp("defective")
    planted = write_defective(folder / "清单.xlsx")
    register = register_of(folder)
    return check_list(register, register.lists[0]), planted


@pytest.mark.parametrize("defect", list(set(Defect) - {Defect.NOT_YET}))
def test_planted_defects_are_found_and_nothing_else(
    defective: tuple[HealthReport, Planted], defect: Defect
) -> None:
    report, planted = defective
    found = {
        (remark.item.note or remark.item.number if remark.item else "", remark.defect)
        for remark in report.remarks
    }

    assert {pair for pair in found if pair[1] is defect} == {
        pair for pair in planted if pair[1] is defect
    }


def test_a_repealed_basis_is_remarked_with_its_likely_successor(
    five_lists: RegisterAnswerer,
) -> None:
    register = five_lists.register
    entry = next(entry for entry in register.lists if entry.year == 2025)
    report = check_list(register, entry)
    barbecue = next(r for r in report.remarks if r.item and "露天烧烤" in r.item.name)

    assert barbecue.defect is Defect.REPEALED
    assert "《中华人民共和国大气污染防治法》第一百一十八条第三款已废止" in barbecue.words
    assert "《中华人民共和国生态环境法典》第一千一百三十二条第三款" in barbecue.words


def test_the_sample_lists_have_nothing_to_remark(samples: RegisterAnswerer) -> None:
    register = samples.register

    assert [check_list(register, entry).remarks for entry in register.lists] == [(), ()]


def test_the_workbook_has_a_remark_beside_each_row(
    defective: tuple[HealthReport, Planted],
) -> None:
    report, _ = defective
    book = openpyxl.load_workbook(BytesIO(table_workbook(report_table([report]))))
    rows = list(book.worksheets[0].iter_rows(values_only=True))

    assert rows[0][-2:] == ("问题", "批注")
    assert len(rows) == 1 + len(report.items) + 1
    assert sum(bool(row[-1]) for row in rows[1:]) == report.rows_with_remarks + 1
