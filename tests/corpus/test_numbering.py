"""Numbers at the start of lines are read as what they are, and only where they order a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.numbering import Style, read_marker
from assistant.corpus.numerals import to_chinese, to_int


@given(st.integers(min_value=0, max_value=9999))
def test_a_numeral_reads_back_as_the_number_it_was_written_for(number: int) -> None:
    assert to_int(to_chinese(number)) == number
    assert to_int(str(number)) == number


@given(st.integers(min_value=1, max_value=1300), st.integers(min_value=0, max_value=12))
def test_every_article_number_is_read_in_both_scripts(number: int, suffix: int) -> None:
    behind = f"之{to_chinese(suffix)}" if suffix else ""
    for numeral in (to_chinese(number), str(number)):
        marker = read_marker(f"第{numeral}条{behind} 为了示范，制定本条例。")
        assert marker is not None
        assert (marker.style, marker.number, marker.suffix) == (Style.ARTICLE, number, suffix)
        assert marker.label == f"第{numeral}条{behind}"


@pytest.mark.parametrize(
    ("line", "style", "number", "label"),
    [
        ("第一编 总则", Style.BOOK, 1, "第一编"),
        ("第二分编 典型合同", Style.SUBBOOK, 2, "第二分编"),
        ("第十章 附 则", Style.CHAPTER, 10, "第十章"),
        ("第3节 检查", Style.SECTION, 3, "第3节"),
        ("附 则", Style.CHAPTER, 0, "附则"),
        ("第十五 条工商部门应当检查。", Style.ARTICLE, 15, "第十五条"),
        ("一、总体要求", Style.ENUMERATED, 1, "一、"),
        ("十二、附则", Style.ENUMERATED, 12, "十二、"),
        ("（三）加强领导。", Style.BRACKETED, 3, "（三）"),
        ("(十一)其他情形。", Style.BRACKETED, 11, "(十一)"),
        ("2.编制清单；", Style.ARABIC, 2, "2."),
        ("2．编制清单；", Style.ARABIC, 2, "2．"),
        ("（4）表格。", Style.ARABIC_BRACKETED, 4, "（4）"),
        ("③照片。", Style.CIRCLED, 3, "③"),
        ("1.2 工作原则", Style.DECIMAL, 2, "1.2"),
        ("1 总则", Style.DECIMAL, 1, "1"),
    ],
)
def test_every_numbering_of_official_texts_is_known(
    line: str, style: Style, number: int, label: str
) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.style, marker.number, marker.label) == (style, number, label)


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的登记，每年一次。",
        "第五条、第六条所列情形除外。",
        "第三章所称物业，是指房屋及其配套设施。",
        "第一次修正",
        "2023年，我局开展检查。",
        "3.5米以上的广告牌应当审批。",
        "一是健全制度。",
        "十字路口不得停车。",
        "附图中不应当含有其他注释。",
        "（2020年5月1日通过）",
        "108项事项已经下放。",
    ],
)
def test_numbers_that_order_nothing_are_no_markers(line: str) -> None:
    assert read_marker(line) is None
