"""A page, read: its text layer, and everything else that is known of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cleaner.html.metadata import read_metadata
from cleaner.html.page import Page
from cleaner.html.parse import parse
from cleaner.html.render import TooDeep, render
from cleaner.html.witness import kept_shares


def read(markup: str) -> Page:
    """Everything that is known of a page.

    Raises:
        BrokenPage: no element can be made out.
    """
    root, page = rendered(markup)
    return replace(page, metadata=read_metadata(root), kept=kept_shares(root, page))


def rendered(markup: str) -> tuple[Any, Page]:
    """A page's root element, and what it looks like.

    Raises:
        BrokenPage: no element can be made out.
    """
    root = parse(markup)
    try:
        return root, render(root)
    except TooDeep:
        root = parse(markup, flat=True)
        return root, render(root, whole=True)
