"""Class: uploads that are too large, malformed, or not what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nasty
import pytest
import renderings
from tests.visiting import Visit

from assistant.corpus import CorpusError
from assistant.corpus.keeping import look
from assistant.settings import Settings

_MEBI = 1 << 20
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "哈">'
    + "".join(
        f'<!ENTITY {c} "{("&" + p + ";") * 10}">'
        for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)
UPLOADS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bomb in a Word document": (
        "弹.docx", lambda: nasty.bomb("word/media/a.bin", 24 * _MEBI)
    ),
    "bomb in a workbook": ("弹.xlsx", lambda: nasty.bomb("xl/worksheets/sheet1.xml", 24 * _MEBI)),
    "bomb in an OFD": ("弹.ofd", lambda: nasty.bomb("Doc_0/Pages/Page_0/Content.xml", 24 * _MEBI)),
    "external entities in Word": ("实体.docx", nasty.docx_with_entities),
    "entities in OFD": ("实体.ofd", nasty.ofd_with_entities),
    "a billion laughs": (
        "笑.docx",
        lambda: nasty.repacked(
            renderings.docx(nasty.TITLE, nasty.TEXT), {"word/document.xml": _LAUGHS}
        ),
    ),
    "picture of billions of pixels": ("图.png", lambda: nasty.huge_image(60_000, 60_000)),
    "program named as Word": ("程序.docx", lambda: b"MZ" + bytes(2000)),
    "program named as text": ("程序.txt", lambda: b"\x7fELF" + bytes(2000)),
    "program": ("程序.exe", lambda: b"MZ" + bytes(2000)),
    "script": ("脚本.sh", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "web page named as PDF": ("页.pdf", lambda: b"<html><script>alert(1)</script></html>"),
    "statement beside a document": ("规定.txt.meta.toml", lambda: b'units = ["x"]'),
    "manifest of a folder": ("documents.toml", lambda: b'["*"]\nvalidity = "repealed"\n'),
    "archive": ("包.zip", lambda: nasty.package({"../../x.txt": "x"})),
    "truncated Word document": (
        "断.docx", lambda: nasty.truncated(renderings.docx(nasty.TITLE, nasty.TEXT))
    ),
    "picture with code": ("图.svg", lambda: b'<svg onload="alert(1)"/>'),
    "empty": ("空.pdf", lambda: b""),
    "encrypted": ("密.pdf", nasty.encrypted_pdf),
}  # fmt: skip


@pytest.mark.parametrize("case", UPLOADS)
def test_a_file_that_must_not_be_taken_in(case: str, tmp_path: Path) -> None:
    name, content = UPLOADS[case]
    settings = Settings(
        corpus=tmp_path / "corpus", data=tmp_path / "data", file_megabytes=5, file_seconds=20
    )
    settings.corpus.mkdir()
    path = tmp_path / "upload" / name
    path.parent.mkdir()
    path.write_bytes(content())
    with pytest.raises(CorpusError) as refused:
        look(path, name, settings)
    assert refused.value.remedy
    assert list(settings.corpus.iterdir()) == []


def test_a_file_over_the_limit(visit: Visit) -> None:
    answer = visit("局长").http.post(
        "/gradio_api/upload", files={"files": ("大.txt", bytes(33 * _MEBI))}
    )
    assert answer.status_code == 413


def test_a_file_over_the_limit_that_hides_its_size(visit: Visit) -> None:
    sent = 0

    def body() -> object:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        for _ in range(60):
            sent += _MEBI
            yield bytes(_MEBI)
        yield b"\r\n--x--\r\n"

    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = visit("局长").http.post("/gradio_api/upload", content=body(), headers=headers)  # type: ignore[arg-type]
    assert answer.status_code in (400, 413, 500)


@pytest.mark.parametrize(
    "address, size",
    [("/gradio_api/run/predict", 5 * _MEBI), ("/gradio_api/queue/join", 5 * _MEBI),
     ("/sign-in", 100_000), ("/account", 100_000)],
)  # fmt: skip
def test_a_request_of_many_megabytes(visit: Visit, address: str, size: int) -> None:
    assert visit("局长").http.post(address, content=bytes(size)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"[" * 20_000, b'{"data": 5, "fn_index": "x"}', b"\xff\xfe\x00",
     b'{"data": [], "fn_index": -1, "session_hash": null}',
     b'{"data": [], "fn_index": 999999, "session_hash": "x"}'],
)  # fmt: skip
def test_an_event_that_is_no_event_leaves_the_page_working(visit: Visit, body: bytes) -> None:
    visitor = visit("张三")
    headers = {"content-type": "application/json"}
    for address in ("/gradio_api/run/predict", "/gradio_api/queue/join"):
        answer = visitor.http.post(address, content=body, headers=headers)
        assert answer.status_code in range(400, 600)
        assert "Traceback" not in answer.text and "/site-packages/" not in answer.text
    assert visitor.config()["username"] == "张三"
