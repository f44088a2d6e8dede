"""Asking whether a text has a term gives what listing all its terms gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.lexical import Terms, tokens

TEXTS = st.text(
    st.sampled_from("罚款听证6３aＡ（）⽂⽔㈠﨑 ，、。") | st.characters(exclude_categories=["Cs"]),
    max_size=30,
)


@given(TEXTS, TEXTS)
def test_a_text_has_exactly_its_terms(text: str, asked: str) -> None:
    present = set(tokens(text))
    assert [term in Terms(text) for term in tokens(asked)] == [
        term in present for term in tokens(asked)
    ]
    assert all(term in Terms(text) for term in present)


@pytest.mark.parametrize(("text", "term"), [("⽂书⽂本", "文书"), ("罚款３元", "3"), ("Ａ级", "a")])
def test_other_forms_of_a_character_count(text: str, term: str) -> None:
    assert term in Terms(text)
