"""What a sheet's cells do not tell: merged ranges, and formulas without a computed value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from lxml import etree
from openpyxl.utils.cell import range_boundaries

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _MERGED = f"{_SPACE}c", f"{_SPACE}mergeCell"


@dataclass(frozen=True, slots=True)
class SheetExtras:
    """Attributes of a sheet.

    Attributes:
        merged: first row, first column, last row and last column of each merged range.
        empty_formulas: addresses of formulas whose value was not saved.
    """

    merged: Sequence[tuple[int, int, int, int]]
    empty_formulas: Sequence[str]


def read_extras(part: IO[bytes]) -> SheetExtras:
    """Read a sheet's part of the package as a stream.

    Raises:
        lxml.etree.LxmlError: the part is not well-formed.
        ValueError: a merged range has no proper address.
    """
    merged: list[tuple[int, int, int, int]] = []
    formulas: list[str] = []
    events = etree.iterparse(
        part, tag=(_CELL, _MERGED), resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in events:
        if element.tag == _MERGED:
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            if left and top and right and bottom:
                merged.append((top, left, bottom, right))
        elif element.find(f"{_SPACE}f") is not None and not element.findtext(f"{_SPACE}v"):
            formulas.append(element.get("r", ""))
        element.clear()
        # Rows that were seen would otherwise pile up.
        while element.getprevious() is not None:
            del element.getparent()[0]
    return SheetExtras(merged, formulas)
