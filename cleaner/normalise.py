"""The one function that changes a block's text."""

from __future__ import annotations

import re
import unicodedata

# What is dropped: control characters that are no white space, the soft hyphen, zero-width and
# bidirectional format characters, byte-order marks. The joiners U+200C and U+200D are handled
# apart: scripts and emoji that need them keep them.
_DROP = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_DROPPED = re.compile(f"[{_DROP}]+")
# A joiner works between two characters of a script (or two emoji) that join; elsewhere it is dirt.
_IDLE_JOINER = re.compile(
    r"(?<![\u0590-\uffff\U00010000-\U0010ffff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0590-\uffff\U00010000-\U0010ffff])"
)
_CJK = "\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_CJK_BREAK = re.compile(
    rf"(?<=[{_CJK}])[ \t]*(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])[ \t]*(?=[{_CJK}])"
)
# Mojibake needs a lead and a continuation, neither of them ASCII.
_MOJIBAKE = re.compile("[^\x00-\x7f]{2}")
_PASSES = 4


def normalise(text: str) -> str:
    """Put a block's text into plain form.

    Mojibake is repaired (with ftfy), the text composed (NFC), zero-width, soft-hyphen and control
    characters are taken out, every run of white space becomes one space (none between two CJK
    characters that a line break parted), and both ends are stripped. Nothing else is changed, and
    a second call changes nothing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    for _ in range(_PASSES):
        before = text
        text = _compose(text)
        settled = text == before
        text = " ".join(text.split())
        if settled or text == before:
            break
    return text


def _compose(text: str) -> str:
    """One pass of everything but white space between words."""
    if text.isascii():
        return text if text.isprintable() else _DROPPED.sub("", text)
    text = _repair(text)
    if not text.isprintable():
        text = _DROPPED.sub("", text)
        if "\u200c" in text or "\u200d" in text:
            # White space comes first: a joiner beside it is idle, whatever sort it is of.
            text = _IDLE_JOINER.sub("", " ".join(text.split()))
        text = _CJK_BREAK.sub("", text)
    return unicodedata.normalize("NFC", text)


def _repair(text: str) -> str:
    """Undo UTF-8 that was read as a single-byte encoding, one damaged stretch at a time.

    Each stretch is judged by itself, so that the result does not depend on what stands around it.
    """
    if not _MOJIBAKE.search(text):
        return text
    from ftfy.chardata import UTF8_DETECTOR_RE
    from ftfy.fixes import decode_inconsistent_utf8

    def repaired(match: re.Match[str]) -> str:
        # A plain space may have been a byte of a letter, but that is a guess: it parts stretches.
        # The letter at the end keeps ftfy from looking at the stretch as a whole text of its own.
        parts = match.group().split(" ")
        return " ".join(decode_inconsistent_utf8(part + "a")[:-1] for part in parts)

    return UTF8_DETECTOR_RE.sub(repaired, text)
