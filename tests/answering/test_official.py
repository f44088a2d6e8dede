"""Citations are written as officials write them, down to paragraph and item."""

import pytest
from rules import DOCUMENT, RULE, passage

from assistant.answering.official import official_citation
from assistant.corpus import Unit


@pytest.mark.parametrize(
    ("quotes", "place"),
    [
        ([], "第七条"),
        (["材料应当在二日内补齐。"], "第七条第二款"),
        (["移送案件应当附下列材料：", "（一）案件移送函；"], "第七条第一款第（一）项"),
        (["（一）案件移送函；", "材料应当在二日内补齐。"], "第七条第一款第（一）项、第二款"),
        (["移送案件应当附下列材料：", "（一）案件移送函；", "（二）证据材料："], "第七条第一款"),
        (RULE.removeprefix("第七条 ").split("\n"), "第七条"),
    ],
)
def test_names_the_paragraph_and_item_of_a_quote(quotes: list[str], place: str) -> None:
    assert official_citation(DOCUMENT, passage(RULE), quotes) == f"《示范区案件移送制度》{place}"


def test_an_only_paragraph_is_not_named() -> None:
    article = passage("第七条 应当附：\n（一）移送函；\n（二）证据。")
    assert official_citation(DOCUMENT, article, ["（二）证据。"]).endswith("第七条第（二）项")


def test_a_row_and_a_section_are_cited_by_their_label() -> None:
    section = passage("一、（一） 总体要求", unit=Unit.SECTION, label="一、（一）")
    row = passage("事项：占道经营", unit=Unit.ROW, label="第12行")
    assert official_citation(DOCUMENT, section, ["总体要求"]) == "《示范区案件移送制度》一、（一）"
    assert official_citation(DOCUMENT, row, [row.text]) == "《示范区案件移送制度》第12行"
