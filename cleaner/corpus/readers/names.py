"""Names for what comes out of containers: none leads out of the output, all fit a file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from cleaner.corpus.errors import UnsafeName

_LONGEST = 80
"""Bytes of the readable part of a name; with the rest of it, it fits every file system."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://(?:www\.)?")
_OTHER = re.compile(r"[^\w.-]+")
_DOTS = re.compile(r"\.{2,}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE | re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:")
_DIGITS = 12


def safe_name(text: str, number: int) -> str:
    """A file's name made of an identifier or an address.

    The same text always has the same name. One that is a good name already stays as it is; of
    others the readable part is kept, followed by a hash of the whole, so that two of them get two
    names. It has at most 96 bytes, and only letters, digits, "_", "-" and single dots inside.

    Args:
        text: the identifier; may hold anything.
        number: the place in the container, from 1: it makes the name where the text gives none.
    """
    if not text:
        return f"{number:08d}"
    whole = unicodedata.normalize("NFC", text)
    readable = _OTHER.sub("-", _SCHEME.sub("", whole[: 4 * _LONGEST], count=1))
    readable = _shortened(_DOTS.sub("-", readable).strip("-._")).strip("-._")
    if readable == text and not _RESERVED.match(text):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    if not readable:
        return digest
    return f"{'_' if _RESERVED.match(readable) else ''}{readable}-{digest}"


def _shortened(text: str) -> str:
    return text.encode()[:_LONGEST].decode("utf-8", "ignore")


def member_name(raw: str) -> str:
    """The name of an archive's member, relative to the archive, parted by "/".

    Raises:
        UnsafeName: it is absolute or leads out of the archive, or some system would take it so.
    """
    if "\0" in raw:
        raise UnsafeName(_advice("its name holds a NUL character"))
    if "\\" in raw:
        raise UnsafeName(_advice("its name holds a backslash"))
    if raw.startswith("/") or _DRIVE.match(raw):
        raise UnsafeName(_advice("its name is absolute"))
    parts = [part for part in raw.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise UnsafeName(_advice('its name leads out of the archive with ".."'))
    if not parts:
        raise UnsafeName(_advice("it has no name"))
    return "/".join(parts)


def _advice(what: str) -> str:
    return f"{what}; see where this archive is from, and pack it anew"
