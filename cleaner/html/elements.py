"""What elements mean: which break a line, which are not shown, where a link leads."""

from __future__ import annotations

import re
from typing import Any

SILENT = frozenset({"script", "style", "template", "title", "meta", "link", "base", "iframe"})
UNSHOWN = frozenset({"noscript", "audio", "video", "object", "canvas", "datalist", "noframes"})
BREAKING = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend"
    " li main menu nav noscript ol optgroup option p pre search section select summary table tbody"
    " td textarea tfoot th thead tr ul video audio object listing xmp".split()
)
PARTING = frozenset(
    "article aside blockquote dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav"
    " menu ol p pre section table ul listing xmp".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
PREFORMATTED = frozenset(("pre", "textarea", "listing", "xmp"))
LITERAL = frozenset(("code", "pre", "kbd", "samp", "tt", "math"))
PLAIN = frozenset("span font u small big sub sup abbr cite q wbr".split())
"""Elements that say nothing without an attribute."""
STRONG = frozenset(("strong", "b", "em", "i", "mark"))
APART = frozenset(("a", "time", "input", "img", "svg"))
"""What a page sets apart from its neighbour, though no white space stands between."""
NAMED = ("class", "id", "role", "itemprop")
HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
KEEPING = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_LAYOUT = frozenset(
    "table h1 h2 h3 h4 h5 h6 ul ol dl form section article blockquote figure pre".split()
)
_RELATIONS = re.compile(r"\b(?:author|tag|category|license|next|prev|nofollow sponsored)\b")
_DESTINATIONS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("to-anchor", r"^#"),
        ("to-mail", r"^(?:mailto|tel|sms|whatsapp):"),
        ("to-script", r"^javascript:"),
        ("to-share", r"shar(?:e|er|ing)\b|/intent/|pin/create|[?&](?:u|url|text)=http"),
        (
            "to-profile",
            r"(?:facebook|twitter|x|instagram|youtube|linkedin|tiktok|pinterest|threads)\.(?:com|net)/",
        ),
        (
            "to-author",
            (
                r"/(?:authors?|people|person|contributors?|staff|writers?|profiles?|journalists?|autor"
                r"|autoren|auteurs?|autori|users?|by|team|experts?)/"
            ),
        ),
        ("to-tag", r"/(?:tags?|topics?|category|categories|kategorie|thema|themen|subjects?)/"),
        (
            "to-account",
            r"log-?in|sign-?in|sign-?up|regist|account|subscri|newsletter|cart|checkout",
        ),
        ("to-legal", r"privacy|terms|cookie|imprint|impressum|datenschutz|legal|disclaimer"),
        ("to-page", r"[?&/](?:page|p)[=/]\d|comment|respond"),
    )
)
_CELL_CHARS = 240


def number_of(value: str | None) -> int | None:
    """A short decimal number, or None where the value is none."""
    short = value is not None and len(value) < 7 and value.isascii() and value.isdecimal()
    return int(value) if value is not None and short else None


def destination(link: Any) -> str:
    """Where a link leads, as far as its address and its relation tell."""
    if link.get("rel") is not None and (found := _RELATIONS.search(link.get("rel").lower())):
        return f"to-{found[0]}"
    address = (link.get("href") or "")[:500].lower()
    for name, pattern in _DESTINATIONS:
        if pattern.search(address):
            return name
    return ""


def holds_data(table: Any) -> bool:
    """Whether a table's cells hold values, and not parts of the page's layout."""
    if table.get("role") in ("presentation", "none"):
        return False
    cells = rows = 0
    for node in table.iterdescendants():
        tag = node.tag
        if tag in _LAYOUT:
            return False
        if tag in ("td", "th"):
            cells += 1
            if sum(map(len, node.itertext())) > 4 * _CELL_CHARS:
                return False
        elif tag == "tr":
            rows += 1
    return cells > rows
