"""What every writer does."""

from __future__ import annotations

from typing import Protocol


class Output(Protocol):
    """Takes records in order."""

    resumable: bool
    """Whether what was written can be found again by a later run."""

    def put(self, name: str, data: bytes) -> int:
        """Write a record; where it starts.

        Raises:
            UnusableName: this one cannot be written.
            OutputError: nothing more can be written.
        """

    def keeps(self, name: str, start: int, size: int) -> bool:
        """Whether a record of an earlier run is still there."""

    def keep(self, name: str, start: int, size: int) -> int:
        """Take over a record of an earlier run; where it starts now.

        Raises:
            OutputError: it was changed since.
        """

    def holds(self, name: str, size: int) -> bool:
        """Whether a record that this run has written is still there."""

    def cut(self, start: int) -> None:
        """Take back what was written from a place on."""

    def flush(self) -> None:
        """Hand what was written to the system, so that it outlives this program."""

    def finish(self) -> None:
        """The run is through."""

    def close(self) -> None:
        """The run has ended, through or not."""
