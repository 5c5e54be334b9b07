"""Flatteners: the texts that scrapers would have saved of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SILENT = frozenset({"script", "style", "noscript", "template", "svg"})
_BREAKING = frozenset(
    "address article aside blockquote body br button center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main menu nav"
    " ol option p pre section select summary table tbody td textarea tfoot th thead title tr"
    " ul".split()
)
_PARTING = frozenset(
    "article blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre section table ul".split()
)
_BLANK = 2


@dataclass(slots=True)
class Piece:
    """A run of text of a page, the element it stands in, and how the page parts it from the last.

    ``parted`` is 0 within a line, 1 at a line's end, 2 where a blank line would stand.
    """

    text: str
    tag: str
    href: str
    parted: int


def pieces(html: bytes | str) -> list[Piece]:
    """All the text of a page that could be visible, in order."""
    import lxml.html

    try:
        root = lxml.html.fromstring(html)
    except (ValueError, lxml.etree.LxmlError):
        return []
    found: list[Piece] = []
    parted = _BLANK
    for event, value, tag, href in _walk(root):
        if event == "break":
            parted = max(parted, _BLANK if tag in _PARTING else 1)
        elif value.strip():
            if not parted and found and not (value[0].isspace() or found[-1].text[-1].isspace()):
                found[-1].text += value
                continue
            found.append(Piece(value, tag, href, parted))
            parted = 0
        elif found and not parted:
            found[-1].text += " "
    return found


def _walk(root: Any) -> Iterator[tuple[str, str, str, str]]:
    """Events of a page without recursion: a break, or a text with its block element and link."""
    stack: list[tuple[Any, bool, str, str]] = [(root, False, "body", "")]
    while stack:
        node, done, tag, href = stack.pop()
        name = node.tag if isinstance(node.tag, str) else ""
        breaking = name in _BREAKING
        if done:
            if breaking:
                yield "break", "", name, ""
            if node.tail:
                yield "text", node.tail, tag, href
            continue
        stack.append((node, True, tag, href))
        if not name or name in _SILENT:
            continue
        if breaking:
            yield "break", "", name, ""
        inner = name if breaking else tag
        link = node.get("href") or "" if name == "a" else href
        if node.text:
            yield "text", node.text, inner, link
        stack += [(child, False, inner, link) for child in reversed(node)]


def lines_of(found: list[Piece]) -> list[tuple[str, int, str]]:
    """Pieces joined to lines: text, how the line is parted from the last, element."""
    lines: list[tuple[str, int, str]] = []
    for piece in found:
        text = " ".join(piece.text.split())
        if piece.parted or not lines:
            lines.append((text, piece.parted, piece.tag))
        else:
            last, parted, tag = lines[-1]
            lines[-1] = (f"{last} {text}", parted, tag)
    return lines


def blocks(found: list[Piece]) -> str:
    """A line for each block, blank lines where a browser shows space."""
    return "".join("\n" * parted + text for text, parted, _ in lines_of(found)).strip()


def plain_lines(found: list[Piece], bullet: str = "") -> str:
    """A line for each block, without blank lines."""
    return "\n".join((bullet if tag == "li" else "") + text for text, _, tag in lines_of(found))


def nodes(found: list[Piece]) -> str:
    """A line for each run of text, inside sentences too."""
    return "\n".join(" ".join(p.text.split()) for p in found)


def unbroken(found: list[Piece]) -> str:
    """All in one line."""
    return " ".join(" ".join(p.text.split()) for p in found)


def markdown(found: list[Piece]) -> str:
    """Markdown with headings, list items and links."""
    out: list[str] = []
    for piece in found:
        text = " ".join(piece.text.split())
        if piece.href and not text.startswith("["):
            text = f"[{text}]({piece.href.strip().replace(' ', '%20')})"
        if not piece.parted and out:
            out.append(" " + text)
            continue
        level = int(piece.tag[1]) if piece.tag[0] == "h" and piece.tag[1:].isdigit() else 0
        mark = "#" * level + " " if level else "* " if piece.tag == "li" else ""
        out.append("\n" * (piece.parted if out else 0) + mark + text)
    return "".join(out)
