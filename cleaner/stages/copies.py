"""A second copy of the article's text: for phones, for print, for those who may reprint it.

Pages hold the same paragraphs twice, and show one of them; a text that was made of them has both.
A refrain, a quotation, a clause that a contract repeats are no copies: only many paragraphs that
follow each other as they did before are. In a forum those are posts that others quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.document import Document, Proposal
from cleaner.lines.spans import covered

RULE = "duplicate.text"

_LINES = 5
_CHARS = 1_000
"""How much running text a copy has at least: lines one after the other, and code points."""

Key = tuple[str, int]


def copies(doc: Document) -> Document:
    """Propose the removal of running text that stands in the document before, and stays there."""
    if doc.forum:
        return doc
    gone = covered(doc.lines, ((p.start, p.end) for p in doc.proposals if p.field is None))
    keys = [(line.key, line.end - line.start) for line in doc.lines]
    prose = [n for n, line in enumerate(doc.lines) if line.prose]
    seen: dict[Key, int] = {}
    for number, key in enumerate(keys):
        if not gone[number]:
            seen.setdefault(key, number)
    rule = doc.rules.by_id[RULE]
    proposals: list[Proposal] = []
    for first, length, earlier in _runs([keys[n] for n in prose]):
        if sum(keys[n][1] for n in prose[first : first + length]) < _CHARS:
            continue
        start, end = prose[first], prose[first + length - 1] + 1
        source = prose[earlier]
        # With the headings and list items that were copied with it.
        while source > 0 and keys[start - 1] == keys[source - 1]:
            start, source = start - 1, source - 1
        source = prose[earlier + length - 1] + 1
        while end < len(keys) and source < start and keys[end] == keys[source]:
            end, source = end + 1, source + 1
        proposals += [
            Proposal(line.start, line.end, rule.id, rule.confidence, kind=rule.kind)
            for line, key in zip(doc.lines[start:end], keys[start:end], strict=True)
            if seen.get(key, start) < start
        ]
    return doc.propose(proposals)


def _runs(keys: Sequence[Key]) -> Iterator[tuple[int, int, int]]:
    """Stretches that repeat an earlier one: where each begins, how long it is, where that begins.

    The time is linear: a stretch that is long enough is not looked at again, and others are short.
    """
    latest: dict[Key, int] = {}
    at = 0
    while at < len(keys):
        earlier = latest.get(keys[at], at)
        most = min(len(keys) - at, at - earlier)
        length = 0
        while length < most and keys[at + length] == keys[earlier + length]:
            length += 1
        if length >= _LINES:
            yield at, length, earlier
        else:
            length = 1
        for number in range(at, at + length):
            latest[keys[number]] = number
        at += length
