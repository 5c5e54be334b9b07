"""Which line is the title: by the page's own title, by repetition, and by where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Document, Line
from cleaner.fields.byline import is_dateline
from cleaner.fields.headline import (
    is_generic,
    is_headline,
    is_outlet,
    is_site_name,
    splits,
    words_of,
)
from cleaner.fields.page import Page, variants_of
from cleaner.shape import ends_sentence, is_dense, is_sentence

_PAGE = 4
"""Lines above the first prose from which a text is a page rather than an article alone."""
_LEAST = 4.0
"""The least score of a headline other than the first line."""
_ALIKE = 0.35
"""From this likeness on, the page's own title is the headline in other words."""
_SAME = 0.75
"""From this likeness on, it says nothing else, and one of the two is a repetition."""
_LEAD_WORDS = 24
_SHORT = 2_500
"""Shorter texts, in code points, have hardly more than one section."""
_READ = 60_000
"""Code points that are searched for a title's words."""
_INNER_SENTENCE = re.compile(r"[a-z][.!?] +[A-Z].{0,200}[.!?]$")


class Title(NamedTuple):
    """A title found.

    Attributes:
        line: the number of the line that stands above the article.
        start, end: the stretch of the text layer that states the title first.
        site: the stretch of the first line that names the outlet, or None.
        page: the first line, where it is the page's own title and says the same, or None.
        sure: the page's own title says it too, or the outlet's name stands beside it.
    """

    line: int
    start: int
    end: int
    site: tuple[int, int] | None = None
    page: tuple[int, int] | None = None
    sure: bool = False


def find_title(doc: Document, prose: Sequence[int]) -> Title | None:
    """The title of the article, or None where the text states none.

    Args:
        doc: the document, with lines and hits.
        prose: the numbers of the lines of running text, in order.
    """
    top = first_line(doc)
    if top is None or not prose:
        return None
    page = Page(doc, top, prose)
    best: tuple[float, int] | None = None
    if page.start - top >= _PAGE or _repeats(page):
        best = page.best()
    if best is None or best[1] == top:
        return _alone(doc, top, prose)
    if best[0] < _LEAST:
        return None
    return _stated(page, best[1])


def first_line(doc: Document) -> int | None:
    """The first line with letters that is no widget."""
    for number, line in enumerate(doc.lines[:12]):
        if number not in doc.hits and any(map(str.isalpha, line.text)):
            return number
    return None


def running_text(doc: Document) -> list[int]:
    """The numbers of the lines of running text; a long headline with commas in it is none."""
    top = first_line(doc)
    keys = frozenset(v.key for v in variants_of(doc.lines[top].text)) if top is not None else ()
    prose = [
        n
        for n, line in enumerate(doc.lines)
        if line.prose
        and n not in doc.hits
        and not (line.key in keys and is_headline(line.text, line.kind))
        and not _is_long_headline(line)
    ]
    # A text of short paragraphs alone.
    return prose or [
        n for n, line in enumerate(doc.lines) if n not in doc.hits and is_sentence(line.text)
    ]


def _is_long_headline(line: Line) -> bool:
    return (
        len(line.text) < 180
        and line.text[-1].isalnum()
        and ". " not in line.text
        and line.kind in ("paragraph", "heading")
    )


def stretch_of(line: Line) -> tuple[int, int]:
    """Where a line's words start and end, without the marks of a Markdown heading."""
    left = len(line.text) - len(line.text.lstrip("#*_ \t"))
    right = len(line.text.rstrip("#*_ \t"))
    return line.start + left, line.start + max(left, right)


def _repeats(page: Page) -> bool:
    first = page.doc.lines[page.top]
    keys = {
        v.key
        for v in page.variants
        if len(v.words) > 2 and is_headline(first.text[v.start : v.end], first.kind)
    }
    return any(line.key in keys for line in page.doc.lines[page.top + 1 : page.top + 60])


def _stated(page: Page, number: int) -> Title:
    """The title that a line states: in the first line where that says the same."""
    line, first = page.doc.lines[number], page.doc.lines[page.top]
    start, end = stretch_of(line)
    for v in page.variants:
        if v.key == line.key and not v.edge:
            start, end = first.start + v.start, first.start + v.end
            site, whole = _site(page, v.start, v.end), (first.start, first.end)
            return Title(number, start, end, site, whole, sure=True)
    words = words_of(line.key)
    near, v = max(
        ((2 * len(words & v.words) / (len(words) + len(v.words)), v) for v in page.variants),
        key=lambda found: found[0],
    )
    if near < _ALIKE or v.edge:
        return Title(number, start, end)
    said = (first.start, first.end) if near >= _SAME else None
    return Title(number, start, end, _site(page, v.start, v.end), said, sure=True)


def _site(page: Page, left: int, right: int) -> tuple[int, int] | None:
    """The last part of the page's title that is not the headline; else the first."""
    line = page.doc.lines[page.top]
    text = line.text
    cuts = splits(text)
    after = [cut for cut in cuts if cut[0] >= right]
    before = [cut for cut in cuts if cut[1] <= left]
    if after:
        cut = after[-1]
        if _is_site(page.doc, page.top, text[slice(*cut)], text[cut[1] :]):
            return line.start + cut[1], line.end
    elif before:
        cut = before[0]
        if _is_site(page.doc, page.top, text[slice(*cut)], text[: cut[0]]):
            return line.start, line.start + cut[0]
    return None


def _is_site(doc: Document, top: int, joint: str, name: str) -> bool:
    """Whether a part of the page's title is the outlet's name rather than more of the headline."""
    if not is_site_name(name):
        return False
    if is_outlet(name):
        return True
    if joint.strip() == ":" and joint[:1] == ":":
        return False
    words = len(name.split())
    if "|" in joint and words <= 4:
        return True
    # An outlet names itself elsewhere on its page: beside its copyright, in its menu.
    return words <= 6 and doc.text.find(name, doc.lines[top].end) >= 0


def _alone(doc: Document, top: int, prose: Sequence[int]) -> Title | None:
    """The first line, where it looks like a title and the article follows."""
    line = doc.lines[top]
    cut = _outlet_cut(doc, top)
    if not _may_lead(doc, top, cut):
        return None
    start, end = stretch_of(line)
    if cut is not None:
        return Title(top, start, line.start + cut[0], (line.start + cut[1], end), sure=True)
    if prose[0] - top >= _PAGE:
        # What is left of a menu is short, or stands there again.
        if len(line.text.split()) < 4 and not is_dense(line.text):
            return None
        if any(other.key == line.key for other in doc.lines[top + 1 :]):
            return None
    following = top + 1
    # Two such lines on end: without the first, the second would pass for the title.
    if prose[0] - top < _PAGE and following not in doc.hits and _may_lead(doc, following, None):
        return None
    return Title(top, start, end)


def _may_lead(doc: Document, top: int, cut: tuple[int, int] | None) -> bool:
    lines = doc.lines
    line = lines[top]
    if top + 1 >= len(lines) or not is_headline(line.text, line.kind) or is_generic(line.text):
        return False
    words = line.text.split()
    if len(words) > _LEAD_WORDS or line.text.startswith("##") or line.kind == "list_item":
        return False
    # The first sentence of a paragraph, or a heading run into it, is no title.
    if line.block == lines[top + 1].block or _same_row(doc, top):
        return False
    if ends_sentence(line.text) and (len(words) > 14 or len(words) < 3):
        return False
    if is_dateline(line.text) or is_outlet(line.text) or _INNER_SENTENCE.search(line.text):
        return False
    return cut is not None or _runs_through(doc, top)


def _same_row(doc: Document, number: int) -> bool:
    """Whether no line break of any sort parts the line from the next."""
    between = doc.text[doc.lines[number].end : doc.lines[number + 1].start]
    return len(f"x{between}x".splitlines()) == 1


def _runs_through(doc: Document, top: int) -> bool:
    """Whether the article speaks of the line's words later on, not in its first section alone."""
    line = doc.lines[top]
    words = words_of(line.key)
    if is_dense(line.text):
        return True
    if len(line.text.split()) < 2:
        return False
    if len(doc.text) < _SHORT:
        return True
    rest = doc.text[line.end + (len(doc.text) - line.end) // 3 :][:_READ].lower()
    return 4 * sum(word in rest for word in words) >= len(words)


def _outlet_cut(doc: Document, top: int) -> tuple[int, int] | None:
    """Where the first line's headline ends and its outlet's name starts."""
    text = doc.lines[top].text
    cuts = splits(text)
    if not cuts or len(text) > 400:
        return None
    left, right = cuts[-1]
    if len(text[:left].split()) < 3 or not _is_site(doc, top, text[left:right], text[right:]):
        return None
    return left, right
