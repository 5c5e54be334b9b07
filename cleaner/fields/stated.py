"""What a page's own metadata says of the article, cross-checked against what the page shows."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.document import Document
from cleaner.fields.byline import BYLINE_CHARS, read_byline
from cleaner.fields.dates import find_dates, resolve
from cleaner.fields.headline import splits
from cleaner.fields.names import has_first_name, is_byline_name, is_person, split_names
from cleaner.fields.page import main_prose
from cleaner.fields.title import Title, stretch_of
from cleaner.fold import fold
from cleaner.html.page import Element, Page
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
    " undefined staff-writer super-user superuser support default".split()
)
_AUTHOR = re.compile(
    r"(?:^|[^a-z])(?:authors?|byline|writer|written|posted-?by|creator|vcard|to-author)"
)
_OTHERS = re.compile(
    r"comment|relat|recommend|teaser|sidebar|widget-area|foot"
    r"|(?:^|[^a-z])(?:nav|menu|card|popular|latest)"
)
_ELSE = re.compile(r"comment|relat|recommend|teaser")
"""Class words of elements in which somebody else's author stands: at most, and for sure."""
_OWN = 4
_AROUND = 8
"""Elements around a line whose names are looked at."""
_INTO = 3
"""Lines into the text in which its author may stand."""
_TEAM = re.compile(r"\S\s+(?:team|staff|editors|redaktion|newsroom)$", re.IGNORECASE)
_DATED = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_ABOVE = 12
_DATE_WORDS = 16
"""Lines above the text, and words in one of them, among which its date may stand."""
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
                    if origin in _LISTED and not is_byline_name(name):
                        continue
                    found.setdefault(_squeezed(name), Named(name, origin))
            if origin in _LISTED and len(found) > _MOST_AUTHORS:
                continue
            if found:
                return list(found.values())
        return []

    def bylines(self, prose: Sequence[int]) -> list[Named]:
        """The authors that the page marks up as such above its text, or else right below it."""
        if not prose:
            return []
        first = main_prose(self.doc, prose)
        lines = self.doc.lines
        for number in (*range(min(first + _INTO, len(lines))), *range(first + _INTO, len(lines))):
            above = number < first
            if self._marked(number) and (found := self._byline(lines[number].text, above)):
                return found
        return []

    def _byline(self, text: str, above: bool) -> list[Named]:
        """The names in a line that is marked up as the author's; above the text any will do."""
        dates = find_dates(text)
        text = text[: dates[0].start] if dates and dates[0].start else text
        return [
            Named(name, "text")
            for part in read_byline(text.rstrip(" |·•-–—,"), "author")
            if part.role == "name" and not part.label
            if _is_whole(name := text[part.start : part.end]) or (above and is_byline_name(name))
            if self.is_author(name)
        ]

    def stands(self, name: str) -> bool:
        """Whether a name stands somewhere else than in comments, teasers and the like."""
        return any(
            name in line.text
            and not any(_ELSE.search(e.names.lower()) for e in self._around(number))
            for number, line in enumerate(self.doc.lines)
        )

    def _elsewhere(self, number: int) -> bool:
        return any(_OTHERS.search(e.names.lower()) for e in self._around(number))

    def _around(self, number: int) -> Iterator[Element]:
        """The elements around a line, innermost first."""
        at = self.page.rows[self.doc.lines[number].block].element
        for _ in range(_AROUND):
            if at < 0:
                return
            yield self.page.elements[at]
            at = self.page.elements[at].parent

    def _marked(self, number: int) -> bool:
        """Whether a line's element is called an author's, and nothing around it anything else."""
        line = self.doc.lines[number]
        if line.prose or len(line.text) > BYLINE_CHARS:
            return False
        own = itertools.islice(self._around(number), _OWN)
        marked = any(_AUTHOR.search(e.names.lower()) for e in own)
        return marked and not self._elsewhere(number)

    def _names(self, value: str) -> Iterator[str]:
        value = _BY.sub("", value.strip(), count=1) if _BY.match(value.strip()) else value.strip()
        if "://" in value or "@" in value or value.startswith("/"):
            return
        split = split_names(value, 0)
        if split is None and is_person(value.split(",")[0].strip()):
            value = value.split(",")[0].strip()
        for name in [value[a:b] for a, b in split[0]] if split is not None else [value]:
            if self.is_author(name):
                yield name

    def is_author(self, name: str, *, shown: bool = True) -> bool:
        """Whether a name can be a person's rather than the site's, an account's, a widget's.

        Args:
            name: the name.
            shown: whether the page shows it, or its metadata alone.
        """
        plain = _squeezed(name)
        if len(plain) < 2 or len(name) > 60 or len(name.split()) > 6:
            return False
        if name.lower().strip(". ").replace(" ", "-") in _NO_AUTHOR or plain.isdecimal():
            return False
        # A site may be called after its author.
        if _TEAM.search(name) or (is_person(name) and has_first_name(name)):
            return True
        if plain == self._domain() or plain in self.sites:
            return False
        return shown or not any(
            len(site) > 4 and (site in plain or plain in site) for site in self.sites
        )

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
        url = self.url()
        match = _DATED.search(url.value) if url is not None else None
        day = _day(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match is not None else None
        return Named(day.isoformat(), url.origin) if day is not None and url is not None else None

    def shown_date(self, title: Title | None, prose: Sequence[int]) -> date | None:
        """The only date between title and text, in whatever words."""
        if not prose:
            return None
        start = main_prose(self.doc, prose)
        first = title.line if title is not None and title.line < start else max(0, start - _ABOVE)
        found = {
            day
            for line in self.doc.lines[first : start + 1]
            if len(line.text.split()) <= _DATE_WORDS
            for dated in find_dates(line.text)
            if (day := resolve(dated, self.day_first())) is not None
        }
        return found.pop() if len(found) == 1 else None

    def day_first(self) -> bool | None:
        """Whether the page's language writes the day of a date first."""
        stated = self.first("language", ("html", "opengraph", "json-ld"))
        tag = stated.value.lower().replace("_", "-") if stated is not None else ""
        if not tag or tag == "en":
            return None
        return tag not in ("en-us", "en-ph", "en-ca")

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


def _is_whole(name: str) -> bool:
    """Whether a name by itself reads as a person's or a newsroom's."""
    return is_person(name) or has_first_name(name) or _TEAM.search(name) is not None


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


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
