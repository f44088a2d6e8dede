"""Vectors may be computed by a server."""

from collections.abc import Iterator

import pytest
from tests.embedding_server import EmbeddingServer

from assistant.index import (
    EmbeddingError,
    IndexMismatchError,
    PassageEmbedding,
    build,
    open_index,
)
from assistant.retrieval import Searcher
from assistant.settings import Settings

RULES = "听证规定\n" + "".join(
    f"第{number}条 {words}。\n"
    for number, words in zip(
        "一二三",
        ("当事人可以在五日内要求听证", "查封期限不得超过三十日", "罚款应当到银行缴纳"),
        strict=True,
    )
)


@pytest.fixture
def server(embedding: PassageEmbedding) -> Iterator[EmbeddingServer]:
    running = EmbeddingServer(embedding)
    yield running
    running.close()


@pytest.fixture(params=["/v1", "/embed"])
def settings(
    request: pytest.FixtureRequest, server: EmbeddingServer, small_settings: Settings
) -> Settings:
    (small_settings.corpus / "听证.txt").write_text(RULES, encoding="utf-8")
    return served(small_settings, server, request.param)


def served(settings: Settings, server: EmbeddingServer, path: str) -> Settings:
    return settings.model_copy(
        update={
            "embedding_endpoint": server.address + path,
            "embedding_model": "multilingual-e5-small",
            "embedding_key": "geheim",
        }
    )


def test_index_embedded_by_a_server_answers(settings: Settings, server: EmbeddingServer) -> None:
    build(settings)
    found = Searcher(open_index(settings)).search("被处罚的人多久之内能申请听证？")
    assert "五日" in found[0].passage.text
    assert set(server.keys) == {"Bearer geheim"}


def test_vectors_are_those_of_the_served_model(
    settings: Settings, embedding: PassageEmbedding
) -> None:
    theirs = PassageEmbedding(settings).encode(["查封期限"])
    assert theirs == pytest.approx(embedding.encode(["查封期限"]), abs=1e-5)


def test_long_lists_are_sent_in_parts_and_come_back_in_order(
    small_settings: Settings, server: EmbeddingServer
) -> None:
    service = PassageEmbedding(served(small_settings, server, "/v1"))
    texts = [f"第{number}条" for number in range(70)]
    vectors = service.encode(texts)
    assert [len(body["input"]) for body in server.requests] == [32, 32, 6]
    assert float(vectors[69] @ service.encode([texts[69]])[0]) > 0.98


def test_busy_server_is_asked_again(small_settings: Settings, server: EmbeddingServer) -> None:
    server.failures += [503, 429]
    service = PassageEmbedding(served(small_settings, server, "/embed"))
    assert service.encode(["听证"]).shape == (1, 384)


def test_prefixes_of_the_settings_are_sent(
    small_settings: Settings, server: EmbeddingServer
) -> None:
    prefixed = served(small_settings, server, "/v1").model_copy(update={"query_prefix": "query: "})
    PassageEmbedding(prefixed).get_query_embedding("听证")
    assert server.requests[-1]["input"] == ["query: 听证"]


def test_refusal_is_told_in_chinese_without_the_key(
    settings: Settings, server: EmbeddingServer
) -> None:
    server.failures += [401]
    with pytest.raises(EmbeddingError, match=r"返回状态 401.*embedding_key") as caught:
        build(settings)
    assert "geheim" not in str(caught.value) + repr(settings)


def test_server_that_is_gone_is_named(settings: Settings, server: EmbeddingServer) -> None:
    server.close()
    with pytest.raises(EmbeddingError, match=r"127\.0\.0\.1.*没有应答"):
        build(settings)


def test_vectors_of_a_server_and_of_this_machine_are_not_mixed(
    settings: Settings, small_settings: Settings, embedding: PassageEmbedding
) -> None:
    build(small_settings, embedding=embedding)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        build(settings)


def test_model_of_the_server_must_be_named(small_settings: Settings) -> None:
    unnamed = small_settings.model_copy(update={"embedding_endpoint": "http://127.0.0.1:9/v1"})
    with pytest.raises(EmbeddingError, match="embedding_model"):
        build(unnamed)
