"""Lists of every layout become the same kind of register."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus import CorpusError
from assistant.items import Column, ItemTable, RegisterAnswerer, table_workbook
from assistant.items.basis import State
from assistant.items.columns import recognise
from assistant.items.imports import preview, read_upload, take_in, undo
from assistant.items.model import Tier
from assistant.items.places import reach_of

_LISTS = {
    "示范区镇综合执法事项清单（2026年修订）": 108,
    "示范区街道综合执法事项清单（2026年修订）": 90,
    "示范区镇综合执法事项清单（2025年）": 99,
    "云溪县乡镇（街道）赋权事项目录（2026年）": 45,
    "高新区街道综合执法事项表（2026年）": 24,
}


def test_every_row_of_every_layout_is_read(five_lists: RegisterAnswerer) -> None:
    assert {entry.title: entry.count for entry in five_lists.register.lists} == _LISTS


def test_merged_departments_reach_every_row(five_lists: RegisterAnswerer) -> None:
    items = five_lists.register.items()

    assert all(item.department and item.name and item.basis for item in items)


def test_rows_keep_their_file_sheet_and_row(five_lists: RegisterAnswerer) -> None:
    register = five_lists.register
    entry = next(entry for entry in register.lists if entry.district == "云溪县")
    item = next(item for item in register.items(entry.id) if item.code == "YX-NS-06")

    assert (entry.origin, item.sheet, item.row) == ("云溪县赋权事项目录.xlsx", "农业水利交通类", 9)


def test_every_basis_of_the_sample_lists_is_resolved(samples: RegisterAnswerer) -> None:
    register = samples.register
    bases = [basis for item in register.items() for basis in register.bases(item)]

    assert len(bases) == 284
    assert all(basis.state is State.IN_FORCE and basis.words for basis in bases)


@pytest.mark.parametrize(
    ("cell", "tiers", "places", "optional"),
    [
        ("全部镇", {Tier.TOWN}, (), False),
        ("自选：青禾镇、稻香镇", {Tier.TOWN}, ("青禾镇", "稻香镇"), True),
        ("乡镇、街道", {Tier.TOWN, Tier.STREET}, (), False),
        ("明德街道，书香街道", {Tier.STREET}, ("明德街道", "书香街道"), False),
        ("镇街", {Tier.TOWN, Tier.STREET}, (), False),
    ],
)
def test_who_takes_an_item_on(
    cell: str, tiers: set[Tier], places: tuple[str, ...], optional: bool
) -> None:
    reach = reach_of(cell, frozenset())

    assert (set(reach.tiers), reach.places, reach.optional) == (tiers, places, optional)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sets(st.sampled_from(Tier)))
def test_any_cell_of_places_can_be_read(cell: str, tiers: set[Tier]) -> None:
    assert reach_of(cell, frozenset(tiers)).tiers <= set(Tier)


def test_headings_in_other_words_are_recognised() -> None:
    found = recognise(
        ["职权编码", "职权 名称", "职权类型", "设定依据\n（条款）", "行使层级", "联系人"]
    )

    assert found == [Column.CODE, Column.NAME, Column.SCOPE, Column.BASIS, Column.PLACE, None]


def test_the_users_word_on_a_heading_wins() -> None:
    assert recognise(["名堂", "依据"], {"名堂": Column.NAME, "依据": None}) == [Column.NAME, None]


def _list_with_odd_headings(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "名堂", "哪个局的", "执法依据"])
    sheet.append([1, "对滥伐林木的处罚", "区林业局", "《森林法》第七十六条第二款"])
    path = folder / "某镇清单.xlsx"
    book.save(path)
    return path


def test_a_list_is_looked_at_corrected_taken_in_and_taken_back(tmp_path: Path) -> None:
    upload = _list_with_odd_headings(tmp_path)
    source = read_upload(upload)
    columns = {"名堂": "事项名称", "哪个局的": "原行使部门"}
    assert preview(source).entry is None

    seen = preview(source, columns)
    assert seen.entry is not None
    assert [item.department for item in seen.items] == ["区林业局"]

    corpus = tmp_path / "corpus"
    receipt = take_in(upload, "../某镇清单.xlsx", corpus, columns)
    taken = read_upload(corpus / receipt.origin)
    assert preview(taken).entry is not None

    with pytest.raises(CorpusError, match="相同的文件"):
        take_in(upload, "另一个名字.xlsx", corpus)
    undo(receipt, corpus)
    assert not any(path.is_file() for path in corpus.rglob("*"))


def test_what_was_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    receipt = take_in(_list_with_odd_headings(tmp_path), "清单.xlsx", tmp_path / "corpus")
    (tmp_path / "corpus" / receipt.origin).write_bytes(b"changed")

    with pytest.raises(CorpusError, match="未作撤销"):
        undo(receipt, tmp_path / "corpus")


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_no_cell_of_a_download_is_a_formula(evil: str, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(table_workbook(ItemTable("表", ("名称",), ((evil,),), ("",))))
    cell = openpyxl.load_workbook(path).worksheets[0]["A2"]

    assert (cell.value, cell.data_type) == (evil, "s")
