"""A page with accounts on, served for real, people of every role, and browsers without script."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from assistant.people import People, Role, open_people
from assistant.settings import AccountsMode, LawPack, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.index import PassageEmbedding

PASSWORD = "落叶-满阶-红不扫7"
PEOPLE = {
    "局长": (Role.ADMINISTRATOR, ()),
    "教员": (Role.TRAINER, ()),
    "张三": (Role.READER, ("城关镇",)),
    "李四": (Role.READER, ("河口镇",)),
}
OPEN = "办案规定\n第一条 查封的期限不得超过三十日。\n第二条 当事人可以申请听证。\n"
OF_ONE_UNIT = "城关镇值班安排\n第一条 值班室的门锁密码为七七四九。\n"
SECRET = "七七四九"


@dataclass(frozen=True)
class Served:
    """A page that is being served.

    Attributes:
        url: its address.
        settings: what it was set up with.
        people: who may sign in.
    """

    url: str
    settings: Settings
    people: People


@contextmanager
def serving(
    folder: Path, cache: Path, embedding: PassageEmbedding, files: Mapping[str, bytes]
) -> Iterator[Served]:
    """Serve a page with accounts on, over a few documents and whatever ``files`` adds.

    Args:
        folder: for everything that the page keeps.
        cache: where the unpacked model is.
        embedding: the loaded model.
        files: more files of the corpus, by name.
    """
    from assistant.answering import LiveAssistant
    from assistant.index import build
    from assistant.service import add_service
    from assistant.ui import serve

    settings = Settings(
        corpus=folder / "corpus",
        index=folder / "index",
        data=folder / "data",
        law_pack=LawPack.NONE,
        accounts=AccountsMode.ON,
        port=0,
    )
    settings.corpus.mkdir()
    settings.index.mkdir()
    (settings.index / "models").symlink_to(cache / "models", target_is_directory=True)
    (settings.corpus / "办案规定.txt").write_text(OPEN, encoding="utf-8")
    secret = settings.corpus / "城关镇值班安排.txt"
    secret.write_text(OF_ONE_UNIT, encoding="utf-8")
    secret.with_name(f"{secret.name}.meta.toml").write_text('units = ["城关镇"]', encoding="utf-8")
    for name, content in files.items():
        (settings.corpus / name).write_bytes(content)
    build(settings, embedding=embedding)
    people = open_people(settings)
    for name, (role, units) in PEOPLE.items():
        people.accounts.add(name, role, PASSWORD, units)
    live = LiveAssistant(settings, embedding)
    page = serve(live, settings, prevent_thread_lock=True, extend=add_service)
    assert page is not None
    try:
        yield Served(page.url, settings, people)
    finally:
        page.stop()


class Visitor:
    """A browser without script: cookies, forms, and Gradio's own calls."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.http = httpx.Client(base_url=served.url, follow_redirects=False, timeout=60)
        self.session = f"s{time.monotonic_ns():x}"

    def token(self, address: str = "/sign-in") -> str:
        """Return what the form at an address must carry."""
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.http.get(address).text)
        assert found is not None
        return found[1]

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        """Fill in the sign-in page and send it."""
        form = {"name": name, "password": password, "token": self.token(), **more}
        return self.http.post("/sign-in", data=form)

    def config(self) -> dict[str, Any]:
        """Return what Gradio tells of the page."""
        answer = self.http.get("/config")
        answer.raise_for_status()
        return dict(answer.json())

    def call(self, fn: int, *data: object, event: object = None) -> httpx.Response:
        """Carry out an event of the page that does not wait in the queue."""
        body = {
            "data": list(data), "fn_index": fn, "session_hash": self.session, "event_data": event,
        }  # fmt: skip
        return self.http.post("/gradio_api/run/predict", json=body)

    def queue(self, fn: int, *data: object, session: str = "") -> list[dict[str, Any]]:
        """Carry out an event through the queue and return every message about it."""
        session = session or self.session
        body = {"data": list(data), "fn_index": fn, "session_hash": session}
        joined = self.http.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        messages = []
        address = f"/gradio_api/queue/data?session_hash={session}"
        with self.http.stream("GET", address) as stream:
            stream.raise_for_status()
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    messages.append(json.loads(line.removeprefix("data: ")))
                    if messages[-1]["msg"] == "process_completed":
                        break
        return messages

    def ask(self, question: str) -> str:
        """Ask in the room 问答 and return all markup that the answer shows."""
        self.call(self.event("submit", "question"), question, *[None] * 5)
        config = self.config()
        parts = {c["props"].get("elem_id"): c["id"] for c in config["components"]}
        finish = next(
            event
            for event in config["dependencies"]
            if event["api_name"].startswith("finish") and parts["conversation"] in event["outputs"]
        )
        done = self.queue(finish["id"], *(None for _ in finish["inputs"]))[-1]
        assert done["success"], done
        return "\n".join(part for part in done["output"]["data"] if isinstance(part, str))

    def event(self, name: str, target: str) -> int:
        """Return the number of the event ``name`` of the component with an element id."""
        config = self.config()
        ids = {c["id"] for c in config["components"] if c["props"].get("elem_id") == target}
        for dependency in config["dependencies"]:
            if any(t[0] in ids and t[1] == name for t in dependency["targets"]):
                return int(dependency["id"])
        raise KeyError(name)


Visit = Callable[..., Visitor]
