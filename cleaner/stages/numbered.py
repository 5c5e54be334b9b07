"""The numbers that text browsers put before links, and the list of addresses that follows the page.

Lynx, ELinks and w3m save "Read [4]the report of the [5]harbour office", and at the end

References

   4. https://example.org/report
   5. https://example.org/office
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from cleaner.document import Document, Line, Proposal

_LINK_NUMBER, _LINK_LIST = _RULES = ("markup.link-number", "markup.link-list")
_NUMBER = re.compile(r"\[(\d{1,5})\]")
_NAMES = re.compile(r"[^\s\[\](),.;:!?]")
"""What a link may begin with, right after its number."""
_FEW = 6
"""So many numbers, one after the other, show that a text browser set them."""
_GAP = 20
"""How far one may lie above the last: links that are hidden are numbered too."""
_GLUED = 0.5
"""The least share of them that stand right before a word; others are those of pictures."""
_INSIDE = 0.1
"""The least share that stand inside a line."""
_ADDRESS = re.compile(
    r"\[?(\d{1,5})[\].)]{1,2} ?(?:https?|ftp|file|mailto|tel|sms|data|about|javascript):.*",
    re.IGNORECASE,
)
_ADDRESSES = 3
_MOST = 1 << 20
_HEADING_CHARS = 30
_HEADING_WORDS = 3
REFERENCES = frozenset(
    "references|reference|sources|source|notes|footnotes|endnotes|bibliography|works cited"
    "|citations|literature|references and notes|notes and references|quellen|einzelnachweise"
    "|literatur|literaturverzeichnis|anmerkungen|fußnoten|références|notes et références"
    "|bibliographie|referencias|bibliografía|fuentes|notas|note|fonti|bibliografia|referências"
    "|källor|referenser|noter|lähteet|viitteet|bronnen|noten|referenties|źródła|przypisy"
    "|bibliografie|reference list|list of references|cited sources|参考文献|出典|脚注".split("|")
)
"""Headings of lists of references, folded."""

Span = tuple[int, int]


def numbered(doc: Document) -> Document:
    """Propose the removal of the numbers and of the list of addresses."""
    numbers = link_numbers(doc)
    if not numbers:
        return doc
    return doc.propose(
        Proposal(start, end, rule.id, rule.confidence, kind=rule.kind)
        for rule, spans in (
            (doc.rules.by_id[_LINK_NUMBER], numbers),
            (doc.rules.by_id[_LINK_LIST], link_list(doc.lines)),
        )
        for start, end in spans
    )


def unnumbered(doc: Document) -> Document:
    """The document as the judge must see it: without what :func:`numbered` proposed.

    A line is the article's or not whatever numbers its links have, and whatever is listed below.
    """
    start = min((p.start for p in doc.proposals if p.rule == _LINK_LIST), default=len(doc.text))
    last = bisect_left(doc.lines, start, key=lambda line: line.start)
    left = tuple(p for p in doc.proposals if p.rule not in _RULES)
    return replace(doc, proposals=left).part(0, last) if len(left) < len(doc.proposals) else doc


def link_numbers(doc: Document) -> list[Span]:
    """Where the numbers of a text browser's links stand; none unless the document shows them.

    They count up through the text, each right before what its link says. Other numbers in brackets
    may stand between them, such as those of citations.
    """
    if doc.text.count("[") < _FEW:
        return []
    spans: list[Span] = []
    last = glued = inside = others = 0
    for line in doc.lines:
        if "[" not in line.text or line.kind == "code" or _addresses(line):
            continue
        for match in _NUMBER.finditer(line.text):
            number = int(match[1])
            if spans and not last < number <= last + _GAP:
                others += 1
                continue
            last = number
            spans.append((line.start + match.start(), line.start + match.end()))
            if _NAMES.match(line.text, match.end()):
                glued += 1
                inside += match.start() > 0
    # What stands at the starts of lines alone may as well be a list of the author's references.
    if glued < max(_FEW, _GLUED * len(spans)) or inside < _INSIDE * glued or others > len(spans):
        return []
    return [(start, end) for start, end in spans if not _parts_words(doc.text, start, end)]


def _parts_words(text: str, start: int, end: int) -> bool:
    """Whether two words would become one without what is between them."""
    return text[max(0, start - 1) : start].isalnum() and text[end : end + 1].isalnum()


def link_list(lines: Sequence[Line]) -> list[Span]:
    """The addresses of the links, where they end a document, with what stands above them.

    Args:
        lines: of a document whose links a text browser has numbered.
    """
    first, above, addresses, between = len(lines), _MOST, 0, 0
    for number in range(len(lines) - 1, -1, -1):
        numbers = _addresses(lines[number])
        if numbers:
            if any(a >= b for a, b in itertools.pairwise([*numbers, above])):
                break
            first, above, addresses, between = number, numbers[0], addresses + len(numbers), 0
        elif between or not _is_heading(lines[number]):
            break
        else:
            between += 1
    if addresses < _ADDRESSES:
        return []
    return [(line.start, line.end) for line in lines[_headed(lines, first) :]]


def _headed(lines: Sequence[Line], first: int) -> int:
    """Where a list begins with what heads it: "Visible links:", and "References" above that."""
    if not first or not _is_heading(lines[first - 1]):
        return first
    first -= 1
    line = lines[first]
    if line.key in REFERENCES or not first or not _is_heading(lines[first - 1]):
        return first
    headed = line.text.endswith(":") or lines[first - 1].key in REFERENCES
    return first - headed


def _addresses(line: Line) -> list[int]:
    """The numbers of the addresses that a line consists of; short ones may have been joined."""
    found = [_ADDRESS.fullmatch(piece.strip()) for piece in line.text.splitlines()]
    return [int(match[1]) for match in found if match] if all(found) else []


def _is_heading(line: Line) -> bool:
    """Whether a line may head a part of the list: "References", "Visible links:"."""
    few = len(line.text) <= _HEADING_CHARS and len(line.text.split()) <= _HEADING_WORDS
    return few and line.kind in ("paragraph", "heading")
