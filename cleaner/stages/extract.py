"""Fields: title, source, authors, date, tags, from the text and from what a page states of itself.

Nothing is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.fields.collect import Finds
from cleaner.fields.header import Header, below, propose_header
from cleaner.fields.headline import words_of
from cleaner.fields.shown import find_shown
from cleaner.fields.title import find_title, running_text
from cleaner.fold import fold

if TYPE_CHECKING:
    from cleaner.html.page import Page


def extract(doc: Document) -> Document:
    """Propose the fields, and what repeats or announces them; find ``title`` and ``values``."""
    seen = below(doc, doc.header) if doc.header is not None else doc
    prose = running_text(seen)
    finds = Finds(seen)
    title = None
    if doc.header is not None:
        _below_header(finds, doc.header, prose)
    elif doc.page is None:
        title = find_title(doc, prose)
        find_shown(finds, title, prose)
    else:
        _from_page(finds, doc.page, prose)
    return replace(
        doc.propose(finds.proposals),
        title=title,
        values=doc.values + finds.values(),
        stated=doc.stated + tuple(finds.stated),
    )


def _below_header(finds: Finds, header: Header, prose: Sequence[int]) -> None:
    """What a header says goes before what the text below it shows."""
    propose_header(finds, header)
    stated, published = finds.get("title"), finds.get("published")
    title = find_title(finds.doc, prose)
    if stated is not None and title is not None:
        shown = finds.plain(title.start, title.end)
        title = title if _alike(shown, stated) else None
    find_shown(finds, title, prose)
    if published is not None:
        finds.set("published", published)


def _alike(one: str, other: str) -> bool:
    """Whether two titles share most of their words."""
    words, others = words_of(fold(one)), words_of(fold(other))
    return 2 * len(words & others) >= max(1, min(len(words), len(others)))


def _from_page(finds: Finds, page: Page, prose: Sequence[int]) -> None:
    """What the page states goes first where it is surer than what its text shows."""
    # Only pages state anything beside their text: texts need none of this.
    from cleaner.fields.stated import Stated, domain_of
    from cleaner.fields.stated_authors import bylines, shows, stated_authors
    from cleaner.fields.stated_date import shown_date, stated_date
    from cleaner.fields.stated_title import stated_title

    stated = Stated(finds.doc, page)
    title = stated_title(stated)
    shown_title = title.shown if title is not None else None
    find_shown(finds, shown_title, prose)
    if title is not None and shown_title is None:
        finds.state("title", [title.value], title.origin)

    finds.keep("authors", lambda name: shows(stated, name))
    authors = stated_authors(stated, ("json-ld",))
    # Whom the page does not name to its readers is not its author to them.
    if finds.has("authors") and not any(a.value in finds.doc.text for a in authors):
        authors = []
    if not authors and not finds.has("authors"):
        authors = stated_authors(stated) or bylines(stated, prose)
    if authors:
        finds.state("authors", [a.value for a in authors], authors[0].origin)

    found = finds.get("published")
    day = date.fromisoformat(found) if found else None
    published = stated_date(stated, day, updated=finds.updated) or shown_date(
        stated, shown_title, prose
    )
    if published is None:
        finds.unset("published")
    elif published.value != found:
        finds.state("published", [published.value], published.origin)

    url, source, tags = stated.url(), stated.source(), stated.tags()
    if url is not None:
        finds.state("url", [url.value], url.origin)
    if source is not None:
        finds.state("source", [source.value], source.origin)
    elif url is not None and not finds.has("source"):
        finds.state("source", [domain_of(url.value)], url.origin)
    if tags and not finds.has("tags"):
        finds.state("tags", [t.value for t in tags], tags[0].origin)
