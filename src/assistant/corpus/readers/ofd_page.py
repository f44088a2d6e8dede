"""The objects of one OFD page: text codes with their advances, paths as ruling lines."""

import math
import re
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any, NamedTuple

from assistant.corpus.readers.layout import Edge, Glyph

# Characters of one text code; a forged repetition count would otherwise never end.
_LONGEST = 100_000
_THIN = 3.5
_PATH = re.compile(r"[MLSCQBA]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Matrix(NamedTuple):
    """Maps x, y to a·x + c·y + e, b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point lands."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: "Matrix") -> "Matrix":
        """Return the map that applies ``inner`` first."""
        e, f = self.point(inner.e, inner.f)
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


def read_objects(content: Any, outer: Matrix) -> tuple[list[Glyph], list[Edge]]:
    """Return the characters and straight lines of a page or template, in points."""
    glyphs: list[Glyph] = []
    edges: list[Edge] = []
    for element in content.iter("{*}TextObject", "{*}PathObject"):
        boundary = _numbers(element.get("Boundary", ""))
        if len(boundary) != 4:
            continue
        own = Matrix(e=boundary[0], f=boundary[1])
        turned = _numbers(element.get("CTM", ""))
        if len(turned) == 6:
            own = own.after(Matrix(*turned))
        place = outer.after(own)
        if element.tag.endswith("TextObject"):
            glyphs += _glyphs(element, place)
        else:
            edges += _edges(element, place)
    return glyphs, edges


def _glyphs(element: Any, place: Matrix) -> Iterator[Glyph]:
    size = _first(element.get("Size"), 3.7)
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        text = (code.text or "")[:_LONGEST]
        # X and Y may be left out where they go on from the code before.
        x, y = _first(code.get("X"), x), _first(code.get("Y"), y)
        across, down = _advances(code.get("DeltaX")), _advances(code.get("DeltaY"))
        for character in text:
            own = size * (0.55 if character.isascii() else 1.0)
            advance = next(across, 0.0 if code.get("DeltaY") else own)
            # A character fills its advance, so that spaced digits stay one number.
            width = min(max(advance, own), 1.2 * size)
            (x0, bottom), (x1, top) = place.point(x, y), place.point(x + width, y - size)
            if character >= " ":
                yield Glyph(
                    character,
                    min(x0, x1),
                    min(top, bottom),
                    max(x0, x1),
                    max(top, bottom),
                    size * math.hypot(place.c, place.d) or 1.0,
                )
            x += advance
            y += next(down, 0.0)


def _edges(element: Any, place: Matrix) -> Iterator[Edge]:
    """Yield the straight lines of a path; a thin filled box counts as one line."""
    if element.get("Stroke", "true") == "false" and element.get("Fill", "false") != "true":
        return
    for data in element.iter("{*}AbbreviatedData"):
        lines = list(_strokes(data.text or "", place))
        xs = [value for line in lines for value in (line[0], line[2])]
        ys = [value for line in lines for value in (line[1], line[3])]
        if not lines:
            continue
        if max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN:
            lines = [(min(xs), min(ys), max(xs), max(ys))]
        for x0, y0, x1, y1 in lines:
            if abs(x1 - x0) <= _THIN < abs(y1 - y0):
                yield Edge(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
            elif abs(y1 - y0) <= _THIN < abs(x1 - x0):
                yield Edge(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))


def _strokes(data: str, place: Matrix) -> Iterator[tuple[float, float, float, float]]:
    tokens = iter(_PATH.findall(data[: 20 * _LONGEST]))
    start = here = (0.0, 0.0)
    for token in tokens:
        count = _OPERANDS.get(token)
        if count is None:
            continue
        values = [_first(next(tokens, "0"), 0.0) for _ in range(count)]
        if token == "C":
            yield (*place.point(*here), *place.point(*start))
            here = start
            continue
        there = (values[-2], values[-1])
        if token in "MS":
            start = there
        elif token == "L":
            yield (*place.point(*here), *place.point(*there))
        here = there


def _advances(text: str | None) -> Iterator[float]:
    """Yield the advances of a delta list, in which ``g 3 5`` stands for ``5 5 5``."""
    tokens = iter((text or "").split())
    runs: list[Iterator[float]] = []
    for token in tokens:
        if token == "g":
            count = int(min(max(_first(next(tokens, "0"), 0.0), 0.0), _LONGEST))
            runs.append(repeat(_first(next(tokens, "0"), 0.0), count))
        else:
            runs.append(iter((_first(token, 0.0),)))
    return chain.from_iterable(runs)


def _numbers(text: str) -> list[float]:
    return [_first(token, 0.0) for token in text.split()[:16]]


def _first(text: str | None, default: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < 1e7 else default
