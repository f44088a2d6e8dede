"""Which places a text cites."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus import Document
from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.numerals import to_chinese
from assistant.retrieval import Names, find_citations
from assistant.settings import LawPack

DAY = date(2026, 11, 1)
Place = tuple[str, str, int, int]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [source.document for source in LawPackReader().documents(LawPack.ALL)]


@pytest.fixture(scope="module")
def names(documents: list[Document]) -> Names:
    return Names(documents)


def _places(text: str, names: Names, day: date = DAY, **where: object) -> list[Place]:
    found = find_citations(text, names, day, **where)  # type: ignore[arg-type]
    return [(p.document.short_title, p.anchor, p.paragraph, p.item) for p in found]


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国行政处罚法》第六十三条",
        "行政处罚法第63条",
        "处罚法63条",
        "处罚法63",
        "《行政处罚法》（2021年修订）第 ６３ 条",
        "处罚法里规定的第六十三条是什么？",
        "我想看《行政处罚法》，第六十三条怎么说？",
    ],
)
def test_one_article_is_found_in_every_spelling(names: Names, text: str) -> None:
    assert _places(text, names) == [("行政处罚法", "a63", 0, 0)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("处罚法63条第一款第（二）项", (1, 2)),
        ("处罚法第63条1款2项", (1, 2)),
        ("处罚法第六十三条第㈡项", (0, 2)),
        ("处罚法第六十三条第三款", (3, 0)),
    ],
)
def test_paragraph_and_item_are_read(names: Names, text: str, part: tuple[int, int]) -> None:
    assert _places(text, names) == [("行政处罚法", "a63", *part)]


def test_lists_and_ranges_name_each_article(names: Names) -> None:
    found = _places("《行政处罚法》第三条、第五条至第七条和行政强制法第9、10条", names)
    titles = [("行政处罚法", f"a{n}", 0, 0) for n in (3, 5, 6, 7)]
    assert found == [*titles, ("行政强制法", "a9", 0, 0), ("行政强制法", "a10", 0, 0)]


def test_inserted_articles_keep_their_suffix(names: Names) -> None:
    assert _places("刑法第二百五十三条之一", names) == [("刑法", "a253-1", 0, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "《示例市市容条例》第三条",
        "行政处罚法实施细则第三条",
        "依法第三条",
        "第63条",
        "行政处罚法规定罚款3条烟吗",
        "公安法第3条",
        "地下水法律制度第三条",
    ],
)
def test_what_names_no_known_document_is_left_out(names: Names, text: str) -> None:
    assert _places(text, names) == []


def test_an_unknown_document_does_not_pass_for_the_one_before(names: Names) -> None:
    assert _places("处罚法第5条和《示例市条例》第三条", names) == [("行政处罚法", "a5", 0, 0)]


def test_the_title_of_an_interpretation_cites_nothing(names: Names) -> None:
    title = "全国人民代表大会常务委员会关于《中华人民共和国刑法》第三十条的解释"
    assert _places(f"{title}说了什么？", names) == []


def test_inside_a_passage_this_law_and_preceding_articles_are_known(
    names: Names, documents: list[Document]
) -> None:
    law = next(document for document in documents if document.short_title == "行政处罚法")
    text = "违反本法第五十七条和前两条规定的，依照治安管理处罚法第三条"
    assert _places(text, names, within=law, at="a60") == [
        ("行政处罚法", "a57", 0, 0),
        ("行政处罚法", "a58", 0, 0),
        ("行政处罚法", "a59", 0, 0),
        ("治安管理处罚法", "a3", 0, 0),
    ]


def test_the_day_selects_the_version(names: Names) -> None:
    old, new = (
        find_citations("《海商法》第三条", names, day)[0].document
        for day in (date(2020, 1, 1), date(2026, 11, 1))
    )
    assert (old.version, new.version) != (new.version, old.version)
    assert old.repealed == new.effective


@given(data=st.data(), number=st.integers(1, 1300))
def test_any_number_in_either_script_is_the_same_article(
    names: Names, data: st.DataObject, number: int
) -> None:
    numeral = data.draw(st.sampled_from((to_chinese(number), str(number))))
    assert _places(f"民法典第{numeral}条", names) == [("民法典", f"a{number}", 0, 0)]


@given(
    text=st.text(
        alphabet="《》第条款项一二三十百0123456789之本法前行政处罚、至（） \n", max_size=60
    )
)
def test_any_text_can_be_read(names: Names, text: str) -> None:
    for place in find_citations(text, names, DAY):
        assert 0 <= place.start <= place.end
