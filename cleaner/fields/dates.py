"""Dates as bylines write them, in many languages."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from cleaner.fields.date_words import MARKED_MONTHS, MONTHS, RELATIVE, SHORT_MONTHS, WEEKDAYS

_MONTH: dict[str, int] = {
    name: number
    for table in (SHORT_MONTHS, MONTHS, MARKED_MONTHS)
    for names in table.values()
    for number, name in enumerate(names.split(), 1)
}
_W = r"[^\W\d_]"
_DAY = r"(?P<d>[0-3٠-٣]?\d)"
_YEAR = r"(?P<y>(?:19|20|١٩|٢٠)\d\d|['’]\d\d)"
_ORD = r"(?:st|nd|rd|th|er|º|ª|°|\.)?"
_DAY_FIRST = re.compile(
    rf"(?<!\w){_DAY}{_ORD}[ \u00a0.,/-]{{0,2}}(?:of |de |d['’])?(?P<m>{_W}{{3,14}})\.?"
    rf"(?:[ \u00a0,./-]{{1,3}}(?:de |del |do )?{_YEAR})?(?!\w)",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<m>{_W}{{3,12}})[. \u00a0-]{{1,2}}{_DAY}{_ORD}(?:[.,]?[ \u00a0,-]{{1,2}}{_YEAR})?"
    r"(?![\w])(?!:\d)",
    re.I,
)
_ISO = re.compile(
    r"(?<!\w)(?P<y>(?:19|20)\d\d)(?P<s>[-/.]|(?P<wide>\. ))(?P<m>[01]?\d)(?P=s)"
    r"(?P<d>[0-3]?\d)(?!\d)(?(wide)\.?)"
)
_NUMERIC = re.compile(
    r"(?<![\w$€£.,/-])(?P<a>[0-3]?\d)(?P<s>[./-])\s?(?P<b>[0-3]?\d)(?P=s)\s?"
    r"(?P<y>(?:19|20)\d\d|\d\d)(?![\w%])"
)
_CJK = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?[年년][\s.]?(?P<m>[01]?\d)\s?[月월]\s?(?P<d>[0-3]?\d)\s?[日일]?"
)
# Letters of some scripts are followed by marks, which a pattern does not take for letters.
_MARKED = re.compile(
    rf"(?<!\w)(?P<d>[0-3०-३]?\d) (?P<m>{'|'.join(MARKED_MONTHS.values()).replace(' ', '|')}),?"
    r" (?P<y>(?:19|20|१९|२०)\d\d)(?!\d)"
)
_HUNGARIAN = re.compile(
    rf"(?<!\w)(?P<y>(?:19|20)\d\d)\. (?P<m>{MONTHS['hu'].replace(' ', '|')}) {_DAY}\.", re.I
)
_VIETNAMESE = re.compile(
    r"(?<!\w)(?:ngày )?(?P<d>[0-3]?\d) tháng (?P<m>[01]?\d)(?:,| năm) (?P<y>(?:19|20)\d\d)(?!\d)",
    re.I,
)
_MONTH_YEAR = re.compile(rf"(?<!\w)(?P<m>{_W}{{3,12}})\.?,? (?P<y>(?:19|20)\d\d)(?!\w)", re.I)
_RELATIVE = re.compile(rf"(?<![\w])(?:{'|'.join(RELATIVE)})(?!\w)", re.I)
_UNCOUNTED_WORDS = ("ago", "today", "yesterday", "now", "heute", "gestern")
_UNCOUNTED = re.compile("|".join(_UNCOUNTED_WORDS), re.I)
_RELATIVE_GLUED = re.compile(
    r"(?:\d{1,3}) ?(?:minute|min|hour|hr|day|week|month|year)s? ago(?!\w)", re.I
)
_DIGIT = re.compile(r"[0-9]")
_HALVES = "오전|오후|午前|午後|上午|下午"
"""Of the day."""
_CLOCK = re.compile(
    r"(?:T|[ \u00a0,|@•·–—-]{1,4}"
    r"(?:(?:at|um|à|alle|alle ore|ore|kl\.?|às|a las|om|o|klo|в)[ \u00a0])?"
    rf"|[ \u00a0]?(?:{_HALVES})[ \u00a0]?)"
    r"[(]?[0-2]?\d(?:[:.h][0-5]\d){1,2}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"
    r"(?:[ \u00a0]?[ap]\.?m\b\.?)?(?:[ \u00a0](?:Uhr|h|hrs|WIB"
    r"|(?:[A-Z][A-Za-z]{0,2}T|UTC|GMT|CET|MSK)"
    r"(?:[+-]\d{1,2})?)\b)?[)]?"
    r"|[ \u00a0,@-]{1,3}(?:at )?1?\d ?[ap]\.?m\b\.?(?: [A-Z]{2,4}T\b)?"
    rf"|[ \u00a0]?(?:{_HALVES})?[ \u00a0]?[0-2]?\d[時时点點시](?:\s?[0-5]?\d[分분])?",
    re.I,
)
_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<w>{_W}{{2,12}}(?:-feira)?)\.?,?[ \u00a0]{{1,2}}(?:den |the |le )?$"
)


class DateFound(NamedTuple):
    """A date in a text.

    Attributes:
        start, end: its stretch, with weekday and time of day where they stand beside it.
        day: the calendar date, or None where the text does not settle it.
        numeric: first and second number and year of a date such as 03/04/2024 whose order is open.
        bare: no year and no other settled reference: "Aug 15".
    """

    start: int
    end: int
    day: date | None
    numeric: tuple[int, int, int] | None = None
    bare: bool = False


def has_digit(text: str) -> bool:
    """Whether there is a digit of any script in a short text."""
    if text.isascii():
        return _DIGIT.search(text) is not None
    return any(map(str.isdigit, text))


def _is_uncounted(text: str) -> bool:
    if text.isascii():
        text = text.lower()
        return any(word in text for word in _UNCOUNTED_WORDS)
    return _UNCOUNTED.search(text) is not None


def find_dates(text: str) -> list[DateFound]:
    """The dates in a short text, in order, not overlapping."""
    found: list[DateFound] = []
    if has_digit(text):
        # Each pattern is tried only where what it cannot do without is there.
        if not text.isascii():
            _add_others(found, text)
        if "-" in text or "/" in text or "." in text:
            for match in _ISO.finditer(text):
                _add(found, text, match, _day(match["y"], int(match["m"]), match["d"]))
            for match in _NUMERIC.finditer(text):
                _numeric(found, text, match)
        for pattern in (_DAY_FIRST, _MONTH_FIRST):
            for match in pattern.finditer(text):
                month = _MONTH.get(match["m"].lower())
                if month is None or not 1 <= int(match["d"]) <= 31:
                    continue
                day = _day(match["y"], month, match["d"]) if match["y"] else None
                if day is not None or not match["y"]:
                    _add(found, text, match, day, bare=not match["y"])
        for match in _MONTH_YEAR.finditer(text):
            if match["m"].lower() in _MONTH:
                _add(found, text, match, None)
    elif not _is_uncounted(text):
        return found
    for match in _RELATIVE.finditer(text):
        _add(found, text, match, None)
    if not found:
        for match in _RELATIVE_GLUED.finditer(text):
            _add(found, text, match, None)
    return sorted(found)


def resolve(found: DateFound, day_first: bool | None) -> date | None:
    """The calendar date, with what the text says elsewhere about the order of numbers."""
    if found.day is not None or found.numeric is None or day_first is None:
        return found.day
    a, b, year = found.numeric
    return _day(str(year), b if day_first else a, str(a if day_first else b))


def _add(
    found: list[DateFound],
    text: str,
    match: re.Match[str],
    day: date | None,
    numeric: tuple[int, int, int] | None = None,
    bare: bool = False,
) -> None:
    start, end = match.span()
    for other in list(found):
        if start < other.end and end > other.start:
            # "Jun 11, 2024" goes before "11, 2024"-like parts and before its yearless self.
            if not other.bare or bare:
                return
            found.remove(other)
    before = text[max(0, start - 20) : start]
    weekday = _WEEKDAY.search(before)
    if weekday and weekday["w"].lower() in WEEKDAYS:
        start -= len(before) - weekday.start()
    clock = _CLOCK.match(text, end)
    if clock:
        end = clock.end()
    found.append(DateFound(start, end, day, numeric, bare))


def _add_others(found: list[DateFound], text: str) -> None:
    """Dates that are written in an order or a script of their own."""
    for pattern in (_CJK, _VIETNAMESE) if any(m in text for m in ("年", "년", "tháng")) else ():
        for match in pattern.finditer(text):
            _add(found, text, match, _day(match["y"], int(match["m"]), match["d"]))
    for pattern in (_MARKED, _HUNGARIAN):
        for match in pattern.finditer(text):
            _add(found, text, match, _day(match["y"], _MONTH[match["m"].lower()], match["d"]))


def _numeric(found: list[DateFound], text: str, match: re.Match[str]) -> None:
    a, b, year = int(match["a"]), int(match["b"]), match["y"]
    if len(year) == 2:
        # "1.5.22" is as likely a version or a section number.
        if match["s"] == "." and len(match["a"]) + len(match["b"]) < 4:
            return
        year = f"20{year}"
    if match["s"] == "." or a > 12 or a == b:
        day = _day(year, b, str(a))
    elif b > 12:
        day = _day(year, a, str(b))
    else:
        if _day(year, a, str(b)):
            _add(found, text, match, None, (a, b, int(year)))
        return
    if day is not None:
        _add(found, text, match, day)


def _day(year: str | None, month: int, day: str) -> date | None:
    if not year:
        return None
    number = int(year[-2:]) + 2000 if len(year) < 4 else int(year)
    try:
        return date(number, month, int(day))
    except ValueError:
        return None
