"""What is known to repeat over the articles of the same site, where templates were given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.document import Document, Proposal
from cleaner.templates import RULE


def recall(doc: Document) -> Document:
    """Propose the removal of what the templates know, in an article of a site that they know.

    What rules take out already stays theirs: they say more of what it is.
    """
    if doc.templates is None:
        return doc
    # Who gives no templates need not load what looks for them.
    from cleaner.templates.find import find
    from cleaner.templates.site import site_of
    from cleaner.templates.units import KNOWN, units_of

    site = site_of(doc, doc.templates.site)
    known = doc.templates.known(site) if site is not None else None
    if known is None:
        return doc
    units = units_of(doc)
    spans = []
    for found in find(units, known):
        unit = units[found.unit]
        if found.form == "pair" or unit.flags & KNOWN:
            continue
        if found.form == "part":
            spans.append((unit.places[found.first][0], unit.places[found.last - 1][1]))
        else:
            spans.append((unit.start, unit.end))
    rule = doc.rules.by_id[RULE]
    return doc.propose(
        Proposal(start, end, rule.id, rule.confidence, kind=rule.kind)
        for start, end in _joined(doc, spans)
    )


def _joined(doc: Document, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans, those of one block with nothing between them as one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is not None:
            gap = doc.text[last[1] : start]
            if start <= last[1] or (not gap.strip() and "\n" not in gap and "\r" not in gap):
                last = (last[0], max(last[1], end))
                continue
            yield last
        last = (start, end)
    if last is not None:
        yield last
