"""Fields from text alone: title, source, authors, date, tags. Nothing is invented."""

from __future__ import annotations

from cleaner.document import Document


def extract(doc: Document) -> Document:
    return doc
