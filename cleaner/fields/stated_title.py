"""The title that a page states, and where it shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.fields.headline import splits
from cleaner.fields.stated import Stated, squeezed
from cleaner.fields.title import Title, stretch_of
from cleaner.fold import fold
from cleaner.normalise import normalise

_TITLES = ("json-ld", "opengraph", "microdata", "meta")
_ALIKE = 0.35
"""From this likeness on, the first heading is the page's title in other words."""
_MOSTLY = 0.5
"""The same of a lesser heading that has all of the title's words, and more."""
_OUTLET_FIRST = (":", "»", "›")
"""What joins a page's title of which the outlet's name is the first part."""
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
        return _heading(stated, _below_outlet(stated, best[1]))
    prose = next((n for n, line in enumerate(stated.doc.lines) if line.prose), 0)
    for number in _headings(stated, "h2"):
        words = tuple(_words(stated.doc.lines[number].text))
        if len(words) > 2 and words in keys:
            return _heading(stated, number)
        if number < prose and _says_more(Counter(words), bags):
            return _heading(stated, number)
    if not named:
        return None
    name = named[0]
    part = _part_shown(stated, name.value)
    if part is not None:
        return _heading(stated, part)
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


def _below_outlet(stated: Stated, number: int) -> int:
    """The lesser heading that says the rest of the page's title, where the first is a short part.

    That is how blogs have it: their own name is the first heading, and the article's the next.
    """
    own = stated.doc.lines[number].text
    page_title = stated.first("page-title", ("title",))
    if page_title is None or squeezed(own) not in stated.edges:
        return number
    for left, right in splits(page_title.value):
        joint, rest = page_title.value[left:right].strip(), page_title.value[right:]
        if joint not in _OUTLET_FIRST or squeezed(page_title.value[:left]) != squeezed(own):
            continue
        for below in (*_headings(stated, "h2"), *_headings(stated, "h3")):
            if squeezed(stated.doc.lines[below].text) == squeezed(rest):
                return below if len(rest) > len(own) else number
    return number


def _says_more(own: Counter[str], bags: Sequence[Counter[str]]) -> bool:
    """Whether a heading has all words of a title, and more."""
    return any(bag.total() > 1 and bag <= own and _likeness(own, bag) >= _MOSTLY for bag in bags)


def _part_shown(stated: Stated, title: str) -> int | None:
    """The line that says a part of the title and nothing else: the lower one, if both parts are.

    A page is headed by the name of its outlet, and further down by that of the article.
    """
    cuts = splits(title)
    parts = {fold(title[:left]) for left, _ in cuts} | {fold(title[right:]) for _, right in cuts}
    first: dict[str, int] = {}
    for number, line in enumerate(stated.doc.lines):
        if line.prose:
            break
        if (
            line.key in parts
            and len(line.key.split()) > 2
            and squeezed(line.text) not in stated.sites
            and number not in stated.doc.hits
        ):
            first.setdefault(line.key, number)
    return max(first.values(), default=None)


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
