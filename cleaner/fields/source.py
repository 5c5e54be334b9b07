"""The outlet's name: beside the headline in the page's title, or alone under the title."""

from __future__ import annotations

from cleaner.document import Line
from cleaner.fields.byline import label_role
from cleaner.fields.collect import Finds
from cleaner.fields.dates import find_dates
from cleaner.fields.headline import is_outlet
from cleaner.fields.title import Title

_LINE_CHARS = 80


def find_source(finds: Finds, title: Title | None) -> None:
    """Propose the source."""
    doc = finds.doc
    if title is None:
        return
    if title.site is not None:
        finds.field("source", *title.site)
        finds.value("source", *title.site)
    stated = next(n for n, line in enumerate(doc.lines) if line.end >= title.end)
    for above in sorted({stated, title.line}):
        for number in range(above + 1, min(above + 3, len(doc.lines))):
            line = doc.lines[number]
            if number in doc.hits or line.prose or len(line.text) > _LINE_CHARS:
                break
            if _outlet_line(finds, line):
                break


def _outlet_line(finds: Finds, line: Line) -> bool:
    """State the outlet that a line names by itself, or with a date behind it."""
    name = line.text
    dates = find_dates(name)
    if dates:
        if dates[-1].end < len(name) or len(dates) > 1:
            return False
        name = name[: dates[0].start].rstrip(" |·•-–—,")
    if not is_outlet(name) or label_role(name) is not None:
        return False
    finds.field("source", line.start, line.start + len(name))
    finds.value("source", line.start, line.start + len(name))
    for found in dates:
        finds.field("published", line.start + found.start, line.start + found.end)
        finds.value("published_text", line.start + found.start, line.start + found.end)
        if found.day is not None:
            finds.set("published", found.day.isoformat())
    return True
