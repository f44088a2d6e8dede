"""The procedure tools on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.corpus.law_pack import LawPackReader
from assistant.index.catalogue import Catalogue
from assistant.index.generation import make_current, new_generation
from assistant.settings import LawPack

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command over an index that has the statutes; the tools read its catalogue only."""
    generation = new_generation(tmp_path)
    catalogue = Catalogue(generation.catalogue, writable=True)
    for source in LawPackReader().documents(LawPack.ALL):
        if source.document.short_title in ("行政处罚法", "行政强制法"):
            catalogue.put(source)
    catalogue.commit()
    make_current(tmp_path, generation)
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_deadlines_names_date_and_article(run: Run) -> None:
    result = run("deadlines", "立案", "2026-11-24", "--day", "2026-11-24")
    assert result.exit_code == 0
    assert "2027-02-22 星期一" in result.output
    assert "《中华人民共和国行政处罚法》第六十条" in result.output


def test_a_rule_without_its_statute_is_named(run: Run) -> None:
    result = run("deadlines", "送达", "2026-11-24", "--day", "2026-11-24")
    assert "规则“直接提起行政诉讼”未适用" in result.output


def test_a_word_that_names_two_decisions_is_asked_about(run: Run) -> None:
    result = run("review", "--act", "吊销")
    assert result.exit_code == 2
    assert "可选：吊销许可证件、吊销公安机关发放的许可证件" in result.stderr


def test_review_is_given_as_data(run: Run) -> None:
    result = run("review", "-a", "责令停产停业", "-f", "情节复杂", "--json", "--day", "2026-11-24")
    verdicts = {entry["id"]: entry["verdict"] for entry in json.loads(result.output)["entries"]}
    assert verdicts["hearing"] == verdicts["collective"] == "must"


def test_a_procedure_is_written_to_word(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "听证.docx"
    result = run("procedure", "听证", "--export", str(path), "--day", "2026-11-24")
    assert result.exit_code == 0
    assert any("五个工作日" in p.text for p in docx.Document(str(path)).paragraphs)


def test_an_unknown_event_is_an_error_with_the_choices(run: Run) -> None:
    result = run("deadlines", "复活节", "2026-11-24")
    assert result.exit_code == 1
    assert "请从下列中选一个" in result.stderr
