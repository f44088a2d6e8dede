"""Class: making the server fetch addresses: by events, documents, settings and the model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import nasty
import pytest
import renderings
from tests.visiting import Visit

from assistant.corpus import CorpusError
from assistant.corpus.readers import Limits, read_file
from assistant.people import open_people
from assistant.settings import AccountsMode, Settings, SettingsError, load_settings
from assistant.ui.access.single_sign_on import single_sign_on


class Target:
    """A server inside the network that should never be asked for anything."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        target = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                target.asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"inner secret")

            do_HEAD = do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                return

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def target() -> Iterator[Target]:
    target = Target()
    yield target
    target.http.shutdown()
    target.http.server_close()


@pytest.mark.parametrize(
    "address",
    [
        "/gradio_api/file={url}/x", "/gradio_api/file=//{host}/x", "/gradio_api/proxy={url}/x",
        "/gradio_api/file/{url}/x", "/?deep_link={url}", "/theme.css?url={url}",
        "/items.xlsx?list={url}",
    ],
)  # fmt: skip
def test_an_address_within_an_address(visit: Visit, target: Target, address: str) -> None:
    host = target.url.removeprefix("http://")
    answer = visit("局长").http.get(address.format(url=target.url, host=host))
    assert target.asked == [] and b"inner secret" not in answer.content


@pytest.mark.parametrize("field", ["path", "url"])
def test_an_event_with_an_address_for_a_file(visit: Visit, target: Target, field: str) -> None:
    visitor = visit("局长")
    event = visitor.event("change", "item-upload")
    file = {"path": "x.xlsx", field: f"{target.url}/x.xlsx", "meta": {"_type": "gradio.FileData"}}
    assert visitor.queue(event, file)[-1]["success"] is False
    assert target.asked == []


def _html(url: str) -> bytes:
    return (
        f'<html><head><link rel="stylesheet" href="{url}/a"><base href="{url}/"></head><body>'
        f'<img src="{url}/b"><iframe src="{url}/c"></iframe><script src="{url}/d"></script>'
        "<h1>示范区执法办法</h1><p>第一条 为了规范执法。</p></body></html>"
    ).encode()


def _docx(url: str) -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" TargetMode="External" Target="' + url + '/template.dotx" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        "</Relationships>"
    )
    plain = renderings.docx(nasty.TITLE, nasty.TEXT)
    return nasty.repacked(plain, {"word/_rels/settings.xml.rels": relations})


def _entities(url: str) -> bytes:
    document = (
        f'<?xml version="1.0"?><!DOCTYPE w SYSTEM "{url}/x.dtd" [<!ENTITY s SYSTEM "{url}/s">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&s;</w:t></w:r></w:p></w:body></w:document>"
    )
    plain = renderings.docx(nasty.TITLE, nasty.TEXT)
    return nasty.repacked(plain, {"word/document.xml": document})


DOCUMENTS = {"网页.html": _html, "模板.docx": _docx, "实体.docx": _entities}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_refers_elsewhere(target: Target, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(DOCUMENTS[name](target.url))
    try:
        read_file(path, tmp_path, Limits())
    except CorpusError as error:
        assert "实体" in error.reason
    assert target.asked == []


@pytest.mark.parametrize(
    "name, value",
    [
        ("oidc_issuer", "file:///etc/passwd"),
        ("oidc_issuer", "gopher://127.0.0.1"),
        ("chroma", "http://127.0.0.1/"),
        ("oidc_issuer", "javascript:1"),
    ],
)
def test_a_setting_of_another_scheme(name: str, value: str) -> None:
    with pytest.raises(SettingsError):
        load_settings(**{name: value})


def test_single_sign_on_in_clear_to_an_inner_address(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, accounts=AccountsMode.ON, oidc_client_id="a",
        oidc_issuer="http://169.254.169.254/latest/meta-data",
    )  # fmt: skip
    with pytest.raises(SettingsError, match="https"):
        single_sign_on(open_people(settings), settings)


def test_the_target_would_have_noticed(target: Target) -> None:
    assert httpx.get(f"{target.url}/proof").text == "inner secret"
    assert target.asked == ["/proof"]
