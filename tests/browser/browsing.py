"""Chromium with a review page in it, and the articles that the page shows.

Tests that import this are skipped where Chromium, its driver or selenium is missing.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from cleaner import Article, Pipeline
from cleaner.output import encode
from cleaner.report.review import write_review

webdriver: Any = pytest.importorskip("selenium.webdriver")
select: Any = pytest.importorskip("selenium.webdriver.support.select").Select
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if CHROMIUM is None or DRIVER is None:
    pytest.skip("Chromium and its driver are needed", allow_module_level=True)

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
