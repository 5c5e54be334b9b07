"""What sort of cruft a line is that only the judge takes out: its words and its place tell."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.article import Kind
from cleaner.document import Document, Line

_LEADING: frozenset[Kind] = frozenset(
    {
        "comments",
        "related",
        "newsletter",
        "author-bio",
        "cookie",
        "share",
        "navigation",
        "promo",
        "legal",
    }
)
"""Kinds whose headings and prompts say what the lines below them are."""
_FOLLOWING: frozenset[Kind] = frozenset({"comments", "related", "author-bio"})
_REACH = 15
"""How many lines a heading speaks for."""
_MENU_WORDS = 4


def judge_kinds(doc: Document, taken: Sequence[int], content: tuple[int, int]) -> dict[int, Kind]:
    """A kind for each line that is taken out.

    Args:
        doc: the document, with ``hits``.
        taken: the numbers of the lines, ascending.
        content: half-open range of lines from the first to the last that stays.
    """
    kinds: dict[int, Kind] = {}
    lead: Kind | None = None
    lead_at = last = -1
    for number in taken:
        if number != last + 1:
            lead = None
        last = number
        rules = doc.hits.get(number, ())
        if rules:
            own = max(rules, key=lambda rule: rule.confidence).kind
            kinds[number] = own
            if own in _LEADING:
                lead, lead_at = own, number
            continue
        # What follows an article cannot stand before it.
        leads = lead is not None and (number >= content[0] or lead not in _FOLLOWING)
        if lead is not None and leads and number - lead_at <= _REACH:
            kinds[number] = lead
        else:
            kinds[number] = _by_looks(doc.lines[number], number, content)
    return kinds


def _by_looks(line: Line, number: int, content: tuple[int, int]) -> Kind:
    if "©" in line.text:
        return "legal"
    words = line.text.count(" ") + 1
    if line.sentence or not any(map(str.isalpha, line.text)):
        return "other"
    if number < content[0]:
        return "navigation" if words <= _MENU_WORDS else "other"
    if words <= _MENU_WORDS:
        return "navigation"
    return "related" if number >= content[1] else "other"
