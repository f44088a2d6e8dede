"""The 题库与考试 room: practise, break off, go on, see mistakes and results, review."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.people import LOCAL
from assistant.quiz import Bank, Selection, State, make_questions, read_sources
from assistant.quiz.practice import Learning, Session

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.index import PassageEmbedding
    from assistant.settings import Settings

WAIT = 60_000
HALF = """
title = "多选小测"
unreviewed = true
partial = true
points = { "多选题" = 4 }
[[part]]
type = "多选题"
count = 1
"""
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def bank(default_settings: Settings) -> Bank:
    """A bank on three statutes, in the data folder of the page."""
    filled = Bank(default_settings.data)
    wanted = Selection(("行政处罚法", "行政强制法", "消防法"))
    filled.add(
        make_questions(read_sources(default_settings).values(), selection=wanted, seed=1).questions,
        "张三",
    )
    return filled


@pytest.fixture
def room(browser: Browser, page_url: str, bank: Bank) -> Iterator[Opened]:
    pages: list[Page] = []

    def open_room(width: int = 1440, height: int = 900) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        pages.append(page)
        page.set_default_timeout(WAIT)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(page_url, wait_until="domcontentloaded")
        _enter(page)
        return page

    yield open_room
    for page in pages:
        page.close()


def _enter(page: Page) -> None:
    page.wait_for_selector(".starter")
    _go(page, "题库与考试")
    page.wait_for_selector(".quiz-stock")


def _go(page: Page, name: str) -> None:
    """Go to a room; on a phone its tab may be in the menu of those that do not fit."""
    tab = page.get_by_role("tab", name=name)
    if not tab.is_visible():
        page.locator("#rooms > .tab-wrapper .overflow-menu > button").click()
        tab = page.locator("#rooms > .tab-wrapper .overflow-dropdown button", has_text=name)
    tab.click()


def _session(settings: Settings) -> Session:
    return Learning(settings.data).sessions(LOCAL.name, opened=True)[0]


def _start(page: Page, kind: str, count: int) -> None:
    page.locator("#quiz-types").get_by_label(kind).check()
    page.locator("#quiz-count input").fill(str(count))
    page.locator("#quiz-start").click()
    page.wait_for_selector(".quiz-answer")


def _choose(page: Page, settings: Settings, place: int, *, right: bool) -> None:
    question = _session(settings).slot(place).posed.question
    place = next(n for n, word in enumerate(question.options) if (word in question.key) is right)
    page.locator(".quiz-options label").nth(place).click()
    page.get_by_role("button", name="提交答案").click()
    page.wait_for_selector(".quiz-verdict")


def test_a_quiz_goes_on_after_a_reload_and_ends_with_chart_and_mistakes(
    room: Opened, default_settings: Settings
) -> None:
    page = room()
    _start(page, "判断题", 3)
    _choose(page, default_settings, 1, right=False)
    expect(page.locator(".quiz-verdict")).to_contain_text("回答错误")
    missed = page.locator(".quiz-stem").inner_text()
    page.reload(wait_until="domcontentloaded")
    _enter(page)
    page.locator(".quiz-resume .quiz-main").first.click()
    expect(page.locator(".quiz-progress")).to_have_text("第 2 题，共 3 题；已答 1 题")
    _choose(page, default_settings, 2, right=True)
    page.get_by_role("button", name="结束，看结果").click()
    expect(page.locator(".quiz-score")).to_contain_text("答对 1 题，作答 2 题")
    assert page.locator(".quiz-stage .quiz-chart tbody tr").count() >= 1

    page.get_by_role("button", name="返回").click()
    page.get_by_role("tab", name="错题本").click()
    expect(page.locator("#quiz-book .quiz-item").first).to_contain_text(missed)
    page.get_by_role("tab", name="成绩").click()
    expect(page.locator("#quiz-results .quiz-chart svg").first).to_be_visible()


def test_feedback_opens_the_source_at_the_quoted_words(
    room: Opened, default_settings: Settings
) -> None:
    page = room()
    _start(page, "单选题", 1)
    quote = _session(default_settings).slot(1).posed.question.quote
    _choose(page, default_settings, 1, right=True)
    expect(page.locator(".quiz-verdict")).to_have_text("回答正确")
    page.locator(".quiz-answer").get_by_role("button", name="打开原文").click()
    page.wait_for_selector("#source mark")
    marked = "".join("".join(page.locator("#source mark").all_inner_texts()).split())
    assert marked[:6] in "".join(quote.split())


def test_keys_choose_options_on_a_screen_as_narrow_as_a_phone(
    room: Opened, default_settings: Settings
) -> None:
    page = room(390, 844)
    _start(page, "多选题", 2)
    question = _session(default_settings).slot(1).posed.question
    for letter in question.letters:
        page.keyboard.press(letter.lower())
    page.get_by_role("button", name="提交答案").click()
    expect(page.locator(".quiz-verdict")).to_have_text("回答正确")
    page.get_by_role("button", name="下一题").click()
    expect(page.locator(".quiz-progress")).to_contain_text("第 2 题")
    expect(page.locator(".quiz-options input:checked")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_examination_shows_its_clock_and_nothing_of_the_key_before_the_end(
    room: Opened, default_settings: Settings
) -> None:
    page = room()
    page.get_by_role("tab", name="考试", exact=True).click()
    page.locator("#quiz-sit").click()
    expect(page.locator(".quiz-clock")).to_contain_text(re.compile(r"剩余 \d+:\d\d"))
    question = _session(default_settings).slot(1).posed.question
    page.locator(".quiz-options label").nth(question.options.index(question.key[0])).click()
    page.get_by_role("button", name="下一题").click()
    expect(page.locator(".quiz-progress")).to_contain_text("已答 1 题")
    assert page.locator(".quiz-verdict").count() == 0
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".quiz-score")).to_contain_text("得 5 分，满分 100 分")


def test_a_multiple_choice_that_is_not_complete_earns_half_where_the_blueprint_says_so(
    room: Opened, default_settings: Settings
) -> None:
    folder = default_settings.data / "blueprints"
    folder.mkdir(exist_ok=True)
    (folder / "half.toml").write_text(HALF, encoding="utf-8")
    page = room()
    page.get_by_role("tab", name="考试", exact=True).click()
    page.locator("#quiz-paper input").click()
    page.get_by_role("option", name="多选小测").click()
    page.locator("#quiz-sit").click()
    expect(page.locator(".quiz-answer legend")).to_contain_text("少选得一半分")
    question = _session(default_settings).slot(1).posed.question
    page.locator(".quiz-options label").nth(question.options.index(question.key[0])).click()
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".quiz-score")).to_contain_text("得 2 分，满分 4 分")
    expect(page.locator(".quiz-mark")).to_have_text("少选")


def test_trainers_take_a_paper_away_in_two_versions(room: Opened, tmp_path: Path) -> None:
    page = room()
    page.get_by_role("tab", name="组卷").click()
    page.locator("#quiz-versions input").fill("2")
    page.locator("#quiz-compose").click()
    links = page.locator(".quiz-files a")
    expect(links).to_have_count(2)
    with page.expect_download() as taken:
        links.nth(1).click()
    assert taken.value.suggested_filename == "行政执法新人入门测试（1号B卷）.docx"
    taken.value.save_as(tmp_path / "试卷.docx")
    lines = [line.text for line in docx.Document(str(tmp_path / "试卷.docx")).paragraphs]
    assert lines[0] == "行政执法新人入门测试" and "B卷　参考答案及依据" in lines


def test_trainers_accept_and_reject_in_a_table(room: Opened, bank: Bank) -> None:
    page = room()
    page.get_by_role("tab", name="审题").click()
    row = page.locator(".quiz-review tbody tr").first
    key = str(row.get_attribute("id")).removeprefix("q-")
    row.get_by_role("button", name="采用").click()
    expect(page.locator(f"[id='q-{key}']")).to_contain_text("已采用")
    assert bank.get(key).state is State.ACCEPTED

    row.get_by_text("修改", exact=True).click()
    row.locator("input[name=tags]").fill("入门、必考")
    row.get_by_role("button", name="保存修改").click()
    expect(page.locator(f"[id='q-{key}']")).to_contain_text("必考")
    assert bank.get(key).tags == ("入门", "必考")

    row.get_by_text("修改", exact=True).click()
    row.locator("input[name=key]").fill("Z")
    row.get_by_role("button", name="保存修改").click()
    expect(row.get_by_role("alert")).to_contain_text("答案有误")


def test_an_empty_bank_fills_itself_from_the_documents(
    small_settings: Settings, embedding: PassageEmbedding
) -> None:
    from assistant.index import build
    from assistant.ui.quiz_handlers import QuizHandlers
    from assistant.ui.quiz_stage import Desk

    articles = (
        "第一条 区城市管理局应当自收到店招设置申请之日起七日内作出决定。",
        "第二条 沿街商户应当在每次清扫后十五日内报送记录，保存期限不少于二年。",
        "第三条 当事人应当自收到整改通知之日起三十日内完成整改。",
        "第四条 申请人对决定有异议的，可以在六个月内向区人民政府申请复核。",
    )
    text = "示范区市容管理办法\n" + "\n".join(articles)
    (small_settings.corpus / "市容管理办法.txt").write_text(text, encoding="utf-8")
    build(small_settings, embedding=embedding)
    handlers = QuizHandlers(Desk(small_settings))

    assert "题库还是空的" in handlers.enter(None)[-3]  # type: ignore[arg-type]
    *_, last = handlers.fill_bank(None)  # type: ignore[arg-type]
    assert "道可用的题" in last[-3]
    stage, *_ = handlers.practise([], [], [], 2, "不限时", "immediate", None)  # type: ignore[arg-type]
    assert "提交答案" in stage
