"""What a search finds, in which order, and why."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.corpus import DocumentKind, Validity
from assistant.index import OpenedIndex
from assistant.retrieval import Evidence, Filters, HybridRetriever, Reason, Searcher
from assistant.retrieval.scope import may_be_found

NOW = date(2026, 11, 1)
BEFORE_THE_CODE = date(2026, 7, 1)
RULES = """示例区户外设施管理办法

第一条 为了规范本区户外设施的设置，制定本办法。
第二条 设置户外设施应当向区城市管理部门申请，经批准后方可设置。
第三条 未经批准设置户外设施的，责令限期拆除；逾期不拆除的，处一千元以下罚款。
第四条 有前条规定的违法行为，主动拆除并消除影响的，可以减轻处罚。
第五条 违反本办法第二条规定，情节严重的，移送有关部门处理。
"""
NewIndex = Callable[..., OpenedIndex]


@pytest.fixture(scope="module")
def searcher(default_index: OpenedIndex) -> Searcher:
    return Searcher(default_index)


@pytest.fixture
def rules(small_index: NewIndex) -> Searcher:
    return Searcher(small_index({"示例区户外设施管理办法.txt": RULES}))


def _labels(found: list[Evidence]) -> list[str]:
    return [f"{item.document.short_title}{item.passage.label}" for item in found]


def _reasons(item: Evidence) -> set[Reason]:
    return {finding.reason for finding in item.findings}


@pytest.mark.parametrize(
    ("question", "governs"),
    [
        ("扣押的东西最长能扣多久？", "行政强制法第二十五条"),
        ("罚款多少要听证？", "行政处罚法第六十三条"),
        ("同一件事能不能罚两次钱？", "行政处罚法第二十九条"),
        ("当场处罚对个人最多能罚多少钱？", "行政处罚法第五十一条"),
    ],
)
def test_everyday_questions_find_the_governing_article(
    searcher: Searcher, question: str, governs: str
) -> None:
    assert governs in _labels(searcher.search(question, count=5, day=NOW))


def test_a_cited_article_comes_first(searcher: Searcher) -> None:
    first = searcher.search("处罚法63条怎么规定听证？", day=NOW)[0]
    assert (first.document.short_title, first.passage.label) == ("行政处罚法", "第六十三条")
    assert _reasons(first) == {Reason.EXACT}


def test_repealed_text_is_not_found_but_was_on_an_earlier_day(searcher: Searcher) -> None:
    question = "建筑施工噪声扰民怎么处罚？"
    today = searcher.search(question, count=20, day=NOW)
    before = searcher.search(question, count=20, day=BEFORE_THE_CODE)
    assert all(may_be_found(item.document, NOW) for item in today)
    assert "噪声污染防治法" not in {item.document.short_title for item in today}
    assert "噪声污染防治法" in {item.document.short_title for item in before}


def test_the_day_may_stand_in_the_question(searcher: Searcher) -> None:
    found = searcher.search("2026年7月1日建筑施工噪声扰民怎么处罚？", count=20, day=NOW)
    assert "噪声污染防治法" in {item.document.short_title for item in found}


def test_a_cited_repealed_article_brings_what_replaces_it(searcher: Searcher) -> None:
    cited, replacement = searcher.search("《噪声污染防治法》第八十二条", day=NOW)[:2]
    assert cited.validity is Validity.REPEALED
    assert _reasons(replacement) == {Reason.REPLACEMENT}
    assert replacement.document.short_title == "生态环境法典"
    assert replacement.referred_by == cited.passage.citation_id


def test_an_article_is_listed_once(searcher: Searcher) -> None:
    found = searcher.search("行政处罚的程序", count=50, day=NOW)
    cited = [item.passage.citation_id for item in found if not item.referred_by]
    assert len(cited) == len(set(cited))


def test_the_bureaus_own_rule_is_not_crowded_out(searcher: Searcher) -> None:
    found = searcher.search("行政处罚决定法制审核要审哪些内容？", count=5, day=NOW)
    assert any(item.document.kind is not DocumentKind.STATUTE for item in found[:5])


def test_filters_bound_what_is_found(searcher: Searcher) -> None:
    question = "行政处罚听证"
    plans = searcher.search(question, day=NOW, filters=Filters(kinds=(DocumentKind.PLAN,)))
    law = searcher.search(question, day=NOW, filters=Filters(documents=("行政强制法",)))
    none = searcher.search(question, day=NOW, filters=Filters(authorities=("月球管理局",)))
    own = [item for item in plans if not item.referred_by]
    assert own and {item.document.kind for item in own} == {DocumentKind.PLAN}
    assert {i.document.short_title for i in law if not i.referred_by} == {"行政强制法"}
    assert none == []


def test_a_follow_up_leans_on_the_question_before(searcher: Searcher) -> None:
    query = searcher.understand("那期限可以延长吗？", NOW, ["扣押的东西最长能扣多久？"])
    assert "行政强制法第二十五条" in _labels(searcher.search(query, count=5))


def test_references_are_followed_one_step_and_shown_as_such(rules: Searcher) -> None:
    found = rules.search("主动拆除可以减轻处罚吗", count=1)
    followed = [item for item in found if Reason.REFERENCE in _reasons(item)]
    assert found[0].passage.label == "第四条"
    assert [item.passage.label for item in followed] == ["第三条"]
    assert followed[0].referred_by == found[0].passage.citation_id


def test_what_was_found_anyway_is_not_repeated_as_a_reference(rules: Searcher) -> None:
    labels = [item.passage.label for item in rules.search("户外设施", count=10)]
    assert len(labels) == len(set(labels)) == 5


def test_a_question_without_any_known_word_finds_something_or_nothing(rules: Searcher) -> None:
    assert isinstance(rules.search("zzz ???"), list)


def test_an_empty_index_finds_nothing(small_index: NewIndex) -> None:
    assert Searcher(small_index()).search("罚款多少要听证？") == []


def test_llama_index_sees_words_labels_and_reasons(rules: Searcher) -> None:
    nodes = HybridRetriever(rules, count=2).retrieve("未经批准设置户外设施怎么处罚？")
    assert nodes[0].node.metadata["label"] == "第三条"
    assert "限期拆除" in nodes[0].node.get_content()
    assert nodes[0].node.metadata["found_by"]
