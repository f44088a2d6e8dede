"""What a document says about itself is read; the rest stays unknown."""

from datetime import date

import pytest

from assistant.corpus import Document, DocumentKind, Level, Validity
from assistant.corpus.metadata import read_metadata, title_in_name
from assistant.corpus.source import Block, Paragraph, Source, Table
from assistant.corpus.structure import parse


def document(*lines: str | Block, origin: str = "甲.txt") -> Document:
    blocks = [Paragraph(line) if isinstance(line, str) else line for line in lines]
    source = Source(origin, "0", blocks)
    return read_metadata(source, parse(source, "d"), "d", "0")


def test_a_local_regulation_knows_its_congress_and_its_amendment() -> None:
    read = document(
        "示范市消防条例",
        "1998年3月28日 示范市第一届人民代表大会常务委员会第八次会议通过",
        "2013年11月29日 示范市第四届人民代表大会常务委员会第六次会议修订",
        "第一条 为了消防，制定本条例。",
        "第二条 本条例自1998年7月1日起施行。",
        origin="示范市消防条例(2013-11-30).md",
    )
    assert (read.kind, read.level) == (DocumentKind.REGULATION, Level.LOCAL_REGULATION)
    assert read.authority == "示范市人民代表大会常务委员会"
    assert read.published == date(1998, 3, 28)
    assert read.version == read.effective == date(2013, 11, 30)
    assert read.validity is Validity.IN_FORCE
    assert read.evidence.startswith("第二条载明自1998-07-01起施行")


def test_an_order_gives_number_publication_and_first_day() -> None:
    read = document(
        "中华人民共和国国务院令",
        "第999号",
        "《示范管理条例》已经2024年1月5日国务院第20次常务会议通过，现予公布，自2024年5月1日起施行。",
        "总理 某某",
        "2024年1月20日",
        "示范管理条例",
        "第一条 为了示范，制定本条例。",
    )
    assert (read.title, read.number) == ("示范管理条例", "国务院令第999号")
    assert (read.authority, read.level) == ("国务院", Level.ADMINISTRATIVE_REGULATION)
    assert (read.published, read.effective) == (date(2024, 1, 20), date(2024, 5, 1))


NOTICE = (
    "特急",
    "示范区人民政府办公室文件",
    "示范府办发〔2023〕74号",
    "示范区人民政府办公室",
    "关于印发《示范区案件移送工作制度》的通知",
    "各镇人民政府，各街道办事处，有关单位：",
    "现将《示范区案件移送工作制度》印发给你们，请认真贯彻执行。",
    "附件：1.移送清单",
    "2.移送文书",
    "示范区人民政府办公室",
    "2023年8月1日",
    "（此件公开发布）",
    "示范区案件移送工作制度",
    "第一条 为了规范移送，制定本制度。",
    "第二条 本制度自印发之日起施行。《旧制度》自2020年1月1日起施行。",
    "附件1",
    "移送清单",
    "一、涉嫌犯罪的案件；",
    "抄送：区委办公室。",
    "示范区人民政府办公室 2023年8月1日印发",
)


def test_a_covering_notice_gives_its_number_to_the_text_that_it_issues() -> None:
    read = document(*NOTICE)
    assert (read.title, read.kind) == ("示范区案件移送工作制度", DocumentKind.WORK_SYSTEM)
    assert (read.number, read.authority) == ("示范府办发〔2023〕74号", "示范区人民政府办公室")
    assert read.published == read.effective == date(2023, 8, 1)


def test_a_covering_notice_leaves_the_articles_their_addresses() -> None:
    source = Source("甲.txt", "0", [Paragraph(line) for line in NOTICE])
    result = parse(source, "d")
    assert [p.anchor for p in result.passages] == ["p", "a1", "a2", "f1.s1"]
    assert result.passages[3].breadcrumb == ("附件1 移送清单",)


@pytest.mark.parametrize(
    "number",
    [
        "示范府办发〔2023〕74号",
        "示范府办发[2023]74号",
        "示范府办发【2023】74号",
        "示范府办发（2023）74号",
        "示范府办发〔2023〕第74号",
        "示范府办发﹝2023﹞ 74 号",
    ],
)
def test_document_numbers_are_read_in_every_bracket(number: str) -> None:
    read = document("关于开展检查的通知", number, "请各单位开展检查。")
    assert read.number == number.replace(" ", "")


def test_the_head_of_a_list_and_the_sample_mark_are_read() -> None:
    head = "公布单位：示范区人民政府办公室  文号：示范府办发〔2026〕23号  公布日期：2026年9月10日"
    rows = [
        ["示范镇综合执法事项清单"] * 3,
        ["（示范文本）"] * 3,
        [head] * 3,
        ["序号", "事项名称", "原行使部门"],
        ["1", "占道经营", "城管局"],
        ["2", "毁坏绿地", "城管局"],
    ]
    read = document(Table(rows, sheet="清单"), origin="清单.xlsx")
    assert (read.title, read.kind) == ("示范镇综合执法事项清单", DocumentKind.ITEM_LIST)
    assert (read.authority, read.number) == ("示范区人民政府办公室", "示范府办发〔2026〕23号")
    assert (read.published, read.sample) == (date(2026, 9, 10), True)


def test_another_texts_first_day_is_not_taken_for_its_own() -> None:
    read = document("关于学习的通知", "《示范法》自2026年8月15日起施行，请组织学习。")
    assert read.effective is None
    assert read.validity is Validity.UNKNOWN


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("市容管理条例_20200101", "市容管理条例"),
        ("示范市消防条例(2013-11-30)", "示范市消防条例"),
        ("《示范市消防条例》（2013年11月30日）", "示范市消防条例"),
        ("实施方案（示范文本）", "实施方案"),
        ("实施方案 - 副本", "实施方案"),
        ("实施方案 (1)", "实施方案"),
        ("工作制度（试行）", "工作制度（试行）"),
    ],
)
def test_the_title_is_found_in_file_names(name: str, title: str) -> None:
    assert title_in_name(name) == title
