"""The review page in a browser: clicked through, typed at, printed, and attacked.

`.ci/browser` runs this in an environment of its own; elsewhere it is skipped.
"""

from __future__ import annotations

import base64
import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from cleaner import Article, Pipeline
from cleaner.output import encode
from cleaner.report.review import write_review

webdriver: Any = pytest.importorskip("selenium.webdriver")
axe: Any = pytest.importorskip("axe_playwright_python")
select: Any = pytest.importorskip("selenium.webdriver.support.select").Select
AXE = Path(axe.__path__[0], "axe.min.js")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if CHROMIUM is None or DRIVER is None:
    pytest.skip("Chromium and its driver are needed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("default")
CLEAN = Pipeline().without("judge")
TRAMS = (
    "Trams return to the quay\nBy Ann Lee\n\nThe first tram in forty years rolled along the quay "
    "on Monday, and half the town came to see it.[1]\n\nShare this article:\n\nWork on the line "
    "took six years and cost less than planned, the council said.\n\nComments\n0/300\n"
    "Subscribe to our newsletter\n"
)
FERRIES = (
    "The ferries stay in the harbour\n\nNo boat left on Tuesday, since the wind had not gone down "
    "in the night.\n\nSubscribe to our newsletter\n"
)
ATTACK = "<script>window.broken=1</script><img src=x onerror=window.broken=2>"
HOSTILE = (
    f"</script>{ATTACK}<!-- \"'`${{window.broken=3}} \u2028 \u202eevil \x1b[2J \x00 \ufeff ]]> "
    "&lt;b&gt;\n\n"
    f"It rained all day long, and the river rose before anybody had noticed it. {ATTACK}\n\n"
    "Share this article:\n"
)


def articles() -> list[Article]:
    odd = f"{ATTACK}\u202e\u2028</script>"
    return [
        replace(CLEAN(TRAMS, path="news/trams.txt"), source="Harbour Gazette", language="en"),
        replace(CLEAN(FERRIES, path="news/ferries.txt"), source="Harbour Gazette", language="en"),
        replace(CLEAN("Nur ein Satz, der bleibt, wie er ist.", path="satz.txt"), language="de"),
        replace(
            CLEAN(HOSTILE, path=f"{odd}.txt"),
            title=odd,
            source=odd,
            url="javascript:window.broken=4",
            authors=(odd,),
            tags=(odd,),
            warnings=(f"{odd}: 1", "heavy-removal"),
            published_text=odd,
        ),
        CLEAN("Share this article:\n", path="empty.txt"),
        replace(CLEAN(TRAMS.upper(), path="loud.txt"), title=None, warnings=("odd-bytes: 3",)),
    ]


def page_of(folder: Path, records: list[Article], **more: Any) -> str:
    lines = folder / "run.jsonl"
    lines.write_bytes(b"".join(encode(record) for record in records))
    write_review(lines, str(folder / "page.html"), pytest.fail, **more)
    return (folder / "page.html").as_uri()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a small run, with the originals of some of its articles."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "in/news").mkdir(parents=True)
    (folder / "in/news/trams.txt").write_text(TRAMS, "utf-8")
    (folder / "in/news/ferries.txt").write_text("This is another text now.", "utf-8")
    return page_of(folder, articles(), originals=folder / "in", title=f"A & B {ATTACK}")


class Browser:
    """Chromium with one page in it, and what a person does there."""

    def __init__(self, folder: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in (
            *("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run"),
            *("disable-background-networking", "disable-component-update", "disable-sync"),
            *(f"user-data-dir={folder}", "window-size=1400,900"),
        ):
            options.add_argument(f"--{argument}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService(executable_path=DRIVER)
        self.driver = webdriver.Chrome(options=options, service=service)

    def open(self, page: str, **state: str) -> None:
        """Open a page, whose state its address says."""
        self.driver.get("about:blank")
        self.driver.get(f"{page}#{urlencode(state)}" if state else page)

    def run(self, script: str, *args: Any) -> Any:
        return self.driver.execute_script(script, *args)

    def one(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def click(self, selector: str) -> None:
        self.one(selector).click()

    def press(self, *keys: str) -> None:
        """Keys as they come to whatever has the focus."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def choose(self, name: str, choice: str) -> None:
        select(self.one(f"#by-{name}")).select_by_value(choice)

    def until(self, holds: Callable[[], object], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it did not come to that"
            time.sleep(0.02)

    def found(self) -> str:
        self.until(lambda: self.text("#found") not in ("", "Searching…"))
        return self.text("#found")

    def address(self) -> str:
        return str(self.run("return decodeURIComponent(location.hash)"))

    def media(self, scheme: str, medium: str = "screen") -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        settings = {"media": medium, "features": features}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", settings)

    def size(self, width: int, height: int) -> None:
        settings = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", settings)

    def colour(self, selector: str, name: str = "backgroundColor") -> list[int]:
        script = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
        shown = self.run(script, selector, name)
        return [int(float(part)) for part in shown.strip("rgba()").split(",")[:3]]

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    chromium.complaints()
    chromium.size(1400, 900)
    chromium.media("light")
    yield chromium
    assert chromium.complaints() == []


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


def test_keys(browser: Browser, page: str) -> None:
    browser.open(page)
    browser.press("a")
    order = [record.path for record in articles()]

    def at() -> str:
        return browser.text(".where span")

    assert at() == order[0]
    browser.press("j", "j")
    assert at() == order[2] and f"article={order[2]}" in browser.address()
    browser.press("k")
    assert at() == order[1]
    browser.press("\ue014")
    assert at() == order[2]
    browser.press("\ue012", "\ue012")
    assert at() == order[0]
    browser.press("k")
    assert at() == order[0]
    browser.press("n")
    first = browser.driver.switch_to.active_element
    assert first.tag_name == "del" and browser.one("#tip").is_displayed()
    browser.press("n")
    assert browser.driver.switch_to.active_element != first
    browser.press("p")
    assert browser.driver.switch_to.active_element == first
    browser.press("\ue00c")
    assert not browser.one("#tip").is_displayed()
    browser.press("/")
    assert browser.driver.switch_to.active_element.get_attribute("id") == "query"
    browser.press("j")
    browser.until(lambda: "q=j" in browser.address())
    browser.press("\ue00c")
    assert browser.one("#query").get_attribute("value") == ""
    browser.press("\ue00c")
    assert browser.driver.switch_to.active_element.tag_name == "body"
    browser.press("?")
    assert browser.one("#help").is_displayed()
    browser.press("j")
    browser.click("#keys")
    browser.press("\ue00c")
    assert not browser.one("#help").is_displayed()
    before = at()
    browser.press("j")
    assert at() == before, "single keys are switched off"
    browser.click("#ask")
    browser.click("#keys")
    browser.click("#help-close")
    browser.press("o")
    assert browser.one("#overview").is_displayed()


def test_keys_in_the_list(browser: Browser, page: str) -> None:
    browser.open(page, view="articles")
    browser.run("document.querySelector('#list').focus()")
    browser.press("\ue015", "\ue015", "\ue013")
    selected = browser.one(".row[aria-selected=true]")
    assert selected.get_attribute("aria-posinset") == "2"
    assert browser.one("#list").get_attribute("aria-activedescendant") == selected.get_attribute(
        "id"
    )
    browser.press("\ue010")
    assert browser.one(".row[aria-selected=true]").get_attribute("aria-posinset") == "6"
    browser.press("\ue011")
    assert browser.one(".row[aria-selected=true]").get_attribute("aria-posinset") == "1"
    browser.all(".row")[3].click()
    assert browser.one(".row[aria-selected=true]").get_attribute("aria-posinset") == "4"


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


def test_a_narrow_window(browser: Browser, page: str) -> None:
    browser.size(390, 844)
    for state in ({"view": "articles"}, {"view": "overview"}):
        browser.open(page, **state)
        assert browser.run("return document.documentElement.scrollWidth") <= 390


def test_nothing_gets_out_of_an_article(browser: Browser, page: str) -> None:
    odd = articles()[3]
    for state in (
        {},
        {"view": "articles", "article": odd.path, "q": "window.broken"},
        {"view": "articles", "source": odd.source or "", "sign": odd.warnings[0].partition(":")[0]},
        {"view": "articles", "kind": ATTACK, "q": ATTACK, "article": ATTACK, "sort": ATTACK},
    ):
        browser.open(page, **state)
        browser.until(lambda: browser.text("#name"))
        browser.press("d", "d", "d")
        assert browser.run("return typeof window.broken") == "undefined"
        assert browser.run("return document.querySelectorAll('img, iframe, object').length") == 0
        assert browser.run("return document.querySelectorAll('script').length") == 1
    browser.open(page, view="articles", article=odd.path)
    assert browser.text("#article h2").startswith(ATTACK)
    assert "‹U+202E›" in browser.text("#article h2") and "U+202E" in browser.text("#layer")
    assert "\u202e" not in browser.text("#articles") and "\x1b" not in browser.text("#articles")
    assert "<script>window.broken=1</script>" in browser.text("#clean")
    assert browser.all("#article a") == [], "an address that a browser would run is no link"


def test_no_other_script_runs(chromium: Browser, page: str) -> None:
    chromium.open(page)
    chromium.complaints()
    refused = chromium.run(
        "const frame = document.createElement('script');"
        "try { frame.textContent = 'window.broken = 5'; document.head.append(frame); return false }"
        "catch { return true }"
    )
    chromium.run(
        "const node = document.createElement('div'); document.body.append(node);"
        "node.setAttribute('style', 'color: red');"
        "const image = new Image(); image.src = 'https://example.org/x.png'; node.append(image);"
    )
    assert refused and chromium.run("return typeof window.broken") == "undefined"
    chromium.until(lambda: any("Content Security Policy" in m for m in chromium.complaints()))


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


def test_two_thousand_articles_stay_quick(browser: Browser, tmp_path: Path) -> None:
    page = page_of(tmp_path, many(2_000))
    size = (tmp_path / "page.html").stat().st_size
    rates: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object], holds: Callable[[], object]) -> None:
        start = time.perf_counter()
        act()
        browser.until(holds)
        rates[name] = round(time.perf_counter() - start, 2)

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
    print(f"2,000 articles, {size / 1e6:.0f} MB, seconds: {rates}")
    assert max(rates.values()) < 5, rates
