"""What a page says of itself besides its text: JSON-LD, OpenGraph, microdata, meta tags, <time>.

Nothing is decided here: every statement is kept, with where it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Where = str
"""``json-ld``, ``opengraph``, ``microdata``, ``meta``, ``link``, ``time``, ``title``, ``html``."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a page states.

    Attributes:
        name: of the field that it is about.
        value: what it states, as it stands there.
        origin: where it stands.
    """

    name: str
    value: str
    origin: Where


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
_ARTICLE_TYPES = frozenset(
    "article newsarticle blogposting report reportagenewsarticle analysisnewsarticle"
    " opinionnewsarticle reviewnewsarticle backgroundnewsarticle advertisercontentarticle"
    " techarticle scholarlyarticle medicalscholarlyarticle socialmediaposting"
    " discussionforumposting liveblogposting satiricalarticle recipe review howto".split()
)
_PAGE_TYPES = frozenset(
    "webpage itempage qapage faqpage collectionpage aboutpage medicalwebpage".split()
)
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>)\s*$"
)
_TRAILING = re.compile(r",(\s*[}\]])")
_LONGEST = 2_000
_MOST = 5_000
"""JSON-LD objects, and statements of one page, beyond which no more are looked at."""


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
    yield from _json_ld(root)
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


def _json_ld(root: Any) -> Iterator[Statement]:
    objects = [*_objects(root)]
    known = {o["@id"]: o for o in objects if isinstance(o.get("@id"), str) and len(o) > 1}
    pages: list[dict[str, Any]] = []
    for found in objects:
        types = _types(found)
        if types & _ARTICLE_TYPES:
            yield from _of_article(found, known)
        elif types & _PAGE_TYPES:
            pages.append(found)
    for found in pages:
        yield from _of_page(found, known)
    for found in objects:
        if _types(found) & {"organization", "newsmediaorganization", "website"}:
            yield Statement("source", _name(found, known), "json-ld-site")


def _of_article(found: dict[str, Any], known: dict[str, Any]) -> Iterator[Statement]:
    origin = "json-ld"
    yield Statement("title", _string(found.get("headline") or found.get("name")), origin)
    for author in _listed(found.get("author") or found.get("creator")):
        if isinstance(author, str) and author not in known:
            yield Statement("author", _string(author), origin)
            continue
        author = known.get(author, author) if isinstance(author, str) else author
        kind = _types(author) if isinstance(author, dict) else set()
        organization = "organization" in kind or "newsmediaorganization" in kind
        yield Statement("organization" if organization else "author", _name(author, known), origin)
    yield Statement("published", _string(found.get("datePublished")), origin)
    yield Statement("created", _string(found.get("dateCreated")), origin)
    yield Statement("modified", _string(found.get("dateModified")), origin)
    for publisher in _listed(found.get("publisher")):
        yield Statement("source", _name(publisher, known), origin)
    for tag in _listed(found.get("keywords")):
        yield Statement("tags", _string(tag), origin)
    yield Statement("language", _string(found.get("inLanguage")), origin)
    yield Statement("url", _string(found.get("url")), origin)


def _of_page(found: dict[str, Any], known: dict[str, Any]) -> Iterator[Statement]:
    origin = "json-ld-page"
    yield Statement("title", _string(found.get("headline") or found.get("name")), origin)
    yield Statement("published", _string(found.get("datePublished")), origin)
    for author in _listed(found.get("author")):
        yield Statement("author", _name(author, known), origin)
    for publisher in _listed(found.get("publisher")):
        yield Statement("source", _name(publisher, known), origin)
    yield Statement("language", _string(found.get("inLanguage")), origin)
    yield Statement("url", _string(found.get("url")), origin)


def _objects(root: Any) -> Iterator[dict[str, Any]]:
    """All JSON-LD objects of a page, outermost first."""
    count = 0
    for node in root.iter("script"):
        if (node.get("type") or "").lower().split(";")[0].strip() != "application/ld+json":
            continue
        stack = [_loaded(node.text or "")]
        while stack and count < _MOST:
            found = stack.pop()
            if isinstance(found, list):
                stack += reversed(found)
            elif isinstance(found, dict):
                count += 1
                yield found
                stack += [v for v in reversed(found.values()) if isinstance(v, (list, dict))]


def _loaded(text: str) -> Any:
    text = _COMMENT.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(found: dict[str, Any]) -> set[str]:
    return {t.rsplit("/", 1)[-1].lower() for t in _listed(found.get("@type")) if isinstance(t, str)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _string(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return " ".join(_unescaped(value).split()) if isinstance(value, str) else ""


def _unescaped(text: str) -> str:
    import html

    return html.unescape(text) if "&" in text else text


def _name(value: Any, known: dict[str, Any]) -> str:
    if isinstance(value, str):
        value = known.get(value, value)
    if isinstance(value, dict):
        if "name" not in value and isinstance(value.get("@id"), str):
            value = known.get(value["@id"], value)
        return _string(value.get("name"))
    return _string(value)
