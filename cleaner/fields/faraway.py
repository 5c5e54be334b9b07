"""The article's date where it stands away from the title: by its label, or above the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cleaner.document import Document
from cleaner.fields.byline import BYLINE_CHARS, Part, Role, read_byline
from cleaner.fields.dates import resolve
from cleaner.fields.page import main_prose

_ABOVE = 12
"""Lines above the article's first text in which its date may stand without a label."""
_BELOW = 2
_KNOWN = 0.5
"""The least share of such a line that is a date, a name, a label or the like."""
_YEAR = re.compile(r"(?:19|20)\d\d")


class FarDate(NamedTuple):
    """A date: where its line starts, where it starts with its label, what it is, its label."""

    line: int
    left: int
    part: Part
    label: Role | None


def find_far_date(doc: Document, prose: Sequence[int]) -> FarDate | None:
    """The one date that a page states as its own, or None where none or several do so.

    A date labelled as that of publication goes first, then one right above the article, then one
    labelled as that of an update, then the only one that fills a line: teasers have several.
    """
    if not prose:
        return None
    start = main_prose(doc, prose)
    labelled: dict[Role, dict[date, FarDate]] = {"published": {}, "updated": {}}
    above: FarDate | None = None
    alone: dict[date, FarDate] = {}
    for number, line in enumerate(doc.lines):
        if line.prose or len(line.text) > BYLINE_CHARS or not _YEAR.search(line.text):
            continue
        parts = read_byline(line.text)
        dates = [n for n, p in enumerate(parts) if p.date is not None and resolve(p.date, None)]
        if not dates:
            continue
        found = _far_date(parts, dates[0], line.start)
        plain = all(p.role != "other" for p in parts[: dates[0]])
        if found.label in labelled and plain:
            day = resolve(found.part.date, None) if found.part.date else None
            if day is not None:
                labelled[found.label].setdefault(day, found)
        elif start - _ABOVE <= number < start + _BELOW and _is_known(parts, line.text):
            above = found
        elif plain and len(dates) == len(parts) and number < prose[-1]:
            day = resolve(found.part.date, None) if found.part.date else None
            if day is not None:
                alone.setdefault(day, found)
    for choice in (labelled["published"], labelled["updated"]):
        if len(choice) == 1 and (above is None or choice is labelled["published"]):
            return next(iter(choice.values()))
    if above is None and len(alone) == 1:
        return next(iter(alone.values()))
    return above


def _far_date(parts: Sequence[Part], at: int, start: int) -> FarDate:
    part = parts[at]
    label = parts[at - 1] if at and parts[at - 1].label else None
    left = start + (label.start if label else part.start)
    return FarDate(start, left, part, label.role if label else None)


def _is_known(parts: Sequence[Part], text: str) -> bool:
    known = sum(p.end - p.start for p in parts if p.role != "other")
    return known >= _KNOWN * len(text)
