"""Markdown links: the address goes, the text stays; images go altogether.

Read [the report](https://example.org/report) of the ![harbour](harbour.jpg) office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.document import Line

_FEW = 2
"""So many links in a document show that it is Markdown; one may be the author's own brackets."""
_ADDRESS = (
    r"<?(?:https?:|mailto:|tel:|data:|javascript:|www\.|[/#?]|\.{1,2}/"
    r"|[\w%-]{1,100}\.(?:html?|php|aspx?|jpe?g|png|gif|webp|svg|pdf)\b)"
    r"[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?"
)
"""What a link may lead to: "handlers[i](event)" is none."""
_MARK = re.compile(rf"!?\[|\](?:\({_ADDRESS}(?: \"[^\"]{{0,300}}\")?\))?")


def link_spans(lines: Iterable[Line]) -> list[tuple[int, int]]:
    """What is to go of the links in some lines: opening brackets, closings with addresses."""
    found = [span for line in lines if "](" in line.text for span in _spans(line)]
    return found if sum(end - start > 1 for start, end in found) >= _FEW else []


def _spans(line: Line) -> Iterator[tuple[int, int]]:
    """Brackets are matched as they nest; whatever is left open stays."""
    text, base = line.text, line.start
    open_: list[tuple[int, bool]] = []
    spans: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        piece = mark.group()
        if piece.endswith("["):
            open_.append((mark.start(), piece[0] == "!"))
            continue
        if not open_:
            continue
        start, image = open_.pop()
        if len(piece) == 1:
            continue
        if image:
            spans = [s for s in spans if s[0] < start]
            spans.append((start, mark.end()))
        else:
            spans += [(start, start + 1), (mark.start(), mark.end())]
    yield from ((base + s, base + e) for s, e in sorted(spans))
