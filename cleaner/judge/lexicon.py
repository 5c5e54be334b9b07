"""What the words themselves say: function words by language, words of dates, learnt weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.judge.chars import CharTables
from cleaner.judge.words import Hashes, Words, pairs, read_words

BUCKETS = 1 << 17
SHORT = 6
"""Lines of up to so many words have weights of their own: there "about us" is a menu's entry."""

_LEAST = 0.08
"""The least share of function words in a text of a language: in others' texts there are fewer."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The function words of some languages, and the words of dates.

    Attributes:
        hashes: of the words, sorted.
        bits: for each, the languages whose function word it is, one bit each; the bit after theirs
            says that it is a word of dates.
        languages: how many languages there are, 31 at most.
    """

    hashes: Hashes
    bits: NDArray[np.uint32]
    languages: int

    def language(self, bits: NDArray[np.uint32]) -> int:
        """The number of the language that a text is in, by the languages of its words.

        Returns:
            ``languages`` where too few of the words are function words of any.
        """
        if not self.languages or not len(bits):
            return self.languages
        found = bits[bits > 0]
        counts = ((found[:, None] >> np.arange(self.languages, dtype=np.uint32)) & 1).sum(0)
        best = int(np.argmax(counts))
        return best if counts[best] >= _LEAST * len(bits) else self.languages

    def of(self, words: Words) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
        """For each word, the languages it is a function word of; whether it is one of dates."""
        if not len(self.hashes):
            return np.zeros(len(words.hash), np.uint32), np.zeros(len(words.hash), np.bool_)
        at = np.minimum(np.searchsorted(self.hashes, words.hash), len(self.hashes) - 1)
        found = np.where(self.hashes[at] == words.hash, self.bits[at], 0).astype(np.uint32)
        date = np.uint32(1 << self.languages)
        return found & (date - np.uint32(1)), (found & date) > 0


def known_words(
    function: Sequence[Sequence[str]], dates: Sequence[str], tables: CharTables
) -> KnownWords:
    """Known words from a list of function words for each language, and one of words of dates."""
    bits: dict[int, int] = {}
    for number, words in enumerate([*function, dates]):
        for value in read_words(list(words), tables).hash.tolist() if words else ():
            bits[value] = bits.get(value, 0) | 1 << number
    hashes = np.array(sorted(bits), np.uint64)
    return KnownWords(
        hashes, np.array([bits[h] for h in hashes.tolist()], np.uint32), len(function)
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """What the weights of lines are looked up by: words, pairs of words, lines as a whole.

    Attributes:
        line: for each term, the number of its line.
        bucket: for each term, where its weight stands. The last terms are the lines as a whole.
        lines: how many lines there are.
    """

    line: NDArray[np.int32]
    bucket: NDArray[np.int32]
    lines: int


def read_terms(words: Words, lines: int) -> Terms:
    """The terms of some lines."""
    count = np.bincount(words.line, minlength=lines)
    salt = np.where(count <= SHORT, np.uint64(0x5BD1E9955BD1E995), np.uint64(0))
    pair_line, pair_hash = pairs(words)
    line = np.concatenate([words.line, pair_line, np.arange(lines)])
    value = np.concatenate([words.hash, pair_hash, words.whole])
    bucket = ((value ^ salt[line]) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(
        65 - BUCKETS.bit_length()
    )
    return Terms(line.astype(np.int32), bucket.astype(np.int32), lines)


LEXICAL = (
    "lexical",
    "lexical_sum",
    "lexical_least",
    "lexical_most",
    "lexical_line",
    "lexical_known",
)
"""What the rows of :func:`lexical` hold."""


def lexical(terms: Terms, weights: Floats) -> Floats:
    """What the weights say of each line: their mean, sum, least and greatest, that of the line as a
    whole, and the share of its terms that have one.
    """
    line, lines = terms.line, terms.lines
    found = weights[terms.bucket]
    known = found != 0
    count = np.bincount(line[known], minlength=lines)
    total = np.bincount(line, weights=found, minlength=lines)
    every = np.bincount(line, minlength=lines)
    # By line, so that each line's terms stand together.
    order = np.argsort(line, kind="stable")
    starts = np.cumsum(every) - every
    ordered = found[order]
    out = np.empty((len(LEXICAL), lines), np.float32)
    out[0] = total / (3 + count)
    out[1] = np.clip(total, -12, 12)
    out[2] = np.minimum(np.minimum.reduceat(ordered, starts), 0)
    out[3] = np.maximum(np.maximum.reduceat(ordered, starts), 0)
    out[4] = found[-lines:]
    out[5] = count / every
    return out
