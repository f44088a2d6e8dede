"""The 新人学习 room: read a unit, ask, pass its check; on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.people import LOCAL
from assistant.quiz import Question, QuestionType
from assistant.quiz.practice import Learning

if TYPE_CHECKING:
    from assistant.settings import Settings

Opened = Callable[..., Page]


@pytest.fixture
def room(browser: Browser, page_url: str) -> Iterator[Opened]:
    pages: list[Page] = []

    def open_room(width: int = 1440, height: int = 900) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        pages.append(page)
        page.set_default_timeout(60_000)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(page_url, wait_until="domcontentloaded")
        page.wait_for_selector(".starter")
        tab = page.get_by_role("tab", name="新人学习")
        if not tab.is_visible():
            page.locator("#rooms > .tab-wrapper .overflow-menu > button").click()
            menu = page.locator("#rooms > .tab-wrapper .overflow-dropdown button")
            tab = menu.filter(has_text="新人学习")
        tab.click()
        page.wait_for_selector(".learn-units")
        return page

    yield open_room
    for page in pages:
        page.close()


def _open(page: Page, title: str) -> None:
    page.locator(".learn-units li", has_text=title).get_by_role("button").click()
    page.wait_for_selector(".learn-unit")


def _give(page: Page, question: Question) -> None:
    if not question.options:
        for place, words in enumerate(question.key):
            page.locator(".quiz-blank").nth(place).fill(words)
        return
    assert question.type is not QuestionType.ORDER
    for words in question.key:
        page.locator(".quiz-options label").nth(question.options.index(words)).click()


def test_a_unit_is_read_and_passed(room: Opened, default_settings: Settings) -> None:
    page = room()
    _open(page, "执法证件与人员管理")
    passage = page.locator(".learn-passage").first
    words = passage.locator("p").last.inner_text()
    passage.get_by_role("button", name="打开原文").click()
    expect(page.locator("#source .target")).to_contain_text(words)

    page.get_by_role("button", name="开始测验").click()
    page.wait_for_selector(".quiz-answer")
    learning = Learning(default_settings.data)
    session = learning.sessions(LOCAL.name, opened=True)[0]
    for slot in session.slots:
        page.wait_for_selector(f".quiz-stage[data-place='{slot.place}']")
        _give(page, slot.posed.question)
        if slot.place < len(session.slots):
            page.get_by_role("button", name="下一题").click()
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".quiz-note")).to_contain_text("本单元已通过")
    page.get_by_role("button", name="返回").click()
    page.get_by_role("button", name="全部单元").click()
    unit = page.locator(".learn-units li", has_text="执法证件与人员管理")
    expect(unit).to_contain_text("已通过（100%）")


def test_a_question_of_a_unit_is_asked_with_one_click(room: Opened) -> None:
    page = room()
    _open(page, "案件移送与协作")
    page.locator(".learn-asks button").first.click()
    expect(page.locator(".turn .answer")).to_be_visible(timeout=60_000)
    page.get_by_role("tab", name="新人学习").click()
    expect(page.locator(".learn-unit h2")).to_contain_text("案件移送与协作")


def test_a_unit_fits_a_phone(room: Opened) -> None:
    page = room(390, 844)
    _open(page, "行政执法三项制度")
    assert page.locator(".learn-terms dt").count() >= 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
