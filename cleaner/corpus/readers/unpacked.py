"""A compressed stream as the bytes that it holds, within limits."""

from __future__ import annotations

from collections import deque

from cleaner.corpus.errors import (
    DamagedInput,
    DecompressionBomb,
    TruncatedInput,
    UnpackedTooLarge,
    UnsupportedFormat,
)
from cleaner.corpus.readers.compression import LONGEST_START, Codec, Decompressor
from cleaner.corpus.readers.options import ReadOptions, amount
from cleaner.corpus.readers.source import PIECE, Source
from cleaner.errors import InputError

_HARMLESS = 10_000_000
"""Bytes that anything may unpack to, whatever its ratio."""


class Budget:
    """How much a container may still unpack to."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._spent = 0

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            UnpackedTooLarge: they are more than the container may hold.
        """
        self._spent += size
        if self._spent > self._options.max_unpacked:
            most = amount(self._options.max_unpacked)
            raise UnpackedTooLarge(
                f"it unpacks to more than {most}; split it, or raise the limit on unpacked bytes"
            )


def check_ratio(unpacked: int, packed: int, options: ReadOptions) -> None:
    """Refuse data that unpacks to far more than articles do.

    Args:
        unpacked: how many bytes came out so far.
        packed: how many bytes went in.
        options: hold the limit.

    Raises:
        DecompressionBomb: the ratio is over the limit.
    """
    if unpacked > _HARMLESS and unpacked > options.max_ratio * packed:
        raise DecompressionBomb(
            f"it unpacks to more than {options.max_ratio} times its size, as bombs do; "
            "if it is none, raise the limit on the ratio"
        )


class Unpacked:
    """Decompresses the members of a stream, one after the other.

    Args:
        source: the compressed bytes.
        codec: how they are compressed.
        options: hold the limits.
        budget: what the container may still unpack to, where others unpack it too.
        lenient: whether something else may follow the last member, and is left alone.
        places: whether :meth:`place_of` will be asked, which takes memory for each member until
            then.
    """

    def __init__(
        self,
        source: Source,
        codec: Codec,
        options: ReadOptions,
        budget: Budget | None = None,
        *,
        lenient: bool = False,
        places: bool = False,
    ) -> None:
        self._source = source
        self._codec = codec
        self._options = options
        self._budget = budget or Budget(options)
        self._lenient = lenient
        self._places = places
        self._start = source.position
        self._member: Decompressor | None = None
        self._broken: InputError | None = None
        self._fed = b""
        self._first = b""
        self._given = 0
        # Where members begin, unpacked and packed; those whose bytes were all looked up are gone.
        self._starts: deque[tuple[int, int]] = deque()

    def read(self, size: int) -> bytes:
        """Up to so many bytes, at least one; none at the end.

        Raises:
            TruncatedInput: the last member has no end.
            DamagedInput: these are no bytes of this compression.
            DecompressionBomb, UnpackedTooLarge: a limit is hit.
            MissingExtra: the library for this compression is not installed.
        """
        if self._broken is not None:
            raise self._broken
        try:
            piece = self._piece(min(size, PIECE))
            self._given += len(piece)
            self._budget.spend(len(piece))
            check_ratio(self._given, self._source.position - self._start, self._options)
        except InputError as error:
            # What comes out of a broken stream later means nothing.
            self._broken = error
            raise
        return piece

    def place_of(self, position: int) -> tuple[int, int]:
        """Where an unpacked byte is: the start of its compressed member, and how far in it.

        Args:
            position: of the unpacked byte; not less than at the last call.
        """
        while len(self._starts) > 1 and self._starts[1][0] <= position:
            self._starts.popleft()
        unpacked, packed = self._starts[0] if self._starts else (0, self._start)
        return packed, position - unpacked

    def forget_places(self) -> None:
        """Nobody will ask where bytes are."""
        self._places = False

    @property
    def broken_from(self) -> int | None:
        """The unpacked position where the member began that cannot be read on; None if none."""
        if self._broken is None or not self._starts:
            return None
        return self._starts[-1][0]

    def recover(self) -> bool:
        """After damage, go on at the next thing that looks like a member; False where none is."""
        self._member = self._broken = None
        if self._starts and self._source.position <= self._starts[-1][1]:
            self._source.skip(1)
        return self._source.find(self._codec.start, LONGEST_START)

    def _piece(self, size: int) -> bytes:
        while self._member is not None or self._next():
            if piece := self._step(size):
                return piece
        return b""

    def _next(self) -> bool:
        """Start on the next member, if there is one."""
        head = self._source.peek(LONGEST_START)
        if not head:
            # Nothing, or where reading failed.
            return bool(self._source.some())
        matches = self._codec.start.match(head) is not None
        if not matches and self._starts and (self._lenient or self._only_padding()):
            return False
        if not self._places:
            self._starts.clear()
        elif self._starts and self._starts[-1][0] == self._given:
            # Members that hold nothing must not add up.
            self._starts.pop()
        self._starts.append((self._given, self._source.position))
        if matches:
            self._first = self._first or head
            self._member = self._codec.open()
            return True
        if self._first.startswith(head):
            raise self._cut_off()
        raise DamagedInput(
            f"at byte {self._source.position} there is no {self._codec.name}-compressed data; "
            "get it again from where it came from"
        )

    def _only_padding(self) -> bool:
        """Whether nothing but NULs follows, as tapes and some tools add them."""
        while piece := self._source.some():
            if piece.strip(b"\0"):
                self._source.unread(piece)
                return False
        return True

    def _step(self, size: int) -> bytes:
        member = self._member
        assert member is not None
        fed = b""
        if member.needs_input:
            fed = self._fed = self._source.some()
            if not fed:
                raise self._cut_off()
        try:
            out = member.decompress(fed, size)
        except (InputError, MemoryError):
            raise
        except Exception as error:  # Each library has errors of its own.
            # What comes after it may be whole.
            self._source.unread(self._fed)
            if "memory" in str(error).lower():
                raise UnsupportedFormat(
                    f"it is {self._codec.name}-compressed in a way that takes more memory than "
                    "there is for one input; unpack it first"
                ) from error
            raise DamagedInput(
                f"it is {self._codec.name}-compressed, and damaged ({error}); "
                "get it again from where it came from"
            ) from error
        if member.eof:
            self._source.unread(member.unused_data)
            self._member = None
        return out

    def _cut_off(self) -> TruncatedInput:
        return TruncatedInput(
            f"it is {self._codec.name}-compressed, and its end is missing; "
            "get it again from where it came from"
        )
