"""What the measures of a ranking say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.metrics import (
    hit_at,
    mean_scores,
    ndcg_at,
    percentile,
    recall_at,
    reciprocal_rank_at,
    score,
)

RANKING = ["a", "b", "c", "d", "e", "f", "g"]
RANKINGS = st.lists(st.integers(0, 40), unique=True, max_size=30)
GOLD = st.sets(st.integers(0, 40), min_size=1, max_size=6)


def test_recall_is_the_share_of_gold_passages_among_the_first_k() -> None:
    assert recall_at(RANKING, {"a", "f", "z"}, 5) == pytest.approx(1 / 3)
    assert recall_at(RANKING, {"a", "f", "z"}, 6) == pytest.approx(2 / 3)


def test_a_hit_needs_only_one_gold_passage() -> None:
    assert hit_at(RANKING, {"c", "z"}, 3) == 1
    assert hit_at(RANKING, {"c", "z"}, 2) == 0


def test_reciprocal_rank_counts_the_first_gold_passage_only() -> None:
    assert reciprocal_rank_at(RANKING, {"c", "d"}, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank_at(RANKING, {"g"}, 5) == 0


def test_ndcg_discounts_later_places_by_their_logarithm() -> None:
    gain, best = 1 + 1 / math.log2(4), 1 + 1 / math.log2(3)
    assert ndcg_at(RANKING, {"a", "c"}, 10) == pytest.approx(gain / best)


def test_a_question_without_gold_passages_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="no gold"):
        score(RANKING, [])


def test_means_are_taken_measure_by_measure() -> None:
    means = mean_scores([score(["a"], ["a"]), score(["b"], ["a"])])
    assert means.hit_1 == means.recall_10 == means.mrr_10 == 0.5


def test_percentiles_are_values_that_occurred() -> None:
    assert percentile([5, 1, 3], 0.5) == 3
    assert percentile([5, 1, 3], 0.95) == 5


@given(RANKINGS, GOLD)
def test_every_measure_lies_between_zero_and_one(ranking: list[int], gold: set[int]) -> None:
    scores = score(ranking, gold)
    values = [getattr(scores, name) for name in scores.__slots__]
    assert all(0 <= value <= 1 + 1e-9 for value in values)


@given(GOLD)
def test_a_perfect_order_scores_one(gold: set[int]) -> None:
    scores = score(sorted(gold), gold)
    assert scores.mrr_10 == scores.hit_1 == scores.recall_10 == 1
    assert scores.ndcg_10 == pytest.approx(1)


@given(RANKINGS, GOLD)
def test_looking_further_down_never_loses_recall(ranking: list[int], gold: set[int]) -> None:
    recalls = [recall_at(ranking, gold, k) for k in range(1, 31)]
    assert recalls == sorted(recalls)
