"""Page furniture goes, broken sentences are joined, and a passage knows its pages."""

from assistant.corpus.remainder import Reason
from assistant.corpus.source import Paragraph, Source
from assistant.corpus.structure import Structured, parse


def structured(*paragraphs: Paragraph) -> Structured:
    return parse(Source("甲.pdf", "0", paragraphs), "d")


def test_a_sentence_broken_by_a_page_is_joined_and_spans_both_pages() -> None:
    result = structured(
        Paragraph("第一条 行政机关应当在作出行政处罚决定之前，告知当事人拟作出的", 1),
        Paragraph("— 1 —", 1),
        Paragraph("行政处罚内容及事实、理由、依据。", 2),
        Paragraph("第二条 本办法即日起施行。", 2),
    )
    assert result.passages[0].text.endswith("告知当事人拟作出的行政处罚内容及事实、理由、依据。")
    assert [p.pages for p in result.passages] == [(1, 2), (2, 2)]
    assert result.of(Reason.FURNITURE) == ["— 1 —"]


def test_a_running_head_that_the_reader_missed_is_removed() -> None:
    pages = [
        Paragraph(words, page)
        for page in (1, 2, 3, 4)
        for words in ("示范区人民政府文件汇编", f"第{'一二三四'[page - 1]}条 内容。", str(page))
    ]
    result = structured(*pages)
    assert [p.text for p in result.passages] == [f"第{n}条 内容。" for n in "一二三四"]
    assert len(result.of(Reason.FURNITURE)) == 8


def test_what_the_reader_calls_furniture_is_no_text() -> None:
    result = structured(Paragraph("内部资料", 1, furniture=True), Paragraph("一、内容。", 1))
    assert [p.text for p in result.passages] == ["一、内容。"]


def test_a_new_number_on_a_new_page_starts_a_passage() -> None:
    result = structured(Paragraph("一、总体要求", 1), Paragraph("二、主要任务", 2))
    assert [p.anchor for p in result.passages] == ["s1", "s2"]


def test_recognised_words_carry_the_lowest_confidence_of_their_lines() -> None:
    result = structured(
        Paragraph("第一条 内容。", 1, confidence=0.9), Paragraph("续。", 1, confidence=0.7)
    )
    assert result.passages[0].confidence == 0.7


def test_a_table_of_contents_is_no_text() -> None:
    result = structured(
        Paragraph("示范管理办法"),
        Paragraph("目　　录"),
        Paragraph("第一章　总则………………1"),
        Paragraph("第二章　附则………………2"),
        Paragraph("第一章　总则"),
        Paragraph("第一条　为了示范。"),
        Paragraph("第二章　附则"),
        Paragraph("第二条　即日起施行。"),
    )
    assert [p.anchor for p in result.passages] == ["a1", "a2"]
    assert len(result.of(Reason.CONTENTS)) == 3


def test_compatibility_characters_become_those_that_people_type() -> None:
    assert structured(Paragraph("⼀、⽤⼯\u00a0管理")).passages[0].text == "一、用工 管理"
