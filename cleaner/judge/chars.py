"""What sort of character each code point is, as tables in which numpy looks up whole texts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

(OTHER, SPACE, LOWER, UPPER, LETTER, DENSE, DIGIT, TERMINAL, PAUSE, QUOTE, SEPARATOR, SYMBOL) = (
    range(12)
)
SORTS = 12
"""How many sorts of characters there are."""
SIZE = 0x20000
"""Code points from here on count as ``OTHER``."""

_GIVEN = {
    TERMINAL: ".!?…。！？؟।։",
    PAUSE: ",;:、，；：،",
    QUOTE: "\"'“”‘’„«»‹「」『』",
    SEPARATOR: "|/\\·•‣▪●→←↑↓›★☆_*#=+~^",
}
_DENSE = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F))
"""Scripts written without spaces, or with words of few characters: Chinese, Japanese, Korean."""


@dataclass(frozen=True, slots=True)
class CharTables:
    """Two look-ups by code point.

    Attributes:
        sort: what sort of character it is.
        lower: its lower-case form, where that is one code point.
    """

    sort: NDArray[np.uint8]
    lower: NDArray[np.uint32]


def build_char_tables() -> CharTables:
    """The tables, by this Python's version of Unicode; a model keeps those it was made with."""
    sort = np.zeros(SIZE, np.uint8)
    lower = np.arange(SIZE, dtype=np.uint32)
    given = {ord(char): number for number, chars in _GIVEN.items() for char in chars}
    for code in range(SIZE):
        char = chr(code)
        small = char.lower()
        if len(small) == 1 and ord(small) < SIZE:
            lower[code] = ord(small)
        sort[code] = given.get(code, _sort(char, code))
    return CharTables(sort, lower)


def _sort(char: str, code: int) -> int:
    if char.isspace():
        return SPACE
    if any(first <= code <= last for first, last in _DENSE):
        return DENSE
    if char.isdigit():
        return DIGIT
    if unicodedata.category(char)[0] == "M":
        # Vowel signs and accents are parts of words.
        return LETTER
    if char.isalpha():
        return LOWER if char.islower() else UPPER if char.isupper() else LETTER
    return SYMBOL if char.isprintable() else OTHER
