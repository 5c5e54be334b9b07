"""Physical lines of a text, and what each of them is by its own look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.article import BlockKind
from cleaner.shape import LIST_MARKER, is_sentence, trim

ENDLESS_BLOCK = 1_500
"""Code points from which a block is likely a whole page without line breaks."""
# A line with its break. U+0085 is none here: far more often it is a byte of mojibake.
_BREAK = "\n\r\x0b\x0c\u2028\u2029"
_LINE = re.compile(f"[^{_BREAK}]+(?:\r\n|[{_BREAK}])?|\r\n|[{_BREAK}]")
_NO_BREAK = "\x1c\x1d\x1e\x85"
"""What ``str.splitlines`` takes for line breaks besides them."""
_FENCE = ("```", "~~~")
_FENCES = "`~"
_DEEP, _DEEP_MARKERS = 12, "o#@"
"""How far text browsers indent the third level of a list, and with what they mark deeper levels."""


@dataclass(slots=True)
class Row:
    """A physical line, without the white space around it."""

    start: int
    end: int
    text: str
    gap: int
    indent: int
    kind: BlockKind
    sentence: bool | None = None
    """What :func:`is_sentence` said of it, once it was asked."""

    def is_sentence(self) -> bool:
        """Whether it reads as a sentence."""
        if self.sentence is None:
            self.sentence = is_sentence(self.text)
        return self.sentence


def rows(text: str) -> list[Row]:
    """The lines of a text that hold more than white space."""
    found: list[Row] = []
    position = gap = 0
    fenced = False
    odd = "\x85" in text or "\xa0" in text  # see ``trim``
    plain = not any(c in text for c in _NO_BREAK)
    for raw in text.splitlines(keepends=True) if plain else _LINE.findall(text):
        stripped = raw.strip()
        if not stripped:
            gap += 1
            position += len(raw)
            continue
        start = 0 if raw[0] == stripped[0] else len(raw) - len(raw.lstrip())
        if odd:
            start, end = trim(raw, 0, len(raw))
            stripped = raw[start:end]
        kind = _kind(stripped)
        if start >= _DEEP and stripped[1:2] == " " and stripped[0] in _DEEP_MARKERS:
            kind = "list_item"
        if stripped[0] in _FENCES and stripped.startswith(_FENCE):
            fenced, kind = not fenced, "code"
        elif fenced:
            kind = "code"
        left = position + start
        found.append(Row(left, left + len(stripped), stripped, gap, start, kind))
        position += len(raw)
        gap = 0
    return found


def unmarked(text: str, kind: BlockKind) -> str:
    """A line without a mark that would pass for a word ("o Home")."""
    marked = kind == "list_item" and text[1:2] == " " and text[0] in _DEEP_MARKERS
    return text[2:].lstrip() if marked else text


def _kind(text: str) -> BlockKind:
    first = text[0]
    tabbed = "\t" in text and len(text) < ENDLESS_BLOCK
    if first.isalpha():
        return "table_row" if tabbed else "paragraph"
    if first == "#" and re.match(r"#{1,6}\s+\S", text):
        return "heading"
    if first == ">":
        return "quote"
    if tabbed or (first == "|" and text.count("|") > 1):
        return "table_row"
    if LIST_MARKER.match(text):
        return "list_item"
    return "paragraph"
