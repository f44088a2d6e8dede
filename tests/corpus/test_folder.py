"""What a folder of documents becomes: addresses, versions, and what its owner states."""

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus import CorpusError, DocumentKind, Level, Validity
from assistant.corpus.loader import load_file, lost_statements, read_folder

LAW = "第一条　为了示范，制定本条例。\n第二条　本条例自{}起施行。\n"


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ids(root: Path) -> dict[str, str]:
    return {file.origin: file.id for file in read_folder(root)}


def test_hidden_temporary_and_statement_files_are_no_documents(tmp_path: Path) -> None:
    for name in (".秘密.txt", "~$方案.docx", "方案.txt.meta.toml", "documents.toml", ".git/甲.txt"):
        write(tmp_path, name, "")
    write(tmp_path, "方案.txt", "一、目标")
    assert list(ids(tmp_path)) == ["方案.txt"]


def test_a_file_that_cannot_be_read_is_listed_and_says_why(tmp_path: Path) -> None:
    path = write(tmp_path, "录音.mp3", "x")
    assert "录音.mp3" in ids(tmp_path)
    with pytest.raises(CorpusError, match=r"录音\.mp3"):
        load_file(path, tmp_path)


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "空.txt", " \n")
    with pytest.raises(CorpusError, match="空"):
        load_file(path, tmp_path)


def test_the_address_survives_editing_moving_and_another_format(tmp_path: Path) -> None:
    write(tmp_path, "示范市消防条例(2013-11-30).md", LAW.format("2013年12月1日"))
    before = ids(tmp_path)["示范市消防条例(2013-11-30).md"]
    (tmp_path / "示范市消防条例(2013-11-30).md").unlink()
    write(tmp_path, "法规/示范市消防条例_20131130.txt", "第一条　改过了。")
    assert ids(tmp_path) == {"法规/示范市消防条例_20131130.txt": before}


def test_two_files_of_one_name_are_two_documents(tmp_path: Path) -> None:
    write(tmp_path, "甲镇/制度.txt", "一、甲镇的制度")
    write(tmp_path, "乙镇/制度.txt", "一、乙镇的制度")
    assert len(set(ids(tmp_path).values())) == 2


def test_a_later_version_supersedes_the_earlier_from_its_first_day(tmp_path: Path) -> None:
    old = write(tmp_path, "示范市消防条例(2013-11-30).md", LAW.format("2014年1月1日"))
    new = write(tmp_path, "示范市消防条例_20240501.txt", LAW.format("2024年7月1日"))
    older, newer = load_file(old, tmp_path).document, load_file(new, tmp_path).document
    assert older.id != newer.id
    assert older.replaced_by == (newer.id,)
    assert older.validity_on(date(2024, 6, 30)) is Validity.IN_FORCE
    assert older.validity_on(date(2024, 7, 1)) is Validity.SUPERSEDED
    assert newer.validity_on(date(2024, 6, 30)) is Validity.NOT_YET
    assert newer.validity_on(date(2024, 7, 1)) is Validity.IN_FORCE


def test_a_new_version_changes_the_digest_of_the_old_one_only(tmp_path: Path) -> None:
    write(tmp_path, "示范市消防条例(2013-11-30).md", LAW.format("2014年1月1日"))
    write(tmp_path, "示范市绿化条例(2013-11-30).md", LAW.format("2014年1月1日"))
    before = {file.origin: file.digest() for file in read_folder(tmp_path)}
    write(tmp_path, "示范市消防条例(2024-05-01).md", LAW.format("2024年7月1日"))
    after = {file.origin: file.digest() for file in read_folder(tmp_path)}
    changed = [name for name, digest in before.items() if after[name] != digest]
    assert changed == ["示范市消防条例(2013-11-30).md"]


def test_a_sidecar_overrules_what_was_read(tmp_path: Path) -> None:
    path = write(tmp_path, "旧办法.txt", LAW.format("2020年1月1日"))
    write(tmp_path, "新办法.txt", LAW.format("2026年1月1日"))
    write(
        tmp_path,
        "旧办法.txt.meta.toml",
        'title = "示范区旧办法"\nkind = "工作制度"\nlevel = "规范性文件"\n'
        'repealed = 2026-01-01\nreplaced_by = "新办法.txt"\n',
    )
    document = load_file(path, tmp_path).document
    assert (document.title, document.kind) == ("示范区旧办法", DocumentKind.WORK_SYSTEM)
    assert document.level is Level.NORMATIVE_DOCUMENT
    assert document.validity_on(date(2026, 1, 1)) is Validity.REPEALED
    assert document.replaced_by == (ids(tmp_path)["新办法.txt"],)
    assert document.effective == date(2020, 1, 1)


def test_a_folder_states_for_all_its_files_and_a_sidecar_overrules_it(tmp_path: Path) -> None:
    first = write(tmp_path, "制度/甲.txt", "一、内容")
    second = write(tmp_path, "制度/乙.txt", "一、内容")
    write(tmp_path, "documents.toml", '["制度/*"]\nauthority = "示范区司法局"\nsubject = "执法"\n')
    write(tmp_path, "制度/乙.txt.meta.toml", 'authority = "示范镇人民政府"\n')
    assert load_file(first, tmp_path).document.authority == "示范区司法局"
    assert load_file(second, tmp_path).document.authority == "示范镇人民政府"
    assert load_file(second, tmp_path).document.subject == "执法"


def test_a_sidecar_whose_file_is_gone_is_named(tmp_path: Path) -> None:
    write(tmp_path, "新名.txt", "一、内容")
    write(tmp_path, "旧名.txt.meta.toml", 'validity = "已废止"\n')
    lost = lost_statements(tmp_path)
    assert [error.origin for error in lost] == ["旧名.txt.meta.toml"]


def test_editing_a_sidecar_changes_the_digest(tmp_path: Path) -> None:
    write(tmp_path, "甲.txt", "一、内容")
    before = read_folder(tmp_path)[0].digest()
    write(tmp_path, "甲.txt.meta.toml", 'validity = "已废止"\n')
    assert read_folder(tmp_path)[0].digest() != before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("validity = '也许'", "现行有效"),
        ("gültig = true", "TOML|无法读取"),
        ("colour = 'red'", "colour"),
        ("repealed = '昨天'", "2024-01-31"),
        ("replaced_by = '没有的文件.txt'", "没有的文件"),
    ],
)
def test_a_wrong_statement_is_named_with_its_file(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, "甲.txt", "一、内容")
    write(tmp_path, "甲.txt.meta.toml", text)
    with pytest.raises(CorpusError, match=message) as caught:
        load_file(path, tmp_path)
    assert caught.value.origin == "甲.txt"
