"""Files that are made to break a reader: bombs, forgeries, ruins."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

import openpyxl
import renderings

TITLE = "示范区执法办法"
TEXT = ["第一条　为了规范执法，制定本办法。", "第二条　本办法自公布之日起施行。"]
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">'
    '<!ENTITY a "执法"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


def encrypted_pdf() -> bytes:
    """Return a PDF that opens only with a password."""
    return renderings.pdf(TITLE, TEXT, encrypt="password")


def truncated(content: bytes) -> bytes:
    """Return the first third of a file, as a broken download leaves it."""
    return content[: len(content) // 3]


def pdf_bomb(size: int) -> bytes:
    """Return a small PDF whose page content unpacks to ``size`` bytes."""
    packer = zlib.compressobj(1)
    block = b"BT /F1 12 Tf 10 10 Td (x) Tj ET\n" * 32768
    stream = b"".join(packer.compress(block) for _ in range(size // len(block) + 1))
    stream += packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, words in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + words + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def package(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP of the given parts."""
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def repacked(content: bytes, changed: Mapping[str, bytes | str]) -> bytes:
    """Return a package with some of its parts replaced."""
    with zipfile.ZipFile(BytesIO(content)) as source:
        parts: dict[str, bytes | str] = {name: source.read(name) for name in source.namelist()}
    return package({**parts, **changed})


def docx_with_entities() -> bytes:
    """Return a Word document that asks for a file of the machine."""
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&secret;&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    return repacked(renderings.docx(TITLE, TEXT), {"word/document.xml": _ENTITIES + body})


def ofd_with_entities() -> bytes:
    """Return an OFD whose first part defines entities."""
    return repacked(
        renderings.ofd(TITLE, TEXT), {"OFD.xml": (_ENTITIES + "<OFD>&b;</OFD>").encode("utf-16")}
    )


def bomb(name: str, size: int) -> bytes:
    """Return a package with one part that unpacks to ``size`` zero bytes."""
    with (
        zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as target,
        target.open(name, "w", force_zip64=True) as part,
    ):
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
    return out.getvalue()


def locked_zip(name: str, content: bytes) -> bytes:
    """Return an archive whose member says that it is encrypted."""
    archive = bytearray(package({name: content}))
    # General purpose flag, in the local header and in the central directory.
    archive[6] |= 1
    archive[archive.find(b"PK\x01\x02") + 8] |= 1
    return bytes(archive)


def huge_image(width: int, height: int) -> bytes:
    """Return a PNG of a few hundred bytes that claims to be enormous."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def far_cell() -> bytes:
    """Return a workbook whose third cell is the last of the sheet, the others merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "序号", "1", "远"
    book.save(out := BytesIO())
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(out) as source:
        content = source.read(name).replace(
            b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFC1048575"/></mergeCells>',
        )
    return repacked(out.getvalue(), {name: content})
