"""What the command line says and with which exit code."""

import json
import socket
from collections.abc import Callable

import pytest
from filelock import FileLock
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.index import OpenedIndex
from assistant.settings import CONFIG_VARIABLE, Settings

RULES = {
    "查封.txt": "查封扣押规定\n第一条 查封的期限不得超过三十日。\n第二条 查封应当制作清单。\n",
    "空白.txt": "",
}

Run = Callable[..., Result]


@pytest.fixture
def run(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command over the test's own corpus and index."""
    monkeypatch.setenv("ASSISTANT_CORPUS", str(small_settings.corpus))
    monkeypatch.setenv("ASSISTANT_INDEX", str(small_settings.index))
    monkeypatch.setenv("ASSISTANT_LAW_PACK", "none")
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def built(run: Run, small_index: Callable[..., OpenedIndex]) -> Run:
    """The same, with an index already built."""
    small_index(RULES)
    return run


def test_without_a_command_all_commands_are_listed_in_chinese(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    for name in ("build", "ask", "search", "open", "status", "doctor", "serve", "watch"):
        assert f"  {name} " in result.output
    assert "Usage" not in result.output


def test_unknown_command_is_a_usage_error_in_chinese(run: Run) -> None:
    result = run("frobnicate")
    assert result.exit_code == 2
    assert "用法有误" in result.stderr


def test_missing_question_is_named(run: Run) -> None:
    result = run("ask")
    assert result.exit_code == 2
    assert "缺少参数“问题”" in result.stderr


def test_day_of_another_form_is_refused(run: Run) -> None:
    result = run("ask", "听证", "--day", "8月15日")
    assert result.exit_code == 2
    assert "2026-08-15" in result.stderr


def test_build_reports_what_it_did_and_names_what_it_skipped(
    run: Run, small_settings: Settings
) -> None:
    for name, text in RULES.items():
        (small_settings.corpus / name).write_text(text, encoding="utf-8")
    first = run("build")
    assert first.exit_code == 0
    assert "新增或修改 1 份" in first.stdout
    assert "空白.txt" in first.stderr
    assert "索引已是最新" in run("build").stdout


def test_second_builder_is_told_to_wait(built: Run, small_settings: Settings) -> None:
    with FileLock(small_settings.index / "build.lock"):
        result = built("build")
    assert result.exit_code == 1
    assert "另一个构建" in result.stderr


def test_question_before_the_first_build_says_what_to_run(run: Run) -> None:
    result = run("ask", "查封期限")
    assert result.exit_code == 1
    assert "assistant build" in result.stderr


def test_answer_names_its_sources(built: Run) -> None:
    result = built("ask", "查封扣押规定第一条")
    assert result.exit_code == 0
    assert "三十日" in result.stdout
    assert "[1]" in result.stdout


def test_answer_as_json_carries_its_citations(built: Run) -> None:
    answer = json.loads(built("ask", "查封扣押规定第一条", "--json").stdout)
    assert answer["outcome"] == "answered"
    assert "三十日" in answer["citations"][0]["passage"]["text"]


def test_question_outside_the_corpus_has_an_exit_code_of_its_own(built: Run) -> None:
    assert built("ask", "火星上怎么种土豆").exit_code == 3


def test_found_address_can_be_opened(built: Run) -> None:
    found = json.loads(built("search", "查封扣押期限", "--json").stdout)
    opened = built("open", found[0]["address"])
    assert opened.exit_code == 0
    assert found[0]["text"].split()[-1] in opened.stdout


def test_article_is_opened_by_its_name(built: Run) -> None:
    assert "制作清单" in built("open", "查封扣押规定第二条").stdout


def test_rows_of_a_list_are_opened_by_their_numbers(
    run: Run, small_index: Callable[..., OpenedIndex]
) -> None:
    rows = [f"{n},对{c}行为的处罚,区{c}局" for n, c in enumerate("甲乙丙丁戊", start=1)]
    table = "\n".join(("序号,事项名称,原行使部门", *rows))
    small_index({"示范区街道执法事项清单.csv": table})
    opened = run("open", "街道清单第1项和第2项").stdout
    assert "区甲局" in opened
    assert "区乙局" in opened


def test_unknown_address_is_not_found(built: Run) -> None:
    assert built("open", "doc-0#a1").exit_code == 3


def test_status_counts_documents_and_lists_skipped_files(built: Run) -> None:
    status = built("status")
    assert status.exit_code == 0
    assert "文件：1 份" in status.stdout
    assert "空白.txt" in status.stdout
    assert json.loads(built("status", "--json").stdout)["passages"] == 2


def test_doctor_finds_nothing_wrong_with_a_fresh_index(built: Run) -> None:
    result = built("doctor")
    assert "目录、向量库、字词索引与清单一致" in result.stdout
    assert "未收录 空白.txt" in result.stdout
    assert result.exit_code == 0


def test_doctor_says_what_to_do_without_an_index(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    assert "assistant build" in result.stdout


def test_doctor_recognises_the_index_of_another_model(
    built: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_PASSAGE_PREFIX", "文档：")
    result = built("doctor")
    assert result.exit_code == 1
    assert "--rebuild" in result.stdout


def test_all_laws_are_remembered_in_the_settings_file(
    run: Run, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = small_settings.index / "assistant.toml"
    file.write_text("# 本单位的设置\nport = 8080\n", encoding="utf-8")
    monkeypatch.setenv(CONFIG_VARIABLE, str(file))
    with FileLock(small_settings.index / "build.lock"):
        run("build", "--all-laws")
    assert file.read_text(encoding="utf-8") == 'law_pack = "all"\n# 本单位的设置\nport = 8080\n'


def test_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "网页")
    result = run("status")
    assert result.exit_code == 1
    assert "port" in result.stderr


def test_taken_port_is_named_with_another_to_try(built: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = built("serve", "--port", str(port))
    assert result.exit_code == 1
    assert f"端口 {port} 已被占用" in result.stderr
