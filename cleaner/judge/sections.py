"""What came since a telling line: below "Comments" comes more of the same, however far it goes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.lexicon import Floats
from cleaner.judge.signals import COLUMN

_GROUPS = (1, 2, 3, 4, 8)
"""Groups of rules whose lines announce what follows: newsletter, share, comments, related, bio."""
_REACH = 14
"""Marks so many lines apart belong to one cluster."""
_ALIKE = np.log(4.5)
"""Short lines of which so many end alike are marks."""
NONE = -1.0
"""What stands where no telling line came before."""

Wide = NDArray[np.float64]


def since(signals: Floats, prose_size: Wide, size: Wide) -> list[Floats]:
    """Of each line, by group: how much came since the group's last telling line.

    Args:
        signals: of the lines.
        prose_size: for each line, its characters where it is running text.
        size: its characters, whatever it is.

    Returns:
        For each group the log of the running text since, and the share of the document's running
        text that stands before that telling line. For comments also how many of the lines since
        are dated, and how many echo others; and :func:`clusters` of comments' lines, and of those
        with dated and echoing ones.
    """
    rows: list[Floats] = []
    before = np.cumsum(prose_size) - prose_size
    total = max(float(prose_size.sum()), 1.0)
    for group in _GROUPS:
        last = _last(signals[COLUMN["group_0"] + group] > 0)
        at = np.maximum(last, 0)
        none = last < 0
        rows.append(_or_none(np.log1p(np.maximum(before - before[at], 0)), none))
        rows.append(_or_none(before[at] / total, none))
        if group == 3:
            every = np.arange(len(size)) - at + 1
            for name in ("dated", "tail_copies", "head_copies"):
                sums = np.cumsum(signals[COLUMN[name]], dtype=np.float64)
                rows.append(_or_none((sums - sums[at]) / every, none))
    comments = signals[COLUMN["group_3"]] > 0
    dated, alike = signals[COLUMN["dated"]] > 0, signals[COLUMN["tail_copies"]] > _ALIKE
    rows += clusters(comments, prose_size)
    rows += clusters(comments | dated | alike, prose_size)
    return rows


def clusters(marked: NDArray[np.bool_], prose_size: Wide) -> list[Floats]:
    """Where a line lies in a cluster of marked lines, as the entries of a comment thread make.

    Below an article such a thread is cruft; in a forum it is all that there is. So each line is
    told how much running text stands before its cluster, and how much in it.

    Args:
        marked: lines such as "Reply" or a name with a date.
        prose_size: for each line, its characters where it is running text.

    Returns:
        Whether a line lies in a cluster, between its marks or soon after the last; the log of the
        number of its marks; the logs of the running text before it and in it; the share of the
        former; how far down the cluster the line is.
    """
    n = len(marked)
    numbers = np.flatnonzero(marked)
    if not len(numbers):
        return [np.full(n, NONE, np.float32)] * 6
    starts = np.flatnonzero(np.concatenate([[True], np.diff(numbers) > _REACH]))
    count = np.diff(np.append(starts, len(numbers)))
    first, last = numbers[starts], numbers[starts + count - 1]
    total = np.concatenate([[0.0], np.cumsum(prose_size)])
    end = np.minimum(last + _REACH, n - 1)
    before, inside = total[first], total[end + 1] - total[first]
    position = np.arange(n)
    of = np.maximum(np.searchsorted(first, position, "right") - 1, 0)
    none = (position < first[0]) | (position > end[of])
    return [
        (~none).astype(np.float32),
        _or_none(np.log(count)[of], none),
        _or_none(np.log1p(before)[of], none),
        _or_none(np.log1p(inside)[of], none),
        _or_none((before / np.maximum(before + inside, 1))[of], none),
        _or_none((position - first[of]) / (end - first + 1)[of], none),
    ]


def _last(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The number of the last marked line at or before each line, or -1."""
    numbers = np.where(mask, np.arange(len(mask)), -1)
    return np.maximum.accumulate(numbers)


def _or_none(values: Wide, none: NDArray[np.bool_]) -> Floats:
    return np.where(none, NONE, values).astype(np.float32)
