"""What a visitor does with conversations: go on after a reload, find, rename, judge, ask anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = "行政处罚法第六十三条"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, page_url: str) -> Iterator[Page]:
    width, height = SIZES[request.param]
    yield from visit(browser, page_url, width, height)


@pytest.fixture
def desktop(browser: Browser, page_url: str) -> Iterator[Page]:
    yield from visit(browser, page_url, *SIZES["desktop"])


def visit(browser: Browser, url: str, width: int, height: int) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(60_000)
    page.goto(url)
    page.wait_for_selector(".starter")
    yield page
    page.close()


def ask(page: Page, question: str) -> None:
    before = page.locator(".turn").count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.turn .votes').length > {before}")


def open_history(page: Page) -> None:
    page.locator("#talk-bar [data-history]").click()
    page.wait_for_selector(".talk-row")


def test_a_conversation_outlives_a_reload_and_can_be_found_renamed_and_removed(
    page: Page,
) -> None:
    name = f"听证的范围{page.evaluate('innerWidth')}"
    ask(page, QUESTION)
    page.wait_for_function("sessionStorage.getItem('assistant-talk')")
    page.reload()
    page.wait_for_selector(".turn .votes")
    assert QUESTION in page.locator(".question").inner_text()
    page.locator("#clear").click()
    page.wait_for_selector(".undo")
    assert page.locator(".turn").count() == 0
    open_history(page)
    page.locator("#history-needle input, #history-needle textarea").fill("处罚法 六十三")
    page.wait_for_timeout(1000)
    page.locator(".more summary").first.click()
    page.locator("[data-talk-rename]").first.click()
    page.locator(".in-place input").fill(name)
    page.locator(".in-place input").press("Enter")
    page.wait_for_selector(f".talk-name:has-text('{name}')")
    page.locator(f".talk:has-text('{name}') summary").first.click()
    page.locator(f".talk:has-text('{name}') [data-talk-remove]").first.click()
    page.wait_for_selector(".history .undo")
    page.locator("[data-talk-restore]").click()
    page.locator(f".talk-row:has-text('{name}')").first.click()
    page.wait_for_selector(".turn .votes")
    assert page.locator(".talk-title").inner_text() == name


def test_a_whole_conversation_is_saved_from_the_list(desktop: Page) -> None:
    ask(desktop, QUESTION)
    ask(desktop, "行政强制法第二十五条")
    open_history(desktop)
    desktop.locator(".more summary").first.click()
    with desktop.expect_download() as download:
        desktop.locator("[data-talk-save=docx]").first.click()
    words = [paragraph.text for paragraph in docx.Document(download.value.path()).paragraphs]
    assert "1. " + QUESTION in words
    assert "2. 行政强制法第二十五条" in words


def test_a_reason_given_for_a_vote_is_still_there_after_a_reload(desktop: Page) -> None:
    ask(desktop, QUESTION)
    desktop.locator('[data-vote="-1"]').click()
    desktop.locator('[data-complaint="incomplete"]').click()
    desktop.wait_for_selector(".complaint .thanks")
    desktop.locator(".complaint input").fill("没有说数额")
    desktop.locator(".complaint [type=submit]").click()
    desktop.wait_for_function("document.querySelector('.complaint input').value === '没有说数额'")
    desktop.wait_for_timeout(500)
    desktop.wait_for_function("sessionStorage.getItem('assistant-talk')")
    desktop.reload()
    chosen = desktop.locator('.complaint [aria-pressed="true"]')
    chosen.wait_for()
    assert chosen.inner_text() == "不完整"
    assert desktop.locator(".complaint input").input_value() == "没有说数额"


def test_the_last_question_can_be_changed_and_is_answered_in_its_place(desktop: Page) -> None:
    ask(desktop, QUESTION)
    desktop.locator("[data-edit]").click()
    desktop.locator(".in-place input").fill("行政处罚法第六十四条")
    desktop.locator(".in-place input").press("Enter")
    desktop.wait_for_selector(".question:has-text('六十四条')")
    desktop.wait_for_selector(".turn .votes")
    assert desktop.locator(".turn").count() == 1
    assert "第六十四条" in desktop.locator(".clause-title").first.inner_text()


def test_what_can_be_asked_next_is_answered_with_one_click(desktop: Page) -> None:
    ask(desktop, "哪些处罚决定作出前要告知当事人听证权利？")
    offered = desktop.locator(".offered .starter").first
    words = offered.inner_text()
    offered.click()
    desktop.wait_for_function("document.querySelectorAll('.turn .votes').length === 2")
    assert words in desktop.locator(".question").last.inner_text()
    assert desktop.locator(".turn").last.locator(".answer-refused").count() == 0


def test_a_link_to_an_answer_opens_it(desktop: Page, page_url: str, browser: Browser) -> None:
    ask(desktop, QUESTION)
    link = desktop.locator("[data-copy-link]").get_attribute("data-copy-link")
    other = browser.new_page()
    other.goto(f"{page_url}/{link}")
    other.wait_for_selector(".turn .votes")
    assert QUESTION in other.locator(".question").inner_text()
    other.goto(f"{page_url}/?answer=unknown")
    other.wait_for_selector(".answer-failed")
    assert "没有这条回答" in other.locator("#conversation").inner_text()
    other.close()
