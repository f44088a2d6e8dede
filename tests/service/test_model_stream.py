"""A model's answer reaches a program sentence by sentence, each one checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from tests.scripted_server import ScriptedServer, says
from tests.service.conftest import serving, written
from tests.service.test_http_interface import streamed

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index import PassageEmbedding


def test_checked_sentences_arrive_one_after_the_other(
    small_settings: Settings, embedding: PassageEmbedding
) -> None:
    words = ("当事人可以在五日内申请听证。[1]", "听证的费用由本局承担。[1]", "罚款九百万元。[1]")
    model = ScriptedServer(says(*words))
    settings = written(small_settings, embedding).model_copy(
        update={"llm_endpoint": model.url, "llm_model": "scripted"}
    )
    with (
        serving(settings, embedding) as url,
        httpx.Client(base_url=f"{url}/api/v1/", timeout=60) as client,
    ):
        events = streamed(client, {"question": "当事人可以在几日内申请听证？"})
        whole = client.post("ask", json={"question": "当事人可以在几日内申请听证？"}).json()
    model.close()
    assert events[-1][0] == "done"
    shown = "".join(sentence["text"] for sentence in events[-1][1]["lead"])
    assert "五日内" in shown
    assert "九百万" not in shown
    assert len(events[0][1]["lead"]) <= len(events[-1][1]["lead"])
    assert whole["lead"] == events[-1][1]["lead"]
