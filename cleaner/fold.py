"""The folded form of a line: what rules and look-ups compare, so that looks do not matter."""

from __future__ import annotations

import re

_SAME = {
    **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
    **dict.fromkeys("“”„‟″«»「」『』", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f", ""),
    "…": "...",
    "：": ":",
    "，": ",",
    "！": "!",
    "？": "?",
    "（": "(",
    "）": ")",
    # Lower-casing the dotted capital leaves a combining dot behind.
    "\u0307": "",
}
_TABLE = str.maketrans(_SAME)
# Punctuation, bullets, arrows and emoji that decorate a line without saying anything.
_DECORATION = " \t.,:;!?\"'|-_~=*+/\\<>()[]{}#&^•·‣▪▫■□●○◦◆◇★☆►▶▸▹▼▲△▽→←↑↓↗↘»«›‹✓✔✕✖✗×✉☰⋮⋯❯❮。、"

_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}(?: \"[^\"]{0,200}\")?\)")


def fold(text: str) -> str:
    """Lower-case ``text``, put quotes, dashes and spaces into plain form, strip decoration.

    A Markdown link is folded to its text.

    The result is for comparing only: its length and offsets are not those of ``text``.
    """
    text = text.lower()
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if not text.isascii():
        text = text.translate(_TABLE)
        text = _without_emoji(text)
    return " ".join(text.split()).strip(_DECORATION)


def _without_emoji(text: str) -> str:
    if text.isascii() or max(text) < "\u2600":
        return text
    return "".join(
        " " if "\u2600" <= c <= "\u27bf" or "\U0001f000" <= c <= "\U0001faff" else c for c in text
    )
