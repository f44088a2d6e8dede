"""Whether everybody can use the page: with a keyboard, large type, a screen reader, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PICTURES = Path(__file__).parents[2] / "artifacts" / "screenshots"
ROOMS = (
    "问答", "资料库", "事项", "办案工具", "题库与考试", "新人学习", "管理", "使用说明",
)  # fmt: skip


def opened(browser: Browser, url: str, size: str, **options: object) -> Page:
    width, height = SIZES[size]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        **options,  # type: ignore[arg-type]
    )
    page.set_default_timeout(60_000)
    page.goto(url)
    page.wait_for_selector(".starter")
    page.wait_for_selector("#main-column[role=main]")
    return page


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    page = opened(browser, page_url, "desktop")
    yield page
    page.close()


@pytest.fixture
def phone(browser: Browser, page_url: str) -> Iterator[Page]:
    page = opened(browser, page_url, "phone")
    yield page
    page.close()


def enter(page: Page, room: str) -> None:
    tab = page.locator("#rooms > .tab-wrapper").get_by_role("tab", name=room, exact=True)
    if not tab.first.is_visible():
        page.locator("#rooms > .tab-wrapper .overflow-menu > button").click()
        tab = page.locator(".overflow-dropdown").get_by_text(room, exact=True)
    tab.first.click()
    page.wait_for_timeout(800)


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def ask(page: Page, question: str) -> None:
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    page.wait_for_selector(".turn:last-of-type .votes")


@pytest.mark.parametrize("size", SIZES)
def test_no_room_has_a_serious_fault_for_screen_readers(
    browser: Browser, page_url: str, size: str
) -> None:
    page = opened(browser, page_url, size)
    found = {}
    for room in ROOMS:
        enter(page, room)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{size}-{room}.png")
        if room == "问答":
            ask(page, "行政处罚法第六十三条")
            page.locator('[data-vote="-1"]').click()
            page.wait_for_selector(".complaint")
        found[room] = faults(page)
    enter(page, "问答")
    page.locator(".lead .chip").first.click()
    page.wait_for_selector(".source mark")
    found["原文"] = faults(page)
    page.close()
    assert {room: told for room, told in found.items() if told} == {}


def test_dark_colours_have_enough_contrast(browser: Browser, page_url: str) -> None:
    page = opened(browser, page_url, "desktop")
    page.locator("[data-theme-switch]").click()
    ask(page, "行政处罚法第六十三条")
    page.locator(".lead .chip").first.click()
    page.wait_for_selector(".source mark")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "dark.png")
    found = faults(page)
    page.close()
    assert found == []


def test_large_type_is_kept_for_the_next_visit_and_fits_the_window(page: Page) -> None:
    height = page.locator(".starter").first.bounding_box()
    page.locator("[data-type-switch]").click()
    larger = page.locator(".starter").first.bounding_box()
    assert height is not None
    assert larger is not None
    assert larger["height"] > height["height"]
    page.reload()
    page.wait_for_selector('[data-type-switch][aria-pressed="true"]')
    page.wait_for_selector(".starter")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "large.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    send = page.get_by_role("button", name="提问", exact=True).bounding_box()
    assert send is not None
    assert send["y"] + send["height"] <= 900


def test_the_question_box_is_one_key_away_from_every_room(page: Page) -> None:
    enter(page, "资料库")
    page.keyboard.press("Control+k")
    page.wait_for_function("document.activeElement.closest('#question') !== null")


def test_on_a_phone_the_source_lies_over_the_page_until_escape(phone: Page) -> None:
    ask(phone, "行政处罚法第六十三条")
    chip = phone.locator(".lead .chip").first
    chip.click()
    phone.wait_for_selector(".source mark")
    phone.wait_for_timeout(500)
    PICTURES.mkdir(parents=True, exist_ok=True)
    phone.screenshot(path=PICTURES / "phone-source-sheet.png")
    phone.keyboard.press("Escape")
    phone.wait_for_selector("#source", state="hidden")
    assert chip.evaluate("chip => chip === document.activeElement")


def test_a_lost_connection_is_said_in_chinese(page: Page) -> None:
    page.context.set_offline(True)
    page.wait_for_selector("#connection[data-lost]")
    assert "连接断了" in page.locator("#connection").inner_text()
    page.context.set_offline(False)
    page.wait_for_selector("#connection [data-way=back]")


def test_words_are_found_in_the_text_of_every_document(page: Page) -> None:
    enter(page, "资料库")
    page.locator("#filter input, #filter textarea").fill("鲜活物品")
    hit = page.locator(".near-source:has-text('行政强制法')").first
    assert "鲜活物品" in hit.inner_text()
    hit.click()
    page.wait_for_selector(".source mark")
    assert page.locator(".source mark").first.inner_text() == "鲜活物品"


def test_documents_are_filtered_by_their_validity(page: Page) -> None:
    enter(page, "资料库")
    page.wait_for_selector(".document-row")
    page.locator("#library-validity input").click()
    page.get_by_role("option", name="已废止").click()
    page.wait_for_selector(".catalogue .count:has-text('符合')")
    labels = set(page.locator(".document-row .badge").all_inner_texts()) - {"示范文本"}
    assert labels <= {"已废止"}


def test_the_source_pane_says_which_provisions_cite_the_article(page: Page) -> None:
    ask(page, "行政处罚法第五十八条")
    page.locator(".lead .chip").first.click()
    page.wait_for_selector(".citing")
    page.locator(".citing summary").click()
    page.wait_for_selector(".citing .citing-list, .citing-shown .hint:has-text('没有')")
    assert page.locator(".citing .near-source").count() > 0


def test_what_is_printed_leaves_out_what_is_clicked(page: Page) -> None:
    ask(page, "行政处罚法第六十三条")
    page.emulate_media(media="print")
    assert not page.locator("#composer").is_visible()
    assert not page.locator(".votes").is_visible()
    assert page.locator(".answer .lead").is_visible()
