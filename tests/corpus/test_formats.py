"""The same regulation or item list gives the same content in every format."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import renderings

from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.loader import load_file
from assistant.corpus.model import DocumentKind, SourceDocument, Unit
from assistant.corpus.readers import Limits, read_file
from assistant.corpus.source import Table
from assistant.settings import LawPack

_STATUTE = "中华人民共和国行政处罚法"
_LIST = Path(__file__).parents[2] / "corpus/item-lists/镇综合执法事项清单.xlsx"
_HEADER_ROW = 4
TEXT_FORMATS = ("条例.txt", "条例.docx", "条例.html", "条例.pdf", "条例.ofd")


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def regulation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the first chapters of a statute in every format."""
    statute = next(
        source
        for source in LawPackReader().documents(LawPack.ENFORCEMENT)
        if source.document.title == _STATUTE
    )
    lines: list[str] = []
    chapter = ""
    for passage in statute.passages:
        if passage.breadcrumb and passage.breadcrumb[-1] != chapter:
            chapter = passage.breadcrumb[-1]
            lines.append(chapter)
        if chapter.startswith("第三章"):
            break
        lines += passage.text.splitlines()
    folder = tmp_path_factory.mktemp("regulation")
    renderings.written(folder, renderings.text_in_every_format(_STATUTE, lines))
    return folder


def articles(document: SourceDocument) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (passage.anchor, plain(passage.text), tuple(map(plain, passage.breadcrumb)))
        for passage in document.passages
    ]


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_a_regulation_has_the_same_articles_in_every_text_format(
    regulation: Path, name: str
) -> None:
    expected = load_file(regulation / "条例.md", regulation)
    found = load_file(regulation / name, regulation)

    assert len(expected.passages) > 15
    assert articles(found) == articles(expected)
    assert found.document.title == expected.document.title


def test_an_article_broken_by_a_page_is_whole_and_knows_both_pages(tmp_path: Path) -> None:
    long = "第二条　" + "执法人员应当全面、客观、公正地调查收集有关证据；" * 60 + "不得伪造。"
    lines = ["第一条　为了规范执法，制定本办法。", long, "第三条　本办法自公布之日起施行。"]
    content = renderings.pdf("示范区执法办法", lines)
    (path,) = renderings.written(tmp_path, {"办法.pdf": content})

    passages = load_file(path, tmp_path).passages

    second = [passage for passage in passages if passage.anchor == "a2"]
    assert plain("".join(passage.text for passage in second)) == plain(long)
    assert second[0].pages is not None
    assert second[-1].pages is not None
    assert (second[0].pages[0], second[-1].pages[1]) == (1, 2)
    assert passages[-1].pages == (2, 2)


@pytest.fixture(scope="module")
def item_list() -> Sequence[Sequence[str]]:
    sheet = openpyxl.load_workbook(_LIST).worksheets[0]
    rows = [
        [str(value) if value is not None else "" for value in row]
        for row in sheet.iter_rows(min_row=_HEADER_ROW, values_only=True)
    ]
    # The last row is a note merged over all columns.
    return [row for row in rows if all(row)]


@pytest.mark.parametrize("name", renderings.TABLES)
def test_an_item_list_keeps_every_row_and_cell(
    item_list: Sequence[Sequence[str]], name: str, tmp_path: Path
) -> None:
    content = renderings.TABLES[name]("示范区镇综合执法事项清单", item_list)
    (path,) = renderings.written(tmp_path, {name: content})

    tables = [block for block in read_file(path, tmp_path).blocks if isinstance(block, Table)]
    rows = [[plain(cell) for cell in row] for table in tables for row in table.rows]
    wanted = [[plain(cell) for cell in row] for row in item_list]
    assert rows[-len(wanted) :] == wanted

    document = load_file(path, tmp_path)
    assert document.document.kind is DocumentKind.ITEM_LIST
    passages = [passage for passage in document.passages if passage.unit is Unit.ROW]
    assert len(passages) == 108
    assert plain(dict(passages[-1].fields)["执法依据"]) == wanted[-1][4]


def test_rows_of_a_pdf_list_know_their_pages(
    item_list: Sequence[Sequence[str]], tmp_path: Path
) -> None:
    content = renderings.pdf("示范区镇综合执法事项清单", [], item_list)
    (path,) = renderings.written(tmp_path, {"清单.pdf": content})

    rows = [p for p in load_file(path, tmp_path).passages if p.unit is Unit.ROW]
    assert rows[0].pages == (1, 1)
    assert rows[-1].pages is not None
    assert rows[-1].pages[0] > 3


def test_a_scan_is_recognised_and_marked_with_a_confidence(tmp_path: Path) -> None:
    words = [
        "第一条　为了规范行政执法行为，保护公民、法人和其他组织的合法权益，制定本办法。",
        "第二条　中心镇的执法人员应当主动出示执法证件。",
    ]
    scan = renderings.scanned(renderings.pdf("示范区执法办法", words))
    (path,) = renderings.written(tmp_path, {"扫描.pdf": scan})

    passages = load_file(path, tmp_path).passages

    assert [passage.anchor for passage in passages] == ["a1", "a2"]
    assert [plain(passage.text) for passage in passages] == list(map(plain, words))
    assert all(passage.confidence and 0.8 < passage.confidence <= 1 for passage in passages)


def test_of_a_scan_beyond_the_page_limit_the_first_pages_are_read_and_it_is_said(
    tmp_path: Path,
) -> None:
    page = renderings.pdf("办法", ["第一条　公开透明。"])
    (path,) = renderings.written(tmp_path, {"长.pdf": renderings.scanned(page, copies=3)})

    source = read_file(path, tmp_path, Limits(scan_pages=1))

    assert {block.page for block in source.blocks} == {1}
    assert any("只识别了前 1 页" in warning for warning in source.warnings)


def test_a_scanned_ofd_is_recognised(tmp_path: Path) -> None:
    image = renderings.page_image(renderings.pdf("示范区执法办法", ["第一条　公开透明。"]))
    (path,) = renderings.written(tmp_path, {"扫描.ofd": renderings.ofd_scan("办法", image)})

    (article,) = load_file(path, tmp_path).passages

    assert plain(article.text) == "第一条公开透明。"
    assert article.confidence is not None


def test_text_that_was_read_carries_no_confidence(regulation: Path) -> None:
    passages = load_file(regulation / "条例.pdf", regulation).passages
    assert {passage.confidence for passage in passages} == {None}
