"""Word, Excel, CSV and old Office files: what the office shows is what is read."""

import stat
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import renderings
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.model import CorpusError
from assistant.corpus.readers import csv, docx, office, xlsx
from assistant.corpus.readers.limits import Limits
from assistant.corpus.source import Paragraph, Source, Table


def texts(source: Source) -> list[str]:
    return [b.text for b in source.blocks if isinstance(b, Paragraph) and not b.furniture]


def tables(source: Source) -> list[list[list[str]]]:
    return [[list(row) for row in b.rows] for b in source.blocks if isinstance(b, Table)]


_NUMBERING = f"""<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def numbered(*levels: int) -> Path | bytes:
    paper = Document()
    part = paper.part.numbering_part
    part._element = parse_xml(_NUMBERING)
    for level in levels:
        paragraph = paper.add_paragraph("内容")
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
            )
        )
    paper.save(out := BytesIO())
    return out.getvalue()


def read_docx(folder: Path, content: object) -> Source:
    assert isinstance(content, bytes)
    (path,) = renderings.written(folder, {"文.docx": content})
    return docx.read(path, "文.docx")


def test_numbers_that_word_computes_are_part_of_the_text(tmp_path: Path) -> None:
    source = read_docx(tmp_path, numbered(0, 1, 1, 2, 0, 1))
    assert texts(source) == [
        "第一条　内容", "（一）内容", "（二）内容", "1.内容", "第二条　内容", "（一）内容",
    ]  # fmt: skip


def test_a_red_header_in_a_text_box_is_read_once(tmp_path: Path) -> None:
    paper = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>示范区人民政府文件</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        nsdecls("w", "wp", "a")
        + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    paper.add_paragraph("正文")._p.append(
        parse_xml(
            f"<w:r {spaces}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    paper.save(out := BytesIO())
    assert texts(read_docx(tmp_path, out.getvalue())) == ["示范区人民政府文件", "正文"]


def test_merged_cells_of_a_word_table_repeat_their_words(tmp_path: Path) -> None:
    paper = Document()
    table = paper.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "竖"
    paper.save(out := BytesIO())
    assert tables(read_docx(tmp_path, out.getvalue())) == [
        [["横", "横", "02"], ["10", "11", "竖"], ["20", "21", "竖"]]
    ]


def test_deleted_words_are_gone_and_running_heads_are_kept_apart(tmp_path: Path) -> None:
    paper = Document()
    paragraph = paper.add_paragraph("应当")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>不得</w:delText></w:r></w:del>")
    )
    paragraph.add_run("公开")
    paper.sections[0].header.paragraphs[0].text = "示范区文件"
    paper.save(out := BytesIO())

    source = read_docx(tmp_path, out.getvalue())

    assert texts(source) == ["应当公开"]
    assert [b.text for b in source.blocks if isinstance(b, Paragraph) and b.furniture] == [
        "示范区文件"
    ]


def test_every_sheet_is_read_with_its_merged_cells_and_hidden_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["部门", "事项", "日期", "比例"])
    first.append(["城管局", "占道经营", None, 0.15])
    first.append([None, "违法建设"])
    first.merge_cells("A2:A3")
    first["C2"] = datetime(2026, 3, 20)
    first["D2"].number_format = "0%"
    first.row_dimensions[3].hidden = True
    hidden = book.create_sheet("旧清单")
    hidden["B5"] = "拆除"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")

    source = xlsx.read(tmp_path / "表.xlsx", "表.xlsx")

    assert tables(source) == [
        [
            ["部门", "事项", "日期", "比例"],
            ["城管局", "占道经营", "2026-03-20", "15%"],
            ["城管局", "违法建设", "", ""],
        ],
        [["拆除"]],
    ]
    last = source.blocks[-1]
    assert isinstance(last, Table)
    assert (last.sheet, last.first_row) == ("旧清单", 5)
    assert any("旧清单" in warning for warning in source.warnings)


_WORDS = st.text(st.characters(codec="gb18030", exclude_categories=["C", "Z"]), min_size=1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_WORDS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_any_table_survives_csv(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "表.csv"
    path.write_bytes(renderings.csv_file(rows).decode("gb18030").encode("utf-8-sig"))
    assert tables(csv.read(path, "表.csv")) == [rows]


class TestOldFormats:
    """DOC, WPS, XLS and ET need LibreOffice."""

    def program(self, folder: Path, script: str, patch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        if script:
            path = folder / "soffice"
            path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        patch.setenv("PATH", str(folder))

    def test_without_libreoffice_the_message_says_what_to_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (path,) = renderings.written(tmp_path, {"旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"})
        self.program(tmp_path / "bin", "", monkeypatch)
        with pytest.raises(CorpusError, match=r"没有安装 LibreOffice.*另存为 DOCX"):
            office.read(path, "旧.doc", Limits(), "doc")

    def test_a_conversion_that_never_ends_is_stopped(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (path,) = renderings.written(tmp_path, {"旧.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"})
        self.program(tmp_path / "bin", "import time; time.sleep(600)", monkeypatch)
        with pytest.raises(CorpusError, match="没有完成转换"):
            office.read(path, "旧.xls", Limits(seconds=1), "xls")
