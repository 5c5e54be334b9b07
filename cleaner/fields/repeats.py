"""What the text says again of its title: whole lines, with or without the outlet's name."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.fields.collect import Finds
from cleaner.fields.headline import is_site_name, splits
from cleaner.fields.title import Title, stretch_of
from cleaner.fold import fold
from cleaner.shape import is_dense

_KEY_CHARS = 8
_KEY_WORDS = 4
"""Shorter titles, in code points and words, may stand elsewhere for other reasons."""
_BEGUN = 2
"""So many paragraphs above a repetition show that it is a heading of the text."""


def find_repeats(finds: Finds, title: Title, prose: Sequence[int]) -> None:
    """Propose the other lines that repeat the title, above and below the article, as removals."""
    doc = finds.doc
    key = fold(doc.text[title.start : title.end])
    if len(key) < _KEY_CHARS or (len(key.split()) < _KEY_WORDS and not is_dense(key)):
        return
    if title.page is not None:
        finds.remove("duplicate.title", *title.page)
    inside = _article(finds, title, prose)
    for number, line in enumerate(doc.lines):
        if number in inside or (line.start < title.end and line.end > title.start):
            continue
        if line.key == key:
            finds.remove("duplicate.title", *stretch_of(line))
        elif line.key.startswith(key) and len(line.key) < len(key) + 60:
            for left, right in splits(line.text):
                if fold(line.text[:left]) == key and is_site_name(line.text[right:]):
                    finds.remove("duplicate.title", line.start, line.end)
                    break


def _article(finds: Finds, title: Title, prose: Sequence[int]) -> range:
    """The lines between the start and the end of the article's text, where nothing is repeated.

    It starts below the title line at the latest, or when so much text has gone by that the
    repetition is the heading of a section.
    """
    below = [n for n in prose if finds.doc.lines[n].start > title.end]
    starts = [n for n in prose if n > title.line][:1] + below[_BEGUN : _BEGUN + 1]
    return range(min(starts), prose[-1]) if starts else range(0)
