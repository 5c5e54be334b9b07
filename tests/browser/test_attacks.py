"""Articles that would like to do something."""

from __future__ import annotations

from tests.browser.browsing import ATTACK, Browser, articles


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
