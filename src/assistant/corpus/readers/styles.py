"""What a Word paragraph's style says: heading level, list, table of contents."""

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """Attributes of a paragraph, its own or inherited.

    Attributes:
        heading: 1 for the title, 2 for the first level of headings, …; 0 for text.
        numbered: list id, 0-based level (None: bound to the style) and style id.
        contents: True for a line of a table of contents.
    """

    heading: int = 0
    numbered: tuple[str, int | None, str] | None = None
    contents: bool = False


class Styles:
    """The style sheet of a document.

    Args:
        root: the ``w:styles`` element, None where the document has none.
    """

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._default = ""
        self._known: dict[str, Style] = {}
        for style in root.iterfind(qn("w:style")) if root is not None else ():
            if style.get(qn("w:type")) == "paragraph":
                key = style.get(qn("w:styleId"), "")
                self._elements[key] = style
                if style.get(qn("w:default")) in ("1", "true"):
                    self._default = key

    def of(self, paragraph: Any) -> Style:
        """Return what holds for a ``w:p`` element."""
        properties = paragraph.find(qn("w:pPr"))
        key = _value(properties, "w:pStyle") or self._default
        return _with(self._named(key, ()), properties, key)

    def _named(self, key: str, below: tuple[str, ...]) -> Style:
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        # A forged style sheet may go round in circles.
        if element is None or key in below:
            return Style()
        base = _value(element, "w:basedOn")
        style = self._named(base, (*below, key)) if base and len(below) < 30 else Style()
        style = _with(style, element.find(qn("w:pPr")), key)
        name = _value(element, "w:name") or ""
        if name.lower() in ("title", "标题"):
            style = replace(style, heading=1)
        elif heading := _NAME.fullmatch(name):
            style = replace(style, heading=int(heading[1]) + 1)
        if _CONTENTS.match(name):
            style = replace(style, contents=True, heading=0)
        self._known[key] = style
        return style


def _with(style: Style, properties: Any | None, key: str) -> Style:
    """Return ``style`` as changed by a ``w:pPr`` element."""
    if properties is None:
        return style
    level = _value(properties, "w:outlineLvl")
    if level is not None and level.isascii() and level.isdigit():
        style = replace(style, heading=int(level) + 2 if int(level) < 9 else 0)
    numbering = properties.find(qn("w:numPr"))
    if numbering is None:
        return style
    number, depth = _value(numbering, "w:numId"), _value(numbering, "w:ilvl")
    inherited = style.numbered
    if number is None and inherited is not None:
        number = inherited[0]
    if not number or number == "0":
        return replace(style, numbered=None)
    if depth is not None and depth.isascii() and depth.isdigit():
        return replace(style, numbered=(number, int(depth), key))
    # A style's list names its level in the list's own definition.
    return replace(style, numbered=(number, None, key))


def _value(element: Any | None, name: str) -> str | None:
    found = None if element is None else element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))
