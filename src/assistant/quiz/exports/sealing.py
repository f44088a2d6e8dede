"""The parts of a printed page that python-docx has no words for: sealing line, fields, fonts."""

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

_FIELDS = "单位：{0}　　姓名：{0}　　准考证号：{0}".format("＿" * 11)
_DOTS = "…" * 13
_LINE = f"{_DOTS}　密　{_DOTS}　封　{_DOTS}　线　{_DOTS}"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def font(style: BaseStyle, name: str, size: Length) -> None:
    """Set the font of a style for Chinese and Latin letters, in black."""
    style.font.name = "Times New Roman"  # type: ignore[attr-defined]
    style.font.size = size  # type: ignore[attr-defined]
    style.font.color.rgb = RGBColor(0, 0, 0)  # type: ignore[attr-defined]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    fonts.set(qn("w:eastAsia"), name)


def seal_line(section: Section) -> None:
    """Put the sealing line, with places for unit and name, into the left margin of page one."""
    section.different_first_page_header_footer = True
    header = section.first_page_header
    header.is_linked_to_previous = False
    left, top, width, height = Cm(1.5), Cm(2.0), Cm(2.0), Cm(25.5)
    paragraphs = "".join(
        '<w:p><w:pPr><w:spacing w:after="60" w:line="240" w:lineRule="auto"/>'
        '<w:jc w:val="center"/></w:pPr>'
        '<w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="20"/></w:rPr>'
        f"<w:t>{text}</w:t></w:r></w:p>"
        for text in (_FIELDS, _LINE)
    )
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="{_WPS}">'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        '<wp:wrapNone/><wp:docPr id="1" name="密封线"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_WPS}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr rot="0" vert="vert270" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        'anchor="ctr"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )
    header.paragraphs[0].add_run()._r.append(drawing)


def plain_header(section: Section) -> None:
    """Take the sealing line off the pages of a section."""
    section.different_first_page_header_footer = False
    section.header.is_linked_to_previous = False


def page_number(section: Section, words: str) -> None:
    """Write what the pages belong to, and 第1页, below every page."""
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(paragraph, f"{words}　第", "PAGE")
        paragraph.add_run("页").font.size = Pt(9)


def repeat_first_row(table: Table) -> None:
    """Show the head of a table again on each page."""
    _row_property(table, 0, "w:tblHeader")


def whole_rows(table: Table) -> None:
    """Keep each row on one page."""
    for place in range(len(table.rows)):
        _row_property(table, place, "w:cantSplit")


def set_widths(table: Table, widths: Sequence[Length]) -> None:
    """Set the widths of a table's columns, for programs that go by cells or by columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _row_property(table: Table, place: int, name: str) -> None:
    table.rows[place]._tr.get_or_add_trPr().append(OxmlElement(name))


def _field(paragraph: Paragraph, before: str, code: str) -> None:
    paragraph.add_run(before).font.size = Pt(9)
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind in ("begin", "", "separate", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)
