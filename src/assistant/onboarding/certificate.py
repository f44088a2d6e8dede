"""The certificate at the end of the path, as a page to print and as a Word document."""

import io
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib import resources
from string import Template

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

CERTIFICATE_HEADING = "学习结业证明"
CERTIFICATE_NOTE = (
    "本证明由执法助手根据本系统的学习和测验记录出具，只说明学习完成的情况，"
    "不是行政执法资格证件，不能代替资格考试。"
)
_FONT = "宋体"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        number: its number in the records.
        name: whose it is.
        title: the path.
        day: when it was issued.
        units: (title, best result in percent) of every unit.
    """

    number: str
    name: str
    title: str
    day: date
    units: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """What it certifies."""
        count = len(self.units)
        return f"{self.name} 已完成“{self.title}”全部 {count} 个单元的学习，单元测验均已通过。"

    @property
    def dated(self) -> str:
        """The day as official texts write it."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"


def certificate_html(certificate: Certificate) -> str:
    """Return the certificate as a whole HTML page of one sheet of A4."""
    page = resources.files(__package__).joinpath("certificate.html").read_text(encoding="utf-8")
    rows = "".join(
        f"<tr><td>{number}</td><td>{escape(title)}</td><td>{share}%</td></tr>"
        for number, (title, share) in enumerate(certificate.units, start=1)
    )
    return Template(page).substitute(
        heading=CERTIFICATE_HEADING,
        words=escape(certificate.words),
        rows=rows,
        number=escape(certificate.number),
        day=certificate.dated,
        note=CERTIFICATE_NOTE,
    )


def certificate_docx(certificate: Certificate) -> bytes:
    """Return the certificate as a Word document."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = _FONT
    normal.font.size = Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(CERTIFICATE_HEADING)
    run.bold, run.font.size = True, Pt(26)
    document.add_paragraph(certificate.words)
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("序号", "单元", "测验成绩"), strict=True):
        cell.text = words
    for number, (title, share) in enumerate(certificate.units, start=1):
        for cell, words in zip(
            table.add_row().cells, (str(number), title, f"{share}%"), strict=True
        ):
            cell.text = words
    document.add_paragraph()
    document.add_paragraph(f"证明编号：{certificate.number}")
    document.add_paragraph(f"出具日期：{certificate.dated}")
    document.add_paragraph(CERTIFICATE_NOTE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
