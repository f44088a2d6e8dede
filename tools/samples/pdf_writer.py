"""Write a text as a PDF whose characters can be copied and searched.

The faces are the TrueType fonts of Debian's fonts-arphic-gbsn00lp (song),
fonts-arphic-gkai00mp (kai) and fonts-wqy-zenhei (hei). ReportLab embeds the characters
used, so readers need none of them; CFF fonts such as Noto CJK cannot be embedded.
"""

import re
from io import BytesIO
from pathlib import Path

from content import MARK, Grid, Line, Text
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

_FONTS = {
    "song": Path("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf"),
    "kai": Path("/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf"),
    "hei": Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
}
_RED = HexColor("#C00000")
_ARTICLE = re.compile(r"(第[零一二三四五六七八九十百]+条)")


def _style(name: str, face: str, size: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=face, fontSize=size, leading=size * 1.75, wordWrap="CJK", **more
    )


_LETTERHEAD = _style("letterhead", "hei", 30, alignment=TA_CENTER, textColor=_RED)
_TITLE = _style("title", "hei", 19, alignment=TA_CENTER)
_CENTRE = _style("centre", "kai", 14, alignment=TA_CENTER)
_CHAPTER = _style("chapter", "hei", 14.5, alignment=TA_CENTER, spaceBefore=8)
_HEADING = _style("heading", "hei", 14.5, firstLineIndent=29, spaceBefore=6)
_SECOND = _style("second", "kai", 14.5, firstLineIndent=29)
_BODY = _style("body", "song", 14, firstLineIndent=28)
_FLUSH = _style("flush", "song", 14)
_SIGNED = _style("signed", "song", 14, alignment=TA_RIGHT)
_CELL = _style("cell", "song", 11)


def write(text: Text) -> bytes:
    """Return the document's bytes, the same for the same text and fonts.

    Raises:
        FileNotFoundError: a font is not installed; the message names the Debian packages.
    """
    _register()
    story: list[Flowable] = []
    if text.letterhead:
        story += [Paragraph(text.letterhead, _LETTERHEAD), Spacer(1, 14)]
    story.append(Paragraph(f"{text.number}　{text.issued}", _CENTRE))
    if text.letterhead:
        story += [HRFlowable(width="100%", thickness=2, color=_RED), Spacer(1, 18)]
    story += [Paragraph(text.title, _TITLE), Paragraph(MARK, _CENTRE), Spacer(1, 12)]
    if text.addressee:
        story.append(Paragraph(text.addressee, _FLUSH))
    story += [_table(block) if isinstance(block, Grid) else _line(block) for block in text.body]
    story += [Spacer(1, 24), Paragraph(text.authority, _SIGNED), Paragraph(text.issued, _SIGNED)]
    out = BytesIO()
    paper = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=2.8 * cm,
        rightMargin=2.6 * cm,
        topMargin=3.2 * cm,
        bottomMargin=2.8 * cm,
        title=text.title,
        author=text.authority,
        subject="示范文本",
        invariant=1,
    )

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        width, height = A4
        canvas.saveState()
        canvas.setFont("song", 10)
        canvas.drawString(2.8 * cm, height - 2 * cm, f"{text.title}{MARK}")
        canvas.drawRightString(width - 2.6 * cm, height - 2 * cm, text.number)
        canvas.setLineWidth(0.4)
        canvas.line(2.8 * cm, height - 2.2 * cm, width - 2.6 * cm, height - 2.2 * cm)
        canvas.drawCentredString(width / 2, 1.6 * cm, f"— {document.page} —")
        canvas.restoreState()

    paper.build(story, onFirstPage=frame, onLaterPages=frame)
    return out.getvalue()


def _register() -> None:
    for name, path in _FONTS.items():
        if not path.is_file():
            raise FileNotFoundError(
                f"{path}: apt install fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-zenhei"
            )
        pdfmetrics.registerFont(TTFont(name, str(path)))


def _line(line: Line) -> Paragraph:
    if line.level == 1:
        return Paragraph(line.text, _CHAPTER if line.text.startswith("第") else _HEADING)
    if line.level == 2:
        return Paragraph(line.text, _SECOND)
    if _ARTICLE.match(line.text):
        return Paragraph(_ARTICLE.sub(r'<font name="hei">\1</font>', line.text, count=1), _BODY)
    return Paragraph(line.text, _BODY)


def _table(grid: Grid) -> Table:
    cells = [[Paragraph(value, _CELL) for value in row] for row in grid.rows]
    frame = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, HexColor("#000000"))])
    return Table(cells, style=frame, repeatRows=1, spaceBefore=6, spaceAfter=6)
