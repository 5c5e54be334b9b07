"""Headings and the rows of flattened tables, told from paragraphs by what stands around."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cleaner.lines.rows import Row
from cleaner.lines.runin import run_in_headings

_HEADING_CHARS = 120
_HEADING_WORDS = 16


def split_run_in(text: str, blocks: list[Row]) -> list[Row]:
    """Headings cut off the paragraphs that they were run into."""
    splits = run_in_headings([b.text if b.kind == "paragraph" else "" for b in blocks])
    if not splits:
        return blocks
    result: list[Row] = []
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


def labelled(blocks: list[Row]) -> list[Row]:
    """Tell headings and the rows of flattened tables from paragraphs, by what stands around."""
    spaced = sum([b.gap > 0 for b in blocks]) > 0.4 * len(blocks)
    if spaced:
        for first, last in _table_runs(blocks):
            for block in blocks[first:last]:
                block.kind = "table_row"
    for block, below in zip(blocks[-2::-1], blocks[:0:-1], strict=True):
        if block.kind != "paragraph" or not looks_like_heading(block.text):
            continue
        if below.kind in ("heading", "list_item", "quote") or below.is_sentence():
            block.kind = "heading"
    return blocks


def looks_like_heading(text: str) -> bool:
    """Whether a line could be a heading, by its own look."""
    if len(text) > _HEADING_CHARS or text[-1] in ".,;:…。，；：" or "\n" in text:
        return False
    first = text.lstrip("\"'“‘«¿¡([")[:1]
    return (
        (first.isupper() or first.isdigit() or (first.isalpha() and not first.islower()))
        and (first.isalpha() or any(map(str.isalpha, text)))
        # So many words need that many letters, with white space between them.
        and (len(text) <= 2 * _HEADING_WORDS or len(text.split()) <= _HEADING_WORDS)
    )


def _table_runs(blocks: list[Row]) -> Iterator[tuple[int, int]]:
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


def _is_cell_row(block: Row) -> bool:
    return (
        block.kind == "paragraph"
        and block.text[-1] not in ".!?:;,"
        and not block.text[0].islower()
        and len(block.text.split(None, 3)) > 2
    )
