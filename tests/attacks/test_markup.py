"""Class: script in documents, file names, lists, questions and names of people."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.attacks.payloads import FORMULAS, MARKUP, active_parts
from tests.visiting import PASSWORD, Served, Visit, Visitor

from assistant.people import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NUMBERS = range(len(MARKUP))


def shown(visitor: Visitor, event: int, *data: object, given: object = None) -> str:
    """Return all markup that an event of the page shows."""
    answer = visitor.call(event, *data, event=given)
    assert answer.status_code == 200, answer.text
    return "\n".join(part for part in answer.json()["data"] if isinstance(part, str))


@pytest.fixture
def reader(visit: Visit) -> Visitor:
    return visit("李四")


def document_of(served: Served, number: int) -> str:
    """Return the id of the document with the payload of a number."""
    from assistant.index.catalogue import Catalogue
    from assistant.index.generation import current_generation

    generation = current_generation(served.settings.index)
    assert generation is not None
    for document in Catalogue(generation.catalogue).documents():
        if document.origin.startswith(str(number)):
            return document.id
    raise KeyError(number)


@pytest.mark.parametrize("number", NUMBERS)
def test_in_a_documents_text_and_headings(reader: Visitor, served: Served, number: int) -> None:
    address = f"{document_of(served, number)}#a1"
    event = reader.event("open_passage", "bridge")
    markup = shown(reader, event, None, given={"passage": address, "quote": MARKUP[number]})
    assert f"第{number}号物品" in markup and active_parts(markup) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_in_a_documents_outline(reader: Visitor, served: Served, number: int) -> None:
    event = reader.event("open_document", "bridge")
    markup = shown(reader, event, given={"document": document_of(served, number)})
    assert "第一条" in markup and active_parts(markup) == []


def test_in_titles_file_names_and_metadata_of_the_library(reader: Visitor) -> None:
    markup = shown(reader, reader.event("list_documents", "bridge"))
    assert "关于处置" in markup and active_parts(markup) == []


@pytest.mark.parametrize("payload", MARKUP)
def test_in_a_question(reader: Visitor, payload: str) -> None:
    markup = reader.ask(payload)
    assert "answer" in markup and active_parts(markup) == []


@pytest.mark.parametrize("payload", MARKUP)
def test_in_an_address_of_a_passage(reader: Visitor, payload: str) -> None:
    event = reader.event("open_passage", "bridge")
    assert active_parts(shown(reader, event, None, given={"passage": payload})) == []


def test_in_the_cells_of_an_item_list(reader: Visitor) -> None:
    event = reader.event("change", "item-needle")
    markup = shown(reader, event, "", "", "", "")
    assert "处罚" in markup and active_parts(markup) == []


def test_as_formulas_in_a_downloaded_list(reader: Visitor) -> None:
    answer = reader.http.get("/items.xlsx")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(BytesIO(answer.content)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert any(str(cell.value).endswith(FORMULAS[0]) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("payload", MARKUP[:4])
def test_in_the_name_that_others_see(visit: Visit, served: Served, payload: str) -> None:
    name = f"化名{MARKUP.index(payload)}"
    served.people.accounts.add(name, Role.READER, PASSWORD, shown=payload)
    visitor = visit(name)
    head = next(d for d in visitor.config()["dependencies"] if d["api_name"] == "draw")
    markup = shown(visitor, head["id"])
    assert "退出" in markup and active_parts(markup) == []


@pytest.mark.parametrize("payload", MARKUP)
def test_in_the_sign_in_form(visit: Visit, payload: str) -> None:
    visitor = visit()
    answer = visitor.sign_in(payload, payload, next=payload)
    assert answer.status_code == 401
    assert "window.pwned" not in answer.text or "&lt;" in answer.text or "&#39;" in answer.text
    body = answer.text.split("<body>")[1].split("</body>")[0]
    assert active_parts(body) == []
    assert "script-src" not in answer.headers["content-security-policy"]


def test_a_real_browser_runs_none_of_it(browser: Browser, served: Served) -> None:
    page = browser.new_page(locale="zh-CN")
    page.set_default_timeout(60_000)
    page.goto(served.url)
    page.get_by_label("用户名").fill("李四")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_selector(".account")
    for question in ("第0号物品怎么处置？", "第1号物品怎么处置？", MARKUP[1]):
        page.locator("#question textarea").fill(question)
        page.locator("#question textarea").press("Enter")
        page.wait_for_selector(".turn:last-of-type .answer")
        chips = page.locator(".turn:last-of-type .chip")
        if chips.count():
            chips.first.click()
            page.wait_for_selector("#source .source")
    page.get_by_role("tab", name="资料库").click()
    page.wait_for_selector("#library-list [data-document]")
    assert page.evaluate("window.pwned") is None
    page.close()
