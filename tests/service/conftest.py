"""The interfaces for programs, served for real: on this machine alone, and with accounts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from assistant.people import People, Role, Scope, open_people
from assistant.settings import AccountsMode, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.index import PassageEmbedding

RULES = (
    "办案规定\n第一条 查封的期限不得超过三十日。\n第二条 当事人可以在五日内申请听证。\n"
    "第三条 听证的费用由本局承担。\n"
)


@dataclass(frozen=True)
class Served:
    """A server with accounts on.

    Attributes:
        url: its address.
        people: who may call.
        reader, asker: tokens with one scope and with both.
    """

    url: str
    people: People
    reader: str
    asker: str


@pytest.fixture(scope="session")
def url(default_settings: Settings, embedding: PassageEmbedding) -> Iterator[str]:
    """Address of a server for this machine, over the default index."""
    with serving(default_settings, embedding) as address:
        yield address


@pytest.fixture(scope="session")
def client(url: str) -> Iterator[httpx.Client]:
    """A program that calls that server's interface."""
    with httpx.Client(base_url=f"{url}/api/v1/", timeout=60) as program:
        yield program


@pytest.fixture
def with_accounts(small_settings: Settings, embedding: PassageEmbedding) -> Iterator[Served]:
    """A server with accounts on, a few rules, and tokens of one person."""
    settings = written(small_settings, embedding).model_copy(
        update={"accounts": AccountsMode.ON, "rate_per_caller": "20/minute"}
    )
    people = open_people(settings)
    people.accounts.add("平台", Role.READER, "落叶-满阶-红不扫7")
    day = timedelta(days=1)
    reader = people.tokens.issue("平台", "检索", {Scope.READ}, day)
    asker = people.tokens.issue("平台", "问答", {Scope.READ, Scope.ASK}, day)
    with serving(settings, embedding) as address:
        yield Served(address, people, reader, asker)


def written(settings: Settings, embedding: PassageEmbedding) -> Settings:
    """Index a few rules and return the settings, with a data folder beside the index."""
    from assistant.index import build

    (settings.corpus / "办案规定.txt").write_text(RULES, encoding="utf-8")
    build(settings, embedding=embedding)
    folder: Path = settings.index.parent / "data"
    return settings.model_copy(update={"data": folder})


class serving:  # noqa: N801
    """Serve the page and the interfaces while inside; the address is given once it is ready."""

    def __init__(self, settings: Settings, embedding: PassageEmbedding) -> None:
        from assistant.answering import LiveAssistant
        from assistant.service import add_service
        from assistant.ui import serve

        settings = settings.model_copy(update={"port": 0})
        live = LiveAssistant(settings, embedding)
        page = serve(live, settings, prevent_thread_lock=True, extend=add_service)
        assert page is not None
        self._page = page

    def __enter__(self) -> str:
        for _ in range(600):
            if httpx.get(f"{self._page.url}/readyz").status_code == 200:
                break
            time.sleep(0.1)
        return self._page.url

    def __exit__(self, *_: object) -> None:
        self._page.stop()
