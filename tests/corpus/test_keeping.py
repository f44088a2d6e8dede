"""Taking files into the corpus folder, stating things about them, removing and undoing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus import CorpusError, DocumentKind, Validity
from assistant.corpus.keeping import Act, Keeper, Stated, look, safe_name
from assistant.corpus.loader import load_file
from assistant.settings import Settings

TEXT = """示范区户外招牌管理办法（示范文本）

示范执发〔2026〕12号

第一条 为规范户外招牌设置，制定本办法。

第二条 设置户外招牌应当安全、整洁。

第三条 本办法自2026年3月1日起施行。
"""
NAME = "示范区户外招牌管理办法.txt"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "corpus").mkdir()
    return Settings(corpus=tmp_path / "corpus", data=tmp_path / "data")


@pytest.fixture
def keeper(settings: Settings) -> Keeper:
    return Keeper(settings)


def upload(tmp_path: Path, content: str | bytes = TEXT, name: str = NAME) -> Path:
    path = tmp_path / "upload" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def files(settings: Settings) -> list[str]:
    found = (p for p in settings.corpus.rglob("*") if p.is_file())
    return sorted(p.relative_to(settings.corpus).as_posix() for p in found)


def test_a_look_says_what_the_file_would_become(tmp_path: Path, settings: Settings) -> None:
    staged = look(upload(tmp_path), NAME, settings)
    document = staged.source.document
    assert document.number == "示范执发〔2026〕12号"
    assert document.effective == date(2026, 3, 1)
    assert len(staged.source.passages) == 3
    assert staged.origin.endswith(f"/{NAME}")
    assert not staged.exists
    assert files(settings) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("程序.exe", b"MZ\x90\x00"),
        ("公文.pdf", b"MZ\x90\x00 not a pdf"),
        ("公文.docx", b"PK\x03\x04 broken"),
        ("图.png", b"<script>alert(1)</script>"),
        ("空.txt", b""),
        ("包.zip", b"PK\x03\x04"),
        ("documents", b"x"),
    ],
)
def test_what_is_no_readable_document_is_refused(
    tmp_path: Path, settings: Settings, name: str, content: bytes
) -> None:
    with pytest.raises(CorpusError):
        look(upload(tmp_path, content, name), name, settings)


def test_a_file_over_the_limit_is_refused(tmp_path: Path, settings: Settings) -> None:
    small = settings.model_copy(update={"file_megabytes": 1})
    with pytest.raises(CorpusError, match=r"MB|兆|过大|超过"):
        look(upload(tmp_path, "字" * 400_000), NAME, small)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\资料\\办法.docx", "办法.docx"),
        ("a<b>|c?.pdf", "a_b__c_.pdf"),
        (".meta.toml", "meta.toml"),
        ("~$办法.docx", "$办法.docx"),
        ("con.txt", "文件.txt"),
        ("办法\u202efdp.txt", "办法_fdp.txt"),
        ("", "文件"),
    ],
)
def test_names_become_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_file_is_taken_in_with_what_is_stated(
    tmp_path: Path, settings: Settings, keeper: Keeper
) -> None:
    staged = look(upload(tmp_path), NAME, settings)
    known = staged.source.document
    stated = Stated.of(known)
    changed = Stated(
        title="户外招牌“示范”办法",
        kind=DocumentKind.WORK_SYSTEM,
        level=stated.level,
        authority="示范区城市管理局",
        number=stated.number,
        effective=stated.effective,
        repealed=date(2027, 1, 1),
        validity=Validity.REPEALED,
        evidence="由新办法\n代替",
    )
    keeper.add(staged.path, staged.origin, changed.changes(known), "王", replace=False)
    document = load_file(settings.corpus / staged.origin, settings.corpus).document
    assert document.title == "户外招牌“示范”办法"
    assert document.authority == "示范区城市管理局"
    assert document.repealed == date(2027, 1, 1)
    assert document.number == known.number
    assert document.evidence == "由新办法\n代替"


def test_a_file_is_only_replaced_when_that_was_confirmed_and_comes_back_when_undone(
    tmp_path: Path, settings: Settings, keeper: Keeper
) -> None:
    keeper.add(upload(tmp_path), f"plans/{NAME}", {"subject": "城管"}, "王", replace=False)
    newer = upload(tmp_path, TEXT.replace("整洁", "牢固"))
    with pytest.raises(CorpusError, match="同名"):
        keeper.add(newer, f"plans/{NAME}", {}, "王", replace=False)
    change = keeper.add(newer, f"plans/{NAME}", {}, "王", replace=True)
    path = settings.corpus / "plans" / NAME
    assert change.act is Act.REPLACED
    assert "牢固" in path.read_text(encoding="utf-8")
    keeper.undo(change.id)
    assert path.read_text(encoding="utf-8") == TEXT
    assert load_file(path, settings.corpus).document.subject == "城管"


def test_a_removed_document_comes_back_with_its_statements(
    tmp_path: Path, settings: Settings, keeper: Keeper
) -> None:
    keeper.add(upload(tmp_path), NAME, {"title": "招牌办法"}, "王", replace=False)
    before = files(settings)
    removal = keeper.remove(NAME, "李")
    assert files(settings) == []
    assert [c.act for c in keeper.changes()] == [Act.REMOVED, Act.ADDED]
    keeper.undo(removal.id)
    assert files(settings) == before
    with pytest.raises(CorpusError, match="已经撤销"):
        keeper.undo(removal.id)


def test_statements_change_without_losing_others_and_can_be_taken_back(
    tmp_path: Path, settings: Settings, keeper: Keeper
) -> None:
    path = settings.corpus / NAME
    path.write_text(TEXT, encoding="utf-8")
    sidecar = path.with_name(f"{NAME}.meta.toml")
    sidecar.write_text('authority = "旧"\nsample = true\n[columns]\n"事项" = "事项名称"\n')
    change = keeper.state(NAME, {"authority": "新", "effective": date(2026, 5, 1)}, "王")
    document = load_file(path, settings.corpus).document
    assert (document.authority, document.effective) == ("新", date(2026, 5, 1))
    assert document.sample
    assert document.columns == (("事项", "事项名称"),)
    keeper.state(NAME, {"effective": None}, "王")
    assert load_file(path, settings.corpus).document.effective == date(2026, 3, 1)
    with pytest.raises(CorpusError, match="又变了"):
        keeper.undo(change.id)


@pytest.mark.parametrize(
    "origin",
    ["../outside.txt", "/etc/passwd", "a/../../x.txt", ".hidden.txt", "x.txt.meta.toml", ""],
)
def test_nothing_outside_the_folder_is_touched(tmp_path: Path, keeper: Keeper, origin: str) -> None:
    (tmp_path / "outside.txt").write_text("bleibt")
    for act in (
        lambda: keeper.remove(origin, "王"),
        lambda: keeper.state(origin, {"title": "x"}, "王"),
        lambda: keeper.add(upload(tmp_path), origin, {}, "王", replace=True),
    ):
        with pytest.raises(CorpusError):
            act()
    assert (tmp_path / "outside.txt").read_text() == "bleibt"


def test_a_folder_that_is_only_referred_to_is_left_alone(
    tmp_path: Path, settings: Settings, keeper: Keeper
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / NAME).write_text(TEXT, encoding="utf-8")
    (settings.corpus / "linked").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(CorpusError, match="原处"):
        keeper.remove(f"linked/{NAME}", "王")
    assert (elsewhere / NAME).exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": " "}, "标题"),
        ({"effective": date(2026, 1, 1), "repealed": date(2025, 1, 1)}, "失效日期"),
        ({"published": date(2026, 1, 1), "effective": date(2025, 1, 1)}, "施行日期"),
        ({}, ""),
    ],
)
def test_statements_that_cannot_be_are_named(fields: dict[str, object], problem: str) -> None:
    from assistant.corpus import Level

    values: dict[str, object] = {"title": "办法", "kind": DocumentKind.PLAN, "level": Level.RULE}
    stated = Stated(**{**values, **fields})  # type: ignore[arg-type]
    assert problem in stated.problem()
    assert bool(stated.problem()) == bool(problem)
