"""Which rules' words fit which lines. Whether a rule may fire there is decided later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from cleaner.document import Document, Line
from cleaner.fold import fold
from cleaner.lines.rows import ENDLESS_BLOCK
from cleaner.rules import Rule
from cleaner.stages.segment import FOLDED

_PARAGRAPH = 30
"""Blocks shorter than this, in code points, are compared with line rules alone."""
_DENSE_PARAGRAPH = 12
"""The same for text that is not ASCII, since it may be of a dense script."""
_JOINT = re.compile(r" ?[|·•] ?| / ")
"""What stands between the labels of a row."""
_ROW = 120
"""Longer lines, in code points, are no row of labels."""


def match(doc: Document) -> Document:
    """Find ``hits``: line number to the rules that fit the line, or the block that it is of."""
    lines = doc.lines
    # What is compared: whole lines, and stretches of text with the range of lines they stand for.
    alone: list[int] = []
    stretches: list[str] = []
    ranges: list[tuple[int, int]] = []
    first = 0
    while first < len(lines):
        block = lines[first].block
        end = first + 1
        while end < len(lines) and lines[end].block == block:
            end += 1
        length = lines[end - 1].end - lines[first].start
        # A whole page without line breaks: each of its sentences is compared by itself.
        if end == first + 1 or length >= ENDLESS_BLOCK:
            for number in range(first, end):
                alone.append(number)
                if _is_paragraph(lines[number].text):
                    stretches.append(_folded(lines[number]))
                    ranges.append((number, number + 1))
        elif length >= _PARAGRAPH:
            stretches.append(fold(doc.text[lines[first].start : lines[end - 1].end]))
            ranges.append((first, end))
        first = end
    fits: dict[int, list[Rule]] = {}
    for at, rules in doc.rules.match_paragraphs(stretches).items():
        fits.update(dict.fromkeys(range(*ranges[at]), rules))
    whole = doc.rules.match_lines([lines[number].key for number in alone])
    whole |= _rows(doc, {lines[number].key for number in alone} - whole.keys())
    for number in alone:
        key = lines[number].key
        if key in whole:
            fits[number] = fits.get(number, []) + whole[key]
    return replace(doc, hits={number: tuple(fits[number]) for number in sorted(fits)})


def _rows(doc: Document, keys: Iterable[str]) -> dict[str, list[Rule]]:
    """Rows of which every label is a line of some rule's: those that fit the first one fit them."""
    rows = {
        key: [fold(part) for part in parts]
        for key in keys
        if len(key) <= _ROW and len(parts := _JOINT.split(key)) > 1
    }
    fits = doc.rules.match_lines({part for parts in rows.values() for part in parts})
    return {key: fits[parts[0]] for key, parts in rows.items() if all(p in fits for p in parts)}


def _is_paragraph(text: str) -> bool:
    return len(text) >= (_PARAGRAPH if text.isascii() else _DENSE_PARAGRAPH)


def _folded(line: Line) -> str:
    return line.key if len(line.text) <= FOLDED else fold(line.text)
