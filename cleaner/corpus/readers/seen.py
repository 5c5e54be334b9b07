"""Which names were there before, at a few bytes for each."""

from __future__ import annotations

import hashlib
import os
from array import array

_SMALLEST = 1 << 10


class Seen:
    """A set of texts that can only be added to.

    It holds 64 bits of a hash of each: of ten million names, two are taken for one with a
    probability of three in a million.
    """

    def __init__(self) -> None:
        # Whoever makes an archive cannot make names that collide.
        self._key = os.urandom(16)
        self._count = 0
        self._slots = array("Q", [0]) * _SMALLEST

    def add(self, text: str) -> bool:
        """Add a text; returns whether it is new."""
        data = text.encode("utf-8", "surrogatepass")
        raw = hashlib.blake2b(data, digest_size=8, key=self._key).digest()
        # Zero marks a free slot.
        if not self._put(int.from_bytes(raw, "little") or 1):
            return False
        self._count += 1
        if 2 * self._count > len(self._slots):
            self._grow()
        return True

    def _put(self, value: int) -> bool:
        slots = self._slots
        last = len(slots) - 1
        at = value & last
        while found := slots[at]:
            if found == value:
                return False
            at = (at + 1) & last
        slots[at] = value
        return True

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", [0]) * (2 * len(old))
        for value in old:
            if value:
                self._put(value)
