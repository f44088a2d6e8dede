"""Which rows of item lists a text cites."""

from datetime import date
from pathlib import Path

import pytest
from benchmarks.item_lists import write_lists
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.official import official_citation
from assistant.corpus import Document, DocumentKind, Level, Passage, SourceDocument, Unit
from assistant.corpus.loader import read_folder
from assistant.corpus.numerals import to_chinese
from assistant.retrieval import Names, find_citations
from assistant.retrieval.query import understand

DAY = date(2026, 11, 25)
LAW = Document(
    id="law", title="中华人民共和国消防法", kind=DocumentKind.STATUTE, level=Level.LAW,
    origin="a.txt", digest="0", effective=date(2021, 4, 29),
)  # fmt: skip
SAMPLES = Path(__file__).parents[2] / "corpus" / "item-lists"


def _names(lists: list[SourceDocument]) -> Names:
    passages = {source.document.id: source.passages for source in lists}
    return Names([LAW, *(source.document for source in lists)], lambda key: passages.get(key, ()))


def _lists(folder: Path) -> list[SourceDocument]:
    return [file.load() for file in read_folder(folder)]


@pytest.fixture(scope="module")
def names() -> Names:
    """Names with the lists of the streets and of the towns, 90 and 108 rows."""
    return _names(_lists(SAMPLES))


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> list[SourceDocument]:
    """Five lists: two editions, three districts, one of several sheets, one without numbers."""
    folder = tmp_path_factory.mktemp("lists")
    write_lists(folder)
    return [*_lists(SAMPLES), *_lists(folder)]


@pytest.fixture(scope="module")
def rows(five: list[SourceDocument]) -> list[tuple[Document, Passage]]:
    return [(s.document, p) for s in five for p in s.passages if p.unit is Unit.ROW]


@pytest.fixture(scope="module")
def names_of_five(five: list[SourceDocument]) -> Names:
    return _names(five)


def _rows(text: str, names: Names) -> list[str]:
    """The tier of the list and the printed number of each row, or 缺 where there is none."""
    return [
        ("街" if "街道" in place.document.title else "镇")
        + place.row.strip("第项")
        + ("" if place.anchor else "缺")
        for place in find_citations(text, names, DAY)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "《示范区街道综合执法事项清单（2026年修订）》第60项",
        "示范区街道综合执法事项清单（2026年修订）第60项的执法依据",
        "《示范区街道综合执法事项清单》第六十项",
        "街道清单第60项是什么",
        "街道清单60项",
        "街道清单60",
        "《街道清单》第 ６０ 项",
        "请问本区街道清单里的第60号",
        "街道办事处的事项清单第六十项由哪个部门移交",
        "我在看《街道清单》，请解释第60项。",
    ],
)
def test_one_row_is_found_in_every_spelling(names: Names, text: str) -> None:
    assert _rows(text, names) == ["街60"]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("镇清单第3项和第5项", ["镇3", "镇5"]),
        ("街道清单第三、五项", ["街3", "街5"]),
        ("镇清单第3项至第6项", ["镇3", "镇4", "镇5", "镇6"]),
        ("镇清单第12项和街道清单第3项有什么区别", ["镇12", "街3"]),
        ("镇街清单第5项", ["街5", "镇5"]),
        ("镇和街道清单第100项", ["镇100"]),
    ],
)
def test_several_rows_are_each_cited(names: Names, text: str, cited: list[str]) -> None:
    assert _rows(text, names) == cited


@pytest.mark.parametrize(
    "text",
    [
        "临江县街道清单第5项",
        "《临江县街道综合执法事项清单》第5项",
        "街道权责清单第5项",
        "2019年街道清单第5项",
        "镇清单108项都有哪些",
        "街道清单有两项",
        "镇清单里，改革方案第三项任务是什么",
        "城镇清单第5项",
        "街道清单第〇十项",
    ],
)
def test_what_is_no_row_of_a_known_list_is_left_out(names: Names, text: str) -> None:
    assert _rows(text, names) == []


def test_an_item_of_an_article_is_no_row(names: Names) -> None:
    text = "街道清单中依据消防法第六十条第一款第三项的有哪些"
    (place,) = find_citations(text, names, DAY)
    assert (place.document.short_title, place.item, place.row) == ("消防法", 3, "")


def test_a_row_that_the_list_does_not_have_is_told_apart(names: Names) -> None:
    assert _rows("街道清单第500项", names) == ["街500缺"]


def test_the_newest_edition_is_meant_unless_a_year_is_named(names_of_five: Names) -> None:
    def titles(text: str) -> list[str]:
        return [place.document.title for place in find_citations(text, names_of_five, DAY)]

    assert titles("示范区镇清单第5项") == ["示范区镇综合执法事项清单（2026年修订）"]
    assert titles("2025年镇清单第5项") == ["示范区镇综合执法事项清单（2025年）"]


@given(data=st.data())
def test_every_row_is_found_back_from_its_official_form(
    names_of_five: Names, rows: list[tuple[Document, Passage]], data: st.DataObject
) -> None:
    document, row = data.draw(st.sampled_from(rows))
    before, after = data.draw(st.sampled_from((("", ""), ("根据", "的规定"), ("见", "。"))))
    text = f"{before}{official_citation(document, row)}{after}"
    found = find_citations(text, names_of_five, DAY)
    assert row.citation_id in [place.citation_id for place in found]
    assert {(place.document.id, place.row) for place in found} == {(document.id, row.label)}


@given(number=st.integers(2, 90), data=st.data())
def test_a_number_in_either_script_is_the_same_row(
    names: Names, number: int, data: st.DataObject
) -> None:
    numeral = data.draw(st.sampled_from((to_chinese(number), str(number))))
    first = data.draw(st.sampled_from(("第", "")))
    assert _rows(f"街道清单{first}{numeral}项", names) == [f"街{number}"]


@given(text=st.text(alphabet="《》镇街道清单第项条号行一二十百0123两、至和（） 里", max_size=40))
def test_any_text_can_be_read(names: Names, text: str) -> None:
    for place in find_citations(text, names, DAY):
        assert 0 <= place.start < place.end


@pytest.mark.parametrize(
    ("question", "before", "cited"),
    [
        ("那第6项呢？", "镇清单第5项是什么？", ["第6项"]),
        ("第6项呢？", "镇街清单第5项", ["第6项", "第6项"]),
        ("那第6项呢？", "镇清单有多少项？", ["第6项"]),
        ("由哪个部门移交？", "镇清单第5项是什么？", ["第5项"]),
    ],
)
def test_a_number_alone_is_a_row_of_the_list_spoken_of(
    names: Names, question: str, before: str, cited: list[str]
) -> None:
    places = understand(question, names, DAY, [before]).cited
    assert [place.row for place in places] == cited
