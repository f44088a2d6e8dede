"""Vectors may live in PostgreSQL, which several programs share."""

import numpy as np
import psycopg
import pytest

from assistant.index import (
    IndexMismatchError,
    PassageEmbedding,
    VectorStoreError,
    build,
    disagreements,
    open_index,
)
from assistant.index.vectors import Collection, open_vectors
from assistant.retrieval import Searcher
from assistant.settings import Settings

RULES = {
    "查封.txt": "查封扣押规定\n第一条 查封期限不得超过三十日。\n",
    "听证.txt": "听证规定\n第一条 当事人可以在三日内要求听证。\n",
}


@pytest.fixture
def settings(postgres: str, small_settings: Settings) -> Settings:
    for name, text in RULES.items():
        (small_settings.corpus / name).write_text(text, encoding="utf-8")
    return small_settings.model_copy(update={"vectors": postgres})


def tables(postgres: str) -> list[str]:
    with psycopg.connect(postgres) as connection:
        rows = connection.execute("select tablename from pg_tables where schemaname = 'public'")
        return sorted(name for (name,) in rows)


def test_changed_corpus_is_answered_from_and_old_tables_go(
    settings: Settings, postgres: str, embedding: PassageEmbedding
) -> None:
    before = tables(postgres)
    for days in ("四", "五", "六"):
        text = f"听证规定\n第一条 当事人可以在{days}日内要求听证。\n"
        (settings.corpus / "听证.txt").write_text(text, encoding="utf-8")
        build(settings, embedding=embedding)
    index = open_index(settings, embedding=embedding)
    assert "六日" in Searcher(index).search("听证要在几日内提出？")[0].passage.text
    assert disagreements(settings) == []
    assert len(tables(postgres)) - len(before) == 2


def test_removed_document_is_no_longer_found(
    settings: Settings, embedding: PassageEmbedding
) -> None:
    build(settings, embedding=embedding)
    (settings.corpus / "查封.txt").unlink()
    build(settings, embedding=embedding)
    index = open_index(settings, embedding=embedding)
    found = Searcher(index).search("查封期限")
    assert [item.document.title for item in found] == ["听证规定"]


def test_rankings_are_those_of_the_embedded_store(
    settings: Settings, embedding: PassageEmbedding
) -> None:
    build(settings, embedding=embedding)
    shared = open_index(settings, embedding=embedding).vectors
    alone = settings.model_copy(
        update={"vectors": "embedded", "index": settings.index.parent / "alone"}
    )
    build(alone, embedding=embedding)
    vector = embedding.get_query_embedding("听证")
    here = shared.nearest(vector, 5)
    there = open_index(alone, embedding=embedding).vectors.nearest(vector, 5)
    assert [key for key, _ in here] == [key for key, _ in there]
    assert [cosine for _, cosine in here] == pytest.approx([c for _, c in there], abs=1e-3)


def test_large_table_finds_what_is_near_within_few_documents(
    settings: Settings, postgres: str
) -> None:
    dice = np.random.default_rng(3)
    vectors = dice.standard_normal((5040, 32)).astype(np.float16).astype(float)
    store = open_vectors(settings, Collection(settings.index, "assistant-large"), create=True)
    store.put([(f"d{n % 60}#{n}", f"d{n % 60}", vectors[n].tolist()) for n in range(5040)])
    store.settle()
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    wanted = [n for n in np.argsort(-(unit @ unit[7])) if n % 60 in (7, 8)][:20]
    found = store.nearest(vectors[7].tolist(), 20, ["d7", "d8"])
    assert [key for key, _ in found] == [f"d{n % 60}#{n}" for n in wanted]
    assert any("hnsw" in line for line in indexes(postgres))


def indexes(postgres: str) -> list[str]:
    with psycopg.connect(postgres) as connection:
        return [row[0] for row in connection.execute("select indexdef from pg_indexes")]


def test_password_is_neither_shown_nor_kept(
    settings: Settings, embedding: PassageEmbedding
) -> None:
    build(settings, embedding=embedding)
    manifests = [path.read_text("utf-8") for path in settings.index.rglob("manifest.json")]
    assert not any("geheim" in text for text in [repr(settings), *manifests])


def test_table_that_is_gone_is_named_with_a_remedy(
    settings: Settings, embedding: PassageEmbedding, postgres: str
) -> None:
    build(settings, embedding=embedding)
    with psycopg.connect(postgres) as connection:
        for name in tables(postgres):
            connection.execute(f'drop table "{name}"')
    with pytest.raises(VectorStoreError, match="--rebuild"):
        open_index(settings, embedding=embedding)


def test_index_in_a_folder_is_not_mixed_with_the_database(
    settings: Settings, small_settings: Settings, embedding: PassageEmbedding
) -> None:
    build(small_settings, embedding=embedding)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        build(settings, embedding=embedding)


def test_database_that_does_not_answer_is_named_without_its_password(
    settings: Settings, embedding: PassageEmbedding
) -> None:
    elsewhere = settings.model_copy(
        update={"vectors": "postgresql://officer:geheim@127.0.0.1:9/assistant"}
    )
    with pytest.raises(VectorStoreError, match=r"127\.0\.0\.1:9/assistant") as caught:
        build(elsewhere, embedding=embedding)
    assert "geheim" not in str(caught.value)
