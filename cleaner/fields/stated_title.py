"""The title that a page states, and where it shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.fields.headline import splits
from cleaner.fields.stated import Stated, squeezed
from cleaner.fields.title import Title, stretch_of
from cleaner.fold import fold
from cleaner.normalise import normalise

_TITLES = ("json-ld", "opengraph", "microdata", "meta")
_ALIKE = 0.35
"""From this likeness on, the first heading is the page's title in other words."""
_MOST_AUTHORS = 3
"""More names that are marked up as the author's, each by itself, are those of teasers."""
_WORD = re.compile(r"\w+")


class PageTitle(NamedTuple):
    """The article's title, where it stands, and the line that shows it."""

    value: str
    origin: str
    shown: Title | None


def stated_title(stated: Stated) -> PageTitle | None:
    """The title: the first heading where the metadata agrees with it, else the metadata's."""
    found = [s for s in stated.all("title", _TITLES) if squeezed(s.value) not in stated.sites]
    page_title = stated.first("page-title", ("title",))
    named = [*found, *([page_title] if page_title is not None else [])]
    bags = [Counter(_words(v)) for s in named for v in _variants(s.value)]
    keys = {tuple(_words(v)) for s in named for v in _variants(s.value)}
    heads = _headings(stated, "h1")
    best: tuple[float, int] | None = None
    for number in heads:
        own = Counter(_words(stated.doc.lines[number].text))
        near = max((_likeness(own, bag) for bag in bags), default=0.0)
        if best is None or near > best[0]:
            best = (near, number)
    if best is not None and (best[0] >= _ALIKE or not bags):
        return _heading(stated, best[1])
    for number in _headings(stated, "h2"):
        words = tuple(_words(stated.doc.lines[number].text))
        if len(words) > 2 and words in keys:
            return _heading(stated, number)
    if not named:
        return None
    name = named[0]
    value = _without_site(stated, name.value)
    return PageTitle(value, name.origin, _shown(stated, value)) if value else None


def _headings(stated: Stated, tag: str) -> list[int]:
    """The lines of headings of a level that do not name the site."""
    elements, rows = stated.page.elements, stated.page.rows
    found: list[int] = []
    for number, line in enumerate(stated.doc.lines):
        at = rows[line.block].element
        # A heading may hold a link or a block more.
        for _ in range(3):
            if at < 0 or elements[at].tag == tag:
                break
            at = elements[at].parent
        if at >= 0 and elements[at].tag == tag and squeezed(line.text) not in stated.sites:
            found.append(number)
    return found


def _heading(stated: Stated, number: int) -> PageTitle:
    line = stated.doc.lines[number]
    start, end = stretch_of(line)
    value = " ".join(normalise(stated.doc.text[start:end]).split())
    return PageTitle(value, "text", Title(number, start, end))


def _shown(stated: Stated, value: str) -> Title | None:
    """The first line that says the title and nothing else."""
    key = fold(value)
    for number, line in enumerate(stated.doc.lines):
        if line.key == key and number not in stated.doc.hits:
            return Title(number, *stretch_of(line))
    return None


def _without_site(stated: Stated, title: str) -> str:
    """A page's title without the outlet's name at its end, or its start."""
    for left, right in reversed(splits(title)):
        before, after = title[:left], title[right:]
        short = len(before.split()) >= 3 and len(after.split()) <= 4 < len(before)
        if squeezed(after) in stated.sites or (short and len(before) > len(after)):
            title = before
        elif squeezed(before) in stated.sites:
            title = after
            break
    return title.strip()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _variants(title: str) -> Iterator[str]:
    """The stretches of a page's title that may be the headline without the outlet's name.

    Signs join the two; the headline is the longest part, or has it in it.
    """
    cuts = splits(title)
    lefts = [0, *(right for _, right in cuts)]
    rights = [*(left for left, _ in cuts), len(title)]
    longest = max(zip(lefts, rights, strict=True), key=lambda part: part[1] - part[0])
    return (title[a:b] for a in lefts for b in rights if a <= longest[0] and longest[1] <= b)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Twice the words in common, over the words of both."""
    both = sum((one & other).values())
    return 2 * both / max(1, one.total() + other.total())
