"""Lines that echo each other: the same words, or the same first or last word.

Lists that a program wrote do so: every comment begins with "Name says:", every teaser ends with
the year, and a bar stands above an article and below it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.words import Hashes, Words

_SHORT = 12
"""Lines of more words than this are no labels; what they begin or end with is chance."""


def echoes(words: Words, lines: int) -> NDArray[np.float32]:
    """For each line the log of how many lines have its words, its first word, its last word.

    Of the latter two only short lines have any, and are counted.
    """
    out = np.zeros((3, lines), np.float32)
    _, same, copies = np.unique(words.whole, return_inverse=True, return_counts=True)
    out[0] = np.log(copies[same])
    count = np.bincount(words.line, minlength=lines)
    short = np.flatnonzero((count > 0) & (count <= _SHORT))
    last = np.cumsum(count)[short] - 1
    for row, at in ((1, last - count[short] + 1), (2, last)):
        out[row, short] = _log_copies(words.hash[at])
    return out


def _log_copies(hashes: Hashes) -> NDArray[np.float64]:
    _, same, copies = np.unique(hashes, return_inverse=True, return_counts=True)
    found: NDArray[np.float64] = np.log(copies[same])
    return found
