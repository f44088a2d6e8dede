"""Signing in with a browser that runs no script, and what happens without."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.visiting import PASSWORD, Served, Visit

from assistant.people import Role, open_people
from assistant.settings import AccountsMode, Settings, SettingsError
from assistant.ui.access.sign_in import local_address
from assistant.ui.access.single_sign_on import PATH, single_sign_on

HTML = {"accept": "text/html"}


def test_without_signing_in_the_page_leads_to_the_form_and_back_again(visit: Visit) -> None:
    browser = visit()
    link = "/?passage=x%23a1"
    answer = browser.http.get(link, headers=HTML)
    assert answer.status_code == 303
    form = browser.http.get(answer.headers["location"])
    assert "用户名" in form.text and "<script" not in form.text
    back = browser.sign_in("张三", next=link)
    assert back.headers["location"] == link
    assert browser.http.get(link, headers=HTML).status_code == 200


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit) -> None:
    cookie = visit().sign_in("张三").headers.get_list("set-cookie")[0].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie


def test_behind_https_the_cookie_stays_on_https(visit: Visit) -> None:
    browser = visit()
    browser.http.headers["x-forwarded-proto"] = "https"
    answer = browser.sign_in("张三")
    assert "secure" in answer.headers.get_list("set-cookie")[0].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_wrong_password_shows_the_form_again_without_the_password(visit: Visit) -> None:
    answer = visit().sign_in("张三", "not-the-password")
    assert answer.status_code == 401
    assert "用户名或密码不正确" in answer.text and "not-the-password" not in answer.text


def test_signing_out_ends_the_session_on_the_server(visit: Visit) -> None:
    browser = visit("张三")
    kept = dict(browser.http.cookies)
    out = browser.http.post("/sign-out", data={"token": browser.token("/account")})
    assert out.headers["location"] == "/sign-in"
    browser.http.cookies.update(kept)
    assert browser.http.get("/config").status_code == 401


def test_a_new_password_signs_out_every_other_browser(visit: Visit, served: Served) -> None:
    served.people.accounts.add("换密码的人", Role.READER, PASSWORD)
    here, there = visit("换密码的人"), visit("换密码的人")
    form = {"old": PASSWORD, "new": "Another-fine-one 5", "again": "Another-fine-one 5"}
    wrong = here.http.post("/account", data={**form, "old": "x", "token": here.token("/account")})
    assert wrong.status_code == 400
    done = here.http.post("/account", data={**form, "token": here.token("/account")})
    assert "密码已修改" in done.text
    assert here.http.get("/config").status_code == 200
    assert there.http.get("/config").status_code == 401


def test_signing_in_and_out_is_in_the_audit_log(visit: Visit, served: Served) -> None:
    before = served.people.audit.head()[0]
    browser = visit()
    browser.sign_in("张三", "wrong-password")
    browser.sign_in("wrong-password", "张三")
    browser.sign_in("张三")
    told = [entry for entry in served.people.audit.entries() if entry.number > before]
    assert [(entry.action, entry.subject) for entry in told] == [
        ("refused", "张三"), ("refused", "未知用户名"), ("signed_in", ""),
    ]  # fmt: skip
    assert told[0].address == "127.0.0.1"


def test_a_link_from_another_site_asks_once_more_from_here(visit: Visit) -> None:
    headers = {**HTML, "sec-fetch-site": "cross-site"}
    answer = visit().http.get("/?passage=a&x=1", headers=headers)
    assert answer.status_code == 200
    assert 'content="0; url=/?passage=a&amp;x=1"' in answer.text


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:1", "/a\nb"]
)
def test_signing_in_never_leads_to_another_site(wanted: str) -> None:
    assert local_address(wanted) == "/"


def test_the_first_administrator_is_made_on_the_first_page(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from fastapi import FastAPI

    from assistant.ui.access import GuardedPage, protect

    data = tmp_path_factory.mktemp("first")
    settings = Settings(data=data, accounts=AccountsMode.ON)
    app = FastAPI()
    protect(app, GuardedPage(), settings, 1000)
    app.get("/")(lambda: "the page")
    browser = TestClient(app, base_url="http://localhost")
    first = browser.get("/", headers=HTML)
    assert first.url.path == "/first-run"
    token = first.text.split('name="token" value="')[1].split('"')[0]
    code = open_people(settings).first_run.new_code()
    form = {"name": "局长", "new": PASSWORD, "again": PASSWORD, "token": token}
    assert browser.post("/first-run", data={**form, "code": "AAAA"}).status_code == 400
    done = browser.post("/first-run", data={**form, "code": code})
    assert done.text == '"the page"'
    assert browser.get("/first-run", follow_redirects=False).status_code == 303


def sign_on(browser: TestClient, subject: str) -> httpx.Response:
    """Go to the other server, say there who one is, and come back."""
    begun = browser.get(f"{PATH}/begin", follow_redirects=False)
    there = begun.headers["location"]
    said = httpx.post(there, data={"sub": subject})
    back = urljoin(there, said.headers["location"])
    return browser.get(back, follow_redirects=False)


def sign_on_app(settings: Settings) -> TestClient:
    """Return a browser before the two addresses of single sign-on."""
    app = Starlette()
    app.mount(PATH, single_sign_on(open_people(settings), settings))
    return TestClient(app, base_url="http://localhost")


def test_the_bureaus_own_sign_on_makes_a_reader_and_knows_them_again(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    user = User(sub="u-17", claims={"preferred_username": "王五", "name": "王小五"})
    with run_server_in_thread(user_claims=[user]) as server:
        settings = Settings(
            data=tmp_path_factory.mktemp("sso"),
            accounts=AccountsMode.ON,
            oidc_issuer=f"http://localhost:{server.server_port}",
            oidc_client_id="assistant",
            oidc_client_secret="hunter2",
        )
        people = open_people(settings)
        browser = sign_on_app(settings)
        for _ in range(2):
            answer = sign_on(browser, "u-17")
            assert answer.status_code == 200, answer.text
            session = answer.cookies["assistant_session"]
            person = people.sessions.person(session)
            assert person is not None
            assert (person.name, person.label, person.role) == ("王五", "王小五", Role.READER)
        people.accounts.change("王五", disabled=True)
        assert "停用" in sign_on(browser, "u-17").text
        strict = settings.model_copy(update={"oidc_role": "none"})
        assert "联系管理员添加" in sign_on(sign_on_app(strict), "u-18").text


def test_an_answer_of_the_sign_on_that_nobody_asked_for_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    settings = Settings(
        data=tmp_path_factory.mktemp("sso-forged"),
        accounts=AccountsMode.ON,
        oidc_issuer="http://127.0.0.1:9",
        oidc_client_id="assistant",
    )
    browser = sign_on_app(settings)
    answer = browser.get(f"{PATH}/return?code=x&state=y")
    assert answer.status_code == 401 and "没有成功" in answer.text
    assert "连接不上" in browser.get(f"{PATH}/begin").text


def test_identity_is_never_asked_for_in_clear_over_the_network(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, oidc_issuer="http://sso.example", oidc_client_id="a")
    with pytest.raises(SettingsError, match="https"):
        single_sign_on(open_people(settings), settings)
