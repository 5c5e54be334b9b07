"""Texts gathered to lines, and the elements that they stand in, while a page is walked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from cleaner.article import BlockKind
from cleaner.html.elements import (
    APART,
    BREAKING,
    HEADINGS,
    HIDING,
    KEEPING,
    LITERAL,
    NAMED,
    PARTING,
    PLAIN,
    PREFORMATTED,
    STRONG,
    UNSHOWN,
    destination,
    holds_data,
    number_of,
)
from cleaner.html.page import Element, Page, Row

_SPACE = " \t\n\r\x0c"
_CLOSING = ",.;:!?)]}»”…、。，"
_WORDS = re.compile(r"[^ \t\n\r\x0b\x0c\u2028\u2029]+")


@dataclass(slots=True)
class _Line:
    """A row in the making."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    element: int = -1
    linked: int = 0
    strong: int = 0
    hidden: int = 0
    links: int = 0


class State:
    """What holds inside an element."""

    __slots__ = (
        "cells",
        "element",
        "hidden",
        "kind",
        "link",
        "literal",
        "preformatted",
        "strong",
    )

    def __init__(self, other: State | None = None) -> None:
        if other is None:
            self.element = -1
            self.kind: BlockKind = "paragraph"
            self.hidden = self.link = self.strong = self.preformatted = False
            self.cells = self.literal = False
            return
        self.element, self.kind = other.element, other.kind
        self.hidden, self.link, self.strong = other.hidden, other.link, other.strong
        self.preformatted, self.cells, self.literal = other.preformatted, other.cells, other.literal


class Gatherer:
    """Gathers texts to lines, and elements with them."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.rows: list[Row] = []
        self.pieces: list[str] = []
        self.length = 0
        self.line = _Line()
        self.kind: BlockKind = "paragraph"
        self.gap = 1
        self.breaks = 0
        self.ended = self.styled = self.parted = False
        """Whether an element ended right before, was given a look of its own, and is one of those
        that a page sets apart."""
        self.marks: dict[int, str] = {}
        self.counts: dict[int, int] = {}

    def enter(self, node: Any, tag: str, position: int, state: State) -> State:
        """The state inside an element that begins."""
        if tag in PLAIN and not node.attrib:
            if self.ended and not state.literal and self._apart(node, tag):
                self.space()
            self.ended = False
            return state
        inner = State(state)
        if tag == "br":
            self.broken()
            return inner
        breaking = tag in BREAKING
        if breaking and not (state.cells and tag in ("td", "th", "div", "p", "button", "label")):
            self.flush(1 if tag in PARTING else 0)
        elif state.cells and tag in ("td", "th"):
            if self.line.size:
                self.line.parts.append("\t")
        elif self.ended and not inner.literal and self._apart(node, tag):
            self.space()
        self.ended = False
        style = node.get("style")
        hidden = (
            state.hidden
            or tag in UNSHOWN
            or node.get("hidden") is not None
            or (style is not None and HIDING.search(style) is not None)
        )
        inner.hidden = hidden
        if tag in LITERAL:
            inner.literal = True
        if tag == "a":
            inner.link = True
            self.line.links += 1
        elif tag in STRONG:
            inner.strong = True
        if tag in PREFORMATTED or (style is not None and KEEPING.search(style)):
            inner.preformatted = True
        names = " ".join(filter(None, map(node.get, NAMED)))
        if tag == "a":
            names = f"{names} {destination(node)}".strip()
        if breaking or names or tag == "a":
            inner.element = len(self.elements)
            element = Element(state.element, tag, names, hidden, len(node), position)
            self.elements.append(element)
        if breaking:
            self._kind(node, tag, inner)
        return inner

    def _apart(self, node: Any, tag: str) -> bool:
        """Whether a page sets an element apart from the one that ended right before it."""
        if tag not in APART and (node.text or " ")[0] in _CLOSING:
            return False
        if self.styled and node.get("class"):
            return not self._is_initial(node)
        return tag in APART or (self.parted and tag == "span")

    def _is_initial(self, node: Any) -> bool:
        """Whether the large first letter of a paragraph stands before, and an element goes on."""
        parts = self.line.parts
        return (
            len(parts) == 1
            and len(parts[0]) == 1
            and parts[0].isupper()
            and (node.text or " ")[0].islower()
        )

    def _kind(self, node: Any, tag: str, inner: State) -> None:
        if tag in HEADINGS:
            inner.kind = "heading"
        elif tag == "li":
            inner.kind = "list_item"
            self.marks[inner.element] = self._mark(node, inner.element)
        elif tag == "blockquote":
            inner.kind = "quote"
        elif tag in ("pre", "listing", "xmp"):
            inner.kind = "code"
        elif tag == "table":
            inner.cells = holds_data(node)
            inner.kind = "table_row" if inner.cells else "paragraph"
        elif tag in ("dd", "dt", "caption", "figcaption") and inner.kind == "list_item":
            inner.kind = "paragraph"

    def leave(self, node: Any, state: State) -> None:
        """An element ends; ``state`` is what holds around it."""
        tag = node.tag
        if tag in BREAKING and not (
            state.cells and tag in ("td", "th", "div", "p", "button", "label")
        ):
            self.flush(1 if tag in PARTING else 0)
        # What ended right before this, inside of it, is as far from what follows.
        self.parted = tag in APART or (self.ended and self.parted)
        self.ended, self.styled = True, bool(node.get("class"))
        if node.tail:
            self.add(node.tail, state)

    def broken(self) -> None:
        """A line break within a block; two of them part paragraphs."""
        self.breaks += 1
        self.flush(1 if self.breaks > 1 else 0, keep=True)

    def space(self) -> None:
        """White space between two words of a line."""
        line = self.line
        if line.parts and line.parts[-1][-1] not in _SPACE:
            line.parts.append(" ")

    def add(self, text: str, state: State) -> None:
        """A text of the page."""
        if state.preformatted:
            self._add_preformatted(text, state)
            return
        words = text.split(None, 1) if text[0] in _SPACE else None
        if words is not None and not words:
            self.space()
            return
        plain = " ".join(_WORDS.findall(text))
        if not plain:
            self.space()
            return
        if text[0] in _SPACE:
            self.space()
        self._take(plain, state)
        if text[-1] in _SPACE:
            self.line.parts.append(" ")
        self.ended = False

    def _add_preformatted(self, text: str, state: State) -> None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, line in enumerate(lines):
            if number:
                self.flush(0 if line.strip() or number == len(lines) - 1 else 1, keep=True)
            if line.strip():
                self._take(line, state)
            elif line and self.line.parts:
                self.line.parts.append(line)

    def _take(self, text: str, state: State) -> None:
        line = self.line
        if not line.size:
            line.element = state.element
            self.kind = state.kind
        size = len(text)
        line.parts.append(text)
        line.size += size
        if state.link:
            line.linked += size
        if state.strong:
            line.strong += size
        if state.hidden:
            line.hidden += size
        self.breaks = 0

    def flush(self, gap: int, *, keep: bool = False) -> None:
        """The line ends, and so many blank lines follow at least.

        Args:
            gap: how many.
            keep: it was a line break, after which the block goes on.
        """
        line = self.line
        if not keep:
            self.breaks = 0
        if line.size:
            self.line = _Line()
            if self._write(line):
                self.gap = gap
            else:
                self.gap = max(self.gap, gap)
        else:
            if line.parts or line.links:
                self.line = _Line()
            self.gap = max(self.gap, gap)

    def _write(self, line: _Line) -> bool:
        """Add a line to the text layer, unless it is blank."""
        text = "".join(line.parts)
        kind = self.kind
        if kind == "table_row":
            text = "\t".join(" ".join(cell.split(" ")).strip() for cell in text.split("\t"))
        text = text.rstrip() if kind == "code" else text.strip()
        if not text.strip():
            return False
        mark = self._marked(line, kind)
        if kind == "list_item" and not mark:
            kind = "paragraph"
        if self.pieces:
            lead = "\n" * (1 + self.gap)
            self.pieces.append(lead)
            self.length += len(lead)
        indent = len(text) - len(text.lstrip())
        text = mark + text
        start = self.length + indent
        self.pieces.append(text)
        self.length += len(text)
        self.rows.append(
            Row(
                start,
                self.length,
                kind,
                self.gap if self.rows else 0,
                line.element,
                min(line.linked, len(text)),
                min(line.strong, len(text)),
                min(line.hidden, len(text)),
                line.links,
            )
        )
        return True

    def _marked(self, line: _Line, kind: BlockKind) -> str:
        """The marker of a list item's first line; "" for other lines."""
        if kind != "list_item":
            return ""
        at = line.element
        while at >= 0 and self.elements[at].tag != "li":
            at = self.elements[at].parent
        return self.marks.pop(at, "")

    def _mark(self, item: Any, number: int) -> str:
        """The marker that a browser shows before a list item."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "• "
        around = self.elements[number].parent
        first = number_of(parent.get("start"))
        last = self.counts.get(around, 0 if first is None else first - 1)
        own = number_of(item.get("value"))
        self.counts[around] = last + 1 if own is None else own
        return f"{self.counts[around]}. "

    def page(self) -> Page:
        """What was rendered."""
        self.flush(0)
        return Page("".join(self.pieces), tuple(self.rows), tuple(self.elements))
