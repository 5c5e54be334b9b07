"""Views of a labelled page as a page: as it is, and less telling, as other sites' pages may be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from cleaner.html.page import Page
from cleaner.judge.training.views import View, letter_disguise

_LESS = ((True, False), (False, True), (True, True))
_DISGUISED = 0.5
_SHORTENED = 0.25
"""How much a page counts that is not as somebody wrote it: with most of its article left out. Texts
of such pages teach a model that does not see where elements end to end articles early."""


def page_views(
    page: Page, chance: random.Random, keep: frozenset[str]
) -> Iterator[tuple[View, Page]]:
    """The views of a rendered page.

    Args:
        page: the page.
        chance: decides what is left open; seeded by the page, so that views are the same each time.
        keep: words that stay as they are where a view disguises the language (function words).
    """
    yield View("page", page.text), page
    unnamed, unasked = chance.choice(_LESS)
    bare = page
    if unnamed:
        bare = replace(bare, elements=tuple(replace(e, names="") for e in page.elements))
    if unasked:
        bare = replace(bare, kept=())
    yield View("bare_page", page.text), bare
    disguise = letter_disguise(chance, keep)
    text = disguise(page.text)
    if len(text) == len(page.text):
        yield View("disguised_page", text, disguise), replace(page, text=text)


def short_views(
    page: Page, chance: random.Random, keep: frozenset[str]
) -> Iterator[tuple[View, Page]]:
    """The one view of a page of whose article little is left: as it is, or in disguise."""
    disguise = letter_disguise(chance, keep)
    text = disguise(page.text)
    if len(text) == len(page.text) and chance.random() < _DISGUISED:
        yield View("short_disguised", text, disguise, _SHORTENED), replace(page, text=text)
    else:
        yield View("short", page.text, weight=_SHORTENED), page
