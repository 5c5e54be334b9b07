"""What a part of an output is in the end, made of the lines that were gathered for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from cleaner.corpus.writers.compression import Compression, compressed, unpacked

_PIECE = 1 << 20


class Form(Protocol):
    """A way to keep lines, from which they can be read again."""

    @property
    def name(self) -> str:
        """What it is called."""

    def write(self, lines: BinaryIO, files: Sequence[BinaryIO]) -> None:
        """Make the files of a part.

        Args:
            lines: the lines of the part.
            files: what they are written to.
        """

    def read(self, files: Sequence[Path]) -> Iterator[bytes]:
        """The lines of a part, byte for byte, from its files."""


@dataclass(frozen=True, slots=True)
class JsonLines:
    """The lines themselves, compressed or not."""

    way: Compression

    @property
    def name(self) -> str:
        """What it is called."""
        return f"JSON lines ({self.way})"

    def write(self, lines: BinaryIO, files: Sequence[BinaryIO]) -> None:
        """Compress the lines into one file."""
        with compressed(files[0], self.way) as packed:
            shutil.copyfileobj(lines, packed, _PIECE)

    def read(self, files: Sequence[Path]) -> Iterator[bytes]:
        """The lines of the file."""
        with unpacked(files[0], self.way) as lines:
            yield from lines
