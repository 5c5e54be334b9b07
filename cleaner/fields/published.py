"""Which of a byline's dates is that of publication, and what becomes of the others."""

from __future__ import annotations

from collections import Counter

from cleaner.document import Document
from cleaner.fields.byline import BYLINE_CHARS, Part, Role
from cleaner.fields.collect import Finds
from cleaner.fields.dates import DateFound, find_dates, has_digit, resolve

Dated = tuple[int, int, Part, Role | None]
"""Where a line and, with its label, the date in it start; the date; what announced it."""


def publish(finds: Finds, dates: list[Dated]) -> None:
    """State the date of publication; other dates of the byline are taken out with it."""
    if not dates:
        return
    open_order = any(p.date is not None and p.date.numeric for _, _, p, _ in dates)
    order = _day_first(finds.doc) if open_order else None

    def rank(at: int) -> tuple[bool, bool, int]:
        _, _, part, label = dates[at]
        day = resolve(part.date, order) if part.date else None
        return (label == "updated", day is None, at)

    best = min(range(len(dates)), key=rank)
    line = dates[best][0]
    for at, (start, left, part, label) in enumerate(dates):
        right = start + part.end
        if at != best:
            # Without a label, only a date in the same line is of the same byline.
            if label is not None or start == line:
                finds.remove("byline.other-date", left, right)
            continue
        finds.field("published", left, right)
        finds.value("published_text", start + part.start, right)
        finds.updated = label == "updated"
        day = resolve(part.date, order) if part.date else None
        if day is not None:
            finds.set("published", day.isoformat())


def _day_first(doc: Document) -> bool | None:
    """Whether dates such as 03/04/2024 name the day first, by what the text says elsewhere."""
    seen: Counter[bool] = Counter()
    for line in doc.lines:
        text = line.text
        if len(text) <= BYLINE_CHARS and text.count("/") > 1 and has_digit(text):
            for found in find_dates(text):
                vote = _vote(found, text)
                if vote is not None:
                    seen[vote] += 1
    if len(seen) == 1:
        return next(iter(seen))
    return None


def _vote(found: DateFound, text: str) -> bool | None:
    if found.day is None or found.numeric is not None:
        return None
    pieces = text[found.start : found.end].split("/")
    if len(pieces) < 3 or not pieces[0].strip().isdigit() or len(pieces[0].strip()) > 2:
        return None
    first, second = int(pieces[0]), pieces[1].strip()
    if not second.isdigit() or first == int(second):
        return None
    return first == found.day.day
