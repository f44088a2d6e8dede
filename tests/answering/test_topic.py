"""Small talk is turned away, however close to an article its words may lie."""

import pytest

from assistant.answering import Assistant, Outcome


@pytest.mark.parametrize(
    "question",
    ["明天去火星的船票多少钱？", "今天天气怎么样？", "怎么做红烧肉？", "推荐一部好看的小说"],
)
def test_an_everyday_question_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).outcome is Outcome.REFUSED


@pytest.mark.parametrize("question", ["查封最长几天？", "罚款多少要听证？", "执法要几个人去？"])
def test_a_short_question_of_the_field_is_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).outcome is Outcome.ANSWERED
