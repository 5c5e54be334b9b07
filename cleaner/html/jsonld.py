"""JSON-LD: what a page states of its article in the vocabulary of schema.org."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from cleaner.html.page import Statement

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
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which only an escape can state
_MOST = 5_000
"""Objects of one page beyond which no more are looked at."""


def json_ld(root: Any) -> Iterator[Statement]:
    """What the JSON-LD of a page states of its article: articles first, then pages, then sites."""
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
        author = _resolved(author, known)
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
    if not isinstance(value, str):
        return ""
    return " ".join(_SURROGATE.sub("\ufffd", _unescaped(value)).split())


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text


def _name(value: Any, known: dict[str, Any]) -> str:
    value = _resolved(value, known)
    return _string(value.get("name") if isinstance(value, dict) else value)


def _resolved(value: Any, known: dict[str, Any]) -> Any:
    """What a reference by ``@id`` refers to; anything else as it is."""
    if isinstance(value, dict) and "name" not in value:
        value = known.get(str(value.get("@id")), value)
    return known.get(value, value) if isinstance(value, str) else value
