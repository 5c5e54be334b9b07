"""Inline cruft and dirt: markers that point at nothing, leftover tags, entities, stray markup.

Whatever a text shows on purpose stays: code, a text about markup, a list of references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.document import Document, Line, Proposal
from cleaner.normalise import normalise
from cleaner.stages.links import link_spans
from cleaner.stages.numbered import REFERENCES

_VISIBLE = re.compile(r"[^\W_]")
_ICONS = re.compile("[\ue000-\uf8ff]+")
"""Private characters, which only a page's own icon font can show."""
_ORNAMENT = frozenset("*_~#=+|\\/<>^`-–—•·▪►▶▸→←↑↓↗×✕✖")
_LOST_EMPHASIS = frozenset({"**", "__", "~~", "``", "|", "||", "\\", "****"})
"""Marks that no author sets between two paragraphs; a star or a row of them parts two scenes."""

_MARKER = re.compile(r"(?<=[^\s\[(])\[(\d{1,3}(?:[,–-] ?\d{1,3}){0,5})\](?![\w(])")
_INDEXED = re.compile(r"(?<![^\s(\[{=+*/,-])[a-z_]\[\d")
_REFERENCE = re.compile(r"\[?\d{1,3}\]|\^|↑")

_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})(?P<rest>\s[^<>\n]{0,600})?/?>"
    r"|<!--[^\n<>]{0,300}-->"
)
_ATTRIBUTE = re.compile(r"\s[\w:-]+\s?=\s?[\"'\w]")
_ENTITY = re.compile(
    r"&(?P<twice>(?:(?:amp|#38|#x26);){0,4})"
    r"(?P<last>(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)",
)
_MOST_ENTITIES = 256
"""Lines with more sorts of entities than this are data, not text."""
_ABOUT_MARKUP = re.compile(
    r"\b(?:X?HTML5?|XML|JSX|SVG|[Mm]arkup|(?:[Oo]pening|[Cc]losing|[Ss]cript|[Mm]eta|[Aa]nchor)"
    r" tags?)\b"
)
_MARKUP_PARTS = ("HTML", "XML", "JSX", "SVG", "arkup", " tag")
"""One of these is in whatever the pattern fits."""
# What lines of code have and running text has not; one line of them alone proves nothing.
# RE2, since the whole text is searched for all of it at once.
_CODE = (
    r"(?m:[)}\]\"'];[ \t\r]*$| = [^;\n]{1,200};[ \t\r]*$|\{[ \t\r]*$|^[ \t]*[)}\]]+[;,]*[ \t\r]*$"
    r"|\w\(\)|=>|&&|\w::\w|[=!]==?\s|\w\[\w+\][ \t]*=|^[ \t]*(?:#include|#!/)"
    r"|^[ \t]*(?:def|class|import|from|return|const|let|var|func|fn|pub|public|private) [\w.*{]+"
    r"(?: import|\(| =|:[ \t\r]*$|;[ \t\r]*$))"
)
_CODE_LINES = 2
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike"
    " strong sub sup tt u var wbr".split()
)
_BREAKING = frozenset(
    "blockquote br center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img li"
    " ol p pre section table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset({"br", "hr", "img", "wbr"})


def strip(doc: Document) -> Document:
    """Propose what is to be taken out of the inside of lines, and lines of nothing but dirt."""
    code = _shows_code(doc)
    proposals = [*_symbols(doc, code), *_links(doc)]
    if not code:
        proposals += [*_citations(doc), *_markup(doc)]
    return doc.propose(proposals)


def _propose(doc: Document, rule: str, start: int, end: int) -> Proposal:
    found = doc.rules.by_id[rule]
    return Proposal(start, end, rule, found.confidence, kind=found.kind)


def _shows_code(doc: Document) -> bool:
    """Whether the text holds code: brackets, tags and lone symbols then say something."""
    import re2

    fenced = sum(line.kind == "code" for line in doc.lines)
    last = -1
    for match in re2.finditer(_CODE, doc.text):
        # Twice in one line is once.
        fenced += "\n" in doc.text[max(last, 0) : match.start()] or last < 0
        last = match.end()
        if fenced >= _CODE_LINES:
            break
    return fenced >= _CODE_LINES


def _symbols(doc: Document, code: bool) -> Iterator[Proposal]:
    """Lines without a letter or digit: invisible ones, and markup that lost its text."""
    bare = [
        n
        for n, line in enumerate(doc.lines)
        if not line.text[0].isalnum() and not _VISIBLE.search(line.text)
    ]
    if not bare:
        return
    first, last = _kept(doc)
    prose = [n for n, line in enumerate(doc.lines) if line.prose]
    inside = range(prose[0], prose[-1]) if prose else range(len(doc.lines))
    for number in bare:
        line = doc.lines[number]
        plain = normalise(line.text).replace(" ", "")
        if not plain:
            yield _propose(doc, "markup.invisible", line.start, line.end)
        elif _ICONS.fullmatch(plain):
            yield _propose(doc, "markup.stray-symbols", line.start, line.end)
        elif line.kind == "code" or not _ORNAMENT.issuperset(plain):
            continue
        # Nothing is left above or below that it could part from the rest.
        elif (
            not first < number < last
            or (not code and plain in _LOST_EMPHASIS)
            or (not code and number not in inside and len(plain) < 3)
        ):
            yield _propose(doc, "markup.stray-symbols", line.start, line.end)


def _kept(doc: Document) -> tuple[int, int]:
    """The first and the last line with a letter or digit that no proposal takes out whole."""
    spans = sorted((p.start, p.end) for p in doc.proposals)
    left: list[int] = []
    at = reach = 0
    for number, line in enumerate(doc.lines):
        while at < len(spans) and spans[at][0] <= line.start:
            reach = max(reach, spans[at][1])
            at += 1
        if reach < line.end and _VISIBLE.search(line.text):
            left.append(number)
    return (left[0], left[-1]) if left else (-1, len(doc.lines))


def _citations(doc: Document) -> Iterator[Proposal]:
    """Citation markers of a text that has lost its list of references."""
    if "[" not in doc.text or any(_refers(line) for line in doc.lines):
        return
    found: list[tuple[int, int]] = []
    numbers: set[int] = set()
    for line in doc.lines:
        if line.kind == "code" or "[" not in line.text or " " not in line.text:
            continue
        if _INDEXED.search(line.text):
            return
        for match in _MARKER.finditer(line.text):
            found.append((line.start + match.start(), line.start + match.end()))
            numbers.update(int(n) for n in re.findall(r"\d+", match.group(1)))
    # Counting from one with few gaps: footnotes do; indices, sizes and chapters of manuals do not.
    if not {1, 2} <= numbers or 0 in numbers or max(numbers) > 2 * len(numbers) + 1:
        return
    for start, end in found:
        yield _propose(doc, "citation.dangling-marker", start, end)


def _refers(line: Line) -> bool:
    return bool(_REFERENCE.match(line.text)) or line.key in REFERENCES


class _Piece(NamedTuple):
    """A leftover tag or entity in a line, and whether what it stood for parted two words."""

    start: int
    end: int
    rule: str
    parts: bool


def _markup(doc: Document) -> Iterator[Proposal]:
    """Leftover HTML tags and entities; what tags enclose stays."""
    # A text about markup names tags on purpose.
    if not ("<" in doc.text or "&" in doc.text) or _is_about_markup(doc.text):
        return
    names = _leftover_names(doc)
    for line in doc.lines:
        if line.kind == "code" or not ("<" in line.text or "&" in line.text):
            continue
        pieces = list(_removable(line.text, names))
        # What is left must not read like another tag or entity, or a second cleaning would go on.
        if pieces and not any(_removable(_without(line.text, pieces), names)):
            for piece in pieces:
                yield _propose(doc, piece.rule, line.start + piece.start, line.start + piece.end)


def _links(doc: Document) -> Iterator[Proposal]:
    """Markdown links, in a text that is not about Markdown."""
    if "](" not in doc.text or "Markdown" in doc.text:
        return
    for start, end in link_spans(line for line in doc.lines if line.kind != "code"):
        yield _propose(doc, "markup.link", start, end)


def _is_about_markup(text: str) -> bool:
    # To look for the parts first is faster than to try the whole at every word.
    return any(part in text for part in _MARKUP_PARTS) and bool(_ABOUT_MARKUP.search(text))


def _leftover_names(doc: Document) -> set[str]:
    """The names of tags that are leftovers: they have attributes, no content, or both halves.

    "Press <b> to go on" names a key, and "Into<U>" is a type.
    """
    opening: dict[str, str] = {}
    closed: set[str] = set()
    sure: set[str] = set()
    for line in doc.lines:
        if line.kind == "code" or "<" not in line.text:
            continue
        for match in _TAG.finditer(line.text):
            name = (match["name"] or "").lower()
            if name not in _INLINE and name not in _BREAKING:
                continue
            if match["slash"]:
                closed.add(name)
                continue
            opening.setdefault(name, match.group())
            if name in _VOID or _ATTRIBUTE.match(match["rest"] or ""):
                sure.add(name)
    found = sure | (closed & opening.keys())
    if not found:
        return set()
    from bs4 import BeautifulSoup

    page = BeautifulSoup("".join(opening[n] for n in sorted(found)), "html.parser")
    return found & {tag.name for tag in page.find_all(True)}


def _removable(text: str, names: set[str]) -> Iterator[_Piece]:
    """The tags and entities that can go without gluing two words or sentences together."""
    pieces = sorted([*_tags(text, names), *_entities(text)])
    at = 0
    while at < len(pieces):
        end = at + 1
        while end < len(pieces) and pieces[end].start == pieces[end - 1].end:
            end += 1
        run = pieces[at:end]
        left, right = run[0].start, run[-1].end
        before, after = text[max(0, left - 1) : left], text[right : right + 1]
        glues = bool(before.strip() and after.strip())
        yield from (p for p in run if not (p.parts and glues))
        at = end


def _tags(text: str, names: set[str]) -> Iterator[_Piece]:
    for match in _TAG.finditer(text):
        name = (match["name"] or "").lower()
        if not name or name in names:
            yield _Piece(match.start(), match.end(), "markup.tag", name in _BREAKING)


def _entities(text: str) -> Iterator[_Piece]:
    found = list(_ENTITY.finditer(text)) if "&" in text else []
    if not found:
        return
    meanings = _meanings({match["last"] for match in found})
    for match in found:
        start, meant = match.start(), meanings.get(match["last"], "")
        if meant == "&":
            # The first character of the entity is the one that it stands for.
            yield _Piece(start + 1, match.end(), "markup.entity", False)
        elif len(meant) == 1 and not normalise(meant):
            yield _Piece(start, match.end(), "markup.entity", meant.isspace())
        elif match["twice"]:
            yield _Piece(start + 1, match.end("twice"), "markup.entity", False)


def _meanings(entities: set[str]) -> dict[str, str]:
    """What entities, written without their "&", stand for; all of them parsed at once."""
    from bs4 import BeautifulSoup

    if len(entities) > _MOST_ENTITIES:
        return {}
    ordered = sorted(entities)
    page = BeautifulSoup("<br/>".join(f"|&{e}|" for e in ordered), "html.parser")
    meant = [str(text)[1:-1] for text in page.find_all(string=True)]
    return dict(zip(ordered, meant, strict=True)) if len(meant) == len(ordered) else {}


def _without(text: str, pieces: list[_Piece]) -> str:
    kept, position = [], 0
    for piece in pieces:
        kept.append(text[position : piece.start])
        position = piece.end
    return "".join(kept) + text[position:]
