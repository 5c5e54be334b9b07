"""The header that a program has put above a text, which :mod:`extract` reads first."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.fields.header import below, read_header


def header(doc: Document) -> Document:
    """Find ``header``; a page says of itself what a header would."""
    return replace(doc, header=read_header(doc)) if doc.page is None else doc


def below_header(doc: Document) -> Document:
    """Look only at what stands below a header, for who leaves it where it is."""
    found = read_header(doc) if doc.page is None else None
    return below(doc, found) if found is not None else doc
