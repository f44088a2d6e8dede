"""PDF files: words joined to paragraphs, drawn tables to rows and cells, each with its page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers.flow import blocks_of
from assistant.corpus.readers.layout import PageContent
from assistant.corpus.readers.limits import Limits, note_on_pages
from assistant.corpus.readers.pdfium import read_page, render
from assistant.corpus.source import Source

_WRONG_PASSWORD = 4
# A page with fewer characters, on an image of most of its area, is a scan.
_FEW = 10
_MOST_OF_IT = 0.5


def read(path: Path, origin: str, limits: Limits) -> Source:
    """Read a PDF; pages that are only an image are recognised.

    Raises:
        CorpusError: it is encrypted, damaged, or has no pages.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _unreadable(origin, error) from error
    try:
        pages = _Pages(document, limits)
        blocks = blocks_of(pages)
        if not blocks:
            raise CorpusError(
                origin, "PDF 中没有可读取的文字", "请检查文件内容，或重新导出该文件后再试"
            )
        return Source(
            origin,
            content_digest(path),
            blocks,
            title=document.get_metadata_value("Title").strip(),
            created=_day(document.get_metadata_value("CreationDate")),
            warnings=pages.warnings(),
        )
    finally:
        document.close()


class _Pages:
    """The pages of a document, one at a time, and what was wrong with them."""

    def __init__(self, document: pdfium.PdfDocument, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self._damaged: list[int] = []
        self._scanned = 0

    def __iter__(self) -> Iterator[PageContent]:
        for index in range(len(self._document)):
            try:
                page = read_page(self._document, index)
                if len(page.glyphs) < _FEW and page.image_share > _MOST_OF_IT:
                    self._scanned += 1
                    if self._scanned > self._limits.scan_pages:
                        continue
                    page = self._recognised(page, index)
                yield page
            except pdfium.PdfiumError:
                self._damaged.append(index + 1)

    def warnings(self) -> tuple[str, ...]:
        """Return Chinese sentences on pages that were not read in full."""
        found = []
        if self._damaged:
            named = "、".join(map(str, self._damaged[:10])) + ("等" if self._damaged[10:] else "")
            found.append(f"第 {named} 页已损坏，未能读取。")
        if self._scanned > self._limits.scan_pages:
            found.append(note_on_pages(self._scanned, self._limits.scan_pages))
        return tuple(found)

    def _recognised(self, page: PageContent, index: int) -> PageContent:
        # The recogniser is imported with the first scan only.
        from assistant.corpus.readers.ocr import recognise

        image = render(self._document, index, page.width, page.height)
        return replace(recognise(image, page.number, page.width, page.height), edges=page.edges)


def _unreadable(origin: str, error: pdfium.PdfiumError) -> CorpusError:
    if getattr(error, "err_code", None) == _WRONG_PASSWORD or "password" in str(error).lower():
        return CorpusError(origin, "PDF 已加密，需要密码才能打开", "请取消密码保护后重新放入")
    return CorpusError(origin, "PDF 已损坏或不完整，无法打开", "请重新下载或重新导出该文件")


def _day(stamp: str) -> date | None:
    """Return the day of a PDF date such as ``D:20260815093000+08'00'``."""
    found = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", stamp)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
