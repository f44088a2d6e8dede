"""Measures in a question are compared with those of the answer, however they are written."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rules import DOCUMENT, passage

from assistant.answering.differences import contradiction
from assistant.answering.draft import Draft
from assistant.answering.layout import lay_out
from assistant.corpus import Validity
from assistant.retrieval import Evidence


def draft_of(text: str) -> Draft:
    draft = Draft()
    article = passage(text)
    evidence = Evidence(DOCUMENT, article, 1.0, (), Validity.IN_FORCE)
    draft.say(lay_out(article).pieces, evidence)
    return draft


def test_a_stated_share_is_compared_with_the_rule() -> None:
    said = contradiction("加处罚款是每天百分之五，对吧？", draft_of("每日按百分之三加处罚款。"))
    assert "“百分之五”与所引条文不一致" in said[0]


def test_one_spelling_of_a_number_bears_out_the_other() -> None:
    assert contradiction("是3日内送达，对吧？", draft_of("应当在三日内送达。")) == ()


@settings(deadline=None)
@given(st.text("百分之十零两万三5日元以下内年的", max_size=30))
def test_no_figure_breaks_the_comparison(figures: str) -> None:
    contradiction(f"罚{figures}，对吧？", draft_of(f"处{figures}罚款。"))
