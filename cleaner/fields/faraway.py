"""Date and authors away from the title: by a label, above the article, by a sketch of a life."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cleaner.document import Document
from cleaner.fields.byline import BYLINE_CHARS, LABEL_STARTS, Part, Role, read_byline
from cleaner.fields.dates import resolve
from cleaner.fields.names import PERSON_CHARS, has_first_name, is_person
from cleaner.fields.page import main_prose

_ABOVE = 12
"""Lines above the article's first text in which its date may stand without a label."""
_BELOW = 2
_KNOWN = 0.5
"""The least share of such a line that is a date, a name, a label or the like."""
_YEAR = re.compile(r"(?:19|20)\d\d")


_NAME_CHARS = 120
"""Longer lines, in code points, are no byline of an author alone."""
_BYLINE_ABOVE = 14
_BYLINE_BELOW = 6
"""Lines around the article's start in which a labelled author is its own, whoever else wrote."""


_NAME_ABOVE = 6
"""Lines above the article's start in which a name alone is its author's."""


_SHORT_LABEL = 3
"""The longest label, in code points, that says too little by itself: "by", "von"."""


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


def find_far_authors(doc: Document, prose: Sequence[int]) -> list[tuple[int, list[Part]]]:
    """The lines, with their parts, that name the only authors whom a page states as its own.

    Labelled authors near the article's start go first, then those whom no other labelled author
    contradicts, then a name above a sketch of its bearer's life, then one above the article.
    """
    if not prose:
        return []
    start = main_prose(doc, prose)
    stated: list[tuple[int, list[Part], str]] = []
    sketched: list[tuple[int, list[Part], str]] = []
    alone: list[tuple[int, list[Part], str]] = []
    for number, line in enumerate(doc.lines):
        if line.prose or len(line.text) > _NAME_CHARS or number in doc.hits:
            continue
        if line.key.partition(" ")[0].rstrip(":") in LABEL_STARTS:
            parts = read_byline(line.text)
            if _states_author(line.text, parts):
                stated.append((number, parts, _names(line.text, parts)))
        elif len(line.text) <= PERSON_CHARS and has_first_name(line.text) and is_person(line.text):
            found = (number, [Part("name", 0, len(line.text))], line.text.casefold())
            if _heads_sketch(doc, number):
                sketched.append(found)
            elif start - _NAME_ABOVE <= number < start:
                alone.append(found)
    near = [s for s in stated if start - _BYLINE_ABOVE <= s[0] < start + _BYLINE_BELOW]
    for choice in (near, stated, sketched, alone):
        if len({names for _, _, names in choice}) == 1:
            names = choice[0][2]
            return [(n, parts) for n, parts, who in stated + sketched + alone if who == names]
    return []


def _states_author(text: str, parts: Sequence[Part]) -> bool:
    """Whether a line is a label and names; after "By" alone, which menus use, known ones."""
    return (
        len(parts) > 1
        and parts[0].label
        and parts[0].role == "author"
        and parts[1].role == "name"
        and all(p.role != "other" for p in parts)
        and (
            parts[0].end - parts[0].start > _SHORT_LABEL
            or has_first_name(text[parts[1].start : parts[1].end])
        )
    )


def _names(text: str, parts: Sequence[Part]) -> str:
    names = [text[p.start : p.end] for p in parts if p.role == "name"]
    return "; ".join(names).casefold()


def _heads_sketch(doc: Document, number: int) -> bool:
    """Whether a sentence right below a name starts with the same name."""
    text = doc.lines[number].text
    return any(
        line.text.startswith(f"{text} ") and line.sentence
        for line in doc.lines[number + 1 : number + 3]
    )
