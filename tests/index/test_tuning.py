"""Questions are searched with a vector that was tuned for them; passages keep theirs."""

from pathlib import Path

import numpy as np

from assistant.index import OpenedIndex, PassageEmbedding
from assistant.index.tuning import learned_tuning
from assistant.settings import Precision, Settings

ASKED = {
    "店里东西被执法队扣下了，最多能扣多久": ("中华人民共和国行政强制法", "第二十五条"),
    "罚款单下来了我没钱，能不能分几次交": ("中华人民共和国行政处罚法", "第六十六条"),
    "查案子拖了一直没结果，多久必须给个说法": ("中华人民共和国行政处罚法", "第六十条"),
    "办案的人跟当事人是亲戚，还能查这个案子吗": ("中华人民共和国行政处罚法", "第四十三条"),
}


def test_the_governing_article_comes_nearer(default_index: OpenedIndex) -> None:
    titles = {document.title: document.id for document in default_index.catalogue.documents()}

    def places(vector_of: str) -> list[int]:
        found = []
        for question, (title, label) in ASKED.items():
            vector = getattr(default_index.embedding, vector_of)(question)
            passages = [key for key, _ in default_index.vectors.nearest(vector, 2000)]
            known = default_index.catalogue.get(passages)
            places = (
                place
                for place, key in enumerate(passages)
                if known[key].document_id == titles[title] and known[key].label == label
            )
            found.append(next(places, len(passages)))
        return found

    tuned, own = places("search_vector"), places("get_query_embedding")
    assert sum(tuned) < sum(own)


def test_the_models_own_vector_stays_as_it_is(embedding: PassageEmbedding) -> None:
    question = "罚款多少要听证？"
    own = np.array(embedding.get_query_embedding(question))
    assert own @ embedding.encode([question], query=True)[0] > 0.99
    assert np.linalg.norm(embedding.search_vector(question)) - 1 < 1e-5
    assert own @ np.array(embedding.search_vector(question)) < 0.9


def test_another_vector_space_is_not_turned() -> None:
    assert learned_tuning("some-other-model") is None


def test_it_is_the_same_in_another_precision(embedding: PassageEmbedding, cache: Path) -> None:
    exact = PassageEmbedding(Settings(index=cache, precision=Precision.BFLOAT16))
    question = "街道能不能管占道经营？"
    cosine = np.dot(exact.search_vector(question), embedding.search_vector(question))
    assert cosine > 0.95
