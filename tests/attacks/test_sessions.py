"""Class: forged, expired, stolen and borrowed sessions."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest
from tests.visiting import PASSWORD, SECRET, Served, Visit

from assistant.people import Role, Scope
from assistant.people.accounts import FAILURES

COOKIES = (
    "",
    "null",
    "1",
    "局长".encode(),
    "' or '1'='1",
    "x'; update people set role='administrator' --",
    "../../data/people.db",
    "A" * 5000,
    base64.b64encode(b'{"name":"admin","role":"administrator"}').decode(),
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiLlsYDplb8ifQ.",
    "%00",
)


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_made_up_session(visit: Visit, cookie: str | bytes) -> None:
    value = cookie if isinstance(cookie, bytes) else cookie.encode()
    headers = {"cookie": b"assistant_session=" + value}
    assert visit().http.get("/config", headers=headers).status_code == 401


def test_the_hash_that_is_kept_of_a_session(visit: Visit, served: Served) -> None:
    visitor = visit("张三")
    token = visitor.http.cookies["assistant_session"]
    kept = hashlib.sha256(token.encode()).hexdigest()
    assert visit().http.get(
        "/config", headers={"cookie": f"assistant_session={kept}"}
    ).status_code == 401  # fmt: skip


def test_a_session_chosen_before_signing_in(visit: Visit) -> None:
    visitor = visit()
    visitor.http.cookies.set("assistant_session", "chosen-by-the-attacker")
    assert visitor.sign_in("张三").status_code == 303
    headers = {"cookie": "assistant_session=chosen-by-the-attacker"}
    assert visit().http.get("/config", headers=headers).status_code == 401


def test_a_program_token_as_a_session_or_for_the_page(visit: Visit, served: Served) -> None:
    token = served.people.tokens.issue("局长", "攻击", [Scope.READ], timedelta(days=1))
    for headers in ({"cookie": f"assistant_session={token}"}, {"authorization": f"Bearer {token}"}):
        assert visit().http.get("/config", headers=headers).status_code == 401


def test_an_account_that_was_disabled_while_signed_in(visit: Visit, served: Served) -> None:
    served.people.accounts.add("离职的人", Role.READER, PASSWORD)
    visitor = visit("离职的人")
    served.people.accounts.change("离职的人", disabled=True)
    assert visitor.http.get("/config").status_code == 401
    assert visitor.call(visitor.served.people.audit.head()[0] % 3).status_code == 401


def test_another_visitors_open_page(visit: Visit) -> None:
    victim, thief = visit("张三"), visit("李四")
    assert SECRET in victim.ask("城关镇值班安排第一条")
    names = {d["api_name"]: d["id"] for d in victim.config()["dependencies"]}
    thief.session = victim.session
    stolen = thief.call(names["save_answers"], None, event={"format": "md", "number": 0})
    assert stolen.status_code != 200 and SECRET not in stolen.text
    address = f"/gradio_api/queue/data?session_hash={victim.session}"
    assert thief.http.get(address).status_code == 403
    assert thief.http.get(f"/gradio_api/heartbeat/{victim.session}").status_code == 403


def test_guessing_a_password_without_end(visit: Visit, served: Served) -> None:
    served.people.accounts.add("被猜的人", Role.READER, PASSWORD)
    visitor = visit()
    for number in range(FAILURES):
        assert visitor.sign_in("被猜的人", f"guess-{number}").status_code == 401
    answer = visitor.sign_in("被猜的人")
    assert answer.status_code == 401 and "锁定" in answer.text


def test_becoming_the_first_administrator_again(visit: Visit, served: Served) -> None:
    visitor = visit()
    code = served.people.first_run.new_code()
    form = {"code": code, "name": "新局长", "new": PASSWORD, "again": PASSWORD}
    answer = visitor.http.post("/first-run", data={**form, "token": visitor.token()})
    assert answer.status_code == 400
    assert all(account.person.name != "新局长" for account in served.people.accounts.all())
