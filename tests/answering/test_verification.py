"""Single claims held against a real article."""

import pytest

from assistant.answering.claims import Bound, authorities, places, quantities, with_digits
from assistant.answering.generative_sentences import SentenceCutter
from assistant.answering.wording import compare


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("处二百元以下罚款", [(200, "元", Bound.DOWN)]),
        ("处2万元以上20万元以下罚款", [(20000, "元", Bound.UP), (200000, "元", Bound.DOWN)]),
        ("每日按百分之三加处", [(3, "%", Bound.NONE)]),
        ("不得少于两人", [(2, "人", Bound.UP)]),
        ("期限不得超过三十日", [(30, "日", Bound.DOWN)]),
        ("举行听证的七日前", [(7, "日", Bound.BEFORE)]),
        ("委托一至二人代理", [(1, "人", Bound.NONE), (2, "人", Bound.NONE)]),
        ("5个工作日内", [(5, "工作日", Bound.DOWN)]),
        ("第六十三条第一款统一办理", []),
    ],
)
def test_numbers_are_read_with_unit_and_side(
    text: str, found: list[tuple[int, str, Bound]]
) -> None:
    assert [(int(q.value), q.unit, q.bound) for q in quantities(text)] == found


def test_an_article_is_read_with_title_paragraph_and_item() -> None:
    (place,) = places("依据《行政处罚法》第六十三条第一款第（二）项")
    assert (place.title, place.article, place.paragraph, place.item) == ("行政处罚法", "63", 1, 2)


def test_numerals_compare_alike_in_both_scripts() -> None:
    assert with_digits("十五日内缴纳百分之三") == "15日内缴纳3%"


def test_rank_and_office_of_an_authority_are_read() -> None:
    assert authorities("向上一级人民法院申请") == ["上一级", "人民法院"]


@pytest.mark.parametrize(
    ("sentence", "changed", "turned"),
    [
        ("行政机关应当组织听证", False, False),
        ("行政机关可以组织听证", True, False),
        ("行政机关无需组织听证", True, False),
        ("当事人不承担听证的费用", False, False),
        ("当事人承担听证的费用", False, True),
    ],
)
def test_a_changed_duty_or_denial_is_seen(sentence: str, changed: bool, turned: bool) -> None:
    passage = "当事人要求听证的，行政机关应当组织听证。\n当事人不承担行政机关组织听证的费用。"
    likeness = compare(sentence, passage, "")
    assert (likeness.duty_changed, likeness.turned) == (changed, turned)


@pytest.mark.parametrize(
    ("sentence", "changed", "turned"),
    [
        ("催告后仍未履行的，行政机关可以申请强制执行", False, False),
        ("催告后仍未履行的，行政机关必须申请强制执行", True, False),
        ("没有执行权的行政机关可以申请强制执行", False, False),
        ("申请期间，加处的罚款不予计算", False, False),
        ("申请期间，加处的罚款给予计算", False, True),
        ("不能自行清除的，行政机关可以决定代履行", False, False),
        ("不能自行清除的，行政机关应当决定代履行", True, False),
    ],
)
def test_a_clause_is_held_against_the_clause_that_says_the_same(
    sentence: str, changed: bool, turned: bool
) -> None:
    passage = (
        "行政机关申请强制执行前，应当催告当事人。催告后仍未履行的，没有行政执行权的行政机关"
        "可以申请强制执行。\n申请期间，加处的罚款不予计算。\n需要立即清除，"
        "当事人不能自行清除的，行政机关可以决定代履行。"
    )
    likeness = compare(sentence, passage, "")
    assert (likeness.duty_changed, likeness.turned) == (changed, turned)


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_sentences_come_out_alike_however_the_words_arrive(size: int) -> None:
    words = "<think>先想一想。</think>- 应当告知[1]，并听取意见【2】。\n不得加重处罚。[1][3]未完"
    cutter = SentenceCutter()
    found = [
        sentence
        for start in range(0, len(words), size)
        for sentence in cutter.feed(words[start : start + size])
    ]
    found += cutter.close()
    assert [(sentence.text, sentence.cited) for sentence in found] == [
        ("应当告知，并听取意见。", (1, 2)),
        ("不得加重处罚。", (1, 3)),
        ("未完", ()),
    ]
