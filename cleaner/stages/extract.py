"""Fields from text alone: title, source, authors, date, tags. Nothing is invented."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.fields.collect import Finds
from cleaner.fields.people import find_byline
from cleaner.fields.repeats import find_repeats
from cleaner.fields.source import find_source
from cleaner.fields.tags import find_tags
from cleaner.fields.title import find_title, running_text


def extract(doc: Document) -> Document:
    """Propose the fields, and what repeats or announces them; find ``values``."""
    prose = running_text(doc)
    finds = Finds(doc)
    title = find_title(doc, prose)
    if title is not None:
        finds.field("title", title.start, title.end)
        finds.value("title", title.start, title.end)
        find_repeats(finds, title, prose)
    find_source(finds, title)
    find_byline(finds, title, prose)
    find_tags(finds, title)
    return replace(doc.propose(finds.proposals), values=doc.values + finds.values())
