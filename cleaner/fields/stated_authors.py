"""The authors that a page states, and those that it marks up in its text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from cleaner.fields.byline import BYLINE_CHARS, read_byline
from cleaner.fields.dates import find_dates
from cleaner.fields.names import (
    has_first_name,
    is_byline_name,
    is_institution,
    is_person,
    split_names,
)
from cleaner.fields.page import main_prose
from cleaner.fields.stated import Named, Stated, domain_of, squeezed

_AUTHORS = ("json-ld", "opengraph", "microdata", "meta", "rel", "json-ld-page")
_MOST_AUTHORS = 3
"""More names that are marked up as the author's, each by itself, are those of teasers."""
_LISTED = frozenset(("microdata", "rel"))
_NO_AUTHOR = frozenset(
    "admin administrator editor editors staff unknown guest webmaster author anonymous root user"
    " news redaktion redaction redacción editorial team none null by contributor moderator"
    " undefined staff-writer super-user superuser support default".split()
)
_AUTHOR = re.compile(
    r"(?:^|[^a-z])(?:authors?|byline|writer|written|posted-?by|creator|vcard|to-author|autor|auteur"
    r"|verfasser|forfatter|författare|skribent|toimittaja|yazar|penulis)"
)
_OTHERS = re.compile(
    r"comment|relat|recommend|teaser|sidebar|widget-area|foot"
    r"|(?:^|[^a-z])(?:nav|menu|card|popular|latest)"
)
_ELSE = re.compile(r"comment|relat|recommend|teaser")
"""Class words of elements in which somebody else's author stands: at most, and for sure."""
_OWN = 4
_INTO = 3
"""Lines into the text in which its author may stand."""
_TEAM = re.compile(r"\S\s+(?:team|staff|editors|redaktion|newsroom)$", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|di|door|af|av)\s+", re.IGNORECASE)
_MOST_STATED = 50
"""Statements of one origin beyond which no more are looked at."""


def stated_authors(stated: Stated, origins: Sequence[str] = _AUTHORS) -> list[Named]:
    """The authors by the first origin that states any."""
    for origin in origins:
        found: dict[str, Named] = {}
        for value, _ in itertools.islice(stated.all("author", [origin]), _MOST_STATED):
            for name in _names(stated, value):
                if origin in _LISTED and not (is_byline_name(name) or is_institution(name)):
                    continue
                found.setdefault(squeezed(name), Named(name, origin))
        if origin in _LISTED and len(found) > _MOST_AUTHORS:
            continue
        if found:
            return list(found.values())
    return []


def bylines(stated: Stated, prose: Sequence[int]) -> list[Named]:
    """The authors that the page marks up as such above its text, or else right below it."""
    if not prose:
        return []
    first = main_prose(stated.doc, prose)
    lines = stated.doc.lines
    for number in (*range(min(first + _INTO, len(lines))), *range(first + _INTO, len(lines))):
        above = number < first
        if _marked(stated, number) and (found := _byline(stated, lines[number].text, above)):
            return found
    return []


def _byline(stated: Stated, text: str, above: bool) -> list[Named]:
    """The names in a line that is marked up as the author's; above the text any will do."""
    dates = find_dates(text)
    text = text[: dates[0].start] if dates and dates[0].start else text
    return [
        Named(name, "text")
        for part in read_byline(text.rstrip(" |·•-–—,"), "author")
        if part.role == "name" and not part.label
        if _is_whole(name := text[part.start : part.end]) or (above and is_byline_name(name))
        if is_author(stated, name)
    ]


def shows(stated: Stated, name: str) -> bool:
    """Whether a name that the text shows as an author's is one, and not the outlet's."""
    # Some pages name themselves where others name an author.
    outlet = squeezed(name) in stated.edges and len(name.split()) > 1 and not has_first_name(name)
    return not outlet and is_author(stated, name) and _stands(stated, name)


def _stands(stated: Stated, name: str) -> bool:
    """Whether a name stands somewhere else than in comments, teasers and the like."""
    return any(
        name in line.text and not any(_ELSE.search(e.names.lower()) for e in stated.around(number))
        for number, line in enumerate(stated.doc.lines)
    )


def _elsewhere(stated: Stated, number: int) -> bool:
    return any(_OTHERS.search(e.names.lower()) for e in stated.around(number))


def _marked(stated: Stated, number: int) -> bool:
    """Whether a line's element is called an author's, and nothing around it anything else."""
    line = stated.doc.lines[number]
    if line.prose or len(line.text) > BYLINE_CHARS:
        return False
    own = itertools.islice(stated.around(number), _OWN)
    marked = any(_AUTHOR.search(e.names.lower()) for e in own)
    return marked and not _elsewhere(stated, number)


def _names(stated: Stated, value: str) -> Iterator[str]:
    value = _BY.sub("", value.strip(), count=1) if _BY.match(value.strip()) else value.strip()
    if "://" in value or "@" in value or value.startswith("/"):
        return
    # "Department for Rivers and Roads" is one.
    split = split_names(value, 0) if not is_institution(value.split(",")[0]) else None
    if split is None and is_person(value.split(",")[0].strip()):
        value = value.split(",")[0].strip()
    for name in [value[a:b] for a, b in split[0]] if split is not None else [value]:
        if is_author(stated, name):
            yield name


def is_author(stated: Stated, name: str, *, shown: bool = True) -> bool:
    """Whether a name can be a person's rather than the site's, an account's, a widget's.

    Args:
        name: the name.
        shown: whether the page shows it, or its metadata alone.
    """
    plain = squeezed(name)
    if len(plain) < 2 or len(name) > 60 or len(name.split()) > 6:
        return False
    if name.lower().strip(". ").replace(" ", "-") in _NO_AUTHOR or plain.isdecimal():
        return False
    # A site may be called after its author.
    if _TEAM.search(name) or (is_person(name) and has_first_name(name)):
        return True
    host = _host(stated)
    if plain in (squeezed(host), squeezed(host.split(".")[0])) or plain in stated.sites:
        return False
    return shown or not any(
        len(site) > 4 and (site in plain or plain in site) for site in stated.sites
    )


def _host(stated: Stated) -> str:
    url = stated.url()
    return domain_of(url.value) if url is not None else ""


def _is_whole(name: str) -> bool:
    """Whether a name by itself reads as a person's or a newsroom's."""
    return is_person(name) or has_first_name(name) or _TEAM.search(name) is not None
