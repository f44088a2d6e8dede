"""OFD, the national format of official documents (GB/T 33190): placed text and ruling lines.

A package holds ``OFD.xml``, which names a ``Document.xml``, which names a ``Content.xml``
for each page.  Positions are millimetres from the top left corner.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers.flow import blocks_of
from assistant.corpus.readers.layout import PageContent
from assistant.corpus.readers.limits import Limits, note_on_pages
from assistant.corpus.readers.ofd_page import Matrix, read_objects
from assistant.corpus.readers.packages import opened, parse_part
from assistant.corpus.source import Block, Source

_DEFAULT_BOX = (0.0, 0.0, 210.0, 297.0)
_MOST_PAGES = 5000
# A page with fewer characters is a scan if it shows an image; none shows more than a few.
_FEW = 10
_MOST_IMAGES = 4
POINTS = 72 / 25.4
"""Points in a millimetre."""


def read(path: Path, origin: str, limits: Limits) -> Source:
    """Read the text and tables of an OFD file; pages that are only an image are recognised.

    Raises:
        CorpusError: the file is damaged or is no OFD document.
    """
    with opened(path, origin) as package:
        try:
            root = _part(package, "OFD.xml")
            blocks: list[Block] = []
            scanned = _Scans(package, limits.scan_pages)
            title, created = "", None
            for body in _all(root, "DocBody"):
                title = title or _text(body, "Title")
                created = created or _day(_text(body, "CreationDate"))
                place = _text(body, "DocRoot")
                if place:
                    blocks += blocks_of(_pages(package, _resolved("", place), scanned))
        except (etree.LxmlError, KeyError) as error:
            raise CorpusError(
                origin, "OFD 文件已损坏或缺少必要的部分", "请用 OFD 阅读器打开后重新导出"
            ) from error
    return Source(origin, content_digest(path), blocks, title, created, scanned.warnings())


class _Scans:
    """Recognises the pages that are only an image."""

    def __init__(self, package: zipfile.ZipFile, most: int) -> None:
        self._package = package
        self._most = most
        self._met = 0

    def recognised(self, page: PageContent, images: Sequence[str]) -> PageContent:
        """Return what is written on the images of a page without text.

        Args:
            images: places of the image files in the package.
        """
        if len(page.glyphs) >= _FEW or not images:
            return page
        self._met += 1
        if self._met > self._most:
            return page
        # The recogniser is imported with the first scan only.
        from assistant.corpus.readers.ocr import recognise_file

        found = [
            recognise_file(self._package.read(place), page.number, page.width, page.height)
            for place in images[:_MOST_IMAGES]
        ]
        glyphs = [glyph for content in found for glyph in content.glyphs]
        return replace(page, glyphs=[*page.glyphs, *glyphs])

    def warnings(self) -> tuple[str, ...]:
        """Say that a scan was longer than what is recognised of it."""
        return (note_on_pages(self._met, self._most),) if self._met > self._most else ()


def _pages(package: zipfile.ZipFile, document_place: str, scans: _Scans) -> Iterator[PageContent]:
    document = _part(package, document_place)
    box = next((_box(area.text) for area in _all(document, "PhysicalBox")), _DEFAULT_BOX)
    templates = {
        template.get("ID", ""): _resolved(document_place, template.get("BaseLoc", ""))
        for template in _all(document, "TemplatePage")
    }
    media = dict(_media(package, document, document_place))
    for number, page in enumerate(_all(document, "Page"), start=1):
        if number > _MOST_PAGES:
            return
        content = _part(package, _resolved(document_place, page.get("BaseLoc", "")))
        own_box = next((_box(area.text) for area in _all(content, "PhysicalBox")), box)
        layers = [
            _part(package, templates[key])
            for use in _all(content, "Template")
            if (key := use.get("TemplateID", "")) in templates
        ]
        shown = (image.get("ResourceID", "") for image in _all(content, "ImageObject"))
        images = [media[key] for key in shown if key in media]
        yield scans.recognised(_page(number, own_box, [*layers, content]), images)


def _media(
    package: zipfile.ZipFile, document: Any, document_place: str
) -> Iterator[tuple[str, str]]:
    """Yield the images that the document's resources name: id and place."""
    names = set(package.namelist())
    for kind in ("PublicRes", "DocumentRes"):
        for listed in _all(document, kind):
            place = _resolved(document_place, (listed.text or "").strip())
            if place not in names:
                continue
            resources = _part(package, place)
            folder = _resolved(place, resources.get("BaseLoc", "") + "/x")
            for item in _all(resources, "MultiMedia"):
                image = _resolved(folder, _text(item, "MediaFile"))
                if image in names:
                    yield item.get("ID", ""), image


def _page(number: int, box: Sequence[float], layers: Sequence[Any]) -> PageContent:
    left, top, width, height = box
    upright = Matrix(POINTS, 0, 0, POINTS, -left * POINTS, -top * POINTS)
    glyphs, edges = [], []
    for layer in layers:
        found, ruled = read_objects(layer, upright)
        glyphs += found
        edges += ruled
    return PageContent(number, width * POINTS, height * POINTS, glyphs, edges)


def _part(package: zipfile.ZipFile, place: str) -> Any:
    return parse_part(package.read(place))


def _resolved(base: str, place: str) -> str:
    """Return a location as the package names it: absolute, or relative to ``base``."""
    if place.startswith("/"):
        return posixpath.normpath(place.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), place))


def _all(root: Any, name: str) -> Iterator[Any]:
    yield from root.iter(f"{{*}}{name}")


def _text(root: Any, name: str) -> str:
    return next(((found.text or "").strip() for found in _all(root, name)), "")


def _box(text: str | None) -> tuple[float, ...]:
    try:
        values = tuple(map(float, (text or "").split()))
    except ValueError:
        return _DEFAULT_BOX
    return (
        values if len(values) == 4 and 0 < values[2] < 1e5 and 0 < values[3] < 1e5 else _DEFAULT_BOX
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
