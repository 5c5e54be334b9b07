"""Colours, paper, narrow windows, and what people cannot see or reach."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.browsing import Browser, articles

axe: Any = pytest.importorskip("axe_playwright_python")
AXE = Path(axe.__path__[0], "axe.min.js")


def test_light_and_dark(browser: Browser, page: str) -> None:
    browser.open(page)
    assert min(browser.colour("body")) > 200
    browser.media("dark")
    assert max(browser.colour("body")) < 60 and min(browser.colour("body", "color")) > 180
    browser.press("d", "d")
    assert browser.text("#theme") == "Theme: light" and min(browser.colour("body")) > 200
    browser.media("light")
    browser.press("d", "d")
    assert browser.text("#theme") == "Theme: dark" and max(browser.colour("body")) < 60
    browser.open(page)
    assert browser.text("#theme") == "Theme: dark", "it is kept"
    browser.click("#theme")
    browser.click("#theme")
    assert browser.text("#theme") == "Theme: system"


def test_print(browser: Browser, page: str) -> None:
    browser.open(page, view="articles", article="news/trams.txt")
    browser.media("dark", "print")
    for hidden in (".finder", ".search", ".views", ".tools", ".steps"):
        assert not browser.one(hidden).is_displayed(), hidden
    assert browser.one("#layer").is_displayed() and browser.one("#clean").is_displayed()
    assert browser.colour("body") == [255, 255, 255]
    assert (
        browser.run("return getComputedStyle(document.querySelector('.pane')).overflowY")
        == "visible"
    )
    browser.media("light")
    for state in ({"view": "articles", "article": "news/trams.txt"}, {"view": "overview"}):
        browser.open(page, **state)
        made = browser.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        assert base64.b64decode(made["data"]).startswith(b"%PDF-")


def test_a_narrow_window(browser: Browser, page: str) -> None:
    browser.size(390, 844)
    for state in ({"view": "articles"}, {"view": "overview"}):
        browser.open(page, **state)
        assert browser.run("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(browser: Browser, page: str, scheme: str) -> None:
    browser.media(scheme)
    script = AXE.read_text("utf-8")
    for state in (
        {"view": "overview"},
        *({"view": "articles", "article": record.path} for record in articles()),
        {"view": "articles", "q": "nothing of the sort"},
        {"help": "1"},
    ):
        browser.open(page, **state)
        browser.until(lambda: browser.text("#name"))
        time.sleep(0.3)  # colours change over a moment
        if "help" in state:
            browser.click("#ask")
        if state.get("article") == "news/trams.txt":
            browser.press("n")
        browser.run(script)
        found = browser.driver.execute_async_script("axe.run().then(arguments[0])")
        assert len(found["passes"]) > 10
        told = [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found["violations"]]
        assert told == [], state
