"""The header that a program or a person has put above a text: "Title: ...", "URL: ...".

Read as Jekyll's front matter (a block of YAML between two lines of dashes, as trafilatura and note
programs write it), or as bare lines of keys and values, as readers and crawlers print them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleaner.article import FieldName
from cleaner.document import Document
from cleaner.fields.collect import Finds
from cleaner.fields.dates import find_dates
from cleaner.fields.names import split_names

RULE = "markup.front-matter"
_NAMED = {
    "title": "title|headline",
    "url": "url|link|url source|source url|canonical|canonical url|original url|permalink",
    "source": "source|sitename|site name|site|publication|website",
    "host": "hostname|domain|host",
    "authors": "author|authors|byline|creator",
    "published": "date|published|published time|published at|published on|publication date"
    "|date published|publish date|pubdate|pub date",
    "tags": "tags|tag|keywords",
    "other": "updated|modified|last modified|date modified|description|summary|excerpt|language"
    "|lang|category|categories|image|id|fingerprint|license|draft|layout|slug|type|pagetype"
    "|filedate|accessed|retrieved|crawled|word count|length|number of pages|warning",
    "content": "content|markdown content|text|text content|body|full text|article",
}
_MEANT = {key: name for name, keys in _NAMED.items() for key in keys.split("|")}
_FIELDS: dict[str, FieldName] = {
    "title": "title",
    "url": "url",
    "source": "source",
    "host": "source",
    "authors": "authors",
    "published": "published",
    "tags": "tags",
}
_ENTRY = re.compile(r"[ \t]*([^\W\d_][\w -]{0,30}?)[ \t]*:(?:[ \t]+|$)(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_PART = re.compile(r"[^,;|]+")
_LINES = 60
_TITLE_CHARS = 300


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key, and where its line and its value stand."""

    name: str
    start: int
    end: int
    values: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above a text.

    Attributes:
        entries: its keys and values, in order.
        start, end: its stretch of the text layer.
    """

    entries: tuple[_Entry, ...]
    start: int
    end: int


def read_header(doc: Document) -> Header | None:
    """The header of a text, if it has one.

    A bare one must give an address and something besides, or title and date: who reviews a book
    begins with keys too.
    """
    lines = list(_physical(doc.text))
    fenced = bool(lines) and _FENCE.fullmatch(doc.text, *lines[0]) is not None
    found = _fenced(doc.text, lines) if fenced else _bare(doc.text, lines)
    if found is None:
        return None
    entries, end = found
    names = {e.name for e in entries if e.values}
    known = names - {"other", "content"}
    whole = ("url" in known and len(known) > 1) or {"title", "published"} <= known
    if not (known if fenced else whole):
        return None
    for entry in entries:
        said = [doc.text[s:e] for s, e in entry.values]
        if entry.name == "url" and not (said and _ADDRESS.fullmatch(said[0])) and not fenced:
            return None
        if entry.name == "published" and not fenced and not (said and find_dates(said[0])):
            return None
    # A line that begins in the header and ends below it has been joined across its end.
    if any(line.start < end < line.end for line in doc.lines) or doc.lines[-1].start < end:
        return None
    return Header(tuple(entries), lines[0][0], end)


def below(doc: Document, header: Header) -> Document:
    """The document without the lines of its header."""
    first = bisect_left(doc.lines, header.end, key=lambda line: line.start)
    return doc.part(first, len(doc.lines))


def propose_header(finds: Finds, header: Header) -> None:
    """State the fields that a header gives; what it says besides is taken out with it."""
    names = {entry.name for entry in header.entries}
    position = header.start
    for entry in header.entries:
        if entry.start > position:
            finds.remove(RULE, position, entry.start)
        position = entry.end
        # A domain is the source only where no name is given.
        aside = entry.name == "host" and "source" in names
        field = None if aside or not entry.values else _FIELDS.get(entry.name)
        if field is not None and _state(finds, field, entry):
            finds.field(field, entry.start, entry.end)
        else:
            finds.remove(RULE, entry.start, entry.end)
    if finds.doc.text[position : header.end].strip():
        finds.remove(RULE, position, header.end)


def _state(finds: Finds, field: FieldName, entry: _Entry) -> bool:
    """Set the value of an entry's field; whether it gives one."""
    text = finds.doc.text
    start, end = entry.values[0]
    match field:
        case "title" | "source":
            if end - start > _TITLE_CHARS:
                return False
            finds.value(field, start, end)
        case "url":
            if _ADDRESS.fullmatch(text, start, end) is None:
                return False
            finds.value(field, start, end)
        case "published":
            dates = find_dates(text[start:end])
            if not dates:
                return False
            finds.value("published_text", start, end)
            if dates[0].day is not None:
                finds.set(field, dates[0].day.isoformat())
        case "authors" | "tags":
            split = _names if field == "authors" else _parts
            spans = [span for value in entry.values for span in split(text, *value)]
            for left, right in spans:
                finds.add(field, left, right)
            return bool(spans)
    return True


def _names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = split_names(text[start:end].replace(";", ","), start)
    return found[0] if found is not None else []


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    bare = [_bare_value(text, *match.span()) for match in _PART.finditer(text, start, end)]
    return [(left, right) for left, right in bare if left < right]


def _fenced(text: str, lines: list[tuple[int, int]]) -> tuple[list[_Entry], int] | None:
    """The entries between two lines of dashes, and where the second line ends."""
    entries: list[_Entry] = []
    for start, end in lines[1:]:
        if _FENCE.fullmatch(text, start, end):
            return (entries, end) if entries else None
        entry, item = _ENTRY.fullmatch(text, start, end), _ITEM.fullmatch(text, start, end)
        if item is not None and entries:
            value = _bare_value(text, item.start(1), end)
            last = entries[-1]
            entries[-1] = replace(last, end=end, values=(*last.values, value))
        elif text[start].isspace() and entries:
            entries[-1] = replace(entries[-1], end=end)
        elif entry is not None:
            entries.append(_entry(text, entry, _MEANT.get(_key(entry), "other")))
        else:
            return None
    return None


def _bare(text: str, lines: list[tuple[int, int]]) -> tuple[list[_Entry], int] | None:
    """The entries at the start of a text, and where they end."""
    entries: list[_Entry] = []
    for start, end in lines:
        match = _ENTRY.fullmatch(text, start, end)
        name = _MEANT.get(_key(match)) if match is not None else None
        if match is None or name is None or any(e.name == name != "other" for e in entries):
            break
        entry = _entry(text, match, name)
        if name == "content":
            # What stands in the same line is the text's own.
            if not entry.values:
                entries.append(entry)
            break
        entries.append(entry)
    # Below a blank line, what is no field may as well be the text's own: "Summary: ...".
    while len(entries) > 1 and entries[-1].name == "other" and _apart(text, *entries[-2:]):
        entries.pop()
    return (entries, entries[-1].end) if entries else None


def _apart(text: str, one: _Entry, other: _Entry) -> bool:
    """Whether a blank line stands between two entries."""
    return len(text[one.end : other.start + 1].splitlines()) > 2


def _key(match: re.Match[str]) -> str:
    return " ".join(match[1].lower().replace("_", " ").replace("-", " ").split())


def _entry(text: str, match: re.Match[str], name: str) -> _Entry:
    start, end = _bare_value(text, match.start(2), match.end())
    return _Entry(name, match.start(1), match.end(), ((start, end),) if start < end else ())


def _bare_value(text: str, start: int, end: int) -> tuple[int, int]:
    """A value without the white space, quotes and brackets around it."""
    while start < end and (text[start].isspace() or text[start] in "\"'[<"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "\"']>"):
        end -= 1
    return start, end


def _physical(text: str) -> Iterator[tuple[int, int]]:
    """The first lines of a text that are not blank, without their breaks."""
    position = found = 0
    for raw in text[: 1 << 16].splitlines(keepends=True):
        stripped = raw.rstrip()
        if stripped:
            yield position, position + len(stripped)
            found += 1
        position += len(raw)
        if found == _LINES:
            return
