"""A cross-encoder where one is configured, and a clear word where it cannot be loaded."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.index import OpenedIndex, PassageEmbedding
from assistant.index.embedding import model_folder
from assistant.retrieval import RerankerError, Searcher

RULES = """示例区犬只管理办法

第一条 养犬应当登记。
第二条 携犬外出应当系绳。
第三条 犬只伤人的，饲养人承担责任。
"""
NewIndex = Callable[..., OpenedIndex]


def _with_reranker(index: OpenedIndex, name: str) -> Searcher:
    settings = index.settings.model_copy(update={"reranker": name})
    return Searcher(replace(index, settings=settings))


def test_a_cross_encoder_orders_the_same_passages(
    small_index: NewIndex, embedding: PassageEmbedding
) -> None:
    index = small_index({"示例区犬只管理办法.txt": RULES})
    folder = model_folder(index.settings)
    reranked = _with_reranker(index, str(folder)).search("遛狗要牵绳吗？")
    plain = Searcher(index).search("遛狗要牵绳吗？")
    assert {item.passage.id for item in reranked} == {item.passage.id for item in plain}
    scores = [item.score for item in reranked]
    assert scores == sorted(scores, reverse=True)


def test_plain_rank_fusion_can_be_asked_for(small_index: NewIndex) -> None:
    index = small_index({"示例区犬只管理办法.txt": RULES})
    assert _with_reranker(index, "none").search("遛狗要牵绳吗？")[0].findings


def test_a_missing_model_is_named_with_the_remedy(small_index: NewIndex, tmp_path: Path) -> None:
    index = small_index({"示例区犬只管理办法.txt": RULES})
    empty = tmp_path / "no-model"
    empty.mkdir()
    with pytest.raises(RerankerError, match=r"no-model.*reranker"):
        _with_reranker(index, str(empty)).search("遛狗要牵绳吗？")
