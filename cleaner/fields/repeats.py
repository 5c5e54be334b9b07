"""What the text says again of its title: whole lines, with or without the outlet's name."""

from __future__ import annotations

from cleaner.fields.collect import Finds
from cleaner.fields.headline import is_site_name, splits
from cleaner.fields.title import Title, stretch_of
from cleaner.fold import fold

_KEY_CHARS = 8
"""Shorter titles, in code points, may stand elsewhere for other reasons."""


def find_repeats(finds: Finds, title: Title) -> None:
    """Propose the later lines that repeat the title as removals."""
    doc = finds.doc
    key = fold(doc.text[title.start : title.end])
    if len(key) < 8:
        return
    if title.page is not None:
        finds.remove("duplicate.title", *title.page)
    for line in doc.lines:
        if line.start < title.end and line.end > title.start:
            continue
        if len(key) < _KEY_CHARS:
            break
        if line.key == key:
            finds.remove("duplicate.title", *stretch_of(line))
        elif line.key.startswith(key) and len(line.key) < len(key) + 60:
            for left, right in splits(line.text):
                if fold(line.text[:left]) == key and is_site_name(line.text[right:]):
                    finds.remove("duplicate.title", line.start, line.end)
                    break
