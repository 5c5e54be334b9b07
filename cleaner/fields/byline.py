"""One line of a byline, taken apart: labels, names, dates, read-times, and what is left."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from cleaner.fields.dates import DateFound, find_dates, has_digit
from cleaner.fields.label_words import LABELS
from cleaner.fields.names import is_person, is_role, split_names
from cleaner.fields.reporters import Reporters, find_reporters

BYLINE_CHARS = 180
"""Longer lines, in code points, are no bylines."""

Role = Literal[
    "author", "helper", "published", "updated", "source", "name", "date", "count", "role", "other"
]
_LABEL_ROLES: tuple[Role, ...] = ("author", "published", "updated", "helper", "source")
_LABELS: dict[str, Role] = {
    label: role
    for role in _LABEL_ROLES
    for labels in LABELS[role].values()
    for label in labels.split("|")
}
_LONGEST = max(len(label.split()) for label in _LABELS)
_WORD = re.compile(r"[^\s:：|,()]+")
_BREAK = re.compile(r"\s*(?:[|•·∙⋅●◦■▪/\\→>»›‧—–――\t\n]| [-~] |[\u2010-\u2012] |  +)\s*")
_JOINED = re.compile(r", | (?:and|und|et|y|&) ")
_FILED = re.compile(r"\s(?:in|under)\s(?=[A-Z])", re.I)
_EDGE = ' \t\n\u00a0,;:：|•·-–—/()[].*_#"“”™→>»›✓'
_ASCII_BREAKS = ("|", "/", "\\", ">", "\t", "\n", " - ", " ~ ", "  ")
"""What ``_BREAK`` fits in ASCII; to look for each is faster than to try it everywhere."""
_FIRST = frozenset(label.split()[0] for label in _LABELS)
_LEADS = frozenset(word for label in _LABELS for word in _WORD.findall(label)[:1])
_DATE_LABELS = tuple(label for label, role in _LABELS.items() if role in ("published", "updated"))
LABEL_STARTS = frozenset(label.split()[0] for label, role in _LABELS.items() if role == "author")
"""The first words of the labels that announce an author."""
_HINT = re.compile(
    rf"\d|\b(?:ago|today|yesterday|heute|gestern)\b|^\W*(?:{'|'.join(sorted(_FIRST))})(?!\w)", re.I
)
_COUNT = re.compile(
    r"(?<![\w.,])(?:(?:estimated )?(?:reading|read) time:?\s?(?:approx\.? |about |~)?)?"
    r"(?:\d{1,3}(?:[.,]\d{1,3}){0,2}\s?[km]?\+?|one|no)[ \u00a0-]?"
    r"(?:(?:minutes?|mins?\.?|seconds?|sec)(?:[ \u00a0-](?:read(?:ing)?(?: time)?|to read))?"
    r"|views?|comments?|shares?|reads?|likes?|replies|reactions|claps|words|followers"
    r"|min(?:uten?|uti|utos)?\.?(?: lesezeit| de lecture| de lectura| di lettura| de leitura"
    r"| leestijd| czytania)|kommentare?|aufrufe|commentaires?|comentarios?|visitas|commenti)(?!\w)"
    r"|(?<!\w)(?:(?:(?:estimated )?(?:reading|read) time|lesezeit|temps de lecture"
    r"|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd)\s?[:：]?"
    r"|(?:views|comments|shares|hits|visits)\s?[:：])\s?\d[\d.,]{0,9}\+?"
    r"(?:[ \u00a0]?(?:min(?:ute)?(?:s|n|uti|utos)?\.?|m|k))?(?!\w)",
    re.I,
)


class Part(NamedTuple):
    """A stretch of a line and what it is. A label's role is what it announces."""

    role: Role
    start: int
    end: int
    label: bool = False
    date: DateFound | None = None


_WORDS_TOO = frozenset(("door", "text", "author", "authors", "autor", "auteur"))
"""Labels that are words in some language, and announce a whole name or have a colon behind them."""


def read_byline(text: str, after: Role | None = None) -> list[Part]:
    """The parts of a short line, in order; separators are left out.

    Args:
        text: the line.
        after: what a label on the line above announced, when it stood there by itself.

    Returns:
        An empty list where the line is too long to be a byline.
    """
    if len(text) > BYLINE_CHARS:
        return []
    parts: list[Part] = []
    position = 0
    for start, end, solid in [*_solid(text), (len(text), len(text), [])]:
        for left, right in _pieces(text, position, start):
            parts += _piece(text, left, right, after if not parts else None)
        parts += solid
        position = end
    return parts


def _solid(text: str) -> list[tuple[int, int, list[Part]]]:
    """Stretches that are one thing whatever stands around them: dates, reporters, counts."""
    found = [(d.start, d.end, [Part("date", d.start, d.end, date=d)]) for d in find_dates(text)]
    more = [(r.start, r.end, _reporters(r)) for r in find_reporters(text)]
    if _counts(text):
        spans = (m.span() for m in _COUNT.finditer(text))
        more += [(start, end, [Part("count", start, end)]) for start, end in spans]
    for other in more:
        if not any(other[0] < end and start < other[1] for start, end, _ in found):
            found.append(other)
    return sorted(found, key=lambda stretch: stretch[:2])


def _reporters(found: Reporters) -> list[Part]:
    # What a name is vouches for it as a label does, though it stands behind: so the label may be
    # empty.
    names = [Part("name", start, end) for start, end in found.names]
    role = [Part("role", *found.role)] if found.role[0] < found.role[1] else []
    return [Part("author", *found.label, label=True), *names, *role]


def _counts(text: str) -> bool:
    return has_digit(text) or "no " in text[:3].lower() or "one " in text.lower()


def label_role(text: str) -> Role | None:
    """What ``text`` announces when all of it is a label: "Written by", "Last updated:"."""
    return _LABELS.get(text.strip(_EDGE).lower())


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if text.isascii() and not any(b in text for b in _ASCII_BREAKS):
        trimmed = _trim(text, start, end)
        return [trimmed] if trimmed else []
    pieces = []
    position = start
    while position < end:
        match = _BREAK.search(text, position, end)
        stop = match.start() if match else end
        trimmed = _trim(text, position, stop)
        if trimmed:
            pieces.append(trimmed)
        position = max(match.end(), position + 1) if match else end
    return pieces


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _EDGE:
        start += 1
    # The full stop of "Jr." or of an initial stays.
    while (
        end > start
        and text[end - 1] in _EDGE
        and not (text[end - 1] == "." and end - start > 2 and text[end - 3] in " .")
    ):
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def _piece(text: str, start: int, end: int, after: Role | None) -> list[Part]:
    """A stretch without separators, dates and counts in it."""
    found = _label_at(text, start, end)
    if found is not None:
        role, stop = found
        rest = _trim(text, stop, end)
        label = Part(role, start, stop, label=True)
        if rest is None:
            return [label]
        inner = _labelled(text, role, *rest)
        if inner is not None and not _is_word(text, start, stop, inner):
            return [label, *inner]
    if after is not None:
        inner = _labelled(text, after, start, end)
        if inner is not None:
            return inner
    tail = _label_before_end(text, start, end)
    if tail is not None:
        role, left = tail
        before = _trim(text, start, left)
        if before is not None:
            return [*_unlabelled(text, *before), Part(role, left, end, label=True)]
    return _unlabelled(text, start, end)


def _is_word(text: str, start: int, stop: int, parts: list[Part]) -> bool:
    """Whether a label is a word like any other here: "Door Straps", "Text Link"."""
    if text[start:stop].lower() not in _WORDS_TOO or text[stop : stop + 1] == ":":
        return False
    return not all(is_person(text[p.start : p.end]) for p in parts if p.role == "name")


def _labelled(text: str, role: Role, start: int, end: int) -> list[Part] | None:
    """What follows a label, or None where it is not what the label announces."""
    stretch = text[start:end]
    if role == "source":
        return [Part("source", start, end)] if _is_short_title(stretch) else None
    if role in ("author", "helper"):
        tail = _label_before_end(text, start, end)
        stop = tail[1] if tail else end
        trimmed = _trim(text, start, stop)
        if trimmed is None:
            return None
        filed = _FILED.search(text, *trimmed)
        left, right = trimmed[0], filed.start() if filed else trimmed[1]
        split = split_names(text[left:right], left)
        if split is None:
            return None
        names, roles = split
        if filed:
            roles = [*roles, (right + 1, trimmed[1])]
        given: Role = "name" if role == "author" else "helper"
        parts = [Part(given, *n) for n in names] + [Part("role", *r) for r in roles]
        if tail:
            parts.append(Part(tail[0], tail[1], end, label=True))
        return sorted(parts, key=lambda p: p.start)
    nested = _label_at(text, start, end)
    if nested is not None and nested[1] >= end:
        return [Part(nested[0], start, end, label=True)]
    if nested is not None and nested[0] in ("author", "helper"):
        return _piece(text, start, end, None)
    return None


def _unlabelled(text: str, start: int, end: int) -> list[Part]:
    stretch = text[start:end]
    if is_role(stretch):
        return [Part("role", start, end)]
    first = _JOINED.split(stretch, maxsplit=1)[0]
    if is_person(first):
        split = split_names(stretch, start)
        if split and all(is_person(text[a:b]) or text[a:b].isupper() for a, b in split[0]):
            return sorted(
                [Part("name", *n) for n in split[0]] + [Part("role", *r) for r in split[1]],
                key=lambda p: p.start,
            )
    return [Part("other", start, end)]


def _label_at(text: str, start: int, end: int) -> tuple[Role, int] | None:
    """The longest label at the start of a stretch, and where it ends."""
    stops: list[int] = []
    for match in _WORD.finditer(text, start, end):
        if not stops:
            lead = text[start : match.end()].lower()
            if lead not in _LEADS and lead.rstrip(".") not in _LABELS:
                return None
        stops.append(match.end())
        if len(stops) > _LONGEST:
            break
    for stop in reversed(stops):
        role = _LABELS.get(text[start:stop].lower().rstrip("."))
        if role is not None and (
            text[start].isupper() or not text[start].islower() or stop - start > 1
        ):
            return role, stop
    return None


def _label_before_end(text: str, start: int, end: int) -> tuple[Role, int] | None:
    """A label that announces a date, at the end of a stretch: "Jane Doe Published on"."""
    if not text[start:end].lower().endswith(_DATE_LABELS):
        return None
    words = [m.start() for m in _WORD.finditer(text, start, end)]
    for left in words[1:][-_LONGEST:]:
        role = _LABELS.get(text[left:end].lower())
        if role in ("published", "updated"):
            return role, left
    return None


def _is_short_title(text: str) -> bool:
    return len(text) <= 50 and len(text.split()) <= 5 and not text[0].islower()


def is_dateline(text: str) -> bool:
    """Whether the line is a byline, or holds a date and next to nothing else."""
    if len(text) > BYLINE_CHARS or not (_HINT.search(text) or find_reporters(text)):
        return False
    if label_role(text) == "author":
        return True
    parts = read_byline(text)
    known = sum(p.end - p.start for p in parts if p.role != "other")
    return (
        any(p.role in ("date", "name") and not p.label for p in parts)
        and any(p.role == "date" or p.label for p in parts)
        and 2 * known >= len(text) - 10
    )
