"""The embedding model of a server gives the same answers, only sooner."""

from pathlib import Path

import numpy as np
import pytest

from assistant.answering import Assistant
from assistant.answering.remembering import RememberingEmbedding
from assistant.index import PassageEmbedding, open_index
from assistant.settings import Settings


@pytest.fixture
def settings(cache: Path, tmp_path: Path) -> Settings:
    return Settings(index=cache, data=tmp_path / "data")


def test_a_vector_does_not_depend_on_what_was_asked_before(settings: Settings) -> None:
    model = RememberingEmbedding(settings)
    first = model.encode(["查封的期限不得超过三十日。", "当事人有权要求听证。"])
    again = model.encode(["当事人有权要求听证。", "应当出示执法证件。"])
    alone = RememberingEmbedding(settings).encode(["应当出示执法证件。"])
    assert np.array_equal(first[1], again[0])
    assert np.array_equal(again[1], alone[0])


def test_sentences_are_known_after_a_restart(settings: Settings) -> None:
    sentences = [f"当事人应当在{number}日内履行。" for number in range(64)]
    first = RememberingEmbedding(settings).encode(sentences)
    restarted = RememberingEmbedding(settings)
    assert np.array_equal(restarted.encode(sentences[:3]), first[:3])
    # The model was not needed.
    assert restarted._model is None


@pytest.mark.parametrize("damage", ["broken", "unwritable"])
def test_without_its_file_it_still_answers(settings: Settings, damage: str) -> None:
    if damage == "broken":
        settings.data.mkdir()
        (settings.data / "sentences.db").write_bytes(b"no database" * 500)
    else:
        settings.data.write_text("a file where the folder should be", encoding="utf-8")
    vectors = RememberingEmbedding(settings).encode(["当事人有权要求听证。"])
    assert np.linalg.norm(vectors[0]) == pytest.approx(1.0, abs=1e-3)


def test_answers_lead_with_the_same_article(
    default_settings: Settings, embedding: PassageEmbedding
) -> None:
    remembering = Assistant(
        open_index(default_settings, embedding=RememberingEmbedding(default_settings))
    )
    plain = Assistant(open_index(default_settings, embedding=embedding))
    for question in ("当事人要求听证应当在几日内提出？", "查封的期限最长多少日？"):
        one, other = remembering.ask(question), plain.ask(question)
        assert one.citations[0].passage_id == other.citations[0].passage_id
        assert remembering.ask(question).lead == one.lead
