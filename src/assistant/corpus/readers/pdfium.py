"""What stands where on a PDF page, as PDFium sees it: characters, ruling lines, images.

PDFium knows the character collections of Chinese PDFs whose fonts are not embedded, repairs
broken cross-references, and renders pages for the recogniser. Its own helper classes make an
object for each call; thousands of characters a page want the plain functions.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.corpus.readers.layout import Edge, Glyph, PageContent

RESOLUTION = 200
"""Dots per inch at which scanned pages are rendered; fewer lose strokes of small type."""

# Pixels; pages larger than a poster are rendered coarser.
_LONGEST_SIDE = 3600
# Deeper nesting of form objects is an attack, not a drawing.
_DEEPEST = 8
# Thickness in points up to which a filled rectangle is a ruling line.
_THIN = 3.5
# Paths beyond this number are a drawing; none of them is looked at for tables.
_MOST_PATHS = 20_000


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns page coordinates into upright ones."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turn in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.turn:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


@dataclass(slots=True)
class _Char:
    text: str
    box: tuple[float, float, float, float]
    size: float
    angle: int


def read_page(document: pdfium.PdfDocument, index: int) -> PageContent:
    """Return the content of the page with the 0-based ``index``.

    Raises:
        pypdfium2.PdfiumError: the page cannot be loaded.
    """
    page = document[index]
    try:
        chars = list(_chars(page))
        turns = Counter(round(char.angle / 90) * 90 % 360 for char in chars)
        turn = turns.most_common(1)[0][0] if turns else page.get_rotation() % 360
        left, bottom, right, top = page.get_bbox()
        frame = _Frame(left, bottom, right, top, turn)
        upright = [char for char in chars if abs((char.angle - turn + 180) % 360 - 180) <= 10]
        slanted = "".join(c.text for c in chars if abs((c.angle - turn + 180) % 360 - 180) > 10)
        width, height = frame.size
        return PageContent(
            index + 1,
            width,
            height,
            [Glyph(char.text, *frame.box(*char.box), char.size) for char in upright],
            list(_edges(page, frame)),
            slanted.strip(),
            _image_share(page, width * height),
        )
    finally:
        page.close()


def render(document: pdfium.PdfDocument, index: int, width: float, height: float) -> Any:
    """Return an image of a page for the recogniser, as Pillow has it.

    Args:
        width, height: size of the page in points.

    Raises:
        pypdfium2.PdfiumError: the page cannot be rendered.
    """
    scale = min(RESOLUTION / 72, _LONGEST_SIDE / max(width, height, 1.0))
    page = document[index]
    try:
        return page.render(scale=scale, may_draw_forms=False).to_pil()
    finally:
        page.close()


def _chars(page: pdfium.PdfPage) -> Iterator[_Char]:
    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        before = 0
        for at in range(raw.FPDFText_CountChars(handle)):
            code = raw.FPDFText_GetUnicode(handle, at)
            if 0xDC00 <= code < 0xE000 and 0xD800 <= before < 0xDC00:
                # A rare character comes as two halves, each with the whole's box.
                code, before = 0x10000 + ((before - 0xD800) << 10) + code - 0xDC00, 0
            elif 0xD800 <= code < 0xE000:
                before = code
                continue
            # PDFium puts in line breaks and spaces of its own; the layout does that here.
            if code < 32 or code in (0xFFFE, 0xFFFF) or raw.FPDFText_IsGenerated(handle, at) == 1:
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, at, box):
                continue
            size = raw.FPDFText_GetFontSize(handle, at)
            angle = 0
            if raw.FPDFText_GetMatrix(handle, at, matrix):
                size *= math.hypot(matrix.c, matrix.d)
                angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
            if not (0 < size < 2000):
                size = abs(box.top - box.bottom) or 1.0
            yield _Char(chr(code), (box.left, box.bottom, box.right, box.top), size, angle)
    finally:
        text_page.close()


def _edges(page: pdfium.PdfPage, frame: _Frame) -> Iterator[Edge]:
    paths = 0
    for item, matrices in _objects(page.raw, (), 0):
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        paths += 1
        if paths > _MOST_PATHS:
            return
        for x0, y0, x1, y1 in _strokes(item, matrices):
            ax, ay, bx, by = frame.box(x0, y0, x1, y1)
            if bx - ax <= _THIN and by - ay > _THIN:
                yield Edge(True, (ax + bx) / 2, ay, by)
            elif by - ay <= _THIN and bx - ax > _THIN:
                yield Edge(False, (ay + by) / 2, ax, bx)


def _objects(
    holder: Any, matrices: tuple[raw.FS_MATRIX, ...], depth: int
) -> Iterator[tuple[Any, tuple[raw.FS_MATRIX, ...]]]:
    """Yield page objects with the matrices to apply to them, the innermost first."""
    count, get = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    for at in range(count(holder)):
        item = get(holder, at)
        matrix = raw.FS_MATRIX()
        own = (matrix, *matrices) if raw.FPDFPageObj_GetMatrix(item, matrix) else matrices
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
            yield item, own
        elif depth < _DEEPEST:
            yield from _objects(item, own, depth + 1)


def _strokes(
    path: Any, matrices: tuple[raw.FS_MATRIX, ...]
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight strokes of a path; a thin filled rectangle is one stroke."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    lines: list[tuple[float, float, float, float]] = []
    for at in range(min(raw.FPDFPath_CountSegments(path), 400)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = _placed(x.value, y.value, matrices)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        if kind == raw.FPDF_SEGMENT_MOVETO:
            points = [here]
            continue
        if points:
            lines.append((*points[-1], *here))
            points.append(here)
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            lines.append((*here, *points[0]))
    xs = [value for line in lines for value in (line[0], line[2])]
    ys = [value for line in lines for value in (line[1], line[3])]
    if xs and (max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN):
        yield min(xs), min(ys), max(xs), max(ys)
        return
    stroked, mode = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
    if stroked.value:
        yield from lines


def _placed(x: float, y: float, matrices: tuple[raw.FS_MATRIX, ...]) -> tuple[float, float]:
    for m in matrices:
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y


def _image_share(page: pdfium.PdfPage, area: float) -> float:
    largest = 0.0
    bounds = [ctypes.c_float() for _ in range(4)]
    for item, matrices in _objects(page.raw, (), 0):
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        if raw.FPDFPageObj_GetBounds(item, *bounds):
            left, bottom, right, top = (value.value for value in bounds)
            corners = [_placed(x, y, matrices[1:]) for x in (left, right) for y in (bottom, top)]
            wide = max(x for x, _ in corners) - min(x for x, _ in corners)
            high = max(y for _, y in corners) - min(y for _, y in corners)
            largest = max(largest, wide * high)
    return min(1.0, largest / area) if area > 0 else 0.0
