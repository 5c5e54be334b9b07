"""What a terminal takes: colour or none, its width, and no control characters from a document."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from typing import Literal, TextIO

Colour = Literal["auto", "always", "never"]

# What moves the cursor, changes colours or turns the direction of the text: a document must not
# be able to do that. The joiners of emoji and of some scripts are not among them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def in_colour(choice: Colour, stream: TextIO, env: Mapping[str, str] = os.environ) -> bool:
    """Whether to use colour: asked for, or on a terminal whose user has not set ``NO_COLOR``."""
    if choice != "auto":
        return choice == "always"
    return not env.get("NO_COLOR") and env.get("TERM") != "dumb" and stream.isatty()


def width(least: int = 60) -> int:
    """How wide a table may be."""
    return max(least, shutil.get_terminal_size((100, 24)).columns)


def printable(text: str) -> str:
    """Text with its control and direction characters made visible; line feeds and tabs stay."""
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Text fit for a cell of a table or for a message."""
    return " ".join(printable(text).split())


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: East Asian characters take two."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def fit(text: str, size: int) -> str:
    """The text cut or filled up to ``size`` columns."""
    if columns(text) <= size:
        return text + " " * (size - columns(text))
    kept = ""
    room = size - 1
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept += character
    return f"{kept}…" + " " * (size - 1 - columns(kept))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"
