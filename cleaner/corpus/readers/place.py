"""The input that a reader works on, and how its entries are made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.corpus.entry import Entry, bare
from cleaner.corpus.readers.options import ReadOptions
from cleaner.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An input that may hold many entries.

    Attributes:
        name: its name; those of its entries begin with it.
        shown: what a person calls it.
        file: where it is, if its bytes are those of a file.
        options: how it is read.
    """

    name: str
    shown: str
    file: Path | None
    options: ReadOptions

    def entry(self, data: bytes | str, name: str = "", where: str = "") -> Entry:
        """An entry with data.

        Args:
            data: the article's text or bytes.
            name: what it is called inside the input; nothing where it is all of the input.
            where: what comes after the input's name in the entry's origin.
        """
        return Entry(self._named(name), data, self.shown + where)

    def bad(self, error: InputError, name: str = "", where: str = "") -> Entry:
        """An entry that says what is wrong.

        Args:
            error: what is wrong.
            name: as for :meth:`entry`.
            where: as for :meth:`entry`.
        """
        return Entry(self._named(name), None, self.shown + where, bare(error))

    def _named(self, name: str) -> str:
        return f"{self.name}/{name}" if name else self.name
