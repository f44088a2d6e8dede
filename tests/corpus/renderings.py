"""The same text or table written in each format, as offices would produce it."""

import csv
import html
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pypdfium2
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

Rows = Sequence[Sequence[str]]

_FONT = "STSong-Light"
_SCAN_DPI = 200
# Millimetres of the OFD page that the text fills, and of a character.
_OFD_LEFT, _OFD_TOP, _OFD_WIDTH, _OFD_BOTTOM, _OFD_SIZE = 28.0, 37.0, 156.0, 262.0, 5.2
_OFD_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_in_every_format(title: str, paragraphs: Sequence[str]) -> Mapping[str, bytes]:
    """Return a regulation by file name, in all formats that hold characters."""
    return {
        "条例.md": "\n\n".join([f"# {title}", *paragraphs]).encode(),
        "条例.txt": "\r\n".join([title, *("　　" + words for words in paragraphs)]).encode(
            "gb18030"
        ),
        "条例.docx": docx(title, paragraphs),
        "条例.html": page(title, paragraphs),
        "条例.pdf": pdf(title, paragraphs),
        "条例.ofd": ofd(title, paragraphs),
    }


TABLES: Mapping[str, Callable[[str, Rows], bytes]] = {
    "清单.xlsx": lambda title, rows: xlsx(title, rows),
    "清单.csv": lambda title, rows: csv_file(rows),
    "清单.html": lambda title, rows: page(title, [], rows),
    "清单.docx": lambda title, rows: docx(title, [], rows),
    "清单.pdf": lambda title, rows: pdf(title, [], rows),
}
"""Writers of an item list by file name."""


def pdf(title: str, paragraphs: Sequence[str], rows: Rows = (), **more: object) -> bytes:
    """Return a PDF with a running head, page numbers, and a table that repeats its header.

    Args:
        more: options of ReportLab's document, such as ``encrypt``.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    body = ParagraphStyle(
        "body", fontName=_FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK"
    )
    head = ParagraphStyle(
        "head", fontName=_FONT, fontSize=20, leading=34, alignment=TA_CENTER, wordWrap="CJK"
    )
    cell = ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=12, wordWrap="CJK")
    story: list[Flowable] = [Paragraph(escape(title), head)]
    story += [Paragraph(escape(words), body) for words in paragraphs]
    if rows:
        cells = [[Paragraph(escape(value), cell) for value in row] for row in rows]
        widths = [36, *([430 / (len(rows[0]) - 1)] * (len(rows[0]) - 1))]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        story.append(Table(cells, colWidths=widths, repeatRows=1, style=grid))
    out = BytesIO()

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(_FONT, 10)
        canvas.drawString(72, A4[1] - 50, f"{title}（内部资料）")
        canvas.drawCentredString(A4[0] / 2, 45, f"— {document.page} —")

    paper = SimpleDocTemplate(out, pagesize=A4, title=title, **more)
    paper.build(story, onFirstPage=frame, onLaterPages=frame)
    return out.getvalue()


def scanned(content: bytes, copies: int = 1) -> bytes:
    """Return a PDF of which each page is only an image; the whole may be repeated."""
    source = pypdfium2.PdfDocument(content)
    target = Canvas(out := BytesIO(), pagesize=A4)
    for index in [*range(len(source))] * copies:
        image = source[index].render(scale=_SCAN_DPI / 72).to_pil().convert("L")
        target.drawImage(ImageReader(image), 0, 0, *A4)
        target.showPage()
    target.save()
    source.close()
    return out.getvalue()


def page_image(content: bytes) -> bytes:
    """Return the first page of a PDF as a PNG."""
    source = pypdfium2.PdfDocument(content)
    image = source[0].render(scale=_SCAN_DPI / 72).to_pil().convert("L")
    source.close()
    image.save(out := BytesIO(), "PNG")
    return out.getvalue()


def docx(title: str, paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    """Return a Word document with a title style, a footer and a table."""
    paper = Document()
    paper.core_properties.title = title
    paper.add_paragraph(title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in paragraphs:
        paper.add_paragraph(words)
    if rows:
        table = paper.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
    paper.sections[0].footer.paragraphs[0].text = "第 1 页"
    paper.save(out := BytesIO())
    return out.getvalue()


def page(title: str, paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    """Return a page of a government site in GBK: navigation, share bar, article, footer."""
    body = "".join(f"<p>　　{html.escape(words)}</p>\n" for words in paragraphs)
    if rows:
        lines = (
            "".join(f"<td>{html.escape(value).replace(chr(10), '<br>')}</td>" for value in row)
            for row in rows
        )
        body += "<table border=1>" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>"
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type"
content="text/html; charset=gb2312"><title>{title}_示范区人民政府网</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2026-03-20 09:00">
<script>var menu = "首页";</script></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>
</ul></div><div class="crumbs">当前位置：<a href="/">首页</a> &gt; 政策文件</div>
<div class="main"><h1>{title}</h1>
<div class="share">分享到：<a href="#">微信</a></div>
<div class="TRS_Editor">{body}</div></div>
<div class="footer">主办单位：示范区人民政府办公室　网站标识码：0000000000</div>
</body></html>""".encode("gb18030")


def xlsx(title: str, rows: Rows) -> bytes:
    """Return a workbook with the title merged over the columns, the header on row three."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells(start_row=1, end_row=2, start_column=1, end_column=len(rows[0]))
    sheet.cell(1, 1, title)
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    book.save(out := BytesIO())
    return out.getvalue()


def csv_file(rows: Rows) -> bytes:
    """Return comma separated values as a Chinese Excel saves them."""
    csv.writer(out := StringIO()).writerows(rows)
    return out.getvalue().encode("gb18030")


def ofd(title: str, paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    """Return an OFD document: lines of text codes, paths as ruling lines, a template page."""
    pages: list[list[str]] = [[]]
    y = _OFD_TOP

    def down(step: float) -> float:
        nonlocal y
        if y + step > _OFD_BOTTOM:
            pages.append([])
            y = _OFD_TOP
        y += step
        return y - step

    for number, words in enumerate([title, *paragraphs]):
        for x, line in _ofd_lines(words, centred=number == 0):
            top = down(_OFD_SIZE * 1.7)
            pages[-1].append(_ofd_text(x, top, line))
    if rows:
        width = _OFD_WIDTH / len(rows[0])
        fit = int(width / _OFD_SIZE) - 1
        for row in rows:
            cells = [[value[at : at + fit] for at in range(0, len(value), fit)] for value in row]
            height = (max(map(len, cells)) + 0.5) * _OFD_SIZE * 1.3
            top = down(height)
            for column, lines in enumerate(cells):
                left = _OFD_LEFT + column * width
                pages[-1].append(_ofd_box(left, top, width, height))
                for at, line in enumerate(lines):
                    below = top + (at + 0.3) * _OFD_SIZE * 1.3
                    pages[-1].append(_ofd_text(left + 1, below, line))
    return _ofd_package(title, pages)


def ofd_scan(title: str, image: bytes) -> bytes:
    """Return an OFD document of one page that is only an image."""
    shown = '<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="8"/>'
    resources = (
        f'<ofd:Res {_OFD_SPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="8" Type="Image">'
        "<ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    package = _ofd_package(title, [[shown]], template=False)
    with zipfile.ZipFile(out := BytesIO(package), "a") as target:
        target.writestr("Doc_0/DocumentRes.xml", resources)
        target.writestr("Doc_0/Res/scan.png", image)
    return out.getvalue()


def _ofd_lines(words: str, *, centred: bool) -> list[tuple[float, str]]:
    if centred:
        return [(_OFD_LEFT + (_OFD_WIDTH - len(words) * _OFD_SIZE) / 2, words)]
    lines = []
    x, line, room = _OFD_LEFT + 2 * _OFD_SIZE, "", _OFD_WIDTH - 2 * _OFD_SIZE
    for character in words:
        if room < _ofd_step(character):
            lines.append((x, line))
            x, line, room = _OFD_LEFT, "", _OFD_WIDTH
        line += character
        room -= _ofd_step(character)
    return [*lines, (x, line)]


def _ofd_step(character: str) -> float:
    return _OFD_SIZE * (0.5 if character.isascii() else 1)


def _ofd_text(x: float, y: float, words: str) -> str:
    steps = [_ofd_step(character) for character in words]
    # One run of equal steps is written short, as the standard allows.
    deltas = (
        f"g {len(words) - 1} {_OFD_SIZE}"
        if all(step == _OFD_SIZE for step in steps) and len(words) > 1
        else " ".join(map(str, steps[:-1]))
    )
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} {len(words) * _OFD_SIZE} {_OFD_SIZE}"'
        f' Font="2" Size="{_OFD_SIZE}"><ofd:TextCode X="0" Y="{_OFD_SIZE * 0.86:.3f}"'
        f' DeltaX="{deltas}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def _ofd_box(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<ofd:PathObject ID="1" Boundary="{x} {y} {width} {height}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _ofd_package(title: str, pages: Sequence[Sequence[str]], *, template: bool = True) -> bytes:
    listed = "".join(
        f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {_OFD_SPACE} DocType='OFD' Version='1.0'><ofd:DocBody><ofd:DocInfo>"
        f"<ofd:Title>{escape(title)}</ofd:Title><ofd:CreationDate>2026-03-20</ofd:CreationDate>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD_SPACE}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": f"<ofd:Page {_OFD_SPACE}><ofd:Content><ofd:Layer>"
        + _ofd_text(_OFD_LEFT, 15, "示范区人民政府公报")
        + "</ofd:Layer></ofd:Content></ofd:Page>",
    }
    for number, objects in enumerate(pages):
        frame = '<ofd:Template TemplateID="5"/>' if template else ""
        foot = _ofd_text(103, 280, f"-{number + 1}-") if template else ""
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {_OFD_SPACE}>{frame}<ofd:Content><ofd:Layer ID="3">'
            + "".join(objects)
            + foot
            + "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return out.getvalue()


def written(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Put files into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]
