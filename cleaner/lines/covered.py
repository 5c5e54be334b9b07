"""Which lines lie wholly inside of spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.document import Line


def covered(lines: Sequence[Line], spans: Iterable[tuple[int, int]]) -> list[bool]:
    """For each line whether the spans, taken together, hold all of it.

    Args:
        lines: in order.
        spans: start and end of each, in any order; they may overlap.
    """
    ordered = sorted(spans)
    found: list[bool] = []
    reach = at = 0
    for line in lines:
        while at < len(ordered) and ordered[at][0] <= max(line.start, reach):
            reach = max(reach, ordered[at][1])
            at += 1
        found.append(reach >= line.end)
    return found
