"""Class: reading files of the machine, and writing where nothing may be written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.visiting import Served, Visit

from assistant.corpus import CorpusError
from assistant.corpus.importing import import_folder
from assistant.corpus.keeping import Keeper, safe_name
from assistant.items.imports import take_in

WANTED = (b"root:", b"SQLite format 3", b"[project]", b"def ", b"argon2")
BELOW = "/gradio_api/file="
PATHS = (
    BELOW + "/etc/passwd",
    BELOW + "%2Fetc%2Fpasswd",
    BELOW + "/proc/self/environ",
    BELOW + "/proc/self/cwd/pyproject.toml",
    BELOW + "pyproject.toml",
    BELOW + "/tmp/gradio/../../etc/passwd",
    BELOW + "/tmp/gradio/%2e%2e/%2e%2e/etc/passwd",
    BELOW + "..%2f..%2f..%2fetc%2fpasswd",
    BELOW + "file:///etc/passwd",
    "/assets/../../../../../../etc/passwd",
    "/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static/%2e%2e%2f%2e%2e%2froutes.py",
    "/static//etc/passwd",
    "/gradio_api/upload_progress?upload_id=../../etc/passwd",
    "/theme.css/../../etc/passwd",
    "/gradio_api/proxy=file:///etc/passwd",
    "/custom_component/../../../etc/passwd",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_file_of_the_machine(visit: Visit, path: str) -> None:
    answer = visit("局长").http.get(path)
    assert not any(words in answer.content for words in WANTED), answer.content[:200]


def test_the_files_of_the_accounts_and_the_corpus(visit: Visit, served: Served) -> None:
    folders = (served.settings.data, served.settings.corpus, served.settings.index)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    visitor = visit("局长")
    for path in files[:40]:
        assert visitor.http.get(BELOW + str(path)).status_code in (403, 404)


@pytest.mark.parametrize(
    "name", ["../../../evil.txt", "..\\..\\evil.txt", "/etc/cron.d/evil", "a/../../evil.txt"]
)
def test_an_upload_with_a_path_for_a_name(visit: Visit, name: str) -> None:
    answer = visit("局长").http.post("/gradio_api/upload", files={"files": (name, b"evil")})
    for path in answer.json() if answer.status_code == 200 else []:
        place = Path(path).resolve()
        assert "gradio" in place.parts[-3] and ".." not in Path(path).parts
    assert not Path("/etc/cron.d/evil").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "a/b.txt",
        "..\\evil.txt",
        ".ssh",
        "con.txt",
        "\u202etxt",
        "\x00.txt",
        "",
    ],
)
def test_a_name_of_an_uploaded_file(name: str) -> None:
    safe = safe_name(name)
    assert safe and Path(safe).name == safe and not safe.startswith(".")
    assert "\x00" not in safe and "\u202e" not in safe


@pytest.mark.parametrize(
    "origin", ["../people.db", "/etc/passwd", "a/../../x.txt", "", ".", "办案规定.txt.meta.toml"]
)
def test_a_document_outside_the_corpus_folder(served: Served, origin: str) -> None:
    keeper = Keeper(served.settings)
    with pytest.raises((CorpusError, OSError)):
        keeper.remove(origin, "局长")


def test_an_item_list_with_a_path_for_a_name(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    upload = tmp_path / "list.xlsx"
    upload.write_bytes(b"x")
    try:
        receipt = take_in(upload, "../../evil.xlsx", corpus)
    except (CorpusError, OSError):
        receipt = None
    assert not list(tmp_path.glob("*evil*")) and not (tmp_path.parent / "evil.xlsx").exists()
    assert receipt is None or ".." not in receipt.origin


def test_an_archive_whose_members_climb_out(tmp_path: Path) -> None:
    source, corpus = tmp_path / "bring", tmp_path / "corpus"
    source.mkdir()
    with zipfile.ZipFile(source / "规定.zip", "w") as archive:
        archive.writestr("../../climbed.txt", "第一条 不得。")
        archive.writestr("/absolute.txt", "第一条 不得。")
    import_folder(source, corpus)
    assert not list(tmp_path.rglob("climbed.txt")) and not Path("/absolute.txt").exists()


def test_a_link_in_a_document_to_a_file_of_the_machine(visit: Visit, served: Served) -> None:
    link = served.settings.corpus / "链接.txt"
    link.symlink_to(served.settings.data / "people.db")
    try:
        answer = visit("局长").http.get(f"{BELOW}{link}")
        assert b"argon2" not in answer.content and answer.status_code in (403, 404)
    finally:
        link.unlink()


def test_an_event_that_names_a_file_it_did_not_upload(visit: Visit, served: Served) -> None:
    visitor = visit("局长")
    event = visitor.event("change", "item-upload")
    known = served.settings.corpus / "事项.xlsx"
    for path in ("/etc/passwd", str(served.settings.data / "people.db"), str(known), "x.xlsx"):
        file = {"path": path, "orig_name": "x.xlsx", "meta": {"_type": "gradio.FileData"}}
        said = visitor.queue(event, file)[-1]
        assert said["success"] is False, said
        assert visitor.call(event, file).status_code != 200
