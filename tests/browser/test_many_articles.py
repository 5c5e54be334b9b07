"""A review page of two thousand articles."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cleaner import Article
from tests.browser.browsing import CLEAN, Browser, page_of


def many(count: int) -> list[Article]:
    """Articles as different as real ones, each of some 6,000 characters."""
    chance = random.Random(5)
    syllables = "ka lo mi ren to val si ber un dar".split()
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(4000)]
    cruft = ["Share this article:", "Subscribe to our newsletter", "Comments", "0/300"]
    made = []
    for number in range(count):
        parts = [" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(14)]
        for line in chance.choices(cruft, k=8):
            parts.insert(chance.randrange(1, len(parts)), line)
        title = f"{' '.join(chance.choices(words, k=6)).capitalize()} {number}"
        article = CLEAN("\n\n".join([title, *parts]), path=f"{number % 20}/{number}.txt")
        made.append(replace(article, title=title, source=f"Source {number % 30}"))
    return made


def test_two_thousand_articles(browser: Browser, tmp_path: Path) -> None:
    page = page_of(tmp_path, many(2_000))
    size = (tmp_path / "page.html").stat().st_size
    took: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object], holds: Callable[[], object]) -> None:
        start = time.perf_counter()
        act()
        browser.until(holds)
        took[name] = round(time.perf_counter() - start, 2)

    timed("open", lambda: browser.open(page, view="articles"), lambda: browser.text("#found"))
    assert browser.found() == "2,000 articles"

    def rows() -> int:
        return len(browser.all(".row"))

    assert 0 < rows() < 40
    title = browser.text("#article h2")
    timed("first search", lambda: browser.one("#query").send_keys("1234"),
          lambda: "of 2,000" in browser.text("#found"))  # fmt: skip
    assert browser.text("#article h2").endswith(" 1234")
    browser.press("\ue00c")
    browser.until(lambda: browser.text("#found") == "2,000 articles")
    timed("search", lambda: browser.one("#query").send_keys("comments 19"),
          lambda: "of 2,000" in browser.text("#found"))  # fmt: skip
    browser.press("\ue00c")
    browser.until(lambda: browser.text("#found") == "2,000 articles")
    browser.press("\ue00c")
    timed("filter", lambda: browser.choose("source", "Source 7"),
          lambda: "of 2,000" in browser.text("#found"))  # fmt: skip
    assert browser.found() == "67 of 2,000 articles"
    timed("sort", lambda: browser.choose("sort", "removed"), lambda: rows() > 0)
    browser.click("#clear")
    browser.run("document.activeElement.blur()")
    timed(
        "ten articles on",
        lambda: browser.press(*"jjjjjjjjjj"),
        lambda: browser.text("#article h2") != title,
    )
    timed("to the end", lambda: browser.run("document.querySelector('#list').scrollTop = 1e9"),
          lambda: browser.all(".row[aria-posinset='2000']"))  # fmt: skip
    assert rows() < 40
    timed("overview", lambda: browser.press("o"), browser.one("#overview").is_displayed)
    print(f"2,000 articles, {size / 1e6:.0f} MB, seconds: {took}")
