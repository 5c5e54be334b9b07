"""The lines of a document as arrays of words: where they stand, their looks, their hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.judge import chars
from cleaner.judge.chars import CharTables

LOOKED_AT = 1_000
"""Code points of a line that are looked at; few lines have more."""

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_MIX = np.uint64(0xD6E8FEB86659FD93)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some lines. A character of a dense script is a word.

    Attributes:
        sorts: for each line, how many characters of each sort it has.
        line: for each word, the number of its line.
        hash: for each word, a hash of its lower-case form.
        first: for each word, the sort of its first character.
        second: the same of its second, or ``OTHER``.
        length: for each word, its length in code points.
        opening: for each line, the sort of its first character.
        closing: for each line, the sort of its last character, closing quotes aside.
        whole: for each line, a hash of all its words in order.
    """

    sorts: NDArray[np.int64]
    line: NDArray[np.int64]
    hash: Hashes
    first: NDArray[np.uint8]
    second: NDArray[np.uint8]
    length: NDArray[np.int64]
    opening: NDArray[np.uint8]
    closing: NDArray[np.uint8]
    whole: Hashes


def read_words(lines: Sequence[str], tables: CharTables) -> Words:
    """Read lines of text; each must hold a character that is not white space."""
    clipped = [t if len(t) <= LOOKED_AT else t[:LOOKED_AT] for t in lines]
    joined = "\n".join([*clipped, ""])
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.minimum(codes, chars.SIZE - 1)
    sizes = np.fromiter(map(len, clipped), np.int64, len(clipped)) + 1
    ends = np.cumsum(sizes)
    owner = np.repeat(np.arange(len(clipped)), sizes)
    sort = tables.sort[codes]
    sorts = np.bincount(owner * chars.SORTS + sort, minlength=len(clipped) * chars.SORTS)
    letter = (sort >= chars.LOWER) & (sort <= chars.DIGIT)
    before = np.empty_like(letter)
    before[0] = False
    before[1:] = letter[:-1]
    dense = sort == chars.DENSE
    after_dense = np.empty_like(dense)
    after_dense[0] = False
    after_dense[1:] = dense[:-1]
    starts = np.flatnonzero(letter & (~before | dense | after_dense))
    # Where a word ends, something that is no letter or a new word begins.
    stop = np.flatnonzero((~letter & before) | (letter & before & (dense | after_dense)))
    hashes = _hashes(tables.lower[codes], starts, stop)
    line = owner[starts]
    follows = np.minimum(starts + 1, len(codes) - 1)
    second = np.where(stop - starts > 1, sort[follows], chars.OTHER).astype(np.uint8)
    return Words(
        sorts=sorts.reshape(-1, chars.SORTS),
        line=line,
        hash=hashes,
        first=sort[starts],
        second=second,
        length=stop - starts,
        opening=sort[ends - sizes],
        closing=_closing(sort, ends, sizes),
        whole=_whole(hashes, line, len(clipped)),
    )


def _hashes(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], stop: NDArray[np.int64]
) -> Hashes:
    """Polynomial hashes of all words at once, from one running sum over the text."""
    size = len(codes)
    powers = np.full(size, _PRIME)
    powers[0] = 1
    np.multiply.accumulate(powers, out=powers)
    total = np.empty(size + 1, np.uint64)
    total[0] = 0
    np.cumsum((codes + np.uint64(1)) * powers, out=total[1:])
    inverse = np.full(size, _INVERSE)
    inverse[0] = 1
    np.multiply.accumulate(inverse, out=inverse)
    return _mixed((total[stop] - total[starts]) * inverse[starts])


def _mixed(value: Hashes) -> Hashes:
    value = (value ^ (value >> np.uint64(32))) * _MIX
    value = (value ^ (value >> np.uint64(32))) * _MIX
    mixed: Hashes = value ^ (value >> np.uint64(32))
    return mixed


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The telling words of some lines: long enough, and no function words.

    Attributes:
        line: for each such word, the number of its line.
        word: for each, the number of what it says: the same for the same word.
        size: how many different ones there are.
        lines: how many lines there are.
    """

    line: NDArray[np.int32]
    word: NDArray[np.int32]
    size: int
    lines: int


_TELLING = 4
"""The least length of a telling word, in code points; of scripts in which it is long enough."""


def read_vocabulary(words: Words, function: NDArray[np.bool_], lines: int) -> Vocabulary:
    """The telling words of the lines.

    Args:
        words: of the lines.
        function: which of the words are function words.
        lines: how many lines there are.
    """
    dense = words.first == chars.DENSE
    telling = ~function & (dense | ((words.length >= _TELLING) & (words.first != chars.DIGIT)))
    unique, inverse = np.unique(words.hash[telling], return_inverse=True)
    return Vocabulary(
        words.line[telling].astype(np.int32), inverse.astype(np.int32), len(unique), lines
    )


def cohesion(vocabulary: Vocabulary, weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much of each line's telling words also stand in other lines that weigh.

    Articles go on about their subject; what stands around them is about other things.

    Args:
        vocabulary: of the document.
        weight: of each line, 0 to 1: how surely it is the article's (or how surely it is not).

    Returns:
        A share from 0 to 1 for each line; -1 for a line without telling words.
    """
    line, word = vocabulary.line, vocabulary.word
    every = np.bincount(line, minlength=vocabulary.lines)
    if not len(line):
        return np.full(vocabulary.lines, -1, np.float32)
    mass = np.bincount(word, weights=weight[line], minlength=vocabulary.size)
    # What the line itself brings does not count. Its repeats of a word are few: once is taken off.
    others = np.clip(mass[word] - weight[line], 0, 1)
    found = np.bincount(line, weights=others, minlength=vocabulary.lines)
    return np.where(every > 0, found / np.maximum(every, 1), -1).astype(np.float32)


def pairs(words: Words) -> tuple[NDArray[np.int64], Hashes]:
    """The pairs of words that follow each other in a line: line numbers and hashes."""
    same = words.line[1:] == words.line[:-1]
    return words.line[1:][same], _mixed(words.hash[:-1][same] * _PRIME + words.hash[1:][same])


def _whole(hashes: Hashes, line: NDArray[np.int64], lines: int) -> Hashes:
    """A hash of each line's words in their order."""
    count = np.bincount(line, minlength=lines)
    ends = np.cumsum(count)
    place = np.arange(len(line)) - (ends - count)[line]
    total = np.zeros(len(line) + 1, np.uint64)
    np.cumsum(_mixed(hashes + place.astype(np.uint64) * _PRIME), out=total[1:])
    whole: Hashes = total[ends] - total[ends - count]
    return whole


def _closing(
    sort: NDArray[np.uint8], ends: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint8]:
    at = ends - 2
    last = sort[at]
    for _ in range(2):
        step = (last == chars.QUOTE) & (at > ends - sizes)
        at = at - step
        last = sort[at]
    return last
