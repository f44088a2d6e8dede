"""A folder of statutes comes in with one command, and a checker proves that nothing is lost."""

from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.corpus import CorpusError
from assistant.corpus.audit import audit_folder, find_problems
from assistant.corpus.importing import Fate, import_folder
from assistant.corpus.loader import read_folder
from assistant.corpus.source import Paragraph, Source
from assistant.corpus.structure import parse

ARTICLES = (
    "第一条　为了示范，制定本条例。",
    "第二条　任何单位不得占道。",
    "第三条　本条例自2020年1月1日起施行。",
)


@pytest.fixture
def statutes(tmp_path: Path) -> Path:
    folder = tmp_path / "法规"
    folder.mkdir()
    (folder / "示范市市容条例(2019-11-30).md").write_text(
        "# 示范市市容条例\n\n2019年11月30日 示范市第五届人民代表大会常务委员会第一次会议通过\n\n"
        "## 第一章 总则\n\n" + "\n\n".join(ARTICLES),
        encoding="utf-8",
    )
    paper = docx.Document()
    for line in ("示范市绿化条例", "第一章　总则", *ARTICLES):
        paper.add_paragraph(line)
    paper.save(str(folder / "示范市绿化条例_20191130.docx"))
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


def test_statutes_in_markdown_and_word_are_recognised_alike(statutes: Path, tmp_path: Path) -> None:
    report = import_folder(statutes, tmp_path / "corpus")
    facts = [(i.document.title, i.passages, i.document.level.label) for i in report.imported]
    assert facts == [
        ("示范市市容条例", 3, "地方性法规"),
        ("示范市绿化条例", 3, "地方性法规"),
    ]
    assert [error.origin for error in report.skipped] == ["坏.docx"]
    assert len(read_folder(tmp_path / "corpus")) == 2


def test_importing_again_copies_only_what_changed(statutes: Path, tmp_path: Path) -> None:
    import_folder(statutes, tmp_path / "corpus")
    text = statutes / "示范市市容条例(2019-11-30).md"
    text.write_text(text.read_text(encoding="utf-8") + "\n\n第四条　新增。", encoding="utf-8")
    report = import_folder(statutes, tmp_path / "corpus")
    assert [item.fate for item in report.imported] == [Fate.CHANGED, Fate.SAME]


def test_a_dry_run_writes_nothing(statutes: Path, tmp_path: Path) -> None:
    import_folder(statutes, tmp_path / "corpus", dry_run=True)
    assert not (tmp_path / "corpus").exists()


def test_a_linked_folder_is_read_where_it_is(statutes: Path, tmp_path: Path) -> None:
    import_folder(statutes, tmp_path / "corpus", link=True)
    assert (tmp_path / "corpus" / "法规").is_symlink()
    assert len(read_folder(tmp_path / "corpus")) == 3


def test_statements_come_along(statutes: Path, tmp_path: Path) -> None:
    (statutes / "documents.toml").write_text('["*"]\nsubject = "城管"\n', encoding="utf-8")
    import_folder(statutes, tmp_path / "corpus")
    subjects = {file.load().document.subject for file in read_folder(tmp_path / "corpus")}
    assert subjects == {"城管"}


def test_a_folder_inside_the_corpus_is_refused(statutes: Path) -> None:
    with pytest.raises(CorpusError, match="相互包含"):
        import_folder(statutes, statutes.parent)


def test_the_command_says_what_it_recognised(
    statutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_CORPUS", str(tmp_path / "corpus"))
    shown = CliRunner().invoke(app, ["import", str(statutes), "--into", "条例"])
    assert shown.exit_code == 0
    assert "识别 2 份文件，6 条：新增 2。" in shown.output
    assert "已跳过 坏.docx" in shown.output
    checked = CliRunner().invoke(app, ["check-corpus"])
    assert checked.exit_code == 0
    assert "检查 2 份文件：2 份完全一致（100.0%），共 6 条条文。" in checked.output


def test_the_checker_finds_every_character_in_its_place(statutes: Path) -> None:
    audit = audit_folder(statutes)
    assert (len(audit.files), audit.perfect, audit.unexplained) == (2, 2, 0)
    assert audit.files[0].articles_found == ("1", "2", "3")


def test_the_checker_sees_a_lost_article_and_a_lost_word() -> None:
    kept = parse(Source("甲.txt", "0", [Paragraph(line) for line in ARTICLES[:2]]), "d")
    assert find_problems(ARTICLES[:2], kept) == []
    lost = find_problems(ARTICLES, kept)
    assert lost[0] == "条文不一致：原文第3条，读出第无条。"
    assert "第三条本条例自" in lost[1]
    assert len(find_problems((ARTICLES[0], ARTICLES[1][:-3] + "道。"), kept)) == 1
