"""Which format a file has, by its content first and its ending second, and its reader."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from assistant.corpus.model import CorpusError
from assistant.corpus.readers.limits import Limits
from assistant.corpus.source import Source


class Format(StrEnum):
    """What can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    OFD = "ofd"
    HTML = "html"
    IMAGE = "image"
    ARCHIVE = "zip"
    DOC = "doc"
    WPS = "wps"
    XLS = "xls"
    ET = "et"
    RTF = "rtf"


ENDINGS = {
    ".txt": Format.TEXT, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
    ".csv": Format.CSV, ".tsv": Format.CSV,
    ".pdf": Format.PDF, ".docx": Format.DOCX, ".docm": Format.DOCX, ".dotx": Format.DOCX,
    ".xlsx": Format.XLSX, ".xlsm": Format.XLSX, ".xltx": Format.XLSX, ".ofd": Format.OFD,
    ".html": Format.HTML, ".htm": Format.HTML, ".shtml": Format.HTML, ".xhtml": Format.HTML,
    ".png": Format.IMAGE, ".jpg": Format.IMAGE, ".jpeg": Format.IMAGE, ".tif": Format.IMAGE,
    ".tiff": Format.IMAGE, ".bmp": Format.IMAGE, ".webp": Format.IMAGE, ".gif": Format.IMAGE,
    ".zip": Format.ARCHIVE,
    ".doc": Format.DOC, ".dot": Format.DOC, ".wps": Format.WPS, ".wpt": Format.WPS,
    ".xls": Format.XLS, ".et": Format.ET, ".ett": Format.ET, ".rtf": Format.RTF,
}  # fmt: skip
"""Endings in lower case with their dot."""

# Nothing at the beginning of these tells that they are what they are.
_WITHOUT_MARK = frozenset({Format.TEXT, Format.MARKDOWN, Format.CSV, Format.HTML})
_OLD = frozenset({Format.DOC, Format.WPS, Format.XLS, Format.ET, Format.RTF})
_PARTS = (
    ("word/", Format.DOCX), ("xl/", Format.XLSX), ("OFD.xml", Format.OFD),
)  # fmt: skip
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)", re.I | re.S
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK = "Workbook".encode("utf-16-le")
_HEAD = 4096


def format_of(path: Path, origin: str) -> Format:
    """Return the format of a file; a wrong ending does not matter where the content tells.

    Raises:
        CorpusError: the format is unknown, or the content is not what the ending says.
        OSError: the file cannot be read.
    """
    ending = ENDINGS.get(path.suffix.lower())
    with path.open("rb") as file:
        head = file.read(_HEAD)
    found = _by_content(path, head, ending)
    if found is not None:
        return found
    if ending is None:
        raise CorpusError(
            origin,
            f"暂不支持 {path.suffix or '没有扩展名的'} 文件",
            "请另存为 PDF、DOCX、XLSX、OFD、HTML、CSV、TXT 或 Markdown 后再放入",
        )
    if ending in _WITHOUT_MARK:
        return ending
    raise CorpusError(
        origin,
        f"扩展名是 {path.suffix}，内容却不是这种格式，文件可能已损坏",
        "请重新下载或重新导出；改过扩展名的，请改回原来的扩展名",
    )


def read(path: Path, origin: str, limits: Limits) -> Source:
    """Read a file of any format in this process.

    Raises:
        CorpusError: the file cannot be read.
    """
    form = format_of(path, origin)
    if form in (Format.DOCX, Format.XLSX, Format.OFD):
        from assistant.corpus.readers.packages import check_package

        check_package(path, origin, limits)
    # Each reader's libraries are imported with the first file that wants them.
    match form:
        case Format.TEXT:
            from assistant.corpus.readers.text import read_text

            return read_text(path, origin)
        case Format.MARKDOWN:
            from assistant.corpus.readers.text import read_markdown

            return read_markdown(path, origin)
        case Format.CSV:
            from assistant.corpus.readers import csv

            return csv.read(path, origin)
        case Format.PDF:
            from assistant.corpus.readers import pdf

            return pdf.read(path, origin, limits)
        case Format.DOCX:
            from assistant.corpus.readers import docx

            return docx.read(path, origin)
        case Format.XLSX:
            from assistant.corpus.readers import xlsx

            return xlsx.read(path, origin)
        case Format.OFD:
            from assistant.corpus.readers import ofd

            return ofd.read(path, origin, limits)
        case Format.HTML:
            from assistant.corpus.readers import html

            return html.read(path, origin)
        case Format.IMAGE:
            from assistant.corpus.readers import ocr

            return ocr.read(path, origin, limits)
        case _:
            from assistant.corpus.readers import office

            return office.read(path, origin, limits, form)


def _by_content(path: Path, head: bytes, ending: Format | None) -> Format | None:
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _package(path, ending)
    if head.startswith(_OLE):
        return _compound(path, ending)
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.IMAGE
    if _PAGE.match(head.lstrip(b"\xef\xbb\xbf")) and ending not in (Format.MARKDOWN, Format.TEXT):
        # Offices export web pages under the names of Word and Excel files.
        return Format.HTML
    if b"<?mso-application" in head and ending in _OLD:
        return ending
    return None


def _package(path: Path, ending: Format | None) -> Format | None:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        # Its own reader says that it is damaged.
        return ending
    for part, form in _PARTS:
        if any(name.startswith(part) for name in names):
            return form
    return Format.ARCHIVE if ending is Format.ARCHIVE else None


def _compound(path: Path, ending: Format | None) -> Format | None:
    """Tell old Office files apart; encrypted new ones use the same container."""
    with path.open("rb") as file:
        content = file.read(1 << 20) + file.read()[-(1 << 20) :]
    if _ENCRYPTED in content:
        return Format.DOCX if ending is None else ending
    if ending in _OLD:
        return ending
    return Format.XLS if _BOOK in content else Format.DOC
