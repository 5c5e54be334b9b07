"""The date of publication that a page states, or shows to its readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from cleaner.fields.dates import find_dates, resolve
from cleaner.fields.page import main_prose
from cleaner.fields.stated import Named, Stated
from cleaner.fields.title import Title

_DATES = ("json-ld", "opengraph", "microdata", "meta", "json-ld-page", "time")
_DATED = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_ABOVE = 12
_DATE_WORDS = 16
"""Lines above the text, and words in one of them, among which its date may stand."""
_ISO = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")


def stated_date(stated: Stated, shown: date | None, *, updated: bool) -> Named | None:
    """The date of publication: the one shown to readers, else the one stated.

    Args:
        shown: the date in the visible byline.
        updated: whether it is announced there as that of an update.
    """
    found = [(day, s.origin) for s in stated.all("published", _DATES) if (day := _day(s.value))]
    others = [_day(s.value) for s in stated.all("modified", ("json-ld",))]
    times = [_day(s.value) for s in stated.all("time", ("time",))]
    known = {day for day, _ in found} | {d for d in (*others, *times) if d is not None}
    if shown is not None and known and shown > max(known) + timedelta(days=1):
        shown = None
    if shown is not None and not (updated and found):
        return Named(shown.isoformat(), "text")
    if found:
        return Named(found[0][0].isoformat(), found[0][1])
    # A page without a word on it may still date itself once.
    single = {d for d in times if d is not None}
    if len(single) == 1:
        return Named(single.pop().isoformat(), "time")
    url = stated.url()
    match = _DATED.search(url.value) if url is not None else None
    day = _day(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match is not None else None
    return Named(day.isoformat(), url.origin) if day is not None and url is not None else None


def shown_date(stated: Stated, title: Title | None, prose: Sequence[int]) -> Named | None:
    """The only date between title and text, in whatever words."""
    if not prose:
        return None
    start = main_prose(stated.doc, prose)
    first = title.line if title is not None and title.line < start else max(0, start - _ABOVE)
    found = {
        day
        for line in stated.doc.lines[first : start + 1]
        if len(line.text.split()) <= _DATE_WORDS
        for dated in find_dates(line.text)
        if (day := resolve(dated, day_first(stated))) is not None
    }
    return Named(found.pop().isoformat(), "text") if len(found) == 1 else None


def day_first(stated: Stated) -> bool | None:
    """Whether the page's language writes the day of a date first."""
    named = stated.first("language", ("html", "opengraph", "json-ld"))
    tag = named.value.lower().replace("_", "-") if named is not None else ""
    if not tag or tag == "en":
        return None
    return tag not in ("en-us", "en-ph", "en-ca")


def _day(text: str) -> date | None:
    """The calendar date in a statement, as it is written there."""
    match = _ISO.match(text)
    if match is not None:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    found = find_dates(text[:80])
    return found[0].day if found else None
