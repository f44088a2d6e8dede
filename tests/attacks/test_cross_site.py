"""Class: other sites that send requests with a visitor's browser, or stand for this one."""

from __future__ import annotations

import pytest
from tests.visiting import PASSWORD, Visit

FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
)
HOSTS = ("evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::1", "a b")


@pytest.mark.parametrize("headers", FOREIGN)
def test_an_event_sent_by_another_site(visit: Visit, headers: dict[str, str]) -> None:
    visitor = visit("张三")
    visitor.http.headers.update(headers)
    assert visitor.call(visitor.event("submit", "question"), "听证", None).status_code == 403
    assert visitor.http.post("/gradio_api/upload", files={"files": b"x"}).status_code == 403


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/account"])
@pytest.mark.parametrize("token", ["", "0" * 64, "张三", None])
def test_a_form_without_its_secret(visit: Visit, address: str, token: str | None) -> None:
    visitor = visit("张三")
    form = {"name": "局长", "password": PASSWORD, "old": PASSWORD, "new": "x" * 12}
    answer = visitor.http.post(address, data=form if token is None else {**form, "token": token})
    assert answer.status_code == 403
    assert visitor.http.get("/config").json()["username"] == "张三"


def test_the_secret_of_another_browsers_form(visit: Visit) -> None:
    attacker, victim = visit("李四"), visit("张三")
    token = attacker.token("/account")
    assert victim.http.post("/sign-out", data={"token": token}).status_code == 403


@pytest.mark.parametrize("host", HOSTS)
def test_a_name_that_is_not_this_machines(visit: Visit, host: str) -> None:
    assert visit("张三").http.get("/config", headers={"host": host}).status_code == 400


def test_being_framed_by_another_site(visit: Visit) -> None:
    headers = visit("张三").http.get("/").headers
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers and "x-powered-by" not in headers


def test_reading_answers_from_another_origin(visit: Visit) -> None:
    answer = visit("张三").http.get("/config", headers={"origin": "https://evil.example"})
    assert answer.headers.get("access-control-allow-origin") != "https://evil.example"
    assert answer.headers.get("access-control-allow-origin") != "*"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
