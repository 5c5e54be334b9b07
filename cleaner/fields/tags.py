"""Tags: after a label, as hashtags, or as a run of short lower-case lines under the title."""

from __future__ import annotations

from cleaner.document import Document, Line
from cleaner.fields.collect import Finds
from cleaner.fields.label_words import TAG_LABELS
from cleaner.fields.title import Title
from cleaner.fold import fold

_TAG_CHARS = 40
_LEAST = 3
_LINE_CHARS = 300
_LABEL_CHARS = 21


def find_tags(finds: Finds, title: Title | None) -> None:
    """Propose tags and their labels."""
    doc = finds.doc
    for number, line in enumerate(doc.lines):
        at = _label_end(line)
        if at:
            _labelled(finds, number, at)
    if title is not None:
        _run_under_title(finds, title)


def _label_end(line: Line) -> int:
    """Where the tags' label at the start of a line ends, with its colon; 0 if there is none.

    Without a colon a label has two words ("Filed under"), and the line reads as no sentence.
    """
    if len(line.text) > _LINE_CHARS:
        return 0
    at = line.text.find(":", 0, _LABEL_CHARS)
    if at > 0:
        return at + 1 if fold(line.text[:at]) in TAG_LABELS else 0
    words = line.text[:_LABEL_CHARS].split()
    label = " ".join(words[:2])
    if len(words) < 3 or line.sentence or fold(label) not in TAG_LABELS:
        return 0
    return line.text.index(words[1], len(words[0])) + len(words[1])


def _labelled(finds: Finds, number: int, at: int) -> None:
    """Find tags that follow their label in one line: "Tags: a, b, c"."""
    line = finds.doc.lines[number]
    rest = line.text[at:]
    separator = next((s for s in (",", "|", "•", "·", "#") if s in rest), "\n")
    spans = []
    position = at
    for piece in rest.split(separator):
        text = piece.strip(" #.,;")
        if text:
            left = line.text.index(text, position)
            spans.append((line.start + left, line.start + left + len(text)))
        position += len(piece) + 1
    if not spans or any(b - a > _TAG_CHARS for a, b in spans):
        return
    for number, (left, right) in enumerate(spans):
        # The label is a part of what states the first tag.
        finds.field("tags", left if number else line.start, right)
        finds.add("tags", left, right)


def _run_under_title(finds: Finds, title: Title) -> None:
    """Lines such as "artificialintelligence" between the title and what follows it."""
    doc = finds.doc
    key = fold(doc.text[title.start : title.end])
    starts = [title.line + 1] + [
        n + 1
        for n in range(title.line, min(len(doc.lines), title.line + 8))
        if doc.lines[n].key == key
    ]
    for start in reversed(starts):
        run = _run(doc, start)
        if run:
            for line in run:
                left = line.start + (line.text[0] == "#")
                finds.field("tags", left, line.end)
                finds.add("tags", left, line.end)
            return


def _run(doc: Document, start: int) -> list[Line]:
    run: list[Line] = []
    for number in range(start, min(len(doc.lines), start + 15)):
        line = doc.lines[number]
        if number in doc.hits or len(line.text) > 30 or len(line.text.split()) > 3:
            break
        if not line.text.replace(" ", "").replace("#", "").replace("-", "").isalnum():
            break
        run.append(line)
    lower = sum(line.text.lstrip("#").islower() for line in run)
    return run if len(run) >= _LEAST and 2 * lower >= len(run) else []
