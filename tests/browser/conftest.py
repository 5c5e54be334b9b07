"""What tests of the review page share. `.ci/browser` runs them in an environment of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.browsing import Browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a small run, with the originals of some of its articles."""
    from tests.browser.browsing import ATTACK, TRAMS, articles, page_of

    folder = tmp_path_factory.mktemp("small")
    (folder / "in/news").mkdir(parents=True)
    (folder / "in/news/trams.txt").write_text(TRAMS, "utf-8")
    (folder / "in/news/ferries.txt").write_text("This is another text now.", "utf-8")
    return page_of(folder, articles(), originals=folder / "in", title=f"A & B {ATTACK}")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    from tests.browser.browsing import Browser

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
