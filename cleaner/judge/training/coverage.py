"""How much of a page's visible text its text layer holds, by a walk that shares nothing with it.

The walk is that of Python's ``html.parser``: no tree, no repair, every stretch of text that is not
inside a script, a style, a template, a title or an inline frame.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = frozenset({"script", "style", "template", "title", "iframe"})
_SPACE = re.compile(r"[\s\x00]+")
# A comment that does not end goes on to the end of the page, which this parser does not know.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SWALLOWED = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_NEAR = 3_000
"""How far ahead, in characters, a stretch is first looked for."""


def coverage(markup: str, layer: str) -> float:
    """The share of a page's visible characters, white space aside, that its text layer holds.

    Args:
        markup: the page.
        layer: its text layer.
    """
    walk = _Walk()
    walk.feed(_COMMENT.sub(" ", markup))
    walk.close()
    held = _SPACE.sub("", layer)
    position = total = found = 0
    for stretch in walk.stretches:
        plain = _SPACE.sub("", stretch)
        total += len(plain)
        at = held.find(plain, position, position + len(plain) + _NEAR)
        if at >= 0:
            position = at + len(plain)
        elif plain not in held:
            continue
        found += len(plain)
    return found / total if total else 1.0


class _Walk(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stretches: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        # What stands between marks of a comment that this parser takes for text is none.
        if not self._inside and not _SWALLOWED.search(data):
            self.stretches.append(data)
