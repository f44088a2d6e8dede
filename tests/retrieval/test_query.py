"""What a question asks for, beyond its words."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.corpus import DocumentKind
from assistant.corpus.law_pack import LawPackReader
from assistant.retrieval import Names, Tier
from assistant.retrieval.dates import day_of
from assistant.retrieval.followup import leans, standalone
from assistant.retrieval.query import understand
from assistant.settings import LawPack

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(source.document for source in LawPackReader().documents(LawPack.ENFORCEMENT))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年8月1日的行为怎么罚？", date(2026, 8, 1)),
        ("2020-05-03 发生的违法建设", date(2020, 5, 3)),
        ("二〇二〇年五月一日", date(2020, 5, 1)),
        ("2020年时怎么规定？", date(2020, 7, 1)),
        ("2020年2月倾倒的", date(2020, 2, 15)),
        ("去年的事", date(2025, 7, 1)),
        ("2年前倾倒的垃圾", date(2024, 11, 24)),
        ("昨天查封的", date(2026, 11, 23)),
    ],
)
def test_the_day_of_the_act_is_read(text: str, day: date) -> None:
    assert day_of(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "现在怎么罚？",
        "行政处罚法2021年修订后有什么变化",
        "《2023年度执法情况报告》",
        "示办发〔2026〕7号是什么文件",
        "两年内没发现的违法行为还罚吗",
        "自2026年8月15日起施行的是哪部法典",
    ],
)
def test_other_years_are_not_the_day_of_an_act(text: str) -> None:
    assert day_of(text, TODAY) is None


@example("〇十年前")
@given(st.text(alphabet="0123456789年月日前去.-/〇一二三十号半个 ", max_size=30))
def test_any_text_has_a_day_or_none(text: str) -> None:
    assert day_of(text, TODAY) is None or isinstance(day_of(text, TODAY), date)


def test_numerals_that_make_no_number_cite_nothing(names: Names) -> None:
    query = understand("第〇十款呢？", names, TODAY, ["行政处罚法第六十三条"])
    assert query.cited == ()


@pytest.mark.parametrize("question", ["那扣押呢？", "它的期限是多久？", "为什么？", "第二款呢？"])
def test_a_question_that_leans_is_joined_to_the_one_before(question: str) -> None:
    assert standalone(question, ["查封最长几天？"]) == f"查封最长几天 {question}"


def test_leaning_goes_back_as_far_as_needed() -> None:
    assert standalone("那能延长吗？", ["查封最长几天？", "那扣押呢？"]).startswith("查封最长几天")


@pytest.mark.parametrize(
    "question", ["听证要提前几天通知？", "其他行政处罚有哪些？", "罚款多少要听证？"]
)
def test_a_question_that_stands_alone_stays_as_it_is(question: str) -> None:
    assert not leans(question)
    assert standalone(question, ["查封最长几天？"]) == question


def test_a_paragraph_alone_belongs_to_the_article_cited_before(names: Names) -> None:
    (place,) = understand("第二款呢？", names, TODAY, ["处罚法63条怎么说？"]).cited
    assert (place.document.short_title, place.anchor, place.paragraph) == ("行政处罚法", "a63", 2)


def test_an_article_alone_belongs_to_the_law_named_before(names: Names) -> None:
    (place,) = understand("那第64条呢？", names, TODAY, ["处罚法63条怎么说？"]).cited
    assert (place.document.short_title, place.anchor) == ("行政处罚法", "a64")


def test_tiers_and_kinds_of_document_are_read(names: Names) -> None:
    query = understand("街道综合执法事项清单里有油烟吗？", names, TODAY)
    assert query.tiers == (Tier.STREET,)
    assert query.kinds == (DocumentKind.ITEM_LIST,)
    assert understand("城镇燃气谁管？", names, TODAY).tiers == ()
