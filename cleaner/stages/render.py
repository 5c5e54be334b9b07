"""An HTML page to its text layer and what the page says of each line."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.errors import EmptyInput


def render(doc: Document, *, ask: bool = True) -> Document:
    """Find ``page``, and ``text`` of a document that was markup until now.

    Args:
        doc: the document.
        ask: whether to ask what else tells of a page besides its text.

    Raises:
        BrokenPage, EmptyInput: no article can be made of it.
    """
    if doc.format != "html":
        return doc
    from cleaner.html.read import read, rendered

    page = read(doc.text) if ask else rendered(doc.text)[1]
    if not page.rows:
        raise EmptyInput("the page shows no text")
    return replace(doc, text=page.text, page=page)
