"""A second copy of the article's text: for phones, for print, for those who may reprint it.

Pages hold the same paragraphs twice, and show one of them; a text that was made of them has both.
A refrain, a quotation, a clause that a contract repeats are no copies: only many paragraphs that
follow each other as they did before are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cleaner.document import Document, Proposal
from cleaner.lines.covered import covered

RULE = "duplicate.text"

_LINES = 5
_CHARS = 1_000
"""How much running text a copy has at least: lines one after the other, and code points."""
_TRIED = 4
"""With how many earlier places, at most, each line is compared."""

Key = tuple[str, int]


def copies(doc: Document) -> Document:
    """Propose the removal of running text that stands in the document before, and stays there."""
    gone = covered(doc.lines, ((p.start, p.end) for p in doc.proposals if p.field is None))
    keys = [(line.key, line.end - line.start) for line in doc.lines]
    kept = [n for n, line in enumerate(doc.lines) if line.prose and not gone[n]]
    first_seen = {key: number for number, key in reversed(list(enumerate(keys)))}
    rule = doc.rules.by_id[RULE]
    proposals: list[Proposal] = []
    for first, length, earlier in _runs([keys[n] for n in kept]):
        if sum(keys[n][1] for n in kept[first : first + length]) < _CHARS:
            continue
        start, end = kept[first], kept[first + length - 1] + 1
        source = kept[earlier]
        # With the headings and list items that were copied with it.
        while source > 0 and keys[start - 1] == keys[source - 1]:
            start, source = start - 1, source - 1
        source = kept[earlier + length - 1] + 1
        while end < len(keys) and source < start and keys[end] == keys[source]:
            end, source = end + 1, source + 1
        proposals += [
            Proposal(line.start, line.end, rule.id, rule.confidence, kind=rule.kind)
            for line, key in zip(doc.lines[start:end], keys[start:end], strict=True)
            if first_seen[key] < start
        ]
    return doc.propose(proposals)


def _runs(keys: Sequence[Key]) -> Iterator[tuple[int, int, int]]:
    """Stretches that repeat an earlier one: where each begins, how long it is, where that begins.

    The time is linear: a stretch that is long enough is not looked at again, and others are short.
    """
    places: defaultdict[Key, list[int]] = defaultdict(list)
    at = 0
    while at < len(keys):
        length = earlier = 0
        for place in places[keys[at]][:_TRIED]:
            same = 0
            while (
                at + same < len(keys)
                and place + same < at
                and keys[at + same] == keys[place + same]
            ):
                same += 1
            if same > length:
                length, earlier = same, place
        if length >= _LINES:
            yield at, length, earlier
        else:
            length = 1
        for number in range(at, at + length):
            places[keys[number]].append(number)
        at += length
