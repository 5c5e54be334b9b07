"""The fields that a text shows its readers, around the title it has."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.fields.collect import Finds
from cleaner.fields.people import find_byline
from cleaner.fields.repeats import find_repeats
from cleaner.fields.source import find_source
from cleaner.fields.tags import find_tags
from cleaner.fields.title import Title


def find_shown(finds: Finds, title: Title | None, prose: Sequence[int]) -> None:
    """Find title, source, authors, date and tags, and what repeats or announces them.

    Args:
        finds: where they are put.
        title: the title, or None where there is none.
        prose: the numbers of the lines of running text, in order.
    """
    if title is not None:
        finds.field("title", title.start, title.end)
        finds.value("title", title.start, title.end)
        find_repeats(finds, title, prose)
    find_source(finds, title)
    find_byline(finds, title, prose)
    find_tags(finds, title)
