"""What archives have in common: which of their members are read, under which names."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.corpus.entry import Entry, spelt
from cleaner.corpus.errors import DuplicateName, TooManyMembers, UnpackedTooLarge
from cleaner.corpus.readers.names import member_name, safe_name
from cleaner.corpus.readers.options import amount
from cleaner.corpus.readers.place import Place
from cleaner.corpus.readers.seen import Seen
from cleaner.corpus.readers.single import member
from cleaner.corpus.readers.unpacked import Budget
from cleaner.errors import InputError, InputTooLarge


class Members:
    """The members of one archive, taken in their order.

    Args:
        place: the archive.

    Attributes:
        options: how the archive is read.
        budget: what it may still unpack to.
    """

    def __init__(self, place: Place) -> None:
        self.options = place.options
        self.budget = Budget(place.options)
        self._place = place
        self._seen = Seen()
        self._count = 0

    def admit(self, raw: str) -> str | None:
        """The name of a member that is to be read; None for one that is left out.

        Left out are hidden members, as in directories, and those that are ignored.

        Args:
            raw: the name as the archive has it.

        Raises:
            UnsafeName, DuplicateName: it must not be read.
        """
        name = member_name(raw)
        first = name.partition("/")[0]
        hidden = first == "__MACOSX" or any(part.startswith(".") for part in name.split("/"))
        if hidden or self.options.ignores(spelt(name)):
            return None
        if not self._seen.add(name):
            raise DuplicateName(
                "an earlier member of this archive has the same name, and only that one is read; "
                "unpack it to see both"
            )
        return name

    def count(self) -> None:
        """Count a member.

        Raises:
            TooManyMembers: there are more than an archive may have.
        """
        self._count += 1
        most = self.options.max_members
        if self._count > most:
            raise TooManyMembers(
                f"it has more than {most} members; split it, or raise the limit on members"
            )

    def entries(self, name: str, data: bytes) -> Iterator[Entry]:
        """The entry of a member.

        Args:
            name: as :meth:`admit` gives it.
            data: its bytes.

        Raises:
            UnpackedTooLarge: the archive unpacks to more than it may.
        """
        try:
            content = member(data, self.options, self.budget)
        except UnpackedTooLarge:
            raise
        except InputError as error:
            yield self.bad(name, error)
        else:
            yield self._place.entry(content, name, f"!{spelt(name)}")

    def bad(self, raw: str, error: InputError) -> Entry:
        """An entry that says why a member is not read.

        Args:
            raw: the member's name as the archive has it.
            error: why it is not read.
        """
        try:
            name = member_name(raw)
        except InputError:
            name = safe_name(raw, self._count)
        return self._place.bad(error, name, f"!{spelt(raw)}")

    def too_large(self) -> InputTooLarge:
        """The problem of a member that holds more than an entry may."""
        return InputTooLarge(f"it holds more than {amount(self.options.max_bytes)}")
