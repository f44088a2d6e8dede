"""A session that ends while the page is open, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.visiting import PASSWORD, Served

from assistant.people import open_people

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parents[2] / "artifacts" / "screenshots"
SIZES = [(1440, 900), (390, 844)]
ASKED, UNSENT = "查封的期限最长多久？", "当事人可以申请听证吗？"


@pytest.fixture(params=SIZES, ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[Page]:
    """The page with one question answered, and signed in as 张三."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(served.url)
    sign_in(page, "张三")
    box = page.locator("#question textarea")
    box.fill(ASKED)
    box.press("Enter")
    page.wait_for_selector(".turn .votes")
    yield page
    context.close()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_selector(".account")


def test_who_was_signed_out_comes_back_to_the_conversation_and_the_words_typed(
    page: Page, served: Served
) -> None:
    served.people.sessions.end_all("张三")
    box = page.locator("#question textarea")
    box.fill(UNSENT)
    box.press("Enter")
    page.wait_for_selector("#connection[data-state=expired]")
    assert "登录已过期，请重新登录" in page.locator("#connection").inner_text()
    assert box.input_value() == UNSENT
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(700)
    page.screenshot(path=PICTURES / f"expired-{page.viewport_size['width']}.png")
    page.get_by_role("button", name="重新登录").click()
    sign_in(page, "张三")
    page.wait_for_selector(f".turn:has-text('{ASKED}')")
    page.wait_for_function(
        "words => document.querySelector('#question textarea').value === words", arg=UNSENT
    )
    box.press("Enter")
    page.wait_for_selector(f".turn:last-of-type:has-text('{UNSENT}') .votes")


def test_the_tab_that_was_open_is_open_again(page: Page, served: Served) -> None:
    tabs = page.locator("#rooms > .tab-wrapper").get_by_role("tab")
    tabs.get_by_text("资料库", exact=True).first.click()
    page.wait_for_selector(".document-row")
    served.people.sessions.end_all("张三")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_role("button", name="重新登录").click()
    sign_in(page, "张三")
    page.wait_for_selector(".document-row")


def test_somebody_else_does_not_see_what_was_typed(page: Page, served: Served) -> None:
    page.locator("#question textarea").fill(UNSENT)
    served.people.sessions.end_all("张三")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_role("button", name="重新登录").click()
    sign_in(page, "李四")
    page.wait_for_selector(".starter")
    page.reload()
    page.wait_for_selector(".starter")
    assert page.locator("#question textarea").input_value() == ""


def test_signing_in_beside_it_takes_the_bar_away(page: Page, served: Served) -> None:
    served.people.sessions.end_all("张三")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector("#connection[data-state=expired]")
    other = page.context.new_page()
    other.goto(served.url)
    sign_in(other, "张三")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector("#connection", state="hidden")


def test_a_page_that_only_looks_keeps_no_session_alive(served: Served) -> None:
    brief = served.settings.model_copy(update={"session_idle_minutes": 1 / 60})
    people = open_people(brief)
    token = people.sessions.begin(people.accounts.get("李四").person)
    for _ in range(40):
        time.sleep(0.05)
        people.sessions.person(token, used=False)
    assert people.sessions.person(token) is None
