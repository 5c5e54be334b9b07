"""A stream of bytes that can be looked into before it is read, but never sought in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from cleaner.corpus.readers.options import amount
from cleaner.errors import InputError, InputTooLarge

if TYPE_CHECKING:
    from cleaner.corpus.readers.unpacked import Unpacked

PIECE = 1 << 16
"""How many bytes are asked for at once."""


class Source:
    """Bytes from a file, a pipe or a decompressor, with a buffer of what was looked at.

    Where what is beneath fails, everything before it is handed out first.

    Args:
        read: gives up to so many bytes, at least one, and none at the end.
        unpacked: what decompresses the bytes, where something does.

    Attributes:
        position: how many bytes were taken.
    """

    def __init__(self, read: Callable[[int], bytes], unpacked: Unpacked | None = None) -> None:
        self.unpacked = unpacked
        self.position = 0
        self._read = read
        self._buffer = b""
        self._at = 0
        self._ended = False
        self._failed: InputError | None = None

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay: so many, or all up to the end or to where reading fails."""
        pieces = [self._buffer[self._at :]]
        held = len(pieces[0])
        while held < size and (piece := self._more()):
            pieces.append(piece)
            held += len(piece)
        if len(pieces) > 1:
            self._buffer, self._at = b"".join(pieces), 0
        return self._buffer[self._at : self._at + size]

    def some(self, most: int = PIECE) -> bytes:
        """The next bytes, at least one; none at the end.

        Raises:
            InputError: what is beneath cannot be read on.
        """
        return self._taken(self._at + most) if self._ready() else b""

    def take(self, size: int) -> bytes:
        """So many bytes; fewer at the end.

        Raises:
            InputError: what is beneath cannot be read on.
        """
        pieces: list[bytes] = []
        while size and (piece := self.some(min(size, PIECE))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def skip(self, size: int) -> int:
        """Take so many bytes and forget them; returns how many there were.

        Raises:
            InputError: what is beneath cannot be read on.
        """
        left = size
        while left and (piece := self.some(min(left, PIECE))):
            left -= len(piece)
        return size - left

    def unread(self, data: bytes) -> None:
        """Put back what was taken last."""
        self._buffer, self._at = data + self._buffer[self._at :], 0
        self.position -= len(data)

    def line(self, most: int) -> bytes | None:
        """The next line with its end; nothing at the end of all; None for one over ``most`` bytes.

        Raises:
            InputError: what is beneath cannot be read on.
        """
        pieces: list[bytes] = []
        size = 0
        while self._ready():
            end = self._buffer.find(b"\n", self._at) + 1
            piece = self._taken(end or len(self._buffer))
            size += len(piece)
            if size > most:
                pieces.clear()
            else:
                pieces.append(piece)
            if end:
                break
        return None if size > most else b"".join(pieces)

    def whole(self, most: int) -> bytes:
        """Everything up to the end.

        Raises:
            InputTooLarge: it is more than ``most`` bytes.
            InputError: what is beneath cannot be read on.
        """
        # In pieces: a device or a pipe may never end.
        pieces: list[bytes] = []
        size = 0
        while piece := self.some():
            size += len(piece)
            if size > most:
                raise InputTooLarge(f"it holds more than {amount(most)}")
            pieces.append(piece)
        return b"".join(pieces)

    def reached(self, position: int) -> None:
        """Count as taken what was read without this source."""
        self.position = max(self.position, position)

    def find(self, pattern: re.Pattern[bytes], longest: int) -> bool:
        """Skip to where a pattern matches; to the end where it does not.

        Args:
            pattern: what is looked for.
            longest: the most bytes that it matches.

        Raises:
            InputError: what is beneath cannot be read on.
        """
        kept = b""
        while piece := self.some():
            window = kept + piece
            found = pattern.search(window)
            if found is not None:
                self.unread(window[found.start() :])
                return True
            kept = window[-longest:]
        return False

    def _ready(self) -> bool:
        """Whether there is a next byte; then it is in the buffer."""
        if self._at == len(self._buffer):
            self._buffer, self._at = self._more(), 0
            if not self._buffer and self._failed is not None:
                error, self._failed = self._failed, None
                raise error
        return bool(self._buffer)

    def _taken(self, end: int) -> bytes:
        """What the buffer holds up to ``end``."""
        piece = self._buffer[self._at : end]
        self._at += len(piece)
        self.position += len(piece)
        return piece

    def _more(self) -> bytes:
        """What comes from beneath; an error there is kept until all before it was taken."""
        if self._ended or self._failed is not None:
            return b""
        try:
            piece = self._read(PIECE)
        except InputError as error:
            self._failed = error
            return b""
        self._ended = not piece
        return piece
