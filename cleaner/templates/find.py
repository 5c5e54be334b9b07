"""Where in an article known units may be taken for cruft.

That a unit repeats is not enough. A short line counts only beside something else that repeats with
it, a field, or an end of the article: a heading stands between what is the article's own. Prose and
parts of prose count before and after the article's own text; between its sentences only what nearly
all articles of the site have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaner.templates.beside import Beside
from cleaner.templates.known import Form, Found, Known
from cleaner.templates.units import (
    BEGINS,
    ENDS,
    FEW_WORDS,
    FIELD,
    GRAM,
    KNOWN,
    NUMBER,
    PROSE,
    WHOLE,
    Unit,
    key_of,
)

_AFTER_NUMBER = 2
"""So many words may follow a number in a part: "3 min read"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, read for what is known of its site.

    Attributes:
        forms: for each unit what it is, where it is known as a whole.
        parts: of the other units, by number, the known parts: first word, the one after the last,
            key.
        own: the units that are running text of the article's own.
    """

    forms: Sequence[Form | None]
    parts: Mapping[int, Sequence[tuple[int, int, int]]]
    own: Sequence[int]


def read(units: Sequence[Unit], known: Known, *, counting: bool = False) -> Reading:
    """Read an article for what is known.

    Args:
        units: of the article.
        known: what repeats over the articles of its site.
        counting: whether parts may overlap.
    """
    forms = [_form(unit, known) for unit in units]
    parts = {
        n: found
        for n, unit in enumerate(units)
        if unit.grams
        and (counting or forms[n] is None)
        and (found := [*_parts(unit, known, counting)])
    }
    own = [
        n
        for n, unit in enumerate(units)
        if forms[n] is None
        and unit.flags & PROSE
        and not unit.flags & (FIELD | KNOWN)
        and unit.words - _taken(parts.get(n, ())) >= FEW_WORDS
    ]
    return Reading(forms, parts, own)


def find(
    units: Sequence[Unit], known: Known, reading: Reading | None = None, *, counting: bool = False
) -> list[Found]:
    """The known units of an article that may be taken for cruft, in order, and their pairs.

    Nothing is found in an article of which no running text of its own would be left.

    Args:
        units: of the article.
        known: what repeats over the articles of its site.
        reading: the article, if it was read already.
        counting: whether everything counts between own sentences, and parts may overlap.
    """
    reading = reading if reading is not None else read(units, known, counting=counting)
    forms, own = reading.forms, reading.own
    if not own:
        return []
    found = []
    alive: set[int] = set()
    for n, unit in enumerate(units):
        inside = own[0] < n < own[-1]
        if forms[n] == "text" and (counting or not inside or _anywhere(unit, known)):
            found.append(Found(n, "text", unit.key, inside))
            alive.add(n)
        elif forms[n] == "line":
            alive.add(n)
        for a, b, key in reading.parts.get(n, ()):
            if counting or not inside or known.parts[key]:
                found.append(Found(n, "part", key, inside, a, b))
                if (a, b) == (0, len(unit.marks)):
                    alive.add(n)
    beside = Beside(units, forms, known, own, counting)
    beside.settle(alive)
    found += beside.found()
    return sorted(found, key=lambda f: (f.unit, f.first, f.last, f.form, f.key))


def is_line(unit: Unit) -> bool:
    """Whether a unit counts as a line, not as prose: it is short, and no sentence by itself."""
    if len(unit.marks) >= GRAM:
        return False
    sentence = unit.flags & WHOLE and unit.flags & ENDS and unit.words >= GRAM
    return unit.short and not sentence


def _taken(parts: Sequence[tuple[int, int, int]]) -> int:
    end = taken = 0
    for a, b, _ in sorted(parts):
        taken += max(0, b - max(a, end))
        end = max(end, b)
    return taken


def _form(unit: Unit, known: Known) -> Form | None:
    if unit.flags & FIELD:
        return None
    if is_line(unit):
        return "line" if unit.key in known.lines else None
    if unit.key in known.texts or (unit.key in known.parts and not unit.grams):
        return "text"
    return None


def _anywhere(unit: Unit, known: Known) -> bool:
    return known.texts.get(unit.key, False) or known.parts.get(unit.key, False)


def _parts(unit: Unit, known: Known, counting: bool) -> Iterator[tuple[int, int, int]]:
    """The known parts of a unit: first word, the one after the last, and key."""
    at = 0
    size = len(unit.marks)
    while at <= size - GRAM:
        taken = at + 1
        for words, key in known.begins.get(unit.grams[at], ()):
            end = at + words
            if (
                end <= size
                and may_begin(unit, at)
                and may_end(unit, end)
                and key_of(unit.grams[at : end - GRAM + 1], words) == key
                and plain_numbers(unit, at, end)
            ):
                yield at, end, key
                if not counting:
                    taken = end
                    break
        at = taken


def may_begin(unit: Unit, at: int) -> bool:
    """Whether a part may begin with a word."""
    return at == 0 or unit.marks[at] != 0


def may_end(unit: Unit, at: int) -> bool:
    """Whether a part may end before a word."""
    return at == len(unit.marks) or bool(unit.marks[at] & BEGINS)


def plain_numbers(unit: Unit, first: int, last: int) -> bool:
    """Whether the numbers in a part are those of labels: hardly a word follows them."""
    marks = unit.marks[first:last]
    if not any(mark & NUMBER for mark in marks):
        return True
    if unit.flags & PROSE and unit.flags & ENDS and last == len(unit.marks):
        return False
    left = len(marks)
    for mark in marks:
        if mark & NUMBER:
            left = _AFTER_NUMBER
        elif mark & BEGINS:
            left = len(marks)
        else:
            left -= 1
            if left < 0:
                return False
    return True
