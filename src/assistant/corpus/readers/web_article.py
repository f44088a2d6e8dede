"""Where the article of a web page is, by the weight of its words."""

import re
from typing import Any

from lxml import etree

_SILENT_NAMES = (
    "script style noscript template iframe nav svg button select option textarea input object"
    " embed video audio canvas link meta head map"
)
_SILENT = frozenset(_SILENT_NAMES.split())
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|share\w*|bds\w*|bshare\w*|social\w*|crumbs?|breadcrumbs?"
    r"|footer|foot|copyright|toolbar|sidebar|search\w*|login|qrcode|pagination|related\w*"
    r"|recommend\w*|print\w*|fontsize|friend\w*|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What a page may contain, but no text that is put back into it.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Elements that frame an article; the article itself is not inside a paragraph.
_FRAME_NAMES = "html body div section article main form center td table tbody tr span font"
_FRAMES = frozenset(_FRAME_NAMES.split())
# Share of the words that an element must hold for its parent to be only a frame.
_ALMOST_ALL = 0.85


def drop_noise(body: Any) -> None:
    """Remove scripts, navigation, share bars and hidden elements; texts after them stay."""
    total = _length(body)
    for element in list(body.iter()):
        if element is body or element.getparent() is None:
            continue
        tag = element.tag
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        if (
            not isinstance(tag, str)
            or tag in _SILENT
            or _HIDDEN.search(element.get("style", ""))
            or element.get("hidden") is not None
        ):
            remove(element)
        elif _NOISE.search(marks) and _length(element) < 0.3 * total:
            # A word such as "print" also names the frame of a whole article.
            remove(element)


def article_of(body: Any) -> Any:
    """Return the innermost element that holds almost all words outside links."""
    weights = _weights(body)
    article = body
    while True:
        inner = max(article, key=lambda child: weights.get(child, 0), default=None)
        if (
            inner is None
            or inner.tag not in _FRAMES
            or weights.get(inner, 0) < _ALMOST_ALL * weights[article]
            or weights[article] == 0
            or _is_data(inner, weights)
        ):
            return article
        article = inner


def _is_data(element: Any, weights: dict[Any, int]) -> bool:
    """Tell whether a table holds data: no single cell has almost all of its words."""
    if element.tag != "table":
        return False
    cells = [weights.get(cell, 0) for cell in element.iter("td", "th")]
    return max(cells, default=0) < _ALMOST_ALL * weights[element]


def _weights(body: Any) -> dict[Any, int]:
    """Return the number of characters outside links under each element."""
    weights: dict[Any, int] = {}
    links = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            links += element.tag == "a"
            weights[element] = 0 if links else _count(element.text)
            continue
        links -= element.tag == "a"
        parent = element.getparent()
        if element is not body and parent is not None:
            weights[parent] += weights[element] + (0 if links else _count(element.tail))
    return weights


def _length(element: Any) -> int:
    return sum(map(_count, element.itertext()))


def _count(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def remove(element: Any) -> None:
    """Take an element out of its page; the text after it stays."""
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = _CONTROL.sub("", (parent.text or "") + element.tail)
        else:
            before.tail = _CONTROL.sub("", (before.tail or "") + element.tail)
    parent.remove(element)
