"""Paragraphs whose lines a program broke at a width, joined again."""

from __future__ import annotations

import itertools

from cleaner.lines.rows import Row
from cleaner.shape import ends_sentence

_WIDTHS = range(30, 141)
"""Line widths, in code points, that hard-wrapped text has."""
_FEW = 3
_NARROW = 50
"""Of fewer than ``_FEW`` line breaks, all must fall inside a sentence, and lines be this long."""
_WIDEST = (98, 90, 80)
"""Percentiles of the lines' lengths that may be the width."""
_INSIDE, _BROKEN, _LONG = 0.15, 0.75, 0.05
"""Where only parts are wrapped: the least share of breaks that a small letter follows, and of those
that had to be; the greatest share of lines that are longer than any that was broken.
"""


def unwrapped(text: str, rows: list[Row]) -> list[Row]:
    """Hard-wrapped rows joined again, so that each is a block."""
    width = _wrap_width(rows)
    if width is None:
        return rows
    blocks: list[Row] = []
    last: Row | None = None
    for row in rows:
        if last is not None and _continues(last, row, width):
            blocks[-1].end = row.end
        else:
            blocks.append(row)
        last = row
    for block in blocks:
        if len(block.text) != block.end - block.start:
            block.text = text[block.start : block.end]
    return blocks


def _joinable(row: Row, following: Row) -> bool:
    """Whether ``following`` could be the rest of ``row``'s paragraph, by kind and place."""
    return (
        following.gap == 0
        and following.kind == "paragraph"
        and row.kind in ("paragraph", "list_item", "quote")
    )


def _overflows(row: Row, following: Row, width: int) -> bool:
    """Whether the first word of ``following`` had no room at the end of ``row``."""
    space = following.text.find(" ", 0, width)
    word = len(following.text) if space < 0 else space
    return len(row.text) + row.indent + 1 + word > width


def _wrap_width(rows: list[Row]) -> int | None:
    """The width at which a program broke the lines, or None where none did.

    Wrapped text shows it twice: a line ends where the next word had no room, and lines end in
    the middle of a sentence.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(rows) if not b.gap and _joinable(a, b)]
    if not pairs:
        return None
    widths = sorted(len(a.text) + a.indent for a, _ in pairs)
    width = widths[len(widths) * 98 // 100]
    if width not in _WIDTHS:
        return _width_of_parts(rows, pairs)
    full = sum(_overflows(a, b, width) for a, b in pairs)
    if full < 0.6 * len(pairs):
        return _width_of_parts(rows, pairs)
    middle = sum(not ends_sentence(a.text) for a, _ in pairs)
    lower = sum(b.text[0].islower() for _, b in pairs)
    even = sum(len(a.text) + a.indent > 0.75 * width for a, _ in pairs)
    if middle < 0.5 * len(pairs):
        return None
    if len(pairs) < _FEW:
        return width if lower == len(pairs) and width > _NARROW else None
    return width if lower > 0.3 * len(pairs) or even > 0.85 * len(pairs) else None


def _width_of_parts(rows: list[Row], pairs: list[tuple[Row, Row]]) -> int | None:
    """The same where many lines are short by themselves, as on a page that a text browser saved.

    What counts is the lines that go on with a small letter: nearly all of them had to be broken.
    """
    inside = [(a, b) for a, b in pairs if b.text[0].islower() and not ends_sentence(a.text)]
    if len(inside) < max(_FEW, _INSIDE * len(pairs)):
        return None
    widths = sorted(len(a.text) + a.indent for a, _ in inside)
    # What was never wrapped, such as code, may be wider than what was.
    for part in _WIDEST:
        width = widths[len(widths) * part // 100]
        if width in _WIDTHS and width > _NARROW:
            long = sum(len(row.text) > 1.2 * width for row in rows)
            broken = sum(_overflows(a, b, width) for a, b in inside)
            if broken >= _BROKEN * len(inside) and long <= _LONG * len(rows):
                return width
    return None


def _continues(row: Row, following: Row, width: int) -> bool:
    if not _joinable(row, following):
        return False
    if len(following.text) > 1.2 * width or len(row.text) > 1.2 * width:
        return False
    if _overflows(row, following, width):
        return True
    return following.text[0].islower() and not ends_sentence(row.text)
