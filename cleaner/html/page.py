"""What is known of a page beside its text: the elements that its lines stand in."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.article import BlockKind

Where = str
"""``json-ld``, ``opengraph``, ``microdata``, ``meta``, ``link``, ``time``, ``title``, ``html``."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a page states.

    Attributes:
        name: of the field that it is about.
        value: what it states, as it stands there.
        origin: where it stands.
    """

    name: str
    value: str
    origin: Where


@dataclass(frozen=True, slots=True)
class Element:
    """An element that text stands in.

    Attributes:
        parent: the number of the element around it; -1 for the root.
        tag: its name.
        names: its class, id, role and the like, as they stand.
        hidden: whether it, or one around it, is not shown.
        children: how many elements it holds.
        position: how many elements come before it in the one around it.
    """

    parent: int
    tag: str
    names: str
    hidden: bool
    children: int
    position: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text layer, as a browser would break it.

    Attributes:
        start: where it begins in the text layer, in code points.
        end: where it ends.
        kind: what it is.
        gap: blank lines before it.
        element: the number of the innermost block that it stands in.
        linked: how many of its characters are the text of links.
        strong: how many stand out.
        hidden: how many are not shown.
        links: how many links it holds.
    """

    start: int
    end: int
    kind: BlockKind
    gap: int
    element: int
    linked: int
    strong: int
    hidden: int
    links: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page, rendered.

    Attributes:
        text: the text layer.
        rows: its lines, in order.
        elements: what they stand in, each after the one around it.
        metadata: what the page states of itself beside its text.
        kept: for each row the share of its words that trafilatura keeps; empty where it was not
            asked.
    """

    text: str
    rows: tuple[Row, ...]
    elements: tuple[Element, ...]
    metadata: tuple[Statement, ...] = ()
    kept: tuple[float, ...] = ()
