"""Text layer to lines: whatever the line breaks, find what a reader would call a block."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner.article import BlockKind
from cleaner.document import Document, Line
from cleaner.fold import fold
from cleaner.shape import LIST_MARKER, ends_sentence, is_prose, is_sentence, trim
from cleaner.stages.labels import Pairs, Phrases, capital_pairs, common_words, label_cuts
from cleaner.stages.runin import run_in_headings

if TYPE_CHECKING:
    from cleaner.html.page import Page

LONG_BLOCK = 600
"""Code points from which a block is judged sentence by sentence."""
ENDLESS_BLOCK = 1_500
"""Code points from which a block is likely a whole page without line breaks."""
FOLDED = 400
"""How many code points of a line are folded: longer lines are no widget's words."""
_WIDTHS = range(30, 141)
"""Line widths, in code points, that hard-wrapped text has."""
_FEW = 3
_NARROW = 50
"""Of fewer than ``_FEW`` line breaks, all must fall inside a sentence, and lines be this long."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s+(?=[^\sa-z])|[。！？][”’」』）]{0,3}")
_BOLD = 0.9
"""How much of a page's line must stand out for it to be a heading."""
_HEADING_CHARS = 120
_HEADING_WORDS = 16
# A line with its break. U+0085 is none here: far more often it is a byte of mojibake.
_BREAK = "\n\r\x0b\x0c\u2028\u2029"
_LINE = re.compile(f"[^{_BREAK}]+(?:\r\n|[{_BREAK}])?|\r\n|[{_BREAK}]")
_NO_BREAK = "\x1c\x1d\x1e\x85"
"""What ``str.splitlines`` takes for line breaks besides them."""
_FENCE = ("```", "~~~")
_FENCES = "`~"


@dataclass(slots=True)
class _Row:
    """A physical line, without the white space around it."""

    start: int
    end: int
    text: str
    gap: int
    indent: int
    kind: BlockKind
    sentence: bool | None = None
    """What :func:`is_sentence` said of it, once it was asked."""


def segment(doc: Document) -> Document:
    """Find ``lines``: blocks, and sentences of blocks that are too long to judge as a whole."""
    if doc.page is not None:
        blocks = _of_page(doc.page)
    else:
        blocks = _label(_split_run_in(doc.text, _blocks(doc.text, _rows(doc.text))))
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        if len(block.text) <= LONG_BLOCK or block.kind in ("code", "table_row"):
            sentence = _is_sentence(block)
            lines.append(_line(block, number, block.start, block.end, block.text, sentence))
            continue
        for start, end in _sentences(block, doc.rules.labels):
            text = doc.text[start:end]
            lines.append(_line(block, number, start, end, text, is_sentence(text)))
    return replace(doc, lines=tuple(lines))


def _line(block: _Row, number: int, start: int, end: int, text: str, sentence: bool) -> Line:
    return Line(
        start,
        end,
        text,
        number,
        block.kind,
        block.gap if start == block.start else 0,
        fold(text[:FOLDED]),
        sentence,
        sentence and is_prose(text, sentence),
    )


def _is_sentence(block: _Row) -> bool:
    if block.sentence is None:
        block.sentence = is_sentence(block.text)
    return block.sentence


def _of_page(page: Page) -> list[_Row]:
    """The lines of a page, which says itself what they are.

    Items typed by hand are list items all the same, and a bold line above text is a heading.
    """
    rows: list[_Row] = []
    for row in page.rows:
        text = page.text[row.start : row.end]
        kind = row.kind
        if kind == "paragraph" and LIST_MARKER.match(text) is not None:
            kind = "list_item"
        rows.append(_Row(row.start, row.end, text, row.gap, 0, kind))
    for row, block, below in zip(page.rows, rows, rows[1:], strict=False):
        bold = block.kind == "paragraph" and row.strong > _BOLD * (row.end - row.start)
        if bold and _looks_like_heading(block.text) and _is_sentence(below):
            block.kind = "heading"
    return rows


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
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
        if stripped[0] in _FENCES and stripped.startswith(_FENCE):
            fenced, kind = not fenced, "code"
        elif fenced:
            kind = "code"
        left = position + start
        rows.append(_Row(left, left + len(stripped), stripped, gap, start, kind))
        position += len(raw)
        gap = 0
    return rows


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


def _blocks(text: str, rows: list[_Row]) -> list[_Row]:
    """Rejoin hard-wrapped rows, so that each row is a block."""
    width = _wrap_width(rows)
    if width is None:
        return rows
    blocks: list[_Row] = []
    last: _Row | None = None
    for row in rows:
        if last is not None and _continues(last, row, width):
            blocks[-1].end = row.end
        else:
            blocks.append(row)
        last = row
    for block in blocks:
        if len(block.text) != block.end - block.start:
            block.text = text[block.start : block.end]
    return blocks


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
    pairs = [(a, b) for a, b in itertools.pairwise(rows) if not b.gap and _joinable(a, b)]
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
        end = block.start + len(head)
        result.append(replace(block, end=end, text=head, kind="heading", sentence=None))
        result.append(
            replace(block, start=start, text=text[start : block.end], gap=0, sentence=None)
        )
    return result


def _label(blocks: list[_Row]) -> list[_Row]:
    """Tell headings and the rows of flattened tables from paragraphs, by what stands around."""
    spaced = sum([b.gap > 0 for b in blocks]) > 0.4 * len(blocks)
    if spaced:
        for first, last in _table_runs(blocks):
            for block in blocks[first:last]:
                block.kind = "table_row"
    for block, below in zip(blocks[-2::-1], blocks[:0:-1], strict=True):
        if block.kind != "paragraph" or not _looks_like_heading(block.text):
            continue
        if below.kind in ("heading", "list_item", "quote") or _is_sentence(below):
            block.kind = "heading"
    return blocks


def _looks_like_heading(text: str) -> bool:
    if len(text) > _HEADING_CHARS or text[-1] in ".,;:…。，；：" or "\n" in text:
        return False
    first = text.lstrip("\"'“‘«¿¡([")[:1]
    return (
        (first.isupper() or first.isdigit() or (first.isalpha() and not first.islower()))
        and (first.isalpha() or any(map(str.isalpha, text)))
        # So many words need that many letters, with white space between them.
        and (len(text) <= 2 * _HEADING_WORDS or len(text.split()) <= _HEADING_WORDS)
    )


def _table_runs(blocks: list[_Row]) -> Iterator[tuple[int, int]]:
    """Runs of rows that a line ending in a colon leads in, set closer than the text around them."""
    for number in range(1, len(blocks)):
        if not blocks[number].gap or not blocks[number - 1].text.endswith(":"):
            continue
        end = number
        while (
            end < len(blocks)
            and (end == number or blocks[end].gap == 0)
            and _is_cell_row(blocks[end])
        ):
            end += 1
        if end - number >= 3:
            yield number, end


def _is_cell_row(block: _Row) -> bool:
    return (
        block.kind == "paragraph"
        and block.text[-1] not in ".!?:;,"
        and not block.text[0].islower()
        and len(block.text.split(None, 3)) > 2
    )


def _sentences(block: _Row, known: Phrases) -> Iterator[tuple[int, int]]:
    """The sentences of a long block, and of an endless one the labels between them."""
    text = block.text
    endless = len(text) >= ENDLESS_BLOCK
    pairs: Pairs = capital_pairs(text) if endless else Counter()
    common = common_words(text) if endless else frozenset()
    start = 0
    ends = (m.end() for m in _SENTENCE_END.finditer(text) if m.end() < len(text))
    for end in itertools.chain(ends, (len(text),)):
        first, last = trim(text, start, end)
        if endless:
            for cut in label_cuts(text[first:last], pairs, common, known):
                left, right = trim(text, start, first + cut)
                yield block.start + left, block.start + right
                start = first + cut
            first = start if start > first else first
        if first < last:
            yield block.start + first, block.start + last
        start = end
