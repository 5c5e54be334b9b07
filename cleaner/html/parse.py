"""Markup to a tree, whatever its depth, its size and its faults."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from cleaner.errors import BrokenPage

DEEPEST = 500
"""Elements nested deeper than this stand beside their forebears in a tree made by ``flat``."""
_EMPTY = re.compile(r"<([a-zA-Z][\w:.-]{0,60})(\s[^<>]{0,4000})?/>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont frame".split()
)
_XML = re.compile(r"\s*<\?xml[^>]{0,500}>")
_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_LONG_TAG = 20_000
_MANY_ATTRIBUTES = 2_000
_READ = frozenset(
    "class id role itemprop itemscope style hidden href rel datetime content property name type"
    " start value pubdate lang shadowrootmode".split()
)
"""The attributes that anything here reads."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What ends a document for libxml2, or is no character of one.
_NOT_XML = re.compile("[\x00\ufffe\uffff]")


def parse(markup: str, *, flat: bool = False) -> Any:
    """The root element (of lxml) of a page.

    Args:
        markup: the page.
        flat: for pages that are nested deeper than libxml2 goes, which leaves out what lies below:
            up to :data:`DEEPEST` levels as the page nests them, and below that all text in order,
            without its nesting.

    Raises:
        BrokenPage: no element can be made out.
    """
    import lxml.etree
    import lxml.html

    markup = _NOT_XML.sub("\ufffd", markup)
    if xml := _XML.match(markup):
        markup = _EMPTY.sub(_opened, markup[xml.end() :])
    if flat or _overloaded(markup):
        return _flat(markup)
    # Without ``huge_tree``, text is lost below 256 levels and after a text of 10 MB.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = lxml.html.document_fromstring(
            markup.encode("utf-8", "surrogatepass"), parser=parser, ensure_head_body=False
        )
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise BrokenPage(f"no page can be made of it: {error}") from error
    # A page may go on after its end.
    for beside in [n for n in root.itersiblings() if isinstance(n.tag, str)]:
        root.append(beside)
    return root


def _overloaded(markup: str) -> bool:
    """Whether an element has so many attributes that libxml2 takes too long over them."""
    return any(
        len(tag) > _LONG_TAG and tag.count("=") > _MANY_ATTRIBUTES for tag in _TAG.findall(markup)
    )


def _opened(match: re.Match[str]) -> str:
    """An element that XML closes in its own tag, as HTML writes it."""
    name, rest = match[1], match[2] or ""
    return match[0] if name.lower() in _VOID else f"<{name}{rest}></{name}>"


def _flat(markup: str) -> Any:
    """A tree whose deepest levels are flat, by Python's own parser: no depth stops it."""
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Builds a tree in time that grows with the page alone, however deep it is."""

    def __init__(self) -> None:
        import lxml.html

        super().__init__(convert_charrefs=True)
        self._element = lxml.html.Element
        self.root = self._element("html")
        # The open elements, outermost first: tag, element, last child. The deepest ones all stand
        # in one.
        self._opened: list[list[Any]] = [["", self.root, None]]
        self._open: Counter[str] = Counter()
        # Texts that belong behind, or into, one element.
        self._texts: list[str] = []
        self._place, self._after = self.root, False

    def _around(self) -> list[Any]:
        return self._opened[min(len(self._opened), DEEPEST) - 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        child = self._element(re.sub(r"[^\w-]", "-", tag).lstrip("-0123456789.") or "span")
        for key, value in attrs:
            if key in _READ:
                child.set(key, _plain(value or ""))
        around = self._around()
        around[1].append(child)
        around[2] = child
        if tag not in _VOID:
            self._opened.append([tag, child, None])
            self._open[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open[tag]:
            return
        closed = ""
        while closed != tag:
            closed = self._opened.pop()[0]
            self._open[closed] -= 1

    def handle_data(self, data: str) -> None:
        around, inner = self._around(), self._opened[-1]
        _, element, last = inner if around[2] is inner[1] else around
        place, after = (element, False) if last is None else (last, True)
        if self._place is not place or self._after is not after:
            self._put()
            self._place, self._after = place, after
        self._texts.append(_plain(data))

    def close(self) -> None:
        super().close()
        self._put()

    def _put(self) -> None:
        """Write the texts that have gathered to where they stand, all at once."""
        text = "".join(self._texts)
        if text and self._after:
            self._place.tail = (self._place.tail or "") + text
        elif text:
            self._place.text = (self._place.text or "") + text
        self._texts.clear()


def _plain(text: str) -> str:
    """A text without characters that no tree may hold."""
    return _CONTROL.sub("\ufffd", text)
