"""What a visitor sees and does in the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

QUESTION = "查封、扣押的期限最长多久，能不能延长？"
PICTURES = Path(__file__).parents[2] / "artifacts" / "screenshots"


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    yield from visit(browser, page_url, 1440, 900)


@pytest.fixture
def phone(browser: Browser, page_url: str) -> Iterator[Page]:
    yield from visit(browser, page_url, 390, 844)


def visit(browser: Browser, url: str, width: int, height: int) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(60_000)
    page.goto(url)
    page.wait_for_selector(".starter")
    yield page
    page.close()


def ask(page: Page, question: str) -> None:
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    page.wait_for_selector(".turn:last-of-type .answer")


def words_without_chips(paragraph: Locator) -> str:
    script = """p => {
        const copy = p.cloneNode(true);
        copy.querySelectorAll(".chip").forEach((chip) => chip.remove());
        return copy.textContent.trim();
    }"""
    return str(paragraph.evaluate(script))


def keep_picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def test_a_click_on_a_citation_opens_the_passage_with_the_quoted_words_marked(page: Page) -> None:
    ask(page, QUESTION)
    quoted = words_without_chips(page.locator(".lead p").first)
    page.locator(".lead .chip").first.click()
    page.wait_for_selector(".source mark")
    keep_picture(page, "answer-and-source")
    marked = "".join(page.locator(".source .target mark").all_text_contents())
    assert quoted
    assert quoted in marked


def test_the_opened_passage_names_document_article_and_status(page: Page) -> None:
    ask(page, "《行政处罚法》第六十三条")
    page.locator(".lead .chip").first.click()
    page.wait_for_selector(".source mark")
    head = page.locator(".source-head").inner_text()
    assert "中华人民共和国行政处罚法" in head
    assert "第六十三条" in head
    assert "现行有效" in head


def test_the_marked_words_are_in_view(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".lead .chip").first.click()
    page.wait_for_selector(".source mark")
    page.wait_for_timeout(1000)
    place = page.locator(".source mark").first.bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 900


def test_a_starter_question_is_asked_with_one_click(page: Page) -> None:
    page.locator(".starter").first.click()
    page.wait_for_selector(".answer")
    assert page.locator(".clause").count() > 0


def test_a_question_outside_the_sources_is_refused_with_the_nearest_ones(page: Page) -> None:
    ask(page, "明天去火星的船票多少钱？")
    answer = page.locator(".answer").last
    assert "没有" in answer.inner_text()
    assert answer.locator(".lead .chip").count() == 0
    assert answer.locator(".near-source").count() > 0


def test_a_link_to_a_passage_opens_it(page: Page, page_url: str) -> None:
    ask(page, "处罚法63条")
    page.locator(".lead .chip").first.click()
    page.wait_for_selector(".source mark")
    link = page.locator(".source a.text-button").first.get_attribute("href")
    assert link
    page.goto(f"{page_url}/{link}")
    page.wait_for_selector(".source .target")
    assert "第六十三条" in page.locator(".source h2").inner_text()


def test_a_link_may_name_a_row_as_it_is_cited(page: Page, page_url: str) -> None:
    page.goto(f"{page_url}/?passage=镇清单第12项")
    page.wait_for_selector(".source .target")
    assert "第12项" in page.locator(".source h2").inner_text()


def test_a_conversation_that_was_left_can_be_gone_back_to(page: Page) -> None:
    ask(page, "处罚法63条")
    page.locator("#clear").click()
    page.wait_for_selector(".undo")
    assert page.locator(".turn").count() == 0
    page.locator("[data-undo]").click()
    page.wait_for_selector(".turn")
    assert "第六十三条" in page.locator(".answer").inner_text()


def test_words_of_a_question_never_become_markup(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='开'\"> 罚款")
    assert page.title() != "开"
    assert page.locator(".turn img").count() == 0


def test_the_library_lists_every_document_and_opens_it(page: Page) -> None:
    page.get_by_role("tab", name="资料库").click()
    page.wait_for_selector(".document-row")
    count = page.locator(".catalogue .count").inner_text()
    assert re.search(r"共 \d+ 份文件", count)
    page.locator("#filter input, #filter textarea").first.fill("行政强制法")
    page.wait_for_function("document.querySelectorAll('.document-row').length < 5")
    page.locator(".document-row").first.click()
    page.wait_for_selector(".passage-row")
    page.locator(".passage-row").first.click()
    page.wait_for_selector(".source .target")
    assert "第一条" in page.locator(".source h2").inner_text()


def test_on_a_phone_nothing_runs_out_of_the_screen(phone: Page) -> None:
    ask(phone, QUESTION)
    phone.locator(".lead .chip").first.click()
    phone.wait_for_selector(".source mark")
    phone.wait_for_timeout(1000)
    keep_picture(phone, "phone-source")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_fetches_nothing_from_elsewhere(browser: Browser, page_url: str) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_url)
    page.wait_for_selector(".starter")
    page.close()
    assert [url for url in asked if not url.startswith((page_url, "data:", "blob:"))] == []


def test_an_answer_is_saved_as_a_word_document_with_its_sources(page: Page) -> None:
    ask(page, QUESTION)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").click()
    words = [paragraph.text for paragraph in docx.Document(download.value.path()).paragraphs]
    assert QUESTION in words
    assert any("《中华人民共和国行政强制法》第二十五条" in line for line in words)


def test_a_follow_up_shows_how_it_was_understood(page: Page) -> None:
    ask(page, "行政强制法第二十五条")
    box = page.locator("#question textarea")
    box.fill("第二款呢？")
    box.press("Enter")
    page.wait_for_selector(".turn:nth-of-type(2) .understood")
    assert "行政强制法》第二十五条" in page.locator(".understood").inner_text()
