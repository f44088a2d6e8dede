"""The tools as another program's assistant sees them, through the protocol's own client."""

from __future__ import annotations

import os
import sys
from typing import Any

import httpx2
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from tests.own_loop import in_own_loop
from tests.service.conftest import Served

from assistant.settings import Settings

TOOLS = {"search", "open_passage", "ask", "resolve_citation", "items"}


def test_a_row_of_a_list_is_resolved(url: str) -> None:
    async def use() -> Any:
        async with Client(f"{url}/mcp") as client:
            found = await client.call_tool("resolve_citation", {"text": "街道清单60项"})
            return found.structured_content["places"]

    (place,) = in_own_loop(use())
    assert place["official"] == "《示范区街道综合执法事项清单（2026年修订）》第60项"


def test_every_tool_answers_over_http(url: str) -> None:
    async def use() -> tuple[set[str], list[Any]]:
        async with Client(f"{url}/mcp") as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            found = await client.call_tool("resolve_citation", {"text": "处罚法63条"})
            address = found.structured_content["places"][0]["address"]
            return tools, [
                await client.call_tool("open_passage", {"address": address}),
                await client.call_tool("search", {"question": "查封期限", "count": 2}),
                await client.call_tool("ask", {"question": "当事人几日内可以要求听证？"}),
                await client.call_tool("items", {"question": "街道清单一共有多少项？"}),
                await client.call_tool("open_passage", {"address": "law-x#a1"}),
            ]

    tools, (opened, searched, answered, counted, missing) = in_own_loop(use())
    assert tools == TOOLS
    assert opened.structured_content["official"] == "《中华人民共和国行政处罚法》第六十三条"
    assert searched.structured_content["evidence"]
    assert "五日内" in str(answered.structured_content["lead"])
    assert counted.structured_content["kind"] == "count"
    assert missing.is_error
    assert "没有地址" in missing.content[0].text


def test_the_tools_want_the_same_tokens(with_accounts: Served) -> None:
    served = with_accounts

    async def ask(token: str) -> str:
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            Client(streamable_http_client(f"{served.url}/mcp", http_client=http)) as client,
        ):
            result = await client.call_tool("ask", {"question": "几日内可以申请听证？"})
            return str(result.structured_content["lead"])

    assert "五日内" in in_own_loop(ask(served.asker))
    [entry] = [e for e in served.people.audit.entries() if e.action == "asked"]
    assert entry.person == "平台"
    for refused in ("eat_invented", served.reader):
        reply = httpx2.post(
            f"{served.url}/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
            headers={"Authorization": f"Bearer {refused}", "Accept": "application/json"},
        )
        assert reply.status_code in (401, 403)


def test_the_command_offers_the_tools_on_standard_input(default_settings: Settings) -> None:
    places = ("corpus", "index", "law_pack")
    environment = {
        f"ASSISTANT_{name.upper()}": str(getattr(default_settings, name)) for name in places
    }
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from assistant.cli import app; app(['mcp'])"],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
    )

    async def use() -> tuple[set[str], Any]:
        async with Client(server) as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            return tools, await client.call_tool("resolve_citation", {"text": "强制法25条"})

    tools, found = in_own_loop(use())
    assert tools == TOOLS
    assert found.structured_content["places"][0]["label"] == "第二十五条"
