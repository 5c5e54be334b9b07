"""Taking the cruft out of plain text in place: encoding, line endings and all else stay."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.article import Removal
from cleaner.check import Choice
from cleaner.errors import EmptyInput, NotFixable
from cleaner.pipeline import Pipeline

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text and what is left of it.

    Attributes:
        before: the text.
        after: the text without its cruft.
        data: the same as bytes, in the encoding that it came in.
        removed: what was taken out, with its place in ``before``.
    """

    before: str
    after: str
    data: bytes
    removed: tuple[Removal, ...]


def fix(data: bytes, pipeline: Pipeline, choice: Choice, encoding: str | None = None) -> Fixed:
    """Take the cruft that counts out of a plain text.

    What is left is cleaned again until nothing more is found, so that fixing it once more changes
    nothing.

    Args:
        data: the text's bytes.
        pipeline: what cleans.
        choice: which removals count.
        encoding: the encoding that the bytes are declared to be in; detected unless given.

    Raises:
        NotFixable: it is a page, is compressed, cannot be written back as it was, or holds nothing
            but cruft.
        InputError: no article can be made of it.
        UsageError: the encoding is unknown.
    """
    article = pipeline(data, encoding=encoding)
    if article.format != "text":
        raise NotFixable("this is a page; only plain text is changed in place")
    mark, codec = _codec(data, article.encoding)
    before = _decoded(data[len(mark) :], codec)
    found = choice.of(article, before)
    text, origin = before, [(0, 0, len(before))]
    removed: list[Removal] = []
    while found:
        removed += [_moved(r, origin) for r in found]
        kept = left_of(text, [(r.start, r.end) for r in found])
        origin = _followed(origin, kept)
        text = "".join([text[start:end] for start, end in kept])
        try:
            article = pipeline(text)
        except EmptyInput:
            raise NotFixable("it holds nothing but cruft; remove the file by hand") from None
        found = choice.of(article, text) if article.format == "text" else []
    removed.sort(key=lambda r: (r.start, r.end))
    return Fixed(before, text, mark + text.encode(codec), tuple(removed))


def _codec(data: bytes, encoding: str) -> tuple[bytes, str]:
    """The mark that stays in front of a file, and the codec of the rest."""
    for mark, codec in _MARKED:
        if data.startswith(mark) and encoding in ("utf-8-sig", "utf-16", "utf-32"):
            return mark, codec
    return b"", encoding


def _decoded(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
        same = text.encode(codec) == data
    except UnicodeError:
        same = False
    if not same:
        raise NotFixable(
            f"its bytes cannot be written back as they are: they are compressed, or not {codec}"
        )
    return text


def left_of(text: str, spans: Sequence[tuple[int, int]]) -> Spans:
    """What stays of a text when spans are cut out of it, as stretches of it.

    Lines of which nothing is left go with their line breaks; of the blank lines around them stay
    as many as there were on the side that had more. Spaces beside a cut go where they would stand
    at the end of a line, at its start, or twice.

    Args:
        text: the text.
        spans: in order, none overlapping another.
    """
    kept: Spans = []
    # Blank lines, and lines that are gone, since the last line that stays.
    waiting: list[tuple[int, int] | None] = []
    at = 0
    for line in _LINE.finditer(text):
        start, end = line.span()
        if start == end:
            break
        stop = start + len(line.group().rstrip("\r\n"))
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        cuts: Spans = []
        number = at
        # A blank line stays one, also inside of what is cut out.
        blank = not text[start:stop].strip()
        while not blank and number < len(spans) and spans[number][0] < stop:
            cuts.append((max(spans[number][0], start), min(spans[number][1], stop)))
            number += 1
        pieces = _line_pieces(text, start, stop, cuts) if cuts else [(start, stop)]
        if not any(not text[a:b].isspace() and a < b for a, b in pieces):
            waiting.append(None if cuts else (start, end))
            continue
        kept += _blank(waiting, first=not kept)
        waiting = []
        kept += [*pieces, (stop, end)]
    if waiting and None not in waiting:
        kept += [span for span in waiting if span is not None]
    return _joined(kept)


def _blank(waiting: Sequence[tuple[int, int] | None], *, first: bool) -> Spans:
    """The blank lines that stay between two lines, of those around what is gone."""
    if None not in waiting:
        return [span for span in waiting if span is not None]
    if first:
        return []
    longest: Spans = []
    run: Spans = []
    for span in [*waiting, None]:
        if span is not None:
            run.append(span)
            continue
        if len(run) > len(longest):
            longest = run
        run = []
    return longest


def _line_pieces(text: str, start: int, stop: int, cuts: Spans) -> Spans:
    """What is left of a line, without the spaces that a cut leaves at its ends or twice."""
    pieces: Spans = []
    position = start
    for left, right in [*cuts, (stop, stop)]:
        first, last = position, left
        if position > start:
            # Behind a cut: one space is enough, and none at the start of the line.
            before = text[pieces[-1][1] - 1] if pieces else " "
            if before.isspace():
                while first < last and text[first].isspace():
                    first += 1
        if first < last:
            pieces.append((first, last))
        position = max(position, right)
    if cuts and pieces and cuts[-1][1] >= stop:
        first, last = pieces[-1]
        while last > first and text[last - 1].isspace():
            last -= 1
        pieces[-1] = (first, last)
    return pieces


def _joined(spans: Spans) -> Spans:
    found: Spans = []
    for start, end in spans:
        if start == end:
            continue
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


Origin = list[tuple[int, int, int]]
"""Stretches of a text: where each starts, where it started at first, and how long it is."""


def _followed(origin: Origin, kept: Spans) -> Origin:
    """Where the stretches that are kept came from at first."""
    found: Origin = []
    at = 0
    for start, end in kept:
        for _, first, size in _overlaps(origin, start, end):
            found.append((at, first, size))
            at += size
    return found


def _overlaps(origin: Origin, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    for here, first, size in origin:
        left, right = max(start, here), min(end, here + size)
        if left < right:
            yield left, first + left - here, right - left


def _moved(removal: Removal, origin: Origin) -> Removal:
    """A removal with its place in the text as it was at first."""
    stretches = list(_overlaps(origin, removal.start, removal.end))
    first, (_, last, size) = stretches[0][1], stretches[-1]
    return replace(removal, start=first, end=last + size)
