"""What another extractor makes of a page: one piece of evidence, never the only one."""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar
from typing import Any

from cleaner.html.page import Page

_WORD = re.compile(r"\w+")
_SHINGLE = 3
_ASKING: ContextVar[bool] = ContextVar("asking", default=False)
_MANY = 30_000
_LONG = 2_000_000
"""Elements, and characters, beyond which trafilatura is not asked: its time grows faster than the
page."""


def kept_shares(root: Any, page: Page) -> tuple[float, ...]:
    """For each row of a page the share of its words that trafilatura keeps.

    Args:
        root: of the page's tree, which trafilatura changes.
        page: rendered.

    Returns:
        Nothing where trafilatura fails.
    """
    if len(page.elements) > _MANY or len(page.text) > _LONG:
        return ()
    from trafilatura import bare_extraction

    _quieten()
    asked = _ASKING.set(True)
    try:
        found = bare_extraction(
            root,
            fast=True,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
    # It is somebody else's code on anybody's markup, and raises whatever comes up. A page can be
    # judged without it, so nothing that fails there may cost the article.
    except Exception:
        return ()
    finally:
        _ASKING.reset(asked)
    if found is None:
        return (0.0,) * len(page.rows)
    kept = (getattr(found, "text", None) or "").lower()
    words = _WORD.findall(kept)
    shingles = set(zip(*(words[n:] for n in range(_SHINGLE)), strict=False))
    lines = {tuple(_WORD.findall(line)) for line in kept.split("\n")}
    return tuple(_share(page.text[row.start : row.end], shingles, lines) for row in page.rows)


def _unasked(_: logging.LogRecord) -> bool:
    """Whether a record is one that the caller's own use of trafilatura brought about."""
    return not _ASKING.get()


def _quieten() -> None:
    """Keep what trafilatura has to say of a page from the caller's log, while it is asked here."""
    # A filter counts for its own logger alone, and is added to each of them once.
    for name in [n for n in logging.root.manager.loggerDict if n.startswith("trafilatura")]:
        logging.getLogger(name).addFilter(_unasked)


def _share(text: str, shingles: set[tuple[str, ...]], lines: set[tuple[str, ...]]) -> float:
    words = _WORD.findall(text.lower())
    if len(words) < _SHINGLE + 2:
        return float(tuple(words) in lines)
    own = list(zip(*(words[n:] for n in range(_SHINGLE)), strict=False))
    return sum(s in shingles for s in own) / len(own)
