"""A single question gets the vector that the model would give it among others."""

import numpy as np
import pytest

from assistant.index import PassageEmbedding
from assistant.settings import Precision, Settings

QUESTIONS = ["罚款多少要听证？", "听", " 查封 Ａ级 12 日 ", "当事人" * 400]


@pytest.mark.parametrize("precision", [Precision.AUTO, Precision.FLOAT32])
def test_quick_vector_of_a_question_is_the_models_own(
    small_settings: Settings, precision: Precision
) -> None:
    model = PassageEmbedding(small_settings.model_copy(update={"precision": precision}))
    quick = np.array([model.get_query_embedding(question) for question in QUESTIONS])
    single = np.array([model.encode([question], query=True)[0] for question in QUESTIONS])
    assert np.abs(quick - single).max() < 1e-6
