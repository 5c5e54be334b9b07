"""Markup to a tree, whatever its depth, its size and its faults."""

from __future__ import annotations

import re
from typing import Any

from cleaner.errors import BrokenPage

DEEPEST = 500
"""Elements nested deeper than this stand beside their forebears in a tree made by ``flat``."""
_EMPTY = re.compile(r"<([a-zA-Z][\w:.-]{0,60})(\s[^<>]{0,4000})?/>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont frame".split()
)
_XML = re.compile(r"\s*<\?xml[^>]{0,500}>")
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
    if flat:
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


def _opened(match: re.Match[str]) -> str:
    """An element that XML closes in its own tag, as HTML writes it."""
    name, rest = match[1], match[2] or ""
    return match[0] if name.lower() in _VOID else f"<{name}{rest}></{name}>"


def _flat(markup: str) -> Any:
    """Beautiful Soup's tree, whose depth knows no limit, with its deepest levels made flat."""
    import lxml.html
    from bs4 import BeautifulSoup, Tag
    from bs4.element import CData, NavigableString

    soup = BeautifulSoup(markup, "html.parser")
    root = lxml.html.Element("html")
    # The open elements of both trees, outermost first.
    opened: list[tuple[Any, Any]] = [(soup, root)]
    for node in soup.descendants:
        while opened[-1][0] is not node.parent:
            opened.pop()
        own = opened[min(len(opened), DEEPEST) - 1][1]
        if isinstance(node, Tag):
            child = lxml.html.Element(_name(node.name))
            for key, value in node.attrs.items():
                _set(child, key, value)
            own.append(child)
            opened.append((node, child))
        elif type(node) in (NavigableString, CData):
            inner = opened[-1][1]
            _add(inner if len(own) and own[-1] is inner else own, str(node))
    return root


def _name(name: str) -> str:
    return re.sub(r"[^\w-]", "-", name).lstrip("-0123456789.") or "span"


def _set(element: Any, key: str, value: Any) -> None:
    try:
        element.set(key, " ".join(value) if isinstance(value, list) else str(value))
    except ValueError:
        return  # no name of an attribute: nothing reads it


def _add(element: Any, text: str) -> None:
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
