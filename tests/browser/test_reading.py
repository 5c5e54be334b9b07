"""What the review page shows of a run and of its articles."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.browsing import ATTACK, CLEAN, TRAMS, Browser, articles, page_of


def test_the_overview_comes_first_and_loads_nothing(browser: Browser, page: str) -> None:
    browser.driver.get_log("performance")
    browser.open(page)
    assert browser.text("h1") == f"A & B {ATTACK}"
    assert browser.one("#overview").is_displayed() and not browser.one("#articles").is_displayed()
    figures = browser.text(".figures")
    assert "6articles" in figures and "1with an empty body" in figures
    said = " ".join(n.text for n in browser.all("#overview .note"))
    assert "All 6 articles" in said and "left pane of 5 of them" in said
    events = [json.loads(e["message"])["message"] for e in browser.driver.get_log("performance")]
    asked = [
        e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"
    ]
    assert {url.partition("#")[0] for url in asked} <= {page, "about:blank"}


def test_an_article_is_shown_as_it_was_and_as_it_is(browser: Browser, page: str) -> None:
    browser.open(page, view="articles", article="news/trams.txt")
    assert browser.text("#layer-title") == "Original"
    assert browser.text("#article h2") == "Trams return to the quay"
    assert "Harbour Gazette" in browser.text(".facts") and "Ann Lee" in browser.text(".facts")
    struck = [node.text for node in browser.all("#layer del")]
    record = articles()[0]
    assert struck == [removal.text.strip() for removal in record.removed]
    assert [n.text for n in browser.all("#layer mark")] == [
        "Trams return to the quay",
        "By Ann Lee",
    ]
    labels = [node.text.strip("◂ ") for node in browser.all("#layer .tag")]
    assert {"title", "authors", "share.prompt", "comments.heading"} <= set(labels)
    assert [node.text for node in browser.all("#clean .block")] == record.body.split("\n\n")
    layer = browser.run(
        "const copy = document.querySelector('#layer').cloneNode(true);"
        "for (const tag of copy.querySelectorAll('.tag')) tag.remove(); return copy.textContent"
    )
    assert layer == TRAMS
    browser.open(page, view="articles", article="news/ferries.txt")
    assert "the original has changed" in browser.text(".pane .note")
    browser.open(page, view="articles", article="satz.txt")
    assert "the original was not found" in browser.text(".pane .note")
    browser.open(page, view="articles", article="empty.txt")
    assert browser.text("#clean") == "Nothing was kept."


def test_a_removal_says_what_it_is(browser: Browser, page: str) -> None:
    browser.open(page, view="articles", article="news/trams.txt")
    (share,) = (node for node in browser.all("#layer del") if "Share" in node.text)
    share.click()
    told = browser.text("#tip")
    assert "share" in told and "share.prompt" in told and "confidence 0." in told
    assert share.get_attribute("aria-describedby") == "tip"
    browser.click("#article h2")
    assert not browser.one("#tip").is_displayed()
    browser.click(".legend .k-newsletter")
    assert "newsletter.subscribe-prompt" in browser.text("#tip")
    assert "newsletter" in browser.driver.switch_to.active_element.text


def test_panes_scroll_together(browser: Browser, tmp_path: Path) -> None:
    menu = "Share this article:\n\n" * 40
    parts = [
        f"Paragraph {n} tells of the harbour, the trams and the wind at length." for n in range(60)
    ]
    text = "\n\n".join(["A title of some words", *parts[:30], menu, *parts[30:]])
    browser.open(page_of(tmp_path, [CLEAN(text, path="long.txt")]), view="articles")
    top = "return document.querySelectorAll('.pane')[arguments[0]].scrollTop"
    browser.run(
        "const [left] = document.querySelectorAll('.pane');"
        "left.querySelector('[data-block=\"40\"]').scrollIntoView({block: 'center'})"
    )
    browser.until(lambda: browser.run(top, 1) > 0)
    places = browser.run(
        "return [...document.querySelectorAll('[data-block=\"40\"]')]"
        ".map((node) => node.getBoundingClientRect().top)"
    )
    assert abs(places[0] - places[1]) < 150


def test_what_is_shown_is_in_the_address(browser: Browser, page: str) -> None:
    browser.open(page, view="articles", kind="newsletter", sort="removed", article="loud.txt")
    assert browser.found() == "3 of 6 articles"
    assert browser.one("#by-kind").get_attribute("value") == "newsletter"
    assert browser.text(".where span") == "loud.txt"
    browser.click("#to-overview")
    assert browser.one("#overview").is_displayed()
    browser.driver.back()
    browser.until(browser.one("#articles").is_displayed)
    assert browser.text(".where span") == "loud.txt"
    browser.open(page, view="articles", kind="nothing-like-it", article="gone", sort="x")
    assert browser.found() == "0 of 6 articles"
    assert browser.one("#by-kind").get_attribute("value") == "nothing-like-it"
    browser.click("#clear")
    assert browser.found() == "6 articles"


def test_tables_sort_and_lead_to_articles(browser: Browser, page: str) -> None:
    browser.open(page)
    rows = "//table[caption='Removed by kind']"
    head = browser.driver.find_element("xpath", f"{rows}//th[contains(., 'Removals')]")

    def column() -> list[int]:
        cells = browser.driver.find_elements("xpath", f"{rows}//tbody/tr/td[3]")
        return [int(cell.text) for cell in cells]

    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column() == sorted(column(), reverse=True) and len(set(column())) > 1
    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "ascending" and column() == sorted(column())
    for name, number in (
        ("Warnings (3)", sum(bool(record.warnings) for record in articles())),
        ("No title (3)", sum(record.title is None for record in articles())),
        ("Empty body (1)", sum(not record.body for record in articles())),
        ("Least certain", sum(bool(record.removed) for record in articles())),
        ("Most removed", sum(bool(record.removed) for record in articles())),
    ):
        path = f"//div[@class='choice']/button[.='{name}']"
        browser.driver.find_element("xpath", path).click()
        assert len(browser.all(".outliers tbody tr")) == number, name
    browser.driver.find_element("xpath", f"{rows}//button[.='newsletter']").click()
    assert browser.found() == "3 of 6 articles"
    browser.press("o")
    browser.click(".outliers tbody button")
    assert browser.one("#articles").is_displayed() and browser.found() == "6 articles"
