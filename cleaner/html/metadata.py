"""What a page says of itself besides its text: JSON-LD, OpenGraph, microdata, meta tags, <time>.

Nothing is decided here: every statement is kept, with where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.html.jsonld import json_ld
from cleaner.html.page import Statement, Where

_META: dict[str, tuple[str, Where]] = {
    "og:title": ("title", "opengraph"),
    "og:site_name": ("source", "opengraph"),
    "og:url": ("url", "opengraph"),
    "og:locale": ("language", "opengraph"),
    "article:author": ("author", "opengraph"),
    "article:published_time": ("published", "opengraph"),
    "article:tag": ("tag", "opengraph"),
    "twitter:title": ("title", "meta"),
    "title": ("title", "meta"),
    "headline": ("title", "meta"),
    "dc.title": ("title", "meta"),
    "dcterms.title": ("title", "meta"),
    "citation_title": ("title", "meta"),
    "parsely-title": ("title", "meta"),
    "sailthru.title": ("title", "meta"),
    "author": ("author", "meta"),
    "byl": ("author", "meta"),
    "dc.creator": ("author", "meta"),
    "dcterms.creator": ("author", "meta"),
    "dc.author": ("author", "meta"),
    "article.author": ("author", "meta"),
    "citation_author": ("author", "meta"),
    "parsely-author": ("author", "meta"),
    "sailthru.author": ("author", "meta"),
    "cxenseparse:author": ("author", "meta"),
    "rbauthors": ("author", "meta"),
    "date": ("published", "meta"),
    "pubdate": ("published", "meta"),
    "publishdate": ("published", "meta"),
    "publish-date": ("published", "meta"),
    "publish_date": ("published", "meta"),
    "publication_date": ("published", "meta"),
    "published_time": ("published", "meta"),
    "article.published": ("published", "meta"),
    "article:publicationdate": ("published", "meta"),
    "dc.date": ("published", "meta"),
    "dc.date.issued": ("published", "meta"),
    "dcterms.created": ("published", "meta"),
    "dcterms.date": ("published", "meta"),
    "dcterms.issued": ("published", "meta"),
    "citation_publication_date": ("published", "meta"),
    "citation_date": ("published", "meta"),
    "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"),
    "cxenseparse:recs:publishtime": ("published", "meta"),
    "originalpublicationdate": ("published", "meta"),
    "ptime": ("published", "meta"),
    "keywords": ("tags", "meta"),
    "news_keywords": ("tags", "meta"),
    "sailthru.tags": ("tags", "meta"),
    "parsely-tags": ("tags", "meta"),
    "application-name": ("source", "meta"),
    "dc.publisher": ("source", "meta"),
    "citation_journal_title": ("source", "meta"),
    "cre": ("source", "meta"),
    "dc.language": ("language", "meta"),
}
_LONGEST = 2_000
_MOST = 5_000
"""Statements of one page beyond which no more are looked at."""


def read_metadata(root: Any) -> tuple[Statement, ...]:
    """Everything that a page states of itself, in the order of where it stands, by trust."""
    return tuple(
        statement
        for _, statement in zip(
            range(_MOST),
            (s for s in _statements(root) if s.value and len(s.value) <= _LONGEST),
            strict=False,
        )
    )


def _statements(root: Any) -> Iterator[Statement]:
    yield from json_ld(root)
    metas = [*_metas(root)]
    yield from (s for s in metas if s.origin == "opengraph")
    yield from _microdata(root)
    yield from (s for s in metas if s.origin != "opengraph")
    yield from _links(root)
    yield from _times(root)
    for node in root.iter("title"):
        if node.getparent() is not None and node.getparent().tag in ("head", "html"):
            yield Statement("page-title", _text(node), "title")
            break
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    yield Statement("language", language.strip(), "html")


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _metas(root: Any) -> Iterator[Statement]:
    for node in root.iter("meta"):
        value = " ".join((node.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            for name in (node.get(attribute) or "").lower().split():
                found = _META.get(name)
                if found is not None and attribute != "itemprop":
                    yield Statement(found[0], value, found[1])


def _links(root: Any) -> Iterator[Statement]:
    for node in root.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split():
            yield Statement("url", (node.get("href") or "").strip(), "link")


def _times(root: Any) -> Iterator[Statement]:
    for node in root.iter("time"):
        when = node.get("datetime") or ""
        names = f"{node.get('class') or ''} {node.get('itemprop') or ''}".lower()
        if node.get("pubdate") is not None or "publish" in names:
            yield Statement("published", when.strip() or _text(node), "time")
        elif when:
            yield Statement("time", when.strip(), "time")


def _microdata(root: Any) -> Iterator[Statement]:
    names = {
        "headline": "title",
        "author": "author",
        "creator": "author",
        "datepublished": "published",
        "publisher": "source",
    }
    for node in root.xpath("descendant-or-self::*[@itemprop or @rel]"):
        prop = node.get("itemprop")
        if prop is not None:
            for name in prop.lower().split():
                if name in names:
                    yield Statement(names[name], _value(node), "microdata")
        if (
            node.tag in ("a", "link", "span")
            and "author" in (node.get("rel") or "").lower().split()
        ):
            yield Statement("author", _text(node), "rel")


def _value(node: Any) -> str:
    """What an element with an ``itemprop`` states: its name, where it is an item itself."""
    if node.get("itemscope") is not None:
        for inner in node.iterdescendants():
            if isinstance(inner.tag, str) and inner.get("itemprop") == "name":
                return _value(inner)
    stated = node.get("content") or node.get("datetime")
    return " ".join(stated.split()) if stated else _text(node)
