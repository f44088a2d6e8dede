"""The embedding model of a server gives the same answers, only sooner."""

import numpy as np

from assistant.answering import Assistant
from assistant.answering.remembering import RememberingEmbedding
from assistant.index import PassageEmbedding, open_index
from assistant.settings import Settings


def test_a_vector_does_not_depend_on_what_was_asked_before(cache: object) -> None:
    settings = Settings(index=cache)  # type: ignore[arg-type]
    model = RememberingEmbedding(settings)
    first = model.encode(["查封的期限不得超过三十日。", "当事人有权要求听证。"])
    again = model.encode(["当事人有权要求听证。", "应当出示执法证件。"])
    alone = RememberingEmbedding(settings).encode(["应当出示执法证件。"])
    assert np.array_equal(first[1], again[0])
    assert np.array_equal(again[1], alone[0])


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
