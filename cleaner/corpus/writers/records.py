"""An article as it is written: the bytes of its record in each format."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from cleaner.article import Article, Field
from cleaner.corpus.entry import Entry
from cleaner.corpus.writers.destination import Format
from cleaner.output import encode

CONTAINER = "container"
"""Where a field was found that only the record states that the article stood in."""
_LONGEST = 2_048


def with_container(article: Article, entry: Entry, keys: Collection[str] | None) -> Article:
    """The article with what its container says of it.

    The address that a container states counts where the article states none; so does its domain
    as the source.

    Args:
        article: the article.
        entry: what it was made of.
        keys: what is carried; None for all there is.
    """
    fields: list[Field] = []
    url, source = article.url, article.source
    if url is None and entry.url is not None and (host := _host(entry.url)):
        url = entry.url
        fields.append(Field("url", CONTAINER, None, None))
        if source is None:
            source = host
            fields.append(Field("source", CONTAINER, None, None))
    carried = _carried(entry, keys)
    if not fields and not carried:
        return article
    return replace(
        article, url=url, source=source, fields=(*fields, *article.fields), carried=carried
    )


def _host(url: str) -> str:
    """The domain of an address, without "www."; nothing where it is none."""
    if len(url) > _LONGEST or not url.isprintable() or " " in url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in ("http", "https") else ""


def _carried(entry: Entry, keys: Collection[str] | None) -> dict[str, Any]:
    """What else stood in an entry's record; what a container states by itself comes first."""
    stated = {"url": entry.url, "date": entry.date}
    found = {k: v for k, v in stated.items() if v is not None and k not in entry.carried}
    found |= entry.carried
    return found if keys is None else {k: v for k, v in found.items() if k in keys}


def record_of(article: Article, entry: Entry, form: Format, indent: int | None) -> bytes:
    """What is written of an article.

    Args:
        article: the article.
        entry: what it was made of.
        form: what is wanted of it.
        indent: of JSON; None for one line.
    """
    if form == "json":
        return encode(article, indent)
    if form == "dolma":
        from cleaner.corpus.writers.dolma import dolma_line
        from cleaner.layer import layer_of

        # A date among what is carried may be anything; one that is not is a web archive's.
        added = entry.date if "date" not in entry.carried else None
        return dolma_line(article, layer_of(article, entry.data or b""), added)
    if form == "markdown":
        from cleaner.corpus.writers.markdown import markdown

        return markdown(article).encode()
    return f"{article.body}\n".encode() if article.body else b""
