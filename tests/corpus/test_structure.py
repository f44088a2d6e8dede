"""A text is cut where its own numbers say, and every word is accounted for."""

from assistant.corpus import Unit
from assistant.corpus.remainder import Reason
from assistant.corpus.source import Block, Paragraph, Source, Table
from assistant.corpus.structure import Structured, parse


def structured(*lines: str | Block) -> Structured:
    blocks = [Paragraph(line) if isinstance(line, str) else line for line in lines]
    return parse(Source("甲.txt", "0", blocks), "d")


def anchors(result: Structured) -> list[str]:
    return [passage.anchor for passage in result.passages]


REGULATION = (
    "示范市养犬管理条例",
    "（2020年5月1日示范市第五届人民代表大会常务委员会第十次会议通过 根据2023年6月1日修正）",
    "第一章　总　则",
    "第一条　为了规范养犬行为，制定本条例。",
    "第二条　本条例所称养犬，是指下列情形：",
    "（一）个人养犬；",
    "（二）单位养犬。",
    "第二章　登　记",
    "第三条　养犬应当登记。",
    "第三条规定的登记，每年一次。",
    "第三条之一　登记不收费。",
    "第四条　本条例自2020年8月1日起施行。",
)


def test_each_article_is_a_passage_under_its_chapter() -> None:
    result = structured(*REGULATION)
    assert anchors(result) == ["a1", "a2", "a3", "a3-1", "a4"]
    assert [p.label for p in result.passages][3] == "第三条之一"
    assert result.passages[0].breadcrumb == ("第一章 总则",)
    assert result.passages[4].breadcrumb == ("第二章 登记",)
    assert all(p.unit is Unit.ARTICLE for p in result.passages)


def test_items_and_mentions_of_articles_stay_in_their_article() -> None:
    result = structured(*REGULATION)
    assert result.passages[1].text.endswith("：\n（一）个人养犬；\n（二）单位养犬。")
    assert result.passages[2].text.endswith("\n第三条规定的登记，每年一次。")


def test_title_notes_and_chapter_headings_are_explained() -> None:
    result = structured(*REGULATION)
    assert result.title == "示范市养犬管理条例"
    assert len(result.of(Reason.PROMULGATION)) == 1
    assert result.of(Reason.HEADING) == ["第一章 总则", "第二章 登记"]


def test_a_plan_is_cut_at_its_second_level() -> None:
    result = structured(
        "示范区改革实施方案",
        "为了做好改革工作，制定本方案。",
        "一、总体要求",
        "坚持依法行政。",
        "二、主要任务",
        "（一）明确事项。编制清单，做到：",
        "1.按类别编；",
        "2.按部门编。",
        "（二）充实力量。",
    )
    assert anchors(result) == ["p", "s1", "s2.1", "s2.2"]
    assert result.passages[2].label == "二、（一）"
    assert result.passages[2].breadcrumb == ("二、主要任务",)
    assert result.passages[2].text.endswith("2.按部门编。")


def test_a_section_may_start_with_a_year() -> None:
    result = structured(
        "示范局关于2023年工作的报告",
        "一、2023年工作开展情况",
        "（一）开展培训",
        "培训执法人员。",
        "二、2024年工作打算",
        "（一）继续培训",
        "再次培训执法人员。",
    )
    assert anchors(result) == ["s1.1", "s2.1"]


def test_a_list_introduced_by_a_sentence_stays_together() -> None:
    result = structured(
        "一、下列行为应当处罚：",
        "（一）乱倒垃圾的；",
        "（二）乱贴广告的。",
        "二、本规定即日起施行。",
    )
    assert anchors(result) == ["s1", "s2"]


def test_the_signature_is_no_passage() -> None:
    result = structured(
        "关于开展检查的通知",
        "各镇人民政府：",
        "现将检查事项通知如下，请认真执行。",
        "示范区司法局",
        "2026年3月1日",
    )
    assert anchors(result) == ["full"]
    assert result.of(Reason.ADDRESSEE) == ["各镇人民政府："]
    assert result.of(Reason.SIGNATURE) == ["示范区司法局", "2026年3月1日"]


def test_a_text_of_nothing_but_names_is_kept() -> None:
    result = structured("示范区司法局", "示范区城市管理局")
    assert [(p.anchor, p.text) for p in result.passages] == [
        ("full", "示范区司法局\n示范区城市管理局")
    ]


def test_each_row_of_an_item_list_is_a_passage_with_its_fields() -> None:
    rows = [
        ["示范镇事项清单"] * 3,
        ["序号", "事项名称", "部门"],
        ["1", "占道经营", "城管"],
        ["2", "毁绿", "城管"],
    ]
    result = structured(Table(rows, sheet="镇清单"))
    assert result.title == "示范镇事项清单"
    assert [(p.anchor, p.label, p.cell) for p in result.passages] == [
        ("r1.3", "第1项", "镇清单!第3行"),
        ("r1.4", "第2项", "镇清单!第4行"),
    ]
    assert result.passages[0].fields == (("序号", "1"), ("事项名称", "占道经营"), ("部门", "城管"))
