"""Reading and embedding may be spread over processes and machines."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.index import (
    Manifest,
    PassageEmbedding,
    build,
    disagreements,
    open_index,
    read_contents,
)
from assistant.settings import Settings, SettingsError, load_settings

FILES = 12


def write(corpus: Path) -> None:
    corpus.mkdir(exist_ok=True)
    for file in range(FILES):
        articles = "".join(
            f"第{number}条 占道经营第{file}类的，责令改正，可以处{number}元罚款。\n"
            for number in range(1, 31)
        )
        (corpus / f"规定{file:02}.txt").write_text(f"规定{file}\n{articles}", encoding="utf-8")
    (corpus / "坏的.docx").write_bytes(b"PK\x03\x04 no archive")


def spread(settings: Settings, ingest: str) -> Settings:
    """Return the same sources with an index of their own, built by workers."""
    index = settings.index.parent / "spread"
    index.mkdir(exist_ok=True)
    models = settings.index / "models"
    if models.exists():
        (index / "models").symlink_to(models.resolve(), target_is_directory=True)
    return settings.model_copy(update={"ingest": ingest, "index": index})


def vectors(settings: Settings) -> dict[bytes, list[float]]:
    """Return the vectors of an index by their texts' keys."""
    with closing(sqlite3.connect(settings.index / "vectors.db")) as connection:
        rows = connection.execute("select key, vector from vectors order by key").fetchall()
    return {key: np.frombuffer(vector, dtype=np.float16).tolist() for key, vector in rows}


def same(settings: Settings, other: Settings, embedding: PassageEmbedding) -> None:
    """Make sure that two indexes hold the same."""
    ours, theirs = (read_contents(each) for each in (settings, other))
    assert identity(ours.manifest) == identity(theirs.manifest)
    assert ours.documents == theirs.documents
    assert [str(error) for error in ours.skipped] == [str(error) for error in theirs.skipped]
    here, there = vectors(settings), vectors(other)
    assert list(here) == list(there)
    # Kept in 16 bits: one unit in the last place of a number below 1 is less than this.
    assert np.array(list(here.values())) == pytest.approx(np.array(list(there.values())), abs=5e-4)
    asked = embedding.get_query_embedding("占道经营第三类")
    opened = (open_index(each, embedding=embedding) for each in (settings, other))
    first, second = ([near for _, near in index.vectors.nearest(asked, 5)] for index in opened)
    assert first == pytest.approx(second, abs=1e-3)
    assert disagreements(other) == []


def identity(manifest: Manifest) -> Manifest:
    return manifest.model_copy(update={"created": None, "collection": None})


def test_processes_build_the_very_index_that_one_process_builds(
    small_settings: Settings, embedding: PassageEmbedding
) -> None:
    write(small_settings.corpus)
    build(small_settings, embedding=embedding)
    processes = spread(small_settings, "processes:2")
    report = build(processes, embedding=embedding)
    assert report.embedded == FILES * 30
    assert ["坏的.docx" in str(error) for error in report.skipped] == [True]
    same(small_settings, processes, embedding)


@pytest.mark.parametrize("value", ["many", "processes:0", "tcp://host", "http://host:1"])
def test_unknown_place_is_an_error_that_names_the_setting(value: str) -> None:
    with pytest.raises(SettingsError, match="ingest"):
        load_settings(ingest=value)
