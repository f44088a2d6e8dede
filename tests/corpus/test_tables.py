"""Lists are read row by row, whatever stands above, between and below their rows."""

from assistant.corpus import Unit
from assistant.corpus.remainder import Reason
from assistant.corpus.source import Paragraph, Source, Table
from assistant.corpus.structure import Structured, parse
from assistant.corpus.tables import read_table


def structured(*blocks: Paragraph | Table) -> Structured:
    return parse(Source("清单.xlsx", "0", blocks), "d")


def test_two_heading_rows_become_one_heading_for_each_column() -> None:
    reading = read_table(
        Table(
            [
                ["序号", "事项名称", "行使主体", "行使主体", "备注"],
                ["序号", "事项名称", "市级", "区级", "备注"],
                ["1", "占道经营", "", "城管局", ""],
                ["2", "毁坏绿地", "园林局", "", "委托"],
            ]
        )
    )
    assert reading.columns == ("序号", "事项名称", "行使主体·市级", "行使主体·区级", "备注")
    assert [row.fields for row in reading.rows] == [
        (("序号", "1"), ("事项名称", "占道经营"), ("行使主体·区级", "城管局")),
        (("序号", "2"), ("事项名称", "毁坏绿地"), ("行使主体·市级", "园林局"), ("备注", "委托")),
    ]


def test_rows_over_the_whole_width_group_the_rows_below_them() -> None:
    rows = [["序号", "事项名称", "部门"]]
    for field, first in (("一、城市管理", 1), ("二、生态环境", 4)):
        rows.append([field] * 3)
        rows += [[str(n), f"事项{n}", "城管局"] for n in range(first, first + 3)]
    result = structured(Table(rows, sheet="清单"))
    crumbs = [passage.breadcrumb[-1] for passage in result.passages]
    assert crumbs == ["一、城市管理"] * 3 + ["二、生态环境"] * 3
    assert result.of(Reason.HEADING) == ["一、城市管理", "二、生态环境"]


def test_groups_inside_groups_are_told_apart_by_their_numbers() -> None:
    rows = [["序号", "事项名称", "部门"], ["一、城市管理"] * 3, ["（一）市容"] * 3]
    rows += [["1", "占道", "城管局"], ["（二）绿化"] * 3, ["2", "毁绿", "城管局"]]
    rows += [["二、生态"] * 3, ["3", "排污", "生态局"]]
    result = structured(Table(rows, sheet="清单"))
    assert [passage.breadcrumb[1:] for passage in result.passages] == [
        ("一、城市管理", "（一）市容"),
        ("一、城市管理", "（二）绿化"),
        ("二、生态",),
    ]


def test_notes_below_the_rows_are_a_passage_of_their_own() -> None:
    rows = [
        ["序号", "事项名称"],
        ["1", "占道经营"],
        ["2", "毁坏绿地"],
        ["备注：1.本清单共2项。", ""],
    ]
    result = structured(Table(rows, sheet="清单"))
    assert [(p.anchor, p.label) for p in result.passages] == [
        ("r1.2", "第1项"),
        ("r1.3", "第2项"),
        ("n1", "备注"),
    ]


def test_every_sheet_is_a_list_with_its_own_addresses() -> None:
    rows = [["序号", "事项名称"], ["1", "占道经营"], ["2", "毁坏绿地"]]
    result = structured(Table(rows, sheet="镇清单"), Table(rows, sheet="街道清单"))
    assert [(p.anchor, p.cell) for p in result.passages] == [
        ("r1.2", "镇清单!第2行"),
        ("r1.3", "镇清单!第3行"),
        ("r2.2", "街道清单!第2行"),
        ("r2.3", "街道清单!第3行"),
    ]
    assert result.passages[2].breadcrumb == ("街道清单",)


def test_headings_repeated_on_a_new_page_are_no_row() -> None:
    head = ["序号", "事项名称", "部门"]
    body = [[str(n), f"事项{n}", "城管局"] for n in range(1, 9)]
    table = Table([head, *body[:4], head, *body[4:]], row_pages=[1] * 5 + [2] * 5, page=1)
    result = structured(Paragraph("事项清单"), table)
    assert [p.fields[0][1] for p in result.passages] == [str(n) for n in range(1, 9)]
    assert result.passages[3].pages == (1, 1)
    assert result.passages[4].pages == (2, 2)


def test_a_table_inside_a_text_stays_with_its_section() -> None:
    table = Table([["指标", "数量"], ["案件", "12"], ["检查", "340"]])
    result = structured(
        Paragraph("一、总体情况"), table, Paragraph("二、问题"), Paragraph("不足。")
    )
    assert [p.anchor for p in result.passages] == ["s1", "s2"]
    assert result.passages[0].text == "一、总体情况\n指标 | 数量\n案件 | 12\n检查 | 340"


def test_a_numbered_list_inside_a_text_has_a_passage_for_each_row() -> None:
    rows = [["序号", "任务", "责任单位"]] + [[str(n), f"任务{n}", "司法局"] for n in range(1, 7)]
    result = structured(
        Paragraph("一、任务分工"), Paragraph("分工如下。"), Table(rows), Paragraph("二、要求")
    )
    assert [p.unit for p in result.passages] == [Unit.SECTION, *[Unit.ROW] * 6, Unit.SECTION]
    assert result.passages[1].breadcrumb == ("一、任务分工",)


def test_a_row_too_long_for_one_passage_keeps_its_headings_in_every_part() -> None:
    rows = [["序号", "事项名称", "依据"], ["1", "占道经营", "条文。" * 400], ["2", "乙", "丙"]]
    parts = [p for p in structured(Table(rows, sheet="清单")).passages if p.anchor == "r1.2"]
    assert len(parts) > 1
    assert [p.part for p in parts] == list(range(len(parts)))
    assert "".join(v for p in parts for n, v in p.fields if n == "依据") == "条文。" * 400
