"""What a page's own metadata says of the article: where statements are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.document import Document
from cleaner.fields.headline import splits
from cleaner.html.page import Element, Page
from cleaner.normalise import normalise

_SOURCES = ("opengraph", "json-ld", "json-ld-page", "json-ld-site", "meta")
_AROUND = 8
"""Elements around a line whose names are looked at."""
_WORD = re.compile(r"\w+")


class Named(NamedTuple):
    """A value and where it stands."""

    value: str
    origin: str


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
            squeezed(v)
            for (name, _), values in self._by.items()
            if name == "source"
            for v in values
        }
        self.edges = {
            squeezed(v)
            for title in self._by.get(("page-title", "title"), ())
            for cuts in [splits(title)]
            if cuts
            for v in (title[: cuts[0][0]], title[cuts[-1][1] :])
        }
        """The first and the last part of the page's title, where outlets put their name."""

    def all(self, name: str, origins: Iterable[str]) -> Iterator[Named]:
        """What is stated of a field, in the order of the origins."""
        for origin in origins:
            for value in self._by.get((name, origin), ()):
                yield Named(value, origin)

    def first(self, name: str, origins: Iterable[str]) -> Named | None:
        """What is stated first."""
        return next(self.all(name, origins), None)

    def around(self, number: int) -> Iterator[Element]:
        """The elements around a line, innermost first."""
        at = self.page.rows[self.doc.lines[number].block].element
        for _ in range(_AROUND):
            if at < 0:
                return
            yield self.page.elements[at]
            at = self.page.elements[at].parent

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


def squeezed(text: str) -> str:
    """The letters and digits of a name, for comparing names."""
    return "".join(_WORD.findall(text.lower()))


def domain_of(url: str) -> str:
    """The host of an address, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
