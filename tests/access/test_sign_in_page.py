"""The sign-in pages and the account line, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.visiting import PASSWORD, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = Path(__file__).parents[2] / "artifacts" / "screenshots"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_an_officer_signs_in_asks_and_signs_out(
    browser: Browser, served: Served, width: int, height: int
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(60_000)
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    page.goto(served.url)
    page.screenshot(path=PICTURES / f"sign-in-{width}.png")
    page.get_by_label("用户名").fill("张三")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_selector(".account")
    page.locator("#question textarea").fill("查封的期限最长多久？")
    page.locator("#question textarea").press("Enter")
    page.wait_for_selector(".turn .answer")
    assert "三十日" in page.locator(".turn .answer").inner_text()
    page.screenshot(path=PICTURES / f"account-{width}.png")
    assert page.locator(".account").inner_text().split()[0] == "张三"
    page.locator(".account a").click()
    page.wait_for_selector("text=我的账户")
    page.screenshot(path=PICTURES / f"my-account-{width}.png")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_selector("text=忘记密码")
    page.goto(served.url)
    assert page.get_by_role("button", name="登录").is_visible()
    assert refused == []
    page.close()
