"""The room 办案工具, and a model that writes, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import Settings
from scripted_server import ScriptedServer, says, stalls

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.index import PassageEmbedding

QUESTION = "处罚法60条"
WRITTEN = "行政机关应当自行政处罚案件立案之日起90日内作出行政处罚决定。[1]"
Room = Callable[..., "Page"]


def _open(browser: Browser, url: str, width: int = 1440, height: int = 900) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(60_000)
    page.goto(url)
    page.wait_for_selector(".starter")
    return page


@pytest.fixture
def room(browser: Browser, page_url: str) -> Iterator[Room]:
    pages: list[Page] = []

    def go(tab: str, width: int = 1440, height: int = 900) -> Page:
        page = _open(browser, page_url, width, height)
        pages.append(page)
        page.get_by_role("tab", name="办案工具").click()
        page.get_by_role("tab", name=tab).click()
        return page

    yield go
    for page in pages:
        page.close()


def _deadlines(page: Page) -> None:
    page.locator("#deadline-day textarea, #deadline-day input").first.fill("2026-11-24")
    page.locator("#deadline-go").click()
    page.wait_for_selector("#deadline-result .tool-entry")


def test_a_period_is_computed_and_its_article_opens_in_the_source_pane(room: Room) -> None:
    page = room("时限计算")
    _deadlines(page)
    assert "2027-02-22 星期一" in page.locator("#deadline-result").inner_text()
    page.locator("#deadline-result .basis").first.click()
    page.wait_for_selector("#source mark")
    assert "第六十条" in page.locator("#source h2").inner_text()
    assert "九十日" in page.locator("#source mark").first.inner_text()


def test_a_result_is_saved_as_a_word_file(room: Room, tmp_path: Path) -> None:
    page = room("时限计算")
    _deadlines(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Word").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".docx"
    assert path.read_bytes().startswith(b"PK")


def test_a_date_of_another_form_is_explained(room: Room) -> None:
    page = room("时限计算")
    page.locator("#deadline-day textarea, #deadline-day input").first.fill("明天")
    page.locator("#deadline-go").click()
    page.wait_for_selector("#deadline-result .warnings")
    assert "2026-08-15" in page.locator("#deadline-result").inner_text()


def test_a_decision_is_checked_for_what_it_needs(room: Room) -> None:
    page = room("审查要件")
    page.locator("#review-acts input").click()
    page.get_by_role("option", name="吊销许可证件", exact=True).click()
    page.keyboard.press("Tab")
    page.locator("#review-go").click()
    page.wait_for_selector("#review-result .verdict-must")
    words = page.locator("#review-result").inner_text()
    assert re.search(r"听证（告知权利，要求的应当组织）\s*应当", words)


def test_a_procedure_is_shown_step_by_step_on_a_phone(room: Room) -> None:
    page = room("办理流程", 390, 844)
    page.get_by_label("听证程序").check()
    page.wait_for_selector("#flow-result .tool-entry")
    assert page.locator("#flow-result .tool-entry").count() == 7
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.fixture
def written_page(
    browser: Browser, default_settings: Settings, embedding: PassageEmbedding
) -> Iterator[Callable[[ScriptedServer], Page]]:
    from assistant.answering import LiveAssistant
    from assistant.ui import serve

    closing: list[Callable[[], object]] = []

    def go(server: ScriptedServer) -> Page:
        settings = default_settings.model_copy(
            update={"port": 0, "llm_endpoint": server.url, "llm_retries": 0}
        )
        running = serve(LiveAssistant(settings, embedding), settings, prevent_thread_lock=True)
        assert running is not None
        page = _open(browser, running.url)
        closing.extend((page.close, running.stop, server.close))
        box = page.locator("#question textarea")
        box.fill(QUESTION)
        box.press("Enter")
        return page

    yield go
    for close in closing:
        close()


def test_a_model_writes_and_each_sentence_keeps_its_citation(
    written_page: Callable[[ScriptedServer], Page],
) -> None:
    page = written_page(ScriptedServer(says(WRITTEN, "逾期须双倍处罚。[1]")))
    page.wait_for_selector(".lead >> text=没有显示")
    lead = page.locator(".turn .lead").inner_text()
    assert "90日内作出行政处罚决定" in lead
    assert "双倍" not in lead
    assert page.locator(".turn .lead .chip").count() == 1


def test_writing_can_be_stopped(written_page: Callable[[ScriptedServer], Page]) -> None:
    page = written_page(ScriptedServer(stalls(WRITTEN, "当事人")))
    page.wait_for_selector(".lead >> text=90日内作出行政处罚决定")
    page.locator("#stop").click()
    page.wait_for_selector(".lead >> text=已按要求停止")
    assert not page.locator("#stop").is_visible()
