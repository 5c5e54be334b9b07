"""A labelled page with most of its article left out, as short news stand among long teasers.

Labelled corpora are full of long articles, and from those a model learns that much text is the
article's, and little text is not.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from cleaner.errors import BrokenPage
from cleaner.html.elements import BREAKING, SILENT
from cleaner.html.parse import parse
from cleaner.judge.training.bench import Page
from cleaner.judge.training.labels import content_share, word_list

_LENGTHS = (30, 50, 80, 120, 180)
"""How many words of an article stay, at least."""
_LEAST_CUT = 2.0
"""How many times as long an article must be, for it to be cut."""
_WORDS = 3
"""A block of no more words says little about whether the article has begun or ended."""
_MOSTLY = 0.5


def shortened(html: str, page: Page, chance: random.Random) -> tuple[str, Page] | None:
    """A page of whose article only the start is left, and its label.

    Args:
        html: the page.
        page: its label.
        chance: decides how much stays.

    Returns:
        None where the article is short as it is, or does not stand in blocks of its own.
    """
    try:
        root = parse(html)
    except BrokenPage:
        return None
    wanted = chance.choice(_LENGTHS)
    blocks = [(node, text) for node in _blocks(root) if (text := "".join(node.itertext())).strip()]
    shares = content_share([text for _, text in blocks], page.body)
    words = [len(word_list(text)) for _, text in blocks]
    inside = [n for n, share in enumerate(shares) if share >= _MOSTLY and words[n] > _WORDS]
    if sum(words[n] for n in inside) < _LEAST_CUT * wanted:
        return None
    kept = at = 0
    while kept < wanted:
        kept += words[inside[at]]
        at += 1
    if at >= len(inside):
        return None
    # What stands between its parts goes with them: what follows a short article stands behind it.
    for node, _ in blocks[inside[at] : inside[-1] + 1]:
        _remove(node)
    body = "\n\n".join(
        " ".join(blocks[n][1].split()) for n in range(inside[0], inside[at]) if shares[n] >= _MOSTLY
    )
    import lxml.html

    return lxml.html.tostring(root, encoding="unicode"), replace(page, body=body)


def _blocks(root: Any) -> list[Any]:
    """The innermost blocks of a page, in order."""
    found: list[Any] = []
    for node in root.iter():
        if not isinstance(node.tag, str) or node.tag in SILENT or node.tag not in BREAKING:
            continue
        inner = (n for n in node.iterdescendants() if isinstance(n.tag, str))
        if not any((n.tag in BREAKING and n.tag != "br") or n.tag in SILENT for n in inner):
            found.append(node)
    return found


def _remove(node: Any) -> None:
    """Take an element out of its tree, without the text behind it."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if node.tail:
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)
