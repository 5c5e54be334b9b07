"""A page to the text layer: every text once, in reading order, lines where a browser breaks them.

What a browser shows of itself (list markers) is written out; what it does not show (``hidden``,
``noscript``) is there too, and marked. Left out are scripts, styles, templates, and the head.
"""

from __future__ import annotations

from typing import Any

from cleaner.html.elements import SILENT
from cleaner.html.gather import Gatherer, State
from cleaner.html.page import Page

DEEP = 1_900
"""Levels at which libxml2 may have left text out."""
_ENDS = -1


class TooDeep(Exception):
    """A page may be nested deeper than its tree tells."""


def render(root: Any, *, whole: bool = False) -> Page:
    """Render a page.

    Args:
        root: its root element.
        whole: that the tree holds all of the page, however deep it is.

    Raises:
        TooDeep: it is so deep that its tree may not hold all.
    """
    renderer = Gatherer()
    # An element, how deep it is (or that it ends), its place among its like, the state around it.
    stack: list[tuple[Any, int, int, State]] = [(root, 0, 0, State())]
    while stack:
        node, depth, position, state = stack.pop()
        if depth == _ENDS:
            renderer.leave(node, state)
            continue
        tag = node.tag
        if not isinstance(tag, str) or (tag in SILENT and not _shadow(node)):
            if node.tail:
                renderer.add(node.tail, state)
            continue
        if depth > DEEP and not whole:
            raise TooDeep
        inner = renderer.enter(node, tag, position, state)
        stack.append((node, _ENDS, 0, state))
        if node.text:
            renderer.add(node.text, inner)
        at = len(node)
        for child in node.iterchildren(reversed=True):
            at -= 1
            stack.append((child, depth + 1, at, inner))
    return renderer.page()


def _shadow(node: Any) -> bool:
    """Whether a template is shown: as the inside of the element around it."""
    return node.tag == "template" and node.get("shadowrootmode") is not None
