"""The 事项 room of the page: search, unfold, check, bring in and take back."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import openpyxl
import pytest
from benchmarks.item_lists import write_lists
from playwright.sync_api import Browser, Page, expect

from assistant.answering import LiveAssistant
from assistant.index import PassageEmbedding, build
from assistant.people import LOCAL, acting_as
from assistant.settings import Settings
from assistant.ui.items_handlers import MAPPED, NONE, ItemsHandlers


@pytest.fixture(scope="module")
def room(browser: Browser, page_url: str) -> Page:
    page = browser.new_page()
    page.goto(page_url, wait_until="domcontentloaded")
    page.get_by_role("tab", name="事项").click()
    expect(page.locator("details.item").first).to_be_visible(timeout=60_000)
    return page


def test_everyday_words_find_rows_whose_basis_opens(room: Page) -> None:
    room.locator("#item-needle input").fill("垃圾不分类")
    expect(room.locator("#item-list .count")).to_contain_text("按意思找到", timeout=60_000)
    item = room.locator("details.item").first
    item.locator("summary").click()
    expect(item).to_contain_text("未在指定的地点分类投放生活垃圾")

    item.locator("[data-passage*='#a1174']").first.click()
    expect(room.locator("#source")).to_contain_text("第一千一百七十四条", timeout=60_000)


def test_what_is_shown_downloads_as_a_workbook(room: Page, page_url: str) -> None:
    room.locator("#item-needle input").fill("养老机构")
    expect(room.locator("#item-list .count")).to_contain_text("项符合", timeout=60_000)
    address = room.locator("#item-list .count a").get_attribute("href")
    with urlopen(f"{page_url}/{address}") as answer:
        book = openpyxl.load_workbook(BytesIO(answer.read()))

    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == room.locator("#item-list details.item").count()
    assert all("养老机构" in str(row) for row in rows)


def test_a_question_in_the_chat_offers_the_table(browser: Browser, page_url: str) -> None:
    page = browser.new_page()
    page.goto(page_url)
    page.wait_for_selector(".starter")
    page.locator("#question textarea").fill("消防救援局下放给街道的事项有几项？")
    page.get_by_role("button", name="提问", exact=True).click()

    expect(page.locator(".answer")).to_contain_text("共11项", timeout=60_000)
    expect(page.locator(".answer-table tbody tr")).to_have_count(11)
    page.close()


@pytest.fixture
def handlers(small_settings: Settings, embedding: PassageEmbedding) -> Iterator[ItemsHandlers]:
    (small_settings.corpus / "说明.txt").write_text(
        "一、说明\n清单由各单位导入。", encoding="utf-8"
    )
    build(small_settings, embedding=embedding)
    with acting_as(LOCAL):
        yield ItemsHandlers(LiveAssistant(small_settings, embedding))


def _headings(handlers: ItemsHandlers, path: Path) -> list[str]:
    *boxes, _, _ = handlers.look(str(path))
    return [box["value"] for box in boxes]


def test_a_list_of_ones_own_is_searchable_until_it_is_taken_back(
    handlers: ItemsHandlers, tmp_path: Path
) -> None:
    write_lists(tmp_path / "mine")
    path = tmp_path / "mine" / "云溪县赋权事项目录.xlsx"
    headings = _headings(handlers, path)
    assert headings[: len(MAPPED)].count(NONE) == 0

    said, receipt, _ = handlers.take(str(path), *headings)
    assert "已导入" in said
    assert re.search(r"45 项中有 1 项符合", handlers.search("电鱼", "", "", ""))

    said, receipt, _ = handlers.take_back(receipt)
    assert "已撤销" in said and receipt is None
    assert "还没有事项清单" in handlers.search("电鱼", "", "", "")


def test_cells_are_shown_as_text_never_as_markup(handlers: ItemsHandlers, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "事项名称", "执法依据"])
    sheet.append([1, "<script>alert(1)</script>对滥伐林木的处罚", "<b>《森林法》第七十六条</b>"])
    path = tmp_path / "恶意清单.xlsx"
    book.save(path)
    handlers.take(str(path), *_headings(handlers, path))

    html = handlers.search("", "", "", "")
    assert "<script>" not in html and "<b>《森林法》" not in html
    assert "&lt;script&gt;" in html


def test_a_file_that_is_no_list_says_what_is_missing(
    handlers: ItemsHandlers, tmp_path: Path
) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("一、会议定于周五召开。\n二、请准时参加。", encoding="utf-8")
    *_, seen, take = handlers.look(str(path))

    assert "没有识别出表格" in seen
    assert take["interactive"] is False
