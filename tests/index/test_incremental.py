"""A build does the work of what changed, and no more."""

from collections.abc import Callable

import pytest

from assistant.index import BuildReport, PassageEmbedding, build, open_index
from assistant.settings import Settings

FINES = "城市管理处罚规定\n第一条 擅自占道经营的，处五十元罚款。\n第二条 乱扔果皮的，责令清扫。\n"
SEALS = "查封扣押规定\n第一条 查封期限不得超过三十日。\n"

Build = Callable[[], BuildReport]


@pytest.fixture
def rebuild(small_settings: Settings, embedding: PassageEmbedding) -> Build:
    """Write two documents, build once, and return what builds again."""
    write(small_settings, "处罚.txt", FINES)
    write(small_settings, "查封.txt", SEALS)
    build(small_settings, embedding=embedding)
    return lambda: build(small_settings, embedding=embedding)


def write(settings: Settings, name: str, text: str) -> None:
    (settings.corpus / name).write_text(text, encoding="utf-8")


def content(settings: Settings, embedding: PassageEmbedding) -> str:
    return open_index(settings, embedding=embedding).manifest.content


def test_second_build_does_nothing(small_settings: Settings, rebuild: Build) -> None:
    before = (small_settings.index / "CURRENT").read_text()
    report = rebuild()
    assert (report.changed, report.removed, report.embedded) == (0, 0, 0)
    assert (small_settings.index / "CURRENT").read_text() == before


def test_changed_article_alone_is_embedded_again(small_settings: Settings, rebuild: Build) -> None:
    write(small_settings, "处罚.txt", FINES.replace("五十元", "一百元"))
    report = rebuild()
    assert (report.changed, report.unchanged, report.embedded) == (1, 1, 1)


def test_added_file_costs_only_its_own_articles(small_settings: Settings, rebuild: Build) -> None:
    write(small_settings, "听证.txt", "听证规定\n第一条 当事人可以要求听证。\n")
    report = rebuild()
    assert (report.changed, report.unchanged, report.embedded) == (1, 2, 1)


def test_renamed_file_keeps_its_vectors(small_settings: Settings, rebuild: Build) -> None:
    (small_settings.corpus / "查封.txt").rename(small_settings.corpus / "查封扣押.txt")
    report = rebuild()
    assert report.documents == 2
    assert report.embedded == 0


def test_deleted_file_is_gone_from_every_part(
    small_settings: Settings, rebuild: Build, embedding: PassageEmbedding
) -> None:
    (small_settings.corpus / "查封.txt").unlink()
    report = rebuild()
    index = open_index(small_settings, embedding=embedding)
    assert (report.documents, report.removed, report.embedded) == (1, 1, 0)
    assert index.lexical.search("查封期限", 5) == []
    assert not any("查封" in passage.text for passage in index.catalogue.all_passages())


def test_changes_lead_to_the_same_index_as_a_clean_build(
    small_settings: Settings, rebuild: Build, embedding: PassageEmbedding
) -> None:
    write(small_settings, "处罚.txt", FINES.replace("五十元", "一百元"))
    write(small_settings, "听证.txt", "听证规定\n第一条 当事人可以要求听证。\n")
    (small_settings.corpus / "查封.txt").unlink()
    rebuild()
    grown = content(small_settings, embedding)
    build(small_settings, rebuild=True, embedding=embedding)
    assert content(small_settings, embedding) == grown


def test_unreadable_file_is_named_and_the_rest_is_indexed(
    small_settings: Settings, rebuild: Build
) -> None:
    write(small_settings, "空白.txt", "")
    (small_settings.corpus / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    report = rebuild()
    assert sorted(error.origin for error in report.skipped) == ["坏.pdf", "空白.txt"]
    assert report.documents == 2


def test_file_that_is_mended_leaves_the_list_of_skipped_files(
    small_settings: Settings, rebuild: Build
) -> None:
    write(small_settings, "听证.txt", "")
    rebuild()
    write(small_settings, "听证.txt", "听证规定\n第一条 当事人可以要求听证。\n")
    report = rebuild()
    assert report.skipped == ()
    assert report.documents == 3
