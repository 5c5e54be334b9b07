"""The two panes of an article: its text with what was taken out, and its body, block by block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.article import Article, Block, Field, Removal
from cleaner.errors import CleanerError
from cleaner.layer import layer_of
from cleaner.report.review_choice import LONGEST
from cleaner.report.review_records import block_texts
from cleaner.report.spans import Span, ledger, tile

SPACE, BODY, FIELD, REMOVED = range(4)
"""What a tile is."""
_NEAR = 3
"""A cut between words is looked for so many characters around where it should be."""


@dataclass(slots=True)
class Panes:
    """What the page shows of an article.

    Attributes:
        source: ``original``: the text is the original's text layer. Otherwise it was put together
            from the record, since the original was ``not-given``, ``not-found``, ``changed``
            (it is other bytes now), or ``differs`` (it gives another text layer now).
        tiles: the text in order, as what it is, its block, field or removal, and the text.
        blocks: kind and text of each block; no text where it is what its tiles say.
        left_out: so many characters at the end are not shown.
    """

    source: str
    tiles: list[tuple[int, int, str]] = field(default_factory=list)
    blocks: list[tuple[str, str | None]] = field(default_factory=list)
    left_out: int = 0

    def flat(self) -> list[int | str]:
        """The tiles in one list: a third of the brackets and commas."""
        return [value for one in self.tiles for value in one]


def panes(article: Article, original: bytes | str | None, source: str) -> Panes:
    """The panes of an article.

    Args:
        article: the article, which must be sound.
        original: the bytes or the text that it was made of, if that is at hand.
        source: why they are not.
    """
    texts = block_texts(article) or []
    if original is not None:
        source, layer = _layer(article, original)
        if layer is not None:
            return _cut(Panes(source, list(_tiles(article, layer))), article, texts)
    return _cut(Panes(source, list(_rebuilt(article, texts))), article, texts)


def _layer(article: Article, original: bytes | str) -> tuple[str, str | None]:
    """Whether the bytes are the article's original, and their text layer."""
    try:
        layer = layer_of(article, original)
    except CleanerError:
        return "changed", None
    # Another version may make another text layer of a page.
    ends = [span.end for span in ledger(article)]
    fits = max(ends, default=0) <= len(layer) and all(
        layer[gone.start : gone.end] == gone.text for gone in article.removed
    )
    return ("original", layer) if fits else ("differs", None)


def _tiles(article: Article, layer: str) -> Iterator[tuple[int, int, str]]:
    number = _numbers(article)
    for span in tile(article, len(layer)):
        text = layer[span.start : span.end]
        yield _what(span), number.get(id(span.of), 0), text


def _rebuilt(article: Article, texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The text as the record alone tells it: white space and inline places are guessed."""
    number = _numbers(article)
    spans = ledger(article)
    sizes: defaultdict[int, list[int]] = defaultdict(list)
    for span in spans:
        sizes[id(span.of)].append(span.end - span.start)
    pieces = {
        id(block): _pieces(text, sizes[id(block)])
        for block, text in zip(article.blocks, texts, strict=True)
    }
    stated = _stated(article)
    position: int | None = None
    for span in spans:
        if position is not None and span.start > position:
            yield SPACE, 0, "\n" if span.start - position == 1 else "\n\n"
        match span.of:
            case Block():
                text = next(pieces[id(span.of)], "")
            case Field(name=name):
                text = next(stated[name], "…") if name in stated else "…"
            case Removal(text=gone):
                text = gone
            case _:
                continue
        yield _what(span), number[id(span.of)], text
        position = span.end


def _pieces(text: str, sizes: Sequence[int]) -> Iterator[str]:
    """A block's text, parted about where the spans inline in it stand."""
    total = sum(sizes)
    done = at = 0
    for size in sizes[:-1]:
        done += size
        end = _gap(text, max(at, round(len(text) * done / total) if total else 0))
        yield text[at:end]
        at = end
    yield text[at:]


def _gap(text: str, at: int) -> int:
    """The place between two words that is next to a place, if there is one near."""
    for step in range(_NEAR + 1):
        for near in (at - step, at + step):
            if 0 < near < len(text) and text[near - 1] == " ":
                return near
    return at


def _stated(article: Article) -> dict[str, Iterator[str]]:
    """For each field the texts of its spans: one value for each, or all of them in the first."""
    values = {
        "title": [article.title or ""],
        "source": [article.source or ""],
        "url": [article.url or ""],
        "authors": list(article.authors),
        "published": [article.published_text or article.published or ""],
        "tags": list(article.tags),
    }
    spans = [f.name for f in article.fields if f.start is not None]
    return {
        name: iter(found if spans.count(name) == len(found) else [", ".join(found)])
        for name, found in values.items()
        if name in spans
    }


def _cut(made: Panes, article: Article, texts: Sequence[str]) -> Panes:
    """The panes with their blocks, and with no more of a long article than a browser likes."""
    bodies = [""] * len(texts)
    room = LONGEST
    shown: list[tuple[int, int, str]] = []
    for what, number, text in made.tiles:
        if len(text) > room:
            made.left_out += len(text) - room
            text = text[:room]
        room -= len(text)
        if text or room:
            shown.append((what, number, text))
        if what == BODY:
            bodies[number] += text
    made.tiles = shown
    room = LONGEST
    for block, text, said in zip(article.blocks, texts, bodies, strict=True):
        if room > 0:
            made.blocks.append((block.kind, None if text == said else text[:room]))
        room -= len(text)
    return made


def _what(span: Span) -> int:
    return {"space": SPACE, "body": BODY, "field": FIELD, "removed": REMOVED}[span.what]


def _numbers(article: Article) -> dict[int, int]:
    """Which block, field or removal of the article an object is."""
    lists: tuple[Sequence[Any], ...] = (article.blocks, article.fields, article.removed)
    return {id(one): n for found in lists for n, one in enumerate(found)}
