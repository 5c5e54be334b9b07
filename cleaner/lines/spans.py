"""Lines and the spans that lie over them: which a span touches, which it holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from cleaner.document import Line

Span = tuple[int, int]
"""Start and end in the text layer, half open."""


def touched(lines: Sequence[Line], spans: Iterable[Span]) -> Iterator[slice]:
    """For each span the lines of which it holds anything."""
    starts, ends = [line.start for line in lines], [line.end for line in lines]
    for start, end in spans:
        yield slice(bisect_right(ends, start), bisect_left(starts, end))


def held(lines: Sequence[Line], spans: Iterable[Span]) -> Iterator[slice]:
    """For each span the lines that it holds wholly; an empty slice where there are none."""
    starts, ends = [line.start for line in lines], [line.end for line in lines]
    for start, end in spans:
        first = bisect_left(starts, start)
        yield slice(first, max(first, bisect_right(ends, end)))


def covered(lines: Sequence[Line], spans: Iterable[Span]) -> list[bool]:
    """For each line whether the spans, taken together, hold all of it."""
    ordered = sorted(spans)
    found: list[bool] = []
    reach = at = 0
    for line in lines:
        while at < len(ordered) and ordered[at][0] <= max(line.start, reach):
            reach = max(reach, ordered[at][1])
            at += 1
        found.append(reach >= line.end)
    return found
