"""The byline region: which lines around the title and the first prose state author and date."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Document
from cleaner.fields.byline import BYLINE_CHARS, Part, Role, read_byline
from cleaner.fields.collect import Finds
from cleaner.fields.faraway import find_far_authors, find_far_date
from cleaner.fields.names import has_first_name, is_role
from cleaner.fields.published import Dated, publish
from cleaner.fields.title import Title

_ABOVE = 5
"""Lines above the title in which a byline may stand."""
_BELOW = 18
"""Lines below the title, at most, in which one may stand."""
_PROSE = 2
"""Running paragraphs after which no more bylines are looked for."""
_TAIL = 12
"""Lines after the last running text in which a labelled byline may stand."""


def find_byline(finds: Finds, title: Title | None, prose: Sequence[int]) -> None:
    """Propose authors and dates, and what stands around them."""
    doc = finds.doc
    dates: list[Dated] = []
    head = _head(doc, title, prose)
    people = 0
    pending: Role | None = None
    previous = -2
    for number in head:
        line = doc.lines[number]
        if len(line.text) > BYLINE_CHARS or line.prose:
            # Below the text that a dated byline stands above, dates are somebody else's.
            if line.prose and dates:
                break
            pending = None
            continue
        led = pending if previous == number - 1 else None
        parts = _vetted(doc, number, read_byline(line.text, led), led)
        if not _is_byline(doc, number, parts, pending, title):
            pending = None
            continue
        pending = parts[-1].role if parts[-1].label else None
        previous = number
        _take(finds, number, parts, dates, people < 6)
        people += sum(p.role == "name" for p in parts)
    for number in _tail(doc, prose, head):
        parts = read_byline(doc.lines[number].text)
        if (
            parts
            and parts[0].label
            and len(parts) > 1
            and not any(p.role == "other" for p in parts)
        ):
            _take(finds, number, parts, dates, True)
    if not finds.has("authors"):
        for number, parts in find_far_authors(doc, prose):
            _take(finds, number, parts, dates, True)
    if not any(part.date is not None and part.date.day for _, _, part, _ in dates):
        far = find_far_date(doc, prose)
        dates += [far] if far is not None and far.line not in {d[0] for d in dates} else []
    publish(finds, dates)


def _head(doc: Document, title: Title | None, prose: Sequence[int]) -> range:
    """The lines in which an unlabelled byline may stand."""
    if title is not None:
        first = max(0, title.line - _ABOVE)
        return range(first, min(_stop(doc, prose, title.line), title.line + _BELOW))
    if not prose or prose[0] > 12:
        return range(0)
    return range(min(_stop(doc, prose, -1), prose[0] + 8))


def _stop(doc: Document, prose: Sequence[int], after: int) -> int:
    """The line at which the paragraphs begin before which alone a byline may stand."""
    blocks: set[int] = set()
    for number in prose:
        if number > after:
            blocks.add(doc.lines[number].block)
            if len(blocks) > _PROSE:
                return number
    return len(doc.lines)


def _tail(doc: Document, prose: Sequence[int], head: range) -> range:
    if not prose:
        return range(0)
    start = max(prose[-1] + 1, head.stop)
    return range(start, min(len(doc.lines), start + _TAIL))


def _is_byline(
    doc: Document, number: int, parts: list[Part], pending: Role | None, title: Title | None
) -> bool:
    """Whether a line's parts are a byline's."""
    if not parts:
        return False
    roles = {p.role for p in parts if not p.label}
    labels = {p.role for p in parts if p.label}
    if "other" in roles and not _is_led(parts, roles, labels, number, title):
        return False
    if number in doc.hits and not ("date" in roles or (labels and roles)):
        return False
    if roles <= {"count", "role", "other"} and not labels:
        return False
    if labels and not roles:
        return _announces(doc, number, labels)
    if "name" in roles and not labels & {"author"} and pending != "author":
        return _stands_alone(doc, number, parts, title)
    return True


def _is_led(
    parts: list[Part], roles: set[Role], labels: set[Role], number: int, title: Title | None
) -> bool:
    """Whether a line right under the title holds a few words more, such as the section's."""
    if title is None or not title.line < number <= title.line + 6:
        return False
    extra = [p for p in parts if p.role == "other"]
    if len(extra) > 1 or extra[0].end - extra[0].start > 24:
        return False
    named = "name" in roles and "author" in labels
    return named or ("date" in roles and ("name" in roles or bool(labels)))


def _vetted(doc: Document, number: int, parts: list[Part], led: Role | None) -> list[Part]:
    """The parts, a name without a label only where its first name or the text vouches for it."""
    start = doc.lines[number].start
    vetted = []
    announced = led == "author"
    for part in parts:
        if part.label:
            announced = part.role == "author"
        elif part.role == "name" and not announced:
            name = doc.text[start + part.start : start + part.end]
            if not has_first_name(name) and doc.text.count(name) < 2:
                part = part._replace(role="other")
        elif part.role in ("date", "count"):
            announced = False
        vetted.append(part)
    return vetted


def _stands_alone(doc: Document, number: int, parts: list[Part], title: Title | None) -> bool:
    """Whether a name without a label is an author's, by its place or a date beside it."""
    if title is not None and number <= title.line:
        return False
    start = doc.lines[number].start
    first = next(p for p in parts if p.role == "name")
    known = has_first_name(doc.text[start + first.start : start + first.end])
    if known and title is not None and number - title.line <= 3:
        return True
    if known and number + 1 < len(doc.lines) and is_role(doc.lines[number + 1].text):
        return True
    return any(p.role == "date" for p in parts) or _beside_date(doc, number)


def _announces(doc: Document, number: int, labels: set[Role]) -> bool:
    """Whether a label that stands by itself has its value on the line below."""
    if number + 1 >= len(doc.lines):
        return False
    role = next(iter(labels))
    parts = read_byline(doc.lines[number + 1].text, role)
    wanted = {"author": "name", "helper": "helper", "source": "source"}.get(role, "date")
    return (
        bool(parts)
        and any(p.role == wanted and not p.label for p in parts)
        and all(p.role != "other" for p in parts)
    )


def _beside_date(doc: Document, number: int) -> bool:
    """Whether a line next but one holds a date, a read-time or a role and nothing else."""
    for other in (number + 1, number - 1, number + 2, number - 2):
        if 0 <= other < len(doc.lines) and len(doc.lines[other].text) <= 100:
            parts = read_byline(doc.lines[other].text)
            dated = any(p.role in ("date", "count") for p in parts)
            if dated and all(p.role != "other" for p in parts):
                return True
    return False


def _take(
    finds: Finds,
    number: int,
    parts: list[Part],
    dates: list[Dated],
    more: bool,
) -> None:
    start = finds.doc.lines[number].start
    label: Role | None = None
    for at, part in enumerate(parts):
        left, right = start + part.start, start + part.end
        if part.label:
            label = part.role
            # "By" is a part of what states the author; a label set apart states nothing itself.
            if not _announced(parts, at):
                finds.remove("byline.label", left, right)
            continue
        if at and parts[at - 1].label and _announced(parts, at - 1):
            left = start + parts[at - 1].start
        if part.role == "name":
            finds.field("authors", left, right)
            if not (at and _is_place(finds.doc.text, start, parts[at - 1], part)):
                finds.add("authors", start + part.start, right)
        elif part.role == "date":
            dates.append((start, left, part, label))
        elif part.role == "source":
            finds.field("source", left, right)
            finds.value("source", start + part.start, right)
        elif part.role == "count":
            finds.remove("byline.read-time", left, right)
        elif part.role == "role" and at and parts[at - 1].role == "name":
            # "MD" and "Senior Writer" belong to the name before them.
            finds.field("authors", left, right)
        elif part.role == "other":
            finds.remove("byline.section", left, right)
        else:
            finds.remove("byline.label", left, right)


def _is_place(text: str, start: int, before: Part, part: Part) -> bool:
    """Whether a name behind another is where that one wrote: "By Jane Doe, London"."""
    name = text[start + before.start : start + before.end].split()
    between = text[start + before.end : start + part.start].strip()
    place = text[start + part.start : start + part.end].split()
    return before.role == "name" and between == "," and len(name) > 1 and len(place) == 1


def _announced(parts: list[Part], at: int) -> bool:
    """Whether the part after a label is what the label announces."""
    if at + 1 >= len(parts) or parts[at + 1].label:
        return False
    wanted = {"author": "name", "source": "source", "helper": "helper"}.get(parts[at].role, "date")
    return parts[at + 1].role == wanted and wanted != "helper"
