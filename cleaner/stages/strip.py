"""Inline cruft and dirt: markers that point at nothing, leftover tags, entities, stray markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Document, Line, Proposal
from cleaner.normalise import normalise

_MARKER = re.compile(r"(?<=[^\s\[(])\[(\d{1,3})\](?![\w(])")
_REFERENCE = re.compile(r"\[\d{1,3}\]|\^|↑")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>\n]{0,300})?/?>|<!--[^\n]{0,300}?-->")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,12}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_ABOUT_MARKUP = re.compile(r"\b(?:HTML|XML|JSX|[Tt]ags?|[Mm]arkup|[Ee]ntit(?:y|ies))\b")
_INLINE = frozenset("a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr".split())
_BREAKING = frozenset("blockquote br center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img li ol p pre section table tbody td tfoot th thead tr ul".split())
_VOID = frozenset({"br", "hr", "img", "wbr"})
_VISIBLE = re.compile(r"\w")
_ORNAMENT = frozenset("*_~#=+|\\/<>^`")


def strip(doc: Document) -> Document:
    """Propose what is to be taken out of the inside of lines, and lines of nothing but dirt."""
    proposals = [*_symbols(doc), *_citations(doc), *_tags(doc)]
    return doc.propose(proposals)


def _propose(doc: Document, rule: str, start: int, end: int) -> Proposal:
    found = doc.rules.by_id[rule]
    return Proposal(start, end, rule, found.confidence, kind=found.kind)


def _symbols(doc: Document) -> Iterator[Proposal]:
    """Lines without a letter or digit: invisible ones, and markup that lost its text."""
    prose = [n for n, line in enumerate(doc.lines) if line.prose]
    inside = range(prose[0], prose[-1]) if prose else range(0)
    for number, line in enumerate(doc.lines):
        if line.kind == "code" or _VISIBLE.search(line.text):
            continue
        plain = normalise(line.text)
        if not plain:
            yield _propose(doc, "markup.invisible", line.start, line.end)
        # A row of stars or dashes between paragraphs is the author's: it parts two scenes.
        elif (len(plain) < 3 and _ORNAMENT.issuperset(plain)) or number not in inside:
            yield _propose(doc, "markup.stray-symbols", line.start, line.end)


def _citations(doc: Document) -> Iterator[Proposal]:
    """Citation markers of a text that has lost its list of references."""
    if "[" not in doc.text or any(_REFERENCE.match(line.text) for line in doc.lines):
        return
    found = [m for line in doc.lines if line.kind != "code" for m in _markers(line)]
    numbers = {int(number) for _, _, number in found}
    # Counting from one with few gaps: footnotes do, indices and sizes do not.
    if 1 not in numbers or max(numbers) > 2 * len(numbers) + 1:
        return
    for start, end, _ in found:
        yield _propose(doc, "citation.dangling-marker", start, end)


def _markers(line: Line) -> Iterator[tuple[int, int, str]]:
    if "[" in line.text and is_text(line):
        for match in _MARKER.finditer(line.text):
            yield line.start + match.start(), line.start + match.end(), match.group(1)


def is_text(line: Line) -> bool:
    """Whether the line is running text, however short its sentences."""
    return line.prose or " " in line.text.strip()


def _tags(doc: Document) -> Iterator[Proposal]:
    """Leftover HTML tags and entities; what tags enclose stays."""
    angle, ampersand = "<" in doc.text, "&" in doc.text
    # A text about markup names tags on purpose.
    if not (angle or ampersand) or _ABOUT_MARKUP.search(doc.text):
        return
    for line in doc.lines:
        if line.kind == "code":
            continue
        if angle and "<" in line.text:
            for start, end in _leftover_tags(line.text):
                yield _propose(doc, "markup.tag", line.start + start, line.start + end)
        if ampersand and "&" in line.text:
            for start, end in _leftover_entities(line.text):
                yield _propose(doc, "markup.entity", line.start + start, line.start + end)


def _leftover_tags(text: str) -> Iterator[tuple[int, int]]:
    found = list(_TAG.finditer(text))
    if not found:
        return
    from bs4 import BeautifulSoup, Tag

    names = {t.name for m in found for t in BeautifulSoup(m.group(), "html.parser").find_all(True)}
    parsed = BeautifulSoup(text, "html.parser")
    opened = {t.name for t in parsed.find_all(True) if isinstance(t, Tag)} & (names | _VOID)
    for match in found:
        name = (match.group(1) or "!--").lower()
        if name not in _INLINE | _BREAKING | {"!--"} or (name != "!--" and name not in opened):
            continue
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        # Without its line break this one would glue two words together.
        if name in _BREAKING and before.isalnum() and after.isalnum():
            continue
        yield match.span()


def _leftover_entities(text: str) -> Iterator[tuple[int, int]]:
    found = list(_ENTITY.finditer(text))
    if not found:
        return
    from bs4 import BeautifulSoup

    for match in found:
        meant = BeautifulSoup(match.group(), "html.parser").get_text()
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        if meant == "&" and match.group().lower() == "&amp;":
            # The first character of the entity is the one that it stands for.
            yield match.start() + 1, match.end()
        elif not normalise(meant) and not (before.isalnum() and after.isalnum()):
            yield match.span()
