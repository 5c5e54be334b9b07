"""Text layer to lines: whatever the line breaks, find what a reader would call a block."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleaner.article import BlockKind
from cleaner.document import Document, Line
from cleaner.fold import fold
from cleaner.shape import LIST_MARKER, ends_sentence, is_prose, is_sentence, trim
from cleaner.stages.runin import run_in_headings

LONG_BLOCK = 600
"""Code points from which a block is judged sentence by sentence."""
FOLDED = 400
"""How many code points of a line are folded: longer lines are no widget's words."""
_WIDTHS = range(30, 141)
"""Line widths, in code points, that hard-wrapped text has."""
_FEW = 3
_NARROW = 50
"""Of fewer than ``_FEW`` line breaks, all must fall inside a sentence, and lines be this long."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s+(?=[^\sa-z])|[。！？][”’」』）]{0,3}")
_HEADING_CHARS = 120
_HEADING_WORDS = 16
# A line with its break. U+0085 is none here: far more often it is a byte of mojibake.
_BREAK = "\n\r\x0b\x0c\u2028\u2029"
_LINE = re.compile(f"[^{_BREAK}]+(?:\r\n|[{_BREAK}])?|\r\n|[{_BREAK}]")
_FENCE = ("```", "~~~")


@dataclass(slots=True)
class _Row:
    """A physical line, without the white space around it."""

    start: int
    end: int
    text: str
    gap: int
    indent: int
    kind: BlockKind


def segment(doc: Document) -> Document:
    """Find ``lines``: blocks, and sentences of blocks that are too long to judge as a whole."""
    rows = list(_rows(doc.text))
    blocks = _blocks(doc.text, rows)
    blocks = _label(doc.text, _split_run_in(doc.text, blocks))
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        if len(block.text) <= LONG_BLOCK or block.kind in ("code", "table_row"):
            lines.append(_line(block, number, block.start, block.end, block.text))
            continue
        for start, end in _sentences(block):
            lines.append(_line(block, number, start, end, doc.text[start:end]))
    return replace(doc, lines=tuple(lines))


def _line(block: _Row, number: int, start: int, end: int, text: str) -> Line:
    sentence = is_sentence(text)
    return Line(
        start=start,
        end=end,
        text=text,
        block=number,
        kind=block.kind,
        gap=block.gap if start == block.start else 0,
        key=fold(text[:FOLDED]),
        sentence=sentence,
        prose=sentence and is_prose(text, sentence),
    )


def _rows(text: str) -> Iterator[_Row]:
    position = gap = 0
    fenced = False
    for match in _LINE.finditer(text):
        raw = match.group()
        start, end = trim(raw, 0, len(raw))
        if start == end:
            gap += 1
            position += len(raw)
            continue
        stripped = raw[start:end]
        kind = _kind(stripped)
        if stripped.startswith(_FENCE):
            fenced, kind = not fenced, "code"
        elif fenced:
            kind = "code"
        yield _Row(position + start, position + end, stripped, gap, start, kind)
        position += len(raw)
        gap = 0


def _kind(text: str) -> BlockKind:
    first = text[0]
    if first == "#" and re.match(r"#{1,6}\s+\S", text):
        return "heading"
    if first == ">":
        return "quote"
    if "\t" in text or (first == "|" and text.count("|") > 1):
        return "table_row"
    if not first.isalpha() and LIST_MARKER.match(text):
        return "list_item"
    return "paragraph"


def _blocks(text: str, rows: list[_Row]) -> list[_Row]:
    """Rejoin hard-wrapped rows, so that each row is a block."""
    width = _wrap_width(rows)
    if width is None:
        return rows
    blocks: list[_Row] = []
    last: _Row | None = None
    for row in rows:
        if last is not None and _continues(last, row, width):
            block = blocks[-1]
            blocks[-1] = replace(block, end=row.end)
        else:
            blocks.append(row)
        last = row
    return [
        b if len(b.text) == b.end - b.start else replace(b, text=text[b.start : b.end])
        for b in blocks
    ]


def _joinable(row: _Row, following: _Row) -> bool:
    """Whether ``following`` could be the rest of ``row``'s paragraph, by kind and place."""
    return (
        following.gap == 0
        and following.kind == "paragraph"
        and row.kind in ("paragraph", "list_item", "quote")
    )


def _overflows(row: _Row, following: _Row, width: int) -> bool:
    """Whether the first word of ``following`` had no room at the end of ``row``."""
    space = following.text.find(" ", 0, width)
    word = len(following.text) if space < 0 else space
    return len(row.text) + row.indent + 1 + word > width


def _wrap_width(rows: list[_Row]) -> int | None:
    """The width at which a program broke the lines, or None where none did.

    Wrapped text shows it twice: a line ends where the next word had no room, and lines end in
    the middle of a sentence.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(rows) if _joinable(a, b)]
    if not pairs:
        return None
    widths = sorted(len(a.text) + a.indent for a, _ in pairs)
    width = widths[len(widths) * 98 // 100]
    if width not in _WIDTHS:
        return None
    full = sum(_overflows(a, b, width) for a, b in pairs)
    middle = sum(not ends_sentence(a.text) for a, _ in pairs)
    lower = sum(b.text[0].islower() for _, b in pairs)
    even = sum(len(a.text) + a.indent > 0.75 * width for a, _ in pairs)
    if full < 0.6 * len(pairs) or middle < 0.5 * len(pairs):
        return None
    if len(pairs) < _FEW:
        return width if lower == len(pairs) and width > _NARROW else None
    return width if lower > 0.3 * len(pairs) or even > 0.85 * len(pairs) else None


def _continues(row: _Row, following: _Row, width: int) -> bool:
    if not _joinable(row, following):
        return False
    if len(following.text) > 1.2 * width or len(row.text) > 1.2 * width:
        return False
    if _overflows(row, following, width):
        return True
    return following.text[0].islower() and not ends_sentence(row.text)


def _split_run_in(text: str, blocks: list[_Row]) -> list[_Row]:
    splits = run_in_headings([b.text if b.kind == "paragraph" else "" for b in blocks])
    if not splits:
        return blocks
    result: list[_Row] = []
    for number, block in enumerate(blocks):
        at = splits.get(number)
        if at is None:
            result.append(block)
            continue
        head = block.text[:at].rstrip()
        start = block.start + at
        result.append(replace(block, end=block.start + len(head), text=head, kind="heading"))
        result.append(replace(block, start=start, text=text[start : block.end], gap=0))
    return result


def _label(text: str, blocks: list[_Row]) -> list[_Row]:
    """Tell headings and the rows of flattened tables from paragraphs, by what stands around."""
    spaced = sum(b.gap > 0 for b in blocks) > 0.4 * len(blocks)
    if spaced:
        for first, last in _table_runs(blocks):
            for number in range(first, last):
                blocks[number] = replace(blocks[number], kind="table_row")
    for number in range(len(blocks) - 2, -1, -1):
        block, below = blocks[number], blocks[number + 1]
        if block.kind != "paragraph" or not _looks_like_heading(block.text):
            continue
        if below.kind in ("heading", "list_item", "quote") or is_sentence(below.text):
            blocks[number] = replace(block, kind="heading")
    return blocks


def _looks_like_heading(text: str) -> bool:
    if len(text) > _HEADING_CHARS or text[-1] in ".,;:…。，；：" or "\n" in text:
        return False
    first = text.lstrip("\"'“‘«¿¡([")[:1]
    return (
        (first.isupper() or first.isdigit() or (first.isalpha() and not first.islower()))
        and any(map(str.isalpha, text))
        and len(text.split()) <= _HEADING_WORDS
    )


def _table_runs(blocks: list[_Row]) -> Iterator[tuple[int, int]]:
    """Runs of rows that a line ending in a colon leads in, set closer than the text around them."""
    number = 1
    while number < len(blocks):
        end = number
        while (
            end < len(blocks)
            and (end == number or blocks[end].gap == 0)
            and _is_cell_row(blocks[end])
        ):
            end += 1
        if end - number >= 3 and blocks[number].gap > 0 and blocks[number - 1].text.endswith(":"):
            yield number, end
        number = max(end, number + 1)


def _is_cell_row(block: _Row) -> bool:
    return (
        block.kind == "paragraph"
        and block.text[-1] not in ".!?:;,"
        and not block.text[0].islower()
        and len(block.text.split(None, 3)) > 2
    )


def _sentences(block: _Row) -> Iterator[tuple[int, int]]:
    """The sentences of a long block."""
    start = 0
    for match in _SENTENCE_END.finditer(block.text):
        end = match.end()
        if end < len(block.text):
            left, right = trim(block.text, start, end)
            yield block.start + left, block.start + right
            start = end
    yield block.start + start, block.end
