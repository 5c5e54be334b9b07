"""What is wrapped around a saved article: gzip, and the mail message of a saved page (MHTML)."""

from __future__ import annotations

import re
import zlib

from cleaner.errors import BinaryInput, InputTooLarge

GZIP = b"\x1f\x8b"
MAX_UNPACKED = 256 << 20
"""The most bytes that a compressed input may hold."""
_PIECE = 1 << 20
_HEADER = re.compile(rb"(?:[\x21-\x39\x3b-\x7e]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n")
_MESSAGE = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_PAGES = ("text/html", "application/xhtml+xml")


def unpack(data: bytes) -> tuple[bytes, str | None]:
    """The article's own bytes, and the encoding that their wrapping declares.

    Raises:
        BinaryInput: it is compressed, but damaged.
        InputTooLarge: it holds more than :data:`MAX_UNPACKED` bytes.
    """
    if data.startswith(GZIP):
        data = _gunzipped(data)
    head = _HEADER.match(data, 0, _PIECE)
    if head is not None and _MESSAGE.search(head.group()):
        return _page_of(data)
    return data, None


def _gunzipped(data: bytes) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while data.startswith(GZIP):
            stream = zlib.decompressobj(wbits=31)
            while not stream.eof:
                part = stream.decompress(data, _PIECE)
                size += len(part)
                if size > MAX_UNPACKED:
                    raise InputTooLarge(f"unpacked, it holds more than {MAX_UNPACKED >> 20} MB")
                parts.append(part)
                data = stream.unconsumed_tail
                if not stream.eof and not data and not part:
                    raise BinaryInput("this is gzip-compressed, and its end is missing")
            data = stream.unused_data
    except zlib.error as error:
        raise BinaryInput(f"this is gzip-compressed, and damaged: {error}") from error
    return b"".join(parts)


def _page_of(data: bytes) -> tuple[bytes, str | None]:
    """The first page in a message, which is the one that was saved."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in _PAGES:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content, part.get_content_charset()
    return data, None
