"""Who may call, and how often."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
from tests.own_loop import in_own_loop
from tests.service.conftest import Served, serving, written

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index import PassageEmbedding

QUESTION = {"question": "几日内可以申请听证？"}


def call(served: Served, path: str, token: str = "", **options: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    method = "POST" if options else "GET"
    return httpx.request(method, f"{served.url}{path}", headers=headers, timeout=60, **options)


def test_only_a_token_with_the_scope_lets_a_program_in(with_accounts: Served) -> None:
    served = with_accounts
    assert call(served, "/api/v1/ask", json=QUESTION).status_code in (401, 403)
    assert call(served, "/api/v1/ask", "eat_invented", json=QUESTION).status_code in (401, 403)
    refused = call(served, "/api/v1/ask", served.reader, json=QUESTION)
    assert refused.status_code == 403
    assert "提问" in refused.json()["detail"]
    assert call(served, "/api/v1/search", served.reader, json=QUESTION).status_code == 200
    assert call(served, "/api/v1/ask", served.asker, json=QUESTION).status_code == 200
    unknown = call(served, "/metrics")
    assert unknown.status_code == 401
    assert unknown.headers["content-type"] == "application/problem+json"
    assert "令牌" in unknown.json()["detail"]
    assert call(served, "/metrics", served.reader).status_code == 200
    assert call(served, "/healthz").status_code == 200
    served.people.tokens.revoke("平台", "问答")
    assert call(served, "/api/v1/ask", served.asker, json=QUESTION).status_code in (401, 403)


def test_what_a_program_asked_and_was_shown_is_in_the_audit_log(with_accounts: Served) -> None:
    served = with_accounts
    answer = call(served, "/api/v1/ask", served.asker, json=QUESTION).json()
    shown = [citation["address"] for citation in answer["citations"]]
    [entry] = [e for e in served.people.audit.entries() if e.action == "asked"]
    assert (entry.person, entry.address) == ("平台", "127.0.0.1")
    assert entry.subject == QUESTION["question"]
    assert entry.detail["shown"] == shown


def test_a_program_that_calls_too_often_is_told_when_to_come_back(with_accounts: Served) -> None:
    served = with_accounts
    replies = [call(served, "/api/v1/procedures", served.reader) for _ in range(21)]
    assert {reply.status_code for reply in replies[:20]} == {200}
    assert replies[-1].status_code == 429
    assert int(replies[-1].headers["retry-after"]) > 0
    assert "频繁" in replies[-1].json()["detail"]


def test_without_accounts_only_this_machine_may_call(
    small_settings: Settings, embedding: PassageEmbedding
) -> None:
    from assistant.answering import LiveAssistant
    from assistant.service import add_service
    from assistant.ui.server import build_app

    app = build_app(LiveAssistant(written(small_settings, embedding), embedding), add_service)

    async def from_address(address: str) -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(address, 40000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/api/v1/procedures")

    assert in_own_loop(from_address("127.0.0.1")).status_code == 200
    refused = in_own_loop(from_address("192.0.2.7"))
    assert refused.status_code == 403
    assert "accounts" in refused.json()["detail"]


def test_who_comes_to_a_full_queue_is_told_so_at_once(
    small_settings: Settings, embedding: PassageEmbedding
) -> None:
    settings = written(small_settings, embedding).model_copy(
        update={"answer_workers": 1, "answer_queue": 1}
    )

    async def crowd(url: str) -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            asked = (
                client.post("/api/v1/ask", json={"question": f"第{n}个人几日内申请听证？"})
                for n in range(12)
            )
            return list(await asyncio.gather(*asked))

    with serving(settings, embedding) as url:
        replies = in_own_loop(crowd(url))
        after = httpx.post(f"{url}/api/v1/ask", json=QUESTION, timeout=60)
    turned_away = [reply for reply in replies if reply.status_code == 503]
    assert turned_away
    assert all("排队中" in reply.json()["detail"] for reply in turned_away)
    assert all(reply.headers["retry-after"] for reply in turned_away)
    assert {reply.status_code for reply in replies} == {200, 503}
    assert after.status_code == 200
