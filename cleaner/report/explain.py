"""An article explained: its text with every removal struck through and every field marked."""

from __future__ import annotations

import json

from cleaner.article import Article, Field, Removal
from cleaner.report import terminal
from cleaner.report.spans import Span, kept_and_seen, percent, tile

_RESET = "\x1b[0m"
_STRUCK = "\x1b[9;31m"
_RULE = "\x1b[31m"
_FIELD = "\x1b[1;32m"
_NAME = "\x1b[32m"
_HEADING = "\x1b[1m"
_FAINT = "\x1b[2m"


def as_text(article: Article, text: str, colour: bool) -> str:
    """The text layer, marked, and below it what was found and taken out.

    Without colour, ``[-gone-]{rule}`` was removed and ``[+found+]{field}`` is a field.

    Args:
        article: the article.
        text: its text layer.
        colour: whether to use a terminal's colours.
    """
    marked = "".join(_marked(span, text, colour) for span in tile(article, len(text)))
    return f"{marked.rstrip()}\n\n{_legend(article, colour)}\n"


def as_json(article: Article, text: str) -> str:
    """The article, its text layer and the spans that tile it, as JSON."""
    spans = [span.to_dict() for span in tile(article, len(text))]
    record = {"article": article.to_dict(), "text": text, "spans": spans}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _marked(span: Span, text: str, colour: bool) -> str:
    stretch = terminal.printable(text[span.start : span.end])
    match span.of:
        case Removal(rule=rule):
            if not colour:
                return f"[-{stretch}-]{{{rule}}}"
            return f"{_painted(stretch, _STRUCK)}{_RULE}{{{rule}}}{_RESET}"
        case Field(name=name):
            if not colour:
                return f"[+{stretch}+]{{{name}}}"
            return f"{_painted(stretch, _FIELD)}{_NAME}{{{name}}}{_RESET}"
    return stretch


def _painted(text: str, style: str) -> str:
    # Line by line: pagers drop a style at the end of a line.
    return "\n".join(f"{style}{line}{_RESET}" if line else "" for line in text.split("\n"))


def _legend(article: Article, colour: bool) -> str:
    kept, seen = kept_and_seen(article)
    rows = [
        ("title", article.title),
        ("source", article.source),
        ("url", article.url),
        ("authors", ", ".join(article.authors)),
        ("published", article.published),
        ("as found", article.published_text),
        ("language", article.language),
        ("tags", ", ".join(article.tags)),
        ("encoding", article.encoding),
        ("warnings", "; ".join(article.warnings)),
        ("kept", f"{percent(kept, seen)} of {seen:,} characters"),
    ]
    lines = [_paint("-" * 40, _FAINT, colour)]
    lines += [
        f"{_paint(f'{name:<10}', _HEADING, colour)}{terminal.one_line(value)}"
        for name, value in rows
        if value
    ]
    rules: dict[str, list[float]] = {}
    for removal in article.removed:
        rules.setdefault(removal.rule, []).append(removal.confidence)
    lines.append(_paint("removed" if rules else "nothing removed", _HEADING, colour))
    for rule, sure in sorted(rules.items()):
        range_of = " to ".join(f"{end:g}" for end in sorted({min(sure), max(sure)}))
        lines.append(f"{len(sure):>6}  {_paint(rule, _RULE, colour)}  confidence {range_of}")
    if rules:
        lines.append(_paint("`cleaner rules ID` says why a rule exists.", _FAINT, colour))
    return "\n".join(lines)


def _paint(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_RESET}" if colour else text
