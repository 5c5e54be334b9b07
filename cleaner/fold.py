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
    # Turkish: lower-casing the dotted capital leaves a combining dot behind, and the plain "I" of
    # capitals stands for the dotless letter too.
    "\u0307": "",
    "ı": "i",
}
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_REPLACED = re.compile(f"[{re.escape(''.join(_SAME))}{_EMOJI}]")
# Punctuation, bullets, arrows and emoji that decorate a line without saying anything.
_DECORATION = " \t.,:;!?¡¿\"'|-_~=*+/\\<>()[]{}#&^•·‣▪▫■□●○◦◆◇★☆►▶▸▹▼▲△▽→←↑↓↗↘»«›‹✓✔✕✖✗×✉☰⋮⋯❯❮。、"

LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}(?: \"[^\"]{0,200}\")?\)")

LINK_NUMBER = re.compile(r"(?<!\w)\[\d{1,5}\](?=[^\s\[\](),.;:!?])")
"""The number that a text browser puts before a link: "[12]Read on"."""


def fold(text: str) -> str:
    """Lower-case ``text``, put quotes, dashes and spaces into plain form, strip decoration.

    A Markdown link is folded to its text, as is one that a text browser has numbered.

    The result is for comparing only: its length and offsets are not those of ``text``.
    """
    text = text.lower()
    if "](" in text:
        text = LINK.sub(r"\1", text)
    elif "[" in text:
        text = LINK_NUMBER.sub("", text)
    if not text.isascii():
        # Few of them are in any one text: replacing those is faster than looking up every
        # character. None becomes another one of them, so their order does not matter.
        for c in set(_REPLACED.findall(text)):
            text = text.replace(c, _SAME.get(c, " "))
    if "  " in text or not text.isprintable():
        text = " ".join(text.split())
    return text.strip(_DECORATION)
