"""Long articles are split where a reader would pause, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.splitting import split_long

LINES = st.lists(
    st.text(alphabet="甲乙丙丁（）一二。；，：、\u3000 1.（", max_size=120), max_size=30
).map("\n".join)


@given(LINES, st.integers(min_value=1, max_value=80))
def test_parts_cover_every_visible_character_once_and_in_order(text: str, limit: int) -> None:
    spans = split_long(text, limit)
    position = 0
    for start, end in spans:
        assert text[position:start].strip() == ""
        assert start < end
        position = end
    assert text[position:].strip() == ""


@given(LINES, st.integers(min_value=1, max_value=80))
def test_no_part_exceeds_twice_the_limit(text: str, limit: int) -> None:
    assert all(end - start <= 2 * limit for start, end in split_long(text, limit))


@given(st.lists(st.integers(min_value=1, max_value=90), min_size=1, max_size=30))
def test_sentences_up_to_twice_the_limit_stay_whole(lengths: list[int]) -> None:
    text = "".join("甲" * (length - 1) + "。" for length in lengths)
    assert all(text[end - 1] == "。" for _, end in split_long(text, 45))


def test_a_short_text_stays_whole() -> None:
    assert split_long("第一条 为了规范。") == [(0, 9)]


def test_a_blank_text_has_no_parts() -> None:
    assert split_long(" \n ") == []


def test_paragraphs_are_kept_whole_when_they_fit() -> None:
    text = "\n".join(("甲" * 49 + "。", "乙" * 49 + "。", "丙" * 49 + "。"))
    assert [text[a:b] for a, b in split_long(text, 60)] == text.split("\n")


def test_a_list_keeps_its_introduction_and_is_cut_evenly() -> None:
    items = [f"（{n}）{'项' * 40}；" for n in "一二三四五六"]
    text = "\n".join(["行政机关履行下列职责：", *items])
    parts = [text[a:b] for a, b in split_long(text, 200)]
    assert parts[0].startswith("行政机关履行下列职责：\n（一）")
    assert [part.count("项；") for part in parts] == [3, 3]


def test_items_inside_one_line_are_cut_before_their_numbers() -> None:
    text = "下列情形：" + "".join(f"（{n}）{'情' * 30}；" for n in "一二三四")
    parts = [text[a:b] for a, b in split_long(text, 80)]
    assert all(part.startswith("（") for part in parts[1:])


def test_a_reference_to_an_item_is_no_item() -> None:
    text = "采取前款第（一）项、第（二）项措施的，" + "应" * 80 + "。" + "由" * 80 + "。"
    parts = [text[a:b] for a, b in split_long(text, 110)]
    assert parts[0].startswith("采取前款第（一）项、第（二）项措施的，")
    assert parts[0].endswith("。")


def test_a_full_stop_inside_a_quotation_does_not_end_the_sentence() -> None:
    text = "修改为：“" + "旧" * 30 + "。" + "新" * 30 + "。”" + "另" * 50 + "。"
    parts = [text[a:b] for a, b in split_long(text, 75)]
    assert parts[0].endswith("。”")


def test_only_a_monstrous_sentence_is_cut_inside() -> None:
    text = "甲" * 250
    assert [end - start for start, end in split_long(text, 100)] == [100, 100, 50]
    assert split_long("甲" * 190, 100) == [(0, 190)]


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        split_long("甲", 0)
