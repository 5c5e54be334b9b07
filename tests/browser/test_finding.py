"""Filters and the search of the review page."""

from __future__ import annotations

from collections import Counter

import pytest

from cleaner import Article
from tests.browser.browsing import Browser, articles, select


def values(name: str, record: Article) -> set[str]:
    """What a filter knows an article by."""
    signs = {warning.partition(":")[0] for warning in record.warnings}
    if signs:
        signs.add("any warning")
    signs |= {"no title"} if record.title is None else set()
    signs |= {"empty body"} if not record.body else set()
    signs |= {"nothing removed"} if not record.removed else set()
    known: dict[str, set[str]] = {
        "kind": {removal.kind for removal in record.removed},
        "rule": {removal.rule for removal in record.removed},
        "source": {record.source or " "},
        "language": {record.language or " "},
        "sign": signs,
    }
    return known[name]


@pytest.mark.parametrize("name", ["kind", "rule", "source", "language", "sign"])
def test_every_filter(browser: Browser, page: str, name: str) -> None:
    browser.open(page)
    browser.click("#to-articles")
    assert browser.found() == "6 articles"
    expected = Counter(value for record in articles() for value in values(name, record))
    offered = [o.get_attribute("value") for o in browser.all(f"#by-{name} option")]
    assert sorted(offered) == sorted(["", *expected])
    for choice, number in expected.items():
        browser.choose(name, choice)
        assert browser.found() == f"{number} of 6 articles"
        shown = {row.get_attribute("data-key") for row in browser.all(".row")}
        assert shown == {r.path for r in articles() if choice in values(name, r)}
    browser.click("#clear")
    assert browser.found() == "6 articles"
    assert not browser.one("#clear").is_displayed()


def test_filters_go_together_with_a_search(browser: Browser, page: str) -> None:
    browser.open(page)
    browser.click("#to-articles")
    browser.choose("source", "Harbour Gazette")
    browser.choose("kind", "newsletter")
    assert browser.found() == "2 of 6 articles"
    browser.choose("rule", "share.prompt")
    assert browser.found() == "1 of 6 articles"
    browser.one("#query").send_keys("quay")
    browser.until(lambda: "q=quay" in browser.address())
    assert browser.found() == "1 of 6 articles"
    browser.one("#query").send_keys("s never")
    browser.until(lambda: browser.text("#found") == "0 of 6 articles")
    assert "No article" in browser.text("#article")
    browser.press("\ue00c")
    browser.until(lambda: browser.text("#found") == "1 of 6 articles")


def test_search(browser: Browser, page: str) -> None:
    browser.open(page, view="articles")
    for query, where, number in (
        ("tram", "", 2),
        ("TRAM   quay", "", 2),
        ('"along the quay"', "body", 2),
        ("“forty quay”", "", 0),
        ("subscribe", "", 3),
        ("subscribe", "body", 0),
        ("subscribe", "removed", 3),
        ("ferries", "title", 1),
        ("boat", "title", 0),
        ("window.broken", "title", 1),
        (".*", "", 0),
    ):
        browser.open(page, view="articles", q=query, **{"in": where})
        assert browser.found() == f"{number} of 6 articles", (query, where)
    browser.open(page, view="articles", q="forty", article="news/trams.txt")
    marked = "return [...CSS.highlights.get('match')].map((range) => range.toString())"
    assert browser.run(marked) == ["forty", "forty"]
    select(browser.one("#in")).select_by_value("removed")
    assert browser.found() == "0 of 6 articles"
    browser.open(page)
    browser.one("#query").send_keys("boat\n")
    assert browser.found() == "1 of 6 articles" and browser.one("#articles").is_displayed()
