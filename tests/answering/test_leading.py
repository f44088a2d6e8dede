"""Which words lead: what a figure belongs to, and the kind of party asked about."""

from assistant.answering.asked import asks_of
from assistant.answering.leading import Sought, bound_share
from assistant.answering.particulars import unstated_particular
from assistant.index.lexical import tokens

QUESTION = "扣押可以延长多少天？"
SOUGHT = Sought(QUESTION, asks_of(QUESTION), dict.fromkeys(tokens("扣押延长"), 1.0), ())


def test_a_period_answers_for_the_words_of_its_own_clause() -> None:
    near = "扣押的期限经批准可以延长三十日。"
    far = "扣押可以延长，应当书面告知当事人，并且说明理由。复议申请应当自告知之日起，六十日内提出。"
    assert bound_share(SOUGHT, near) > bound_share(SOUGHT, far)


def test_words_without_the_figure_asked_for_bind_nothing() -> None:
    assert bound_share(SOUGHT, "扣押的期限可以延长。") == 0.0


def test_a_particular_is_answered_only_where_a_source_states_it() -> None:
    assert unstated_particular("投诉电话是多少？", ["区司法局受理投诉。"]) == "电话号码"
    assert unstated_particular("投诉电话是多少？", ["投诉电话：0571-12345678"]) == ""
    assert unstated_particular("几天内答复投诉？", ["应当在七日内答复。"]) == ""
