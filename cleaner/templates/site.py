"""Which site an article is of."""

from __future__ import annotations

from urllib.parse import urlsplit

from cleaner.document import Document
from cleaner.fold import fold


def site_of(doc: Document, given: str | None) -> str | None:
    """The site of an article, after its fields were found; None where nothing tells.

    The host of the page's own address comes first, then that of the address that its record
    states, then the name of the source.

    Args:
        doc: the document.
        given: what the user says that it is.
    """
    if given is not None:
        return given
    values = dict(doc.values)
    for address in (values.get("url"), doc.url):
        host = _host(address)
        if host:
            return host
    return fold(values.get("source") or "") or None


def _host(address: str | None) -> str:
    try:
        found = urlsplit(address or "").hostname or ""
    except ValueError:
        return ""
    return found.removeprefix("www.")
