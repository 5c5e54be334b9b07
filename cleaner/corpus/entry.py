"""One article to be, as a reader hands it on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.errors import InputError


@dataclass(frozen=True, slots=True)
class Entry:
    """One article to be, or the reason why there is none.

    Attributes:
        name: what its output is called: relative, parted by "/", without "..", "." or empty
            parts. That no two entries of a run share a name is the caller's business.
        data: the article's text, or its bytes; None where there is a problem.
        origin: how a person finds it again: ``news.tar.gz!a/b.html``, ``x.warc.gz:12345`` (an
            offset in bytes), ``rows.parquet#17`` and ``all.jsonl:12`` (counted from 1). It can
            always be written as UTF-8.
        problem: why there is no article.
        carried: what else stood in its record, as JSON values that can be written as UTF-8.
        url: its address, where the container states it.
        date: its date, as the container states it.
        encoding: the name of its encoding, as a server stated it to who fetched it. It may be
            wrong, and may name none: what the bytes say of themselves is worth more.
        passed: how many bytes of the run's inputs, as they lie on the disk, were read up to its
            end. It is for people who wait, and no part of what the entry is.
    """

    name: str
    data: bytes | str | None
    origin: str
    problem: InputError | None = None
    carried: Mapping[str, Any] = field(default_factory=dict)
    url: str | None = None
    date: str | None = None
    encoding: str | None = None
    passed: int = field(default=0, compare=False)

    def read_up_to(self, passed: int) -> Entry:
        """The same entry, with :attr:`passed` known."""
        # Several times as fast as `replace`; done for each entry.
        told = (self.carried, self.url, self.date, self.encoding)
        return Entry(self.name, self.data, self.origin, self.problem, *told, passed)

    @property
    def record_path(self) -> str:
        """The name as it stands in a record: see :attr:`cleaner.inputs.Input.record_path`."""
        return spelt(self.name)


def spelt(name: str) -> str:
    """A file's name as text that can be written as UTF-8; other bytes of it in hexadecimal."""
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        # A name from a container may hold letters that the system's own encoding has not.
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def bare(error: InputError) -> InputError:
    """An error without its history, which holds on to the data that it was raised about."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
