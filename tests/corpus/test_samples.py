"""The sample documents say on their face that they are samples, and what they cite stands."""

import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from statute_references import Statutes, references

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
TOOLS = ROOT / "tools" / "samples"
CONTENT = TOOLS / "content"
sys.path.insert(0, str(TOOLS))

import docx_writer  # noqa: E402
import xlsx_writer  # noqa: E402
from content import MARK, Grid, ItemList, Text, read_lists, read_texts  # noqa: E402

FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in {".docx", ".pdf", ".txt"})
TEXTS = {text.output: text for text in read_texts(CONTENT)}
LISTS = {items.output: items for items in read_lists(CONTENT)}
_SPACE = re.compile(r"\s+")


def _written(path: Path) -> str:
    """Return the words of a sample file, as a reader of the file sees them."""
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    if path.suffix == ".pdf":
        return "".join(_body(page.extract_text()) for page in PdfReader(path).pages)
    paper = docx.Document(str(path))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def _body(page: str) -> str:
    lines = page.splitlines()
    return "\n".join(line for line in lines if not re.fullmatch(r"— \d+ —", line.strip()))


def _words(text: str) -> str:
    return _SPACE.sub("", text)


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    return Statutes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sample_document_is_marked_as_a_sample(path: Path) -> None:
    assert MARK in _words(_written(path))[:200]


@pytest.mark.parametrize("output", LISTS)
def test_every_sample_list_is_marked_as_a_sample(output: str) -> None:
    sheet = load_workbook(CORPUS / output).worksheets[0]
    assert sheet["A2"].value == MARK


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_article_a_sample_cites_is_in_force(path: Path, statutes: Statutes) -> None:
    cited = list(references(_written(path)))
    assert [fault for reference in cited if (fault := statutes.fault(reference))] == []


@pytest.mark.parametrize("output", LISTS)
def test_every_basis_of_a_list_row_is_in_force(output: str, statutes: Statutes) -> None:
    for row in LISTS[output].rows:
        cited = list(references(row[4]))
        assert cited, row[1]
        assert [fault for reference in cited if (fault := statutes.fault(reference))] == []


def test_lists_hold_the_matters_that_plan_and_report_state() -> None:
    sizes = {items.sheet: len(items.rows) for items in LISTS.values()}
    assert sizes == {"镇清单": 108, "街道清单": 90}
    for name in ("plans/示范区深化镇街综合行政执法改革实施方案.pdf",
                 "reports/示范区司法局关于2023年行政执法总体情况的报告.docx"):  # fmt: skip
        words = _words(_written(CORPUS / name))
        assert "108项" in words
        assert "90项" in words


@pytest.mark.parametrize("items", LISTS.values(), ids=lambda items: items.sheet)
def test_lists_keep_the_promised_share_of_chosen_matters(items: ItemList) -> None:
    chosen = sum(row[5].startswith("自选") for row in items.rows)
    assert chosen / len(items.rows) >= 0.15


@pytest.mark.parametrize("items", LISTS.values(), ids=lambda items: items.sheet)
def test_lists_name_only_places_of_the_plan(items: ItemList) -> None:
    plan = TEXTS["plans/示范区深化镇街综合行政执法改革实施方案.pdf"]
    districts = [block for block in plan.body if isinstance(block, Grid)][1].rows[1:]
    places = {place for row in districts for place in row[2].split("、")}
    assert len(places) == 22
    named = {
        place
        for row in items.rows
        if not row[5].startswith("全部")
        for place in row[5].removeprefix("自选：").split("、")
    }
    assert named <= places


@pytest.mark.parametrize("items", LISTS.values(), ids=lambda items: items.sheet)
def test_list_files_are_what_the_tool_makes(items: ItemList) -> None:
    assert _parts(xlsx_writer.write(items)) == _parts((CORPUS / items.output).read_bytes())


@pytest.mark.parametrize("text", TEXTS.values(), ids=lambda text: text.title)
def test_document_files_are_what_the_tool_makes(text: Text) -> None:
    path = CORPUS / text.output
    if path.suffix == ".docx":
        assert _parts(docx_writer.write(text)) == _parts(path.read_bytes())
        return
    # Making a PDF needs the fonts; its words are compared instead, without the running head.
    written = _words(_written(path)).replace(_words(f"{text.title}{MARK}{text.number}"), "")
    for block in text.body:
        if isinstance(block, Grid):
            assert all(_words(cell) in written for row in block.rows for cell in row)
        else:
            assert _words(block.text) in written


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
