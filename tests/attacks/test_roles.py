"""Class: doing what one's role may not, or without any, by calling the page's events directly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.visiting import SECRET, Served, Visit, Visitor

from assistant.people import Scope

READERS = ("张三", "李四", "教员")
CLAIMS = (
    {"x-forwarded-user": "局长".encode()},
    {"x-remote-user": "局长".encode()},
    {"remote-user": "局长".encode()},
    {"authorization": "Basic 5bGA6ZW/OnB3"},
    {"authorization": "Bearer 局长".encode()},
    {"cookie": "assistant_session=局长; username=局长".encode()},
    {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"},
)


NAMED = "城关镇值班安排第一条"


def secret_document(served: Served) -> str:
    """Return the id of the document that only one unit may see."""
    from assistant.index.catalogue import Catalogue
    from assistant.index.generation import current_generation

    generation = current_generation(served.settings.index)
    assert generation is not None
    return next(d.id for d in Catalogue(generation.catalogue).documents() if d.units)


def ran(visitor: Visitor, event: int, *data: object) -> bool:
    """Return whether an event did anything, called at once or through the queue."""
    at_once = visitor.call(event, *data)
    queued = visitor.queue(event, *data)[-1]
    return at_once.status_code == 200 or bool(queued["success"])


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("target", ["item-take", "item-back", "admin-take", "admin-rebuild"])
def test_an_administrators_event_for_somebody_else(
    visit: Visit, served: Served, name: str, target: str
) -> None:
    before = sorted(path.name for path in served.settings.corpus.rglob("*"))
    visitor = visit(name)
    event = visitor.event("click", target)
    inputs = next(d for d in visitor.config()["dependencies"] if d["id"] == event)["inputs"]
    assert not ran(visitor, event, *(None for _ in inputs))
    assert sorted(path.name for path in served.settings.corpus.rglob("*")) == before


@pytest.mark.parametrize("headers", CLAIMS)
def test_a_header_that_claims_to_be_somebody(visit: Visit, headers: dict[str, str | bytes]) -> None:
    visitor = visit()
    assert visitor.http.get("/config", headers=headers).status_code == 401
    body = {"data": ["听证", None], "fn_index": 0, "session_hash": "x", "username": "局长"}
    answer = visitor.http.post("/gradio_api/run/predict", json=body, headers=headers)
    assert answer.status_code == 401


def test_every_event_without_signing_in(visit: Visit) -> None:
    events = [dependency["id"] for dependency in visit("局长").config()["dependencies"]]
    anonymous = visit()
    for event in events:
        assert anonymous.call(event).status_code == 401
        body = {"data": [], "fn_index": event, "session_hash": "x"}
        assert anonymous.http.post("/gradio_api/queue/join", json=body).status_code == 401


@pytest.mark.parametrize("address", ["/items.xlsx", "/account", "/gradio_api/upload", "/"])
def test_addresses_without_signing_in(visit: Visit, address: str) -> None:
    assert visit().http.get(address).status_code in (401, 303)


@pytest.mark.parametrize(
    "address",
    [
        "/monitoring", "/monitoring/summary", "/gradio_api/call/begin", "/gradio_api/api/finish",
        "/gradio_api/vibe-code", "/gradio_api/deep_link", "/gradio_api/dev/reload", "/gradio_api",
        "/gradio_api/openapi.json", "/gradio_api/stream/x", "/gradio_api/process_recording",
        "/gradio_api/component_server", "/gradio_api/mcp", "/docs", "/redoc", "/openapi.json",
    ],
)  # fmt: skip
def test_addresses_of_the_framework_that_the_page_does_not_use(visit: Visit, address: str) -> None:
    assert visit("局长").http.get(address).status_code in (404, 405)


@pytest.mark.parametrize("question", ["值班室的门锁密码是多少？", "城关镇值班安排第一条"])
def test_a_question_about_another_units_document(visit: Visit, question: str) -> None:
    assert SECRET in visit("张三").ask(question)
    assert SECRET not in visit("李四").ask(question)


@pytest.mark.parametrize(
    "path", ["search", "ask", "documents", "citations?text=城关镇值班安排第一条"]
)
def test_another_units_document_over_the_interface_for_programs(
    visit: Visit, served: Served, path: str
) -> None:
    for name, sees in (("李四", False), ("张三", True)):
        token = served.people.tokens.issue(name, path, list(Scope), timedelta(days=1))
        http = visit().http
        headers = {"authorization": f"Bearer {token}"}
        address = f"/api/v1/{path}"
        if path in ("search", "ask"):
            body = {"question": NAMED}
            answer = http.post(address, json=body, headers=headers)
        else:
            answer = http.get(address, headers=headers)
        assert answer.status_code == 200, answer.text
        said = answer.text
        assert (SECRET in said or secret_document(served) in said) is sees, said


def test_a_link_to_another_units_document(visit: Visit, served: Served) -> None:
    secret = secret_document(served)
    for name, sees in (("李四", False), ("张三", True)):
        visitor = visit(name)
        event = visitor.event("open_passage", "bridge")
        answer = visitor.call(event, None, event={"passage": f"{secret}#a1"})
        assert (SECRET in str(answer.json())) is sees
        event = visitor.event("open_document", "bridge")
        assert (SECRET in str(visitor.call(event, event={"document": secret}).json())) is sees
