"""What a user gets for a question over the corpus that ships with the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.answering import Outcome, Role
from assistant.answering.export import to_markdown
from assistant.evaluation import load_questions

if TYPE_CHECKING:
    from assistant.answering import Answer, Assistant

QUESTIONS = Path(__file__).parents[2] / "benchmarks/questions/default.jsonl"
TODAY = date(2026, 11, 24)


def lead_of(answer: Answer) -> str:
    return "".join(sentence.text for sentence in answer.lead)


def test_the_first_sentence_answers(assistant: Assistant) -> None:
    answer = assistant.ask("查封最长几天？", day=TODAY)
    assert answer.lead[0].text.startswith("查封、扣押的期限不得超过三十日")
    assert answer.citations[0].official == "《中华人民共和国行政强制法》第二十五条第一款"


def test_a_list_is_shown_line_by_line(assistant: Assistant) -> None:
    answer = assistant.ask("哪些行政处罚决定作出前必须经过法制审核？", day=TODAY)
    assert [sentence.text[:3] for sentence in answer.lead[1:5]] == [
        "（一）", "（二）", "（三）", "（四）",
    ]  # fmt: skip


def test_exceptions_and_neighbours_follow(assistant: Assistant) -> None:
    answer = assistant.ask("查封最长几天？", day=TODAY)
    assert {sentence.role for sentence in answer.further} & {Role.EXCEPTION, Role.NEIGHBOUR}
    numbers = {citation.number for citation in answer.citations}
    assert all(set(sentence.citations) <= numbers for sentence in answer.further)


def test_every_sentence_stands_in_the_passage_it_cites(assistant: Assistant) -> None:
    for question in load_questions(QUESTIONS):
        answer = assistant.ask(question.question, day=TODAY)
        words = {citation.number: citation.passage.text for citation in answer.citations}
        for sentence in (*answer.lead, *answer.further):
            if sentence.role is Role.NOTE or answer.table is not None:
                continue
            assert sentence.citations
            assert all(sentence.text in words[number] for number in sentence.citations)


def test_an_item_named_is_quoted_with_the_words_before_it(assistant: Assistant) -> None:
    answer = assistant.ask("处罚法63条第一款第二项", day=TODAY)
    assert answer.citations[0].official == "《中华人民共和国行政处罚法》第六十三条第一款第（二）项"
    assert [sentence.text[:3] for sentence in answer.lead][1:] == ["（二）"]


def test_a_paragraph_that_an_article_lacks_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("处罚法六十三条第九项", day=TODAY)
    assert answer.outcome is Outcome.PARTIAL
    assert "没有第（九）项" in answer.missing[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("《行政处罚法》第二百条怎么规定？", "（共八十六条）没有第二百条"),
        ("《城市夜市管理法》对摆摊怎么规定？", "没有收录《城市夜市管理法》"),
        ("民法典规定的离婚冷静期是几天？", "没有收录《民法典》"),
        ("第十二条怎么规定？", "没有写明“第十二条”属于哪部法律"),
        ("日本乱扔垃圾罚多少钱？", "没有日本的规定"),
        ("实施方案第九部分讲了什么？", "（共六部分）没有第九部分"),
        ("行政处罚法第十五章规定了什么？", "（共八章）没有第十五章"),
        ("示范区司法局的办公电话是多少？", "没有写明所问的电话号码"),
        ("驾照考试怎么收费？", "没有写明所问的收费标准"),
        ("街道清单第500项", "（2026年修订）》（共90项）没有第500项"),
    ],
)
def test_what_is_not_held_is_refused_by_name(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = assistant.ask(question, day=TODAY)
    assert answer.outcome is Outcome.REFUSED
    assert words in lead_of(answer)
    assert all(not sentence.citations for sentence in answer.lead)


def test_an_outside_question_is_refused_with_the_nearest_sources(assistant: Assistant) -> None:
    answer = assistant.ask("怎么做红烧肉？", day=TODAY)
    assert answer.outcome is Outcome.REFUSED
    assert answer.citations


def test_a_repealed_law_is_warned_of_and_its_repeal_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("《噪声污染防治法》第八十二条还能用来处罚吗？", day=TODAY)
    assert any("已废止" in warning for warning in answer.warnings)
    assert "同时废止" in lead_of(answer)


def test_the_law_of_another_day_is_applied_and_the_rule_on_versions_quoted(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("2026年7月1日广场舞扰民，当时怎么罚？", day=TODAY)
    assert answer.day == date(2026, 7, 1)
    version = [sentence for sentence in answer.further if sentence.role is Role.VERSION]
    cited = {c.number: c.official for c in answer.citations}
    assert "行政处罚法》第三十七条" in cited[version[0].citations[0]]
    assert not any("生态环境法典" in c.document.title for c in answer.citations)


def test_a_revised_text_says_its_own_first_day(assistant: Assistant) -> None:
    answer = assistant.ask("新修订的农业法什么时候施行？", day=TODAY)
    assert "2027年1月1日" in lead_of(answer)
    assert any("尚未生效" in warning for warning in answer.warnings)


def test_a_row_of_a_table_is_quoted_with_the_names_of_its_columns(assistant: Assistant) -> None:
    answer = assistant.ask("片区指导中，沿河片区由哪个部门牵头？", day=TODAY)
    assert answer.lead[0].text.startswith("片区 | ")
    assert "区农业农村局" in answer.lead[1].text


def test_a_matter_asked_for_two_tiers_is_not_answered_for_one(assistant: Assistant) -> None:
    answer = assistant.ask("占用城市道路堆放物品，镇能不能管？那街道呢？", day=TODAY)
    assert "镇不在承接范围内，街道可以行使" in lead_of(answer)


def test_a_row_asked_for_after_another_is_of_the_same_list(assistant: Assistant) -> None:
    first = assistant.ask("镇清单第12项是什么？", day=TODAY)
    second = assistant.ask("那第13项呢？", day=TODAY, history=[first])
    assert second.citations[0].official == "《示范区镇综合执法事项清单（2026年修订）》第13项"


def test_a_cited_row_leaves_the_page_with_its_official_citation(assistant: Assistant) -> None:
    text = to_markdown([assistant.ask("镇清单12项", day=TODAY)], TODAY)
    assert "1. 《示范区镇综合执法事项清单（2026年修订）》第12项" in text


def test_one_passage_leads_and_neighbours_are_told_apart(assistant: Assistant) -> None:
    answer = assistant.ask("查封最长几天？", day=TODAY)
    assert {number for sentence in answer.lead for number in sentence.citations} == {1}
    others = {n for s in answer.further if s.role is Role.RELATED for n in s.citations}
    assert 1 not in others


def test_repealed_words_are_shown_but_do_not_answer(assistant: Assistant) -> None:
    answer = assistant.ask("现在还能按《噪声污染防治法》第八十二条处罚吗？", day=TODAY)
    old = [c.number for c in answer.citations if "噪声污染防治法" in c.document.title]
    assert old
    assert not any(number in sentence.citations for sentence in answer.lead for number in old)


def test_a_stated_figure_that_the_law_does_not_bear_out_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("查封期限是六十天，对吧？", day=TODAY)
    assert "“六十天”与所引条文不一致" in answer.differences[0]


def test_a_follow_up_leans_on_the_question_before(assistant: Assistant) -> None:
    first = assistant.ask("查封最长几天？", day=TODAY)
    second = assistant.ask("第二款呢？", day=TODAY, history=[first])
    assert second.understood
    assert second.citations[0].official == "《中华人民共和国行政强制法》第二十五条第二款"


def test_a_short_question_carries_the_topic_over(assistant: Assistant) -> None:
    first = assistant.ask("行政处罚听证怎么申请？", day=TODAY)
    second = assistant.ask("费用谁承担？", day=TODAY, history=[first])
    assert second.understood == "行政处罚听证 费用谁承担？"
    assert any("第六十四条" in citation.official for citation in second.citations)


def test_a_new_topic_leans_on_nothing(assistant: Assistant) -> None:
    first = assistant.ask("查封最长几天？", day=TODAY)
    second = assistant.ask("处罚法63条", day=TODAY, history=[first])
    assert second.understood == ""


def test_an_empty_question_asks_for_one(assistant: Assistant) -> None:
    assert assistant.ask("  ").outcome is Outcome.REFUSED
