"""What whoever watches over the server sees."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import httpx
from prometheus_client.parser import text_string_to_metric_families

from assistant.service import configure_logs
from assistant.settings import Settings

if TYPE_CHECKING:
    import pytest


def test_health_and_readiness_are_told(url: str) -> None:
    assert httpx.get(f"{url}/healthz").text == "ok"
    ready = httpx.get(f"{url}/readyz").json()
    assert ready["ready"]
    assert ready["passages"] > 1000


def test_the_metrics_count_requests_outcomes_stages_and_problems(url: str) -> None:
    question = "当事人要求听证应当在几日内提出？"
    before = figures(url)
    httpx.post(f"{url}/api/v1/ask", json={"question": question}, timeout=60)
    httpx.post(f"{url}/api/v1/search", json={"question": question}, timeout=60)
    httpx.get(f"{url}/api/v1/passages", params={"address": "law-x#a1"})
    after = figures(url)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0.0)

    assert grown("assistant_requests_total /ask POST 200") == 1
    assert grown("assistant_answers_total answered") == 1
    assert grown("assistant_stage_seconds_count answer") == 1
    assert grown("assistant_stage_seconds_count embed") == 1
    assert grown("assistant_stage_seconds_count waiting") == 3
    assert grown("assistant_errors_total no-passage") == 1
    assert after["assistant_index_passages "] > 1000
    assert question not in httpx.get(f"{url}/metrics").text


def test_a_request_is_logged_without_its_words(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(Settings(log_format="json"))
    question = "张三要求听证应当在几日内提出？"
    reply = httpx.post(
        f"{url}/api/v1/ask",
        json={"question": question},
        headers={"Authorization": "Bearer eat_secret"},
        timeout=60,
    )
    httpx.get(f"{url}/api/v1/citations", params={"text": question})
    logged = capsys.readouterr().err
    configure_logs(Settings())
    logging.getLogger("assistant").propagate = True
    lines = [json.loads(line) for line in logged.splitlines()]
    [entry] = [line for line in lines if line.get("route") == "/ask"]
    assert entry["request"] == reply.headers["x-request-id"]
    assert (entry["status"], entry["method"]) == (200, "POST")
    assert "张三" not in logged
    assert "eat_secret" not in logged


def figures(url: str) -> dict[str, float]:
    """Return every sample by its name and the values of its labels."""
    order = {"route": 0, "method": 1, "status": 2}
    return {
        f"{sample.name} "
        + " ".join(
            v for _, v in sorted(sample.labels.items(), key=lambda p: order.get(p[0], 3))
        ): sample.value
        for family in text_string_to_metric_families(httpx.get(f"{url}/metrics").text)
        for sample in family.samples
    }
