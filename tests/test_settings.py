"""Settings come from arguments, the environment, a file, or their defaults, in this order."""

from pathlib import Path

import pytest

from assistant.settings import CONFIG_VARIABLE, LawPack, SettingsError, load_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "assistant.toml"
    monkeypatch.setenv(CONFIG_VARIABLE, str(path))
    return path


def test_without_file_and_environment_the_defaults_hold(file: Path) -> None:
    settings = load_settings()
    assert (settings.corpus, settings.law_pack) == (Path("corpus"), LawPack.ENFORCEMENT)


def test_file_overrules_defaults(file: Path) -> None:
    file.write_text('law_pack = "all"\nport = 8080\n', encoding="utf-8")
    settings = load_settings()
    assert (settings.law_pack, settings.port) == (LawPack.ALL, 8080)


def test_environment_overrules_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("port = 8080\n", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_PORT", "9090")
    assert load_settings().port == 9090


def test_argument_overrules_everything(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "9090")
    assert load_settings(port=0).port == 0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("prot = 8080\n", "prot"),
        ('port = "eighty"\n', "port"),
        ('vectors = "http://server"\n', "vectors"),
        ("port = \n", "assistant.toml"),
    ],
)
def test_wrong_file_is_named_in_chinese(file: Path, text: str, named: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=named) as caught:
        load_settings()
    assert "设置" in str(caught.value)


def test_key_of_the_language_model_is_never_shown(file: Path) -> None:
    assert "geheim" not in repr(load_settings(llm_key="geheim"))


def test_password_of_the_database_is_not_shown_even_where_the_setting_is_wrong() -> None:
    with pytest.raises(SettingsError, match="vectors") as caught:
        load_settings(vectors="postgresql//officer:geheim@server/assistant")
    assert "geheim" not in str(caught.value)


def test_every_setting_is_documented() -> None:
    documentation = (Path(__file__).parent.parent / "docs" / "settings.md").read_text("utf-8")
    for name in type(load_settings()).model_fields:
        assert f"`{name}`" in documentation
