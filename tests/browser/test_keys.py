"""The review page by keyboard alone."""

from __future__ import annotations

from tests.browser.browsing import Browser, articles


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
