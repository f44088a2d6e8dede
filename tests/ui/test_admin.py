"""What an administrator does: takes files in, states things, removes, undoes, mends, looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.people import LOCAL, Person, Role
from assistant.records import Feedback, Talks, Vote
from assistant.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.index import PassageEmbedding

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
WANG = Person("wang", Role.READER)
NAME = "示范区户外招牌管理办法.txt"
TEXT = """示范区户外招牌管理办法（示范文本）

示范执发〔2026〕12号

第一条 为规范户外招牌设置，制定本办法。

第二条 招牌上的错别字应当在五日内改正。

第三条 本办法自2026年3月1日起施行。
"""


@pytest.fixture
def settings(small_settings: Settings, tmp_path: Path, embedding: PassageEmbedding) -> Settings:
    from assistant.index import build

    settings = small_settings.model_copy(update={"data": tmp_path / "data", "port": 0})
    (settings.corpus / "示范区晨检制度.txt").write_text(
        TEXT.replace("户外招牌管理办法", "晨检制度").replace("招牌上的错别字", "晨检的记录"),
        encoding="utf-8",
    )
    build(settings, embedding=embedding)
    return settings


@pytest.fixture
def url(settings: Settings, embedding: PassageEmbedding) -> Iterator[str]:
    from assistant.answering import LiveAssistant
    from assistant.ui import serve

    served = serve(LiveAssistant(settings, embedding), settings, prevent_thread_lock=True)
    assert served is not None
    yield served.url
    served.stop()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    yield from visit(browser, url, "desktop")


@pytest.fixture
def phone(browser: Browser, url: str) -> Iterator[Page]:
    yield from visit(browser, url, "phone")


def visit(browser: Browser, url: str, size: str) -> Iterator[Page]:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(60_000)
    page.goto(url)
    page.wait_for_selector(".starter")
    yield page
    page.close()


def enter(page: Page) -> None:
    tab = page.get_by_role("tab", name="管理", exact=True)
    if not tab.is_visible():
        page.locator("#rooms > .tab-wrapper .overflow-menu > button").click()
        tab = page.locator(".overflow-dropdown").get_by_text("管理", exact=True)
    tab.click()
    page.wait_for_selector(".admin-documents li")


def upload(page: Page, folder: Path, text: str = TEXT, name: str = NAME) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    page.locator("#admin-upload input[type=file]").set_input_files([str(path)])


def row(title: str) -> str:
    return f".admin-documents li:has-text('{title}')"


def story(page: Page, folder: Path, settings: Settings) -> None:
    from playwright.sync_api import expect

    enter(page)
    upload(page, folder)
    page.wait_for_selector(".admin-preview section")
    preview = page.locator(".admin-preview").inner_text()
    assert "示范执发〔2026〕12号" in preview
    assert "3 条" in preview
    assert not list(settings.corpus.rglob(NAME))
    page.locator("#new-authority").locator("input, textarea").fill("示范区城市管理局")
    page.locator("#admin-take").click()
    page.wait_for_selector(f"{row('户外招牌')}:has-text('示范区城市管理局')")
    page.locator(f"{row('户外招牌')} [data-admin-edit]").click()
    page.wait_for_selector("#admin-heading h3")
    # The fields are filled one after the other; what is typed before that is overwritten.
    authority = page.locator("#edit-authority").locator("input, textarea")
    expect(authority).to_have_value("示范区城市管理局")
    repealed = page.locator("#edit-repealed").locator("input, textarea")
    repealed.fill("2026-06-01")
    expect(repealed).to_have_value("2026-06-01")
    page.locator("#admin-save").click()
    page.wait_for_selector(f"{row('户外招牌')} .badge-repealed")
    page.locator(f"{row('户外招牌')} [data-admin-remove]").click()
    page.get_by_text("确认删除？").click()
    page.wait_for_selector(row("户外招牌"), state="detached")
    assert not list(settings.corpus.rglob(NAME))
    page.locator("#admin-changes [data-change-undo]").first.click()
    page.wait_for_selector(f"{row('户外招牌')} .badge-repealed")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_a_file_is_taken_in_stated_removed_and_brought_back(
    page: Page, tmp_path: Path, settings: Settings
) -> None:
    story(page, tmp_path, settings)
    page.get_by_role("tab", name="问答").click()
    box = page.locator("#question textarea")
    box.fill("户外招牌管理办法第二条")
    box.press("Enter")
    page.wait_for_selector(".turn .votes")
    assert "五日内改正" in page.locator(".answer").inner_text()


def test_the_same_can_be_done_on_a_phone(phone: Page, tmp_path: Path, settings: Settings) -> None:
    story(phone, tmp_path, settings)


def test_a_file_is_only_replaced_where_that_is_said(
    page: Page, tmp_path: Path, settings: Settings
) -> None:
    enter(page)
    known = settings.corpus / "示范区晨检制度.txt"
    before = known.read_text(encoding="utf-8")
    upload(page, tmp_path, before.replace("五日", "七日"), known.name)
    page.wait_for_selector(".admin-preview .warnings:has-text('同名文件')")
    page.locator("#admin-take").click()
    page.wait_for_selector("#admin-preview .warnings:has-text('请勾选')")
    assert known.read_text(encoding="utf-8") == before
    page.locator("#admin-replace input").check()
    page.locator("#admin-take").click()
    page.wait_for_selector(".changes li:has-text('替换')")
    assert "七日" in known.read_text(encoding="utf-8")


def test_a_file_that_is_not_what_its_name_says_is_refused(page: Page, tmp_path: Path) -> None:
    enter(page)
    upload(page, tmp_path, "<script>alert(1)</script>", "公文.pdf")
    page.wait_for_selector(".admin-preview .warnings")
    assert "公文.pdf" in page.locator(".admin-preview .warnings").inner_text()
    assert not page.locator("#admin-take").is_visible()


def test_questions_without_an_answer_are_worked_off_with_suggested_sources(
    page: Page, settings: Settings
) -> None:
    talks = Talks(settings)
    talks.keep(WANG, "", "晨检记录的改正期限，电话13812345678", None)
    liked = talks.keep(WANG, "", "别的问题", None)
    Feedback(settings).finish(LOCAL, liked.id)
    Feedback(settings).vote(WANG, liked.id, Vote.UP)
    enter(page)
    page.get_by_role("tab", name="待办").click()
    page.wait_for_selector(".work li h3")
    work = page.locator(".work")
    assert "13812345678" not in work.inner_text()
    work.locator("details summary").first.click()
    work.locator("[data-passage]:has-text('晨检制度')").first.click()
    page.wait_for_selector(".source .target")
    page.locator("[data-work-done]").first.click()
    page.wait_for_function("document.querySelectorAll('.work li h3').length === 1")
    page.locator("#work-view").get_by_text("已处理").click()
    page.wait_for_selector("[data-work-reopen]")


def test_figures_show_the_questions_and_the_documents_cited(page: Page) -> None:
    box = page.locator("#question textarea")
    box.fill("晨检制度第二条")
    box.press("Enter")
    page.wait_for_selector(".turn .votes")
    enter(page)
    page.get_by_role("tab", name="使用情况").click()
    page.wait_for_selector(".usage figure svg rect")
    words = page.locator(".usage").inner_text()
    assert "示范区晨检制度" in words
    assert page.locator(".figures dd").first.inner_text() == "1"


def test_a_document_is_not_changed_by_anybody_who_is_no_administrator(
    settings: Settings, embedding: PassageEmbedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gradio as gr

    from assistant.answering import LiveAssistant
    from assistant.people import NotAllowedError
    from assistant.ui import admin_handlers, worklist_handlers

    for module in (admin_handlers, worklist_handlers):
        monkeypatch.setattr(module, "visitor", lambda _: Person("li", Role.TRAINER))
    live = LiveAssistant(settings, embedding)
    request = gr.Request()
    event = gr.EventData(None, {"origin": "示范区晨检制度.txt"})
    admin = admin_handlers.AdminHandlers(live)
    work = worklist_handlers.WorkHandlers(live)
    for call in (
        lambda: admin.enter("", request),
        lambda: admin.look([], request),
        lambda: next(admin.remove("", event, request)),
        lambda: next(admin.rebuild("", request)),
        lambda: admin.edit(event, request),
        lambda: work.enter("open", request),
        lambda: work.usage(7, request),
    ):
        with pytest.raises(NotAllowedError):
            call()
    assert (settings.corpus / "示范区晨检制度.txt").exists()
