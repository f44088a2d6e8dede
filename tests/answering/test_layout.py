"""An article is read as officials count it: paragraphs, items, sentences."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rules import RULE, passage

from assistant.answering.layout import lay_out, whole
from assistant.corpus import Unit
from assistant.corpus.splitting import split_long

_WORDS = st.text("甲乙丙。；：（一）二\n“”！ 1.①", max_size=120)


def test_counts_paragraphs_and_items() -> None:
    layout = lay_out(passage(RULE))
    places = [(line.paragraph, line.item, line.lower) for line in layout.lines]
    assert places == [
        (1, 0, False), (1, 1, False), (1, 2, False), (1, 2, True), (1, 2, True), (2, 0, False),
    ]  # fmt: skip


def test_an_item_knows_the_words_that_introduce_it() -> None:
    layout = lay_out(passage(RULE))
    head = layout.pieces[0]
    assert head.heads_list
    assert head.text == "移送案件应当附下列材料："
    assert [piece.text for piece in layout.listed_under(head)][:2] == [
        "（一）案件移送函；", "（二）证据材料：",
    ]  # fmt: skip


def test_a_place_named_gives_its_own_words() -> None:
    layout = lay_out(passage(RULE))
    assert [piece.text for piece in layout.at(2)] == [
        "紧急情况可以先行移送。", "材料应当在二日内补齐。",
    ]  # fmt: skip
    assert [piece.text for piece in layout.at(1, 1)] == [
        "移送案件应当附下列材料：", "（一）案件移送函；",
    ]  # fmt: skip
    assert layout.at(3) == ()
    assert layout.at(1, 9) == ()


def test_a_stop_inside_quotation_marks_ends_no_sentence() -> None:
    layout = lay_out(passage("第七条 盖“作废。”字样的章。另行归档。"))
    assert [piece.text for piece in layout.pieces] == ["盖“作废。”字样的章。", "另行归档。"]


def test_a_row_is_one_piece() -> None:
    row = passage("事项：占道经营。依据：第七条。", unit=Unit.ROW, label="第3行")
    assert [piece.text for piece in lay_out(row).pieces] == [row.text]


@settings(deadline=None)
@given(_WORDS)
def test_pieces_are_words_of_the_passage_in_order(text: str) -> None:
    whole_passage = passage(text)
    pieces = lay_out(whole_passage).pieces
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    assert all(before.end <= after.start for before, after in pairwise(pieces))


@settings(deadline=None)
@given(_WORDS)
def test_no_word_is_lost(text: str) -> None:
    said = "".join(piece.text for piece in lay_out(passage(text)).pieces)
    assert "".join(said.split()) == "".join(text.split())


def test_the_parts_of_a_long_article_join_to_its_text() -> None:
    text = "第七条 " + "\n".join(f"（{n}）" + "应当如实记录执法活动；" * 12 for n in "一二三四五六")
    parts = [
        passage(text[start:end], start=start, end=end, part=part)
        for part, (start, end) in enumerate(split_long(text))
    ]
    assert len(parts) > 1
    assert whole(parts).text == text
