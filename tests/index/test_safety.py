"""Whatever happens to a build, the index in use stays whole."""

import json
import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from filelock import FileLock

from assistant.answering import Assistant, LiveAssistant
from assistant.index import (
    BuildRunningError,
    IndexMismatchError,
    IndexMissingError,
    IndexWriteError,
    OpenedIndex,
    PassageEmbedding,
    VectorStoreError,
    build,
    disagreements,
    generation_name,
    open_index,
)
from assistant.index.generation import current_generation
from assistant.settings import Settings

NewIndex = Callable[..., OpenedIndex]
RULES = {"查封.txt": "查封扣押规定\n第一条 查封期限不得超过三十日。\n"}


def grow(settings: Settings) -> None:
    (settings.corpus / "听证.txt").write_text("听证规定\n第一条 当事人可以要求听证。\n")


def test_second_builder_is_told_that_one_is_running(
    small_settings: Settings, small_index: NewIndex
) -> None:
    small_index(RULES)
    with (
        FileLock(small_settings.index / "build.lock"),
        pytest.raises(BuildRunningError, match="另一个构建"),
    ):
        build(small_settings)


def test_index_of_another_model_is_kept_until_a_rebuild_is_asked_for(
    small_settings: Settings, small_index: NewIndex
) -> None:
    small_index(RULES)
    before = generation_name(small_settings)
    other = small_settings.model_copy(update={"passage_prefix": "文档："})
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        build(other)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        open_index(other)
    assert generation_name(small_settings) == before
    assert build(other, rebuild=True).embedded == 1
    assert open_index(other).manifest.space != ""


def test_index_of_another_layout_is_recognised(
    small_settings: Settings, small_index: NewIndex
) -> None:
    small_index(RULES)
    make_another_layout(small_settings)
    with pytest.raises(IndexMismatchError, match="其他版本"):
        open_index(small_settings)


def test_missing_index_says_how_to_build_one(small_settings: Settings) -> None:
    with pytest.raises(IndexMissingError, match="assistant build"):
        open_index(small_settings)


def test_damaged_index_is_built_anew(
    small_settings: Settings, small_index: NewIndex, embedding: PassageEmbedding
) -> None:
    small_index(RULES)
    current_generation(small_settings.index).catalogue.write_bytes(b"no database")
    with pytest.raises(IndexMissingError, match="重建"):
        open_index(small_settings, embedding=embedding)
    build(small_settings, embedding=embedding)
    assert disagreements(small_settings) == []


def test_page_takes_up_a_new_generation(
    small_settings: Settings, small_index: NewIndex, embedding: PassageEmbedding
) -> None:
    small_index(RULES)
    live = LiveAssistant(small_settings, embedding)
    before = live.current
    grow(small_settings)
    build(small_settings, embedding=embedding)
    assert {document.title for document in live.current.documents()} == {"查封扣押规定", "听证规定"}
    assert [document.title for document in before.documents()] == ["查封扣押规定"]
    assert before.ask("查封扣押规定第一条").citations


def test_page_goes_on_when_a_new_generation_cannot_be_opened(
    small_settings: Settings, small_index: NewIndex, embedding: PassageEmbedding
) -> None:
    small_index(RULES)
    live = LiveAssistant(small_settings, embedding)
    grow(small_settings)
    build(small_settings, embedding=embedding)
    make_another_layout(small_settings)
    assert live.current.ask("查封扣押规定第一条").citations


def test_vectors_that_are_missing_are_seen(small_settings: Settings, small_index: NewIndex) -> None:
    first = small_index(RULES)
    ids = first.catalogue.passage_ids()
    first.vectors.remove(ids)
    assert disagreements(small_settings) == [
        f"向量库缺少目录中的 {len(ids)} 条，例如 {'、'.join(ids)}。"
    ]


def test_lexical_index_of_another_generation_is_seen(
    small_settings: Settings, small_index: NewIndex
) -> None:
    small_index(RULES)
    old = current_generation(small_settings.index).lexical
    kept = shutil.copytree(old, small_settings.index / "old")
    grow(small_settings)
    small_index()
    new = current_generation(small_settings.index).lexical
    shutil.rmtree(new)
    kept.rename(new)
    assert ["字词索引缺少" in sentence for sentence in disagreements(small_settings)] == [True]


def test_changed_record_is_seen(small_settings: Settings, small_index: NewIndex) -> None:
    small_index(RULES)
    path = current_generation(small_settings.index).catalogue
    with sqlite3.connect(path) as connection:
        connection.execute("update passages set record = replace(record, '三十', '六十')")
    assert disagreements(small_settings) == ["目录的内容与清单记载的校验值不符。"]


@pytest.mark.parametrize("room", [1, 30_000, 100_000])
def test_full_disk_leaves_the_index_in_use(
    small_settings: Settings, small_index: NewIndex, embedding: PassageEmbedding, room: int
) -> None:
    opened = small_index(RULES)
    grow(small_settings)
    with (
        no_file_larger_than(room),
        pytest.raises((IndexWriteError, VectorStoreError), match="磁盘"),
    ):
        build(small_settings, embedding=embedding)
    assert open_index(small_settings, embedding=embedding).manifest == opened.manifest
    assert Assistant(opened).ask("查封扣押规定第一条").citations
    build(small_settings, embedding=embedding)
    assert disagreements(small_settings) == []


def make_another_layout(settings: Settings) -> None:
    manifest = current_generation(settings.index).folder / "manifest.json"
    record = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(record | {"layout": 0}))


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Make writes beyond ``size`` bytes of a file fail, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
