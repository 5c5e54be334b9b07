"""What a page's own metadata says of the article, cross-checked against what the page shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.document import Document
from cleaner.fields.dates import find_dates
from cleaner.fields.headline import splits
from cleaner.fields.names import split_names
from cleaner.fields.title import Title, stretch_of
from cleaner.fold import fold
from cleaner.html.page import Page
from cleaner.normalise import normalise

_TITLES = ("json-ld", "opengraph", "microdata", "meta")
_AUTHORS = ("json-ld", "opengraph", "microdata", "meta", "rel", "json-ld-page")
_DATES = ("json-ld", "opengraph", "microdata", "meta", "json-ld-page", "time")
_SOURCES = ("opengraph", "json-ld", "json-ld-page", "json-ld-site", "meta")
_ALIKE = 0.35
"""From this likeness on, the first heading is the page's title in other words."""
_MOST_AUTHORS = 3
"""More names that are marked up as the author's, each by itself, are those of teasers."""
_LISTED = frozenset(("microdata", "rel"))
_NO_AUTHOR = frozenset(
    "admin administrator editor editors staff unknown guest webmaster author anonymous root user"
    " news redaktion redaction redacción editorial team none null by contributor moderator"
    " super-user superuser support default".split()
)
_BY = re.compile(r"(?:by|von|par|por|di|door|af|av)\s+", re.IGNORECASE)
_ISO = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_WORD = re.compile(r"\w+")


class Named(NamedTuple):
    """A value and where it stands."""

    value: str
    origin: str


class PageTitle(NamedTuple):
    """The article's title, where it stands, and the line that shows it."""

    value: str
    origin: str
    shown: Title | None


class Stated:
    """The statements of a page, read for the article that it shows."""

    def __init__(self, doc: Document, page: Page) -> None:
        self.doc, self.page = doc, page
        self._by: dict[tuple[str, str], list[str]] = {}
        for s in page.metadata:
            value = " ".join(normalise(s.value).split())
            if value:
                self._by.setdefault((s.name, s.origin), []).append(value)
        self.sites = {
            _squeezed(v)
            for (name, _), values in self._by.items()
            if name == "source"
            for v in values
        }

    def all(self, name: str, origins: Iterable[str]) -> Iterator[Named]:
        """What is stated of a field, in the order of the origins."""
        for origin in origins:
            for value in self._by.get((name, origin), ()):
                yield Named(value, origin)

    def first(self, name: str, origins: Iterable[str]) -> Named | None:
        """What is stated first."""
        return next(self.all(name, origins), None)

    # Title

    def title(self) -> PageTitle | None:
        """The title: the first heading where the metadata agrees with it, else the metadata's."""
        stated = [s for s in self.all("title", _TITLES) if _squeezed(s.value) not in self.sites]
        page_title = self.first("page-title", ("title",))
        named = [*stated, *([page_title] if page_title is not None else [])]
        bags = [Counter(_words(v)) for s in named for v in _variants(s.value)]
        keys = {tuple(_words(v)) for s in named for v in _variants(s.value)}
        heads = self._headings("h1")
        best: tuple[float, int] | None = None
        for number in heads:
            own = Counter(_words(self.doc.lines[number].text))
            near = max((_likeness(own, bag) for bag in bags), default=0.0)
            if best is None or near > best[0]:
                best = (near, number)
        if best is not None and (best[0] >= _ALIKE or not bags):
            return self._heading(best[1])
        for number in self._headings("h2"):
            words = tuple(_words(self.doc.lines[number].text))
            if len(words) > 2 and words in keys:
                return self._heading(number)
        if not named:
            return None
        name = named[0]
        value = self._without_site(name.value)
        return PageTitle(value, name.origin, self._shown(value)) if value else None

    def _headings(self, tag: str) -> list[int]:
        """The lines of headings of a level that do not name the site."""
        elements, rows = self.page.elements, self.page.rows
        found: list[int] = []
        for number, line in enumerate(self.doc.lines):
            at = rows[line.block].element
            # A heading may hold a link or a block more.
            for _ in range(3):
                if at < 0 or elements[at].tag == tag:
                    break
                at = elements[at].parent
            if at >= 0 and elements[at].tag == tag and _squeezed(line.text) not in self.sites:
                found.append(number)
        return found

    def _heading(self, number: int) -> PageTitle:
        line = self.doc.lines[number]
        start, end = stretch_of(line)
        value = " ".join(normalise(self.doc.text[start:end]).split())
        return PageTitle(value, "text", Title(number, start, end))

    def _shown(self, value: str) -> Title | None:
        """The first line that says the title and nothing else."""
        key = fold(value)
        for number, line in enumerate(self.doc.lines):
            if line.key == key and number not in self.doc.hits:
                return Title(number, *stretch_of(line))
        return None

    def _without_site(self, title: str) -> str:
        """A page's title without the outlet's name at its end, or its start."""
        for left, right in reversed(splits(title)):
            before, after = title[:left], title[right:]
            short = len(before.split()) >= 3 and len(after.split()) <= 4 < len(before)
            if _squeezed(after) in self.sites or (short and len(before) > len(after)):
                title = before
            elif _squeezed(before) in self.sites:
                title = after
                break
        return title.strip()

    # Authors

    def authors(self, origins: Sequence[str] = _AUTHORS) -> list[Named]:
        """The authors by the first origin that states any."""
        for origin in origins:
            found: dict[str, Named] = {}
            for _, value in zip(range(50), self._by.get(("author", origin), ()), strict=False):
                for name in self._names(value):
                    found.setdefault(_squeezed(name), Named(name, origin))
            if origin in _LISTED and len(found) > _MOST_AUTHORS:
                continue
            if found:
                return list(found.values())
        return []

    def _names(self, value: str) -> Iterator[str]:
        value = _BY.sub("", value.strip(), count=1) if _BY.match(value.strip()) else value.strip()
        if "://" in value or "@" in value or value.startswith("/"):
            return
        split = split_names(value, 0)
        for name in [value[a:b] for a, b in split[0]] if split is not None else [value]:
            if self.is_author(name):
                yield name

    def is_author(self, name: str) -> bool:
        """Whether a name can be a person's rather than the site's, an account's, a widget's."""
        plain = _squeezed(name)
        if len(plain) < 2 or len(name) > 60 or len(name.split()) > 6:
            return False
        if name.lower().strip(". ") in _NO_AUTHOR or plain in self.sites or plain == self._domain():
            return False
        if any(len(site) > 4 and (site in plain or plain in site) for site in self.sites):
            return False
        return len(name.split()) > 1 or not (name.islower() or any(map(str.isdigit, name)))

    def _domain(self) -> str:
        url = self.url()
        host = urlsplit(url.value).hostname if url is not None else None
        return _squeezed((host or "").removeprefix("www.").split(".")[0])

    # Date

    def published(self, shown: date | None, *, updated: bool) -> Named | None:
        """The date of publication: the one shown to readers, else the one stated.

        Args:
            shown: the date in the visible byline.
            updated: whether it is announced there as that of an update.
        """
        stated = [(day, s.origin) for s in self.all("published", _DATES) if (day := _day(s.value))]
        others = [_day(s.value) for s in self.all("modified", ("json-ld",))]
        times = [_day(s.value) for s in self.all("time", ("time",))]
        known = {day for day, _ in stated} | {d for d in (*others, *times) if d is not None}
        if shown is not None and known and shown > max(known) + timedelta(days=1):
            shown = None
        if shown is not None and not (updated and stated):
            return Named(shown.isoformat(), "text")
        if stated:
            return Named(stated[0][0].isoformat(), stated[0][1])
        # A page without a word on it may still date itself once.
        single = {d for d in times if d is not None}
        if len(single) == 1:
            return Named(single.pop().isoformat(), "time")
        return None

    # What is left

    def url(self) -> Named | None:
        """The page's own address."""
        for found in self.all("url", ("link", "opengraph", "json-ld", "json-ld-page")):
            if urlsplit(found.value).scheme in ("http", "https"):
                return found
        return None

    def source(self) -> Named | None:
        """The outlet's name."""
        for found in self.all("source", _SOURCES):
            if len(found.value) <= 80:
                return found
        return None

    def tags(self) -> list[Named]:
        """The topics that the page is filed under."""
        for origin in ("opengraph", "json-ld", "meta"):
            found: dict[str, Named] = {}
            values = [*self._by.get(("tag", origin), ())]
            for value in self._by.get(("tags", origin), ()):
                values += value.split(",")
            for value in values:
                plain = value.strip()
                if 0 < len(plain) <= 60:
                    found.setdefault(plain.casefold(), Named(plain, origin))
            if found:
                return list(found.values())[:50]
        return []


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _variants(title: str) -> Iterator[str]:
    """The stretches of a page's title between the signs that join headline and outlet."""
    cuts = splits(title)
    lefts = [0, *(right for _, right in cuts)]
    rights = [*(left for left, _ in cuts), len(title)]
    return (title[a:b] for a in lefts for b in rights if a < b)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Twice the words in common, over the words of both."""
    both = sum((one & other).values())
    return 2 * both / max(1, one.total() + other.total())


def _day(text: str) -> date | None:
    """The calendar date in a statement, as it is written there."""
    match = _ISO.match(text)
    if match is not None:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    found = find_dates(text[:80])
    return found[0].day if found else None
