"""Word documents: paragraphs with their computed numbers, tables, text boxes, in reading order."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers.numbering import Numbering
from assistant.corpus.readers.styles import Styles
from assistant.corpus.source import Block, Paragraph, Source, Table

_BREAKS = {qn("w:br"), qn("w:cr")}
_GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:rPr"), qn("w:pPr"), qn("w:rt"), qn("w:instrText")}
_BOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_NOTE = qn("w:footnoteReference")
# A forged part has elements of another kind than the library takes for granted.
_DAMAGED = (
    PackageNotFoundError, zipfile.BadZipFile, zlib.error, LxmlError, LookupError, ValueError,
    OSError, AttributeError, TypeError,
)  # fmt: skip
# A table cell may hold a table and so on; real documents nest two or three.
_DEEPEST = 20


def read(path: Path, origin: str) -> Source:
    """Read a DOCX file.

    Raises:
        CorpusError: the file is damaged or is no Word document.
    """
    try:
        paper = Document(str(path))
        content = _Content(paper)
        properties = paper.core_properties
        blocks = [*content.blocks(), *_running(paper)]
        title, created = properties.title.strip(), properties.created
    except _DAMAGED as error:
        raise CorpusError(
            origin, "Word 文件已损坏或不完整，无法打开", "请用 WPS 或 Word 打开后另存为 DOCX"
        ) from error
    day = date(created.year, created.month, created.day) if created else None
    return Source(origin, content_digest(path), blocks, title, day, tuple(content.warnings))


def _running(paper: Paper) -> Iterator[Paragraph]:
    """Yield the words of page heads and feet, each once; a bare page number is none."""
    seen = set()
    for section in paper.sections:
        for part in (
            section.header, section.footer, section.first_page_header, section.first_page_footer,
            section.even_page_header, section.even_page_footer,
        ):  # fmt: skip
            # Asking a section without a head of its own for paragraphs would make it one.
            for paragraph in () if part.is_linked_to_previous else part.paragraphs:
                text = paragraph.text.strip()
                if any(map(str.isalnum, text)) and text not in seen:
                    seen.add(text)
                    yield Paragraph(text, furniture=True)


class _Content:
    """Walks a document's body once, counting its numbered paragraphs."""

    def __init__(self, paper: Paper) -> None:
        self._body = paper.element.body
        self._styles = Styles(_related(paper, RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(_related(paper, RELATIONSHIP_TYPE.NUMBERING))
        self._notes = _notes(_related(paper, RELATIONSHIP_TYPE.FOOTNOTES))
        self.warnings: list[str] = []

    def blocks(self) -> list[Block]:
        """Return the body; text boxes stand before the paragraph that holds them."""
        found = list(self._blocks(self._body, 0))
        pictures = sum(1 for _ in self._body.iter(qn("a:blip")))
        if pictures:
            self.warnings.append(f"文档中有 {pictures} 幅图片，图片里的文字没有收录。")
        return found

    def _blocks(self, holder: Any, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            return
        for element in holder:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element, depth)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element, depth)
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self._blocks(element, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> Iterator[Block]:
        text, boxes, notes = _words(element)
        for box in boxes:
            yield from self._blocks(box, depth + 1)
        style = self._styles.of(element)
        # An empty paragraph shows its number in Word too, but says nothing.
        if not text.strip():
            return
        label = self._numbering.label(*style.numbered) if style.numbered else ""
        for at, line in enumerate(text.split("\n")):
            if words := line.strip():
                yield Paragraph(
                    (label if at == 0 else "") + words,
                    heading=style.heading,
                    furniture=style.contents,
                )
        for note in notes:
            if self._notes.get(note):
                yield Paragraph(self._notes[note])

    def _table(self, element: Any, depth: int) -> Iterator[Block]:
        rows: list[list[str]] = []
        for row in _children(element, "w:tr"):
            cells: list[str] = [""] * _count(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            for cell in _children(row, "w:tc"):
                properties = cell.find(qn("w:tcPr"))
                span = down = None
                if properties is not None:
                    span = properties.find(qn("w:gridSpan"))
                    down = properties.find(qn("w:vMerge"))
                if down is not None and down.get(qn("w:val")) != "restart":
                    above = rows[-1] if rows else []
                    text = above[len(cells)] if len(cells) < len(above) else ""
                else:
                    text = "\n".join(_plain(self._blocks(cell, depth + 1)))
                cells += [text] * _count(span, 1)
            rows.append(cells)
        width = max(map(len, rows), default=0)
        if len(rows) == 1 and width == 1:
            # A frame around text, not a table.
            for words in rows[0][0].split("\n"):
                if words:
                    yield Paragraph(words)
        elif any(map(any, rows)):
            yield Table(tuple(tuple(row + [""] * (width - len(row))) for row in rows))


def _words(paragraph: Any) -> tuple[str, list[Any], list[str]]:
    """Return a paragraph's text, its text boxes and the numbers of its footnotes."""
    parts: list[str] = []
    boxes: list[Any] = []
    notes: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append("" if element.get(qn("w:type")) == "page" else "\n")
        elif element.tag == qn("w:tab"):
            parts.append(" ")
        elif element.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif element.tag == _BOX:
            boxes.append(element)
        elif element.tag == _NOTE:
            notes.append(element.get(qn("w:id"), ""))
        elif element.tag == _FALLBACK:
            # The same drawing again for old readers, unless it is the only one.
            if element.getparent().find(_CHOICE) is None:
                waiting += reversed(element)
        elif element.tag not in _GONE and not _hidden(element):
            waiting += reversed(element)
    return "".join(parts), boxes, notes


def _hidden(element: Any) -> bool:
    if element.tag != qn("w:r"):
        return False
    vanish = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "true") not in ("0", "false")


def _children(element: Any, name: str) -> Iterator[Any]:
    """Yield the rows or cells, those in content controls and tracked insertions too."""
    for child in element:
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _children(child, name)


def _count(element: Any | None, default: int) -> int:
    text = "" if element is None else element.get(qn("w:val"), "")
    # Word allows 63 columns.
    return min(int(text), 63) if text.isascii() and text.isdigit() else default


def _plain(blocks: Iterator[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (" ".join(filter(None, row)) for row in block.rows)


def _related(paper: Paper, kind: str) -> Any | None:
    """Return the root of a part that the document refers to, None if it has none."""
    for relation in paper.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _notes(root: Any | None) -> dict[str, str]:
    if root is None:
        return {}
    return {
        note.get(qn("w:id"), ""): " ".join(
            words for paragraph in note.iter(qn("w:p")) if (words := _words(paragraph)[0].strip())
        )
        for note in root.iterfind(qn("w:footnote"))
        if note.get(qn("w:type")) is None
    }
