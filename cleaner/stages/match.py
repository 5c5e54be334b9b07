"""Which rules' words fit which lines. Whether a rule may fire there is decided later."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from cleaner.document import Document, Line
from cleaner.rules import Rule

_PARAGRAPH = 30
"""Blocks shorter than this, in code points, are compared with line rules alone."""
_ENDLESS = 1_500
"""Blocks from this length on, in code points, are likely a whole page without line breaks: each of
their sentences is compared by itself."""


def match(doc: Document) -> Document:
    """Find ``hits``: line number to the rules that fit the line, or the block that it is of."""
    hits: dict[int, tuple[Rule, ...]] = {}
    number = 0
    for _, group in groupby(doc.lines, key=_block):
        block = list(group)
        first, last = block[0], block[-1]
        length = last.end - first.start
        endless = len(block) > 1 and length >= _ENDLESS
        fits: list[Rule] = []
        if length >= _PARAGRAPH and not endless:
            whole = first.text if len(block) == 1 else doc.text[first.start : last.end]
            fits = doc.rules.match_paragraph(whole)
        for line in block:
            found = fits
            if endless and len(line.text) >= _PARAGRAPH:
                found = doc.rules.match_paragraph(line.text)
            if endless or len(block) == 1:
                found = found + doc.rules.match_line(line.key)
            if found:
                hits[number] = tuple(found)
            number += 1
    return replace(doc, hits=hits)


def _block(line: Line) -> int:
    return line.block
