"""Lines gathered to parts, each written in its final form when it is full.

A part's lines are gathered in a plain file, which a later run can go on with. When it is full, the
part is written in its form beside that file, whole or not at all, and the state is told. When the
run is through, all parts are put in their places. So what stands there is never of two runs.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cleaner.corpus.state import PUBLISHING, State
from cleaner.corpus.state_parts import Part, Written
from cleaner.corpus.writers.earlier import Earlier
from cleaner.corpus.writers.form import Form
from cleaner.corpus.writers.partial import flush_partial, open_partial
from cleaner.errors import OutputError
from cleaner.output import Named, atomic_file

_OWN = re.compile(r"\d{5,}(?:\.lines|-\d\.part)|\.cleaner-[0-9a-f]{12}\.tmp", re.ASCII)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where parts are and go.

    Attributes:
        folder: what the names of parts are relative to.
        work: where they are until the run is through; on the same disk.
        names: gives the names of a part's files by its number.
    """

    folder: Path
    work: Path
    names: Callable[[int], tuple[str, ...]]

    def gathered(self, part: int) -> Path:
        """Where the lines of a part are gathered."""
        return self.work / f"{part:05d}.lines"

    def waiting(self, part: int, file: int) -> Path:
        """Where a file of a part waits until the run is through."""
        return self.work / f"{part:05d}-{file}.part"


class Parts:
    """An output in parts.

    Args:
        layout: where they go.
        form: how they are written.
        state: of the run.
        limit: the most bytes of lines in a part, unless it is one line; None for one part.

    Raises:
        OutputError: what a run that was broken off has written was changed since.
    """

    resumable = True

    def __init__(self, layout: Layout, form: Form, state: State, limit: int | None = None) -> None:
        self._layout = layout
        self._form = form
        self._state = state
        self._limit = limit
        self._done = state.parts.all()
        for part in self._done:
            for number, written in enumerate(part.files):
                file = layout.waiting(part.number, number)
                if not written.stands(file):
                    raise _changed(file)
        self._start = self._done[-1].end if self._done else 0
        self._end = state.end()
        self._earlier = Earlier(layout.folder, form, state.parts.old())
        with Named(layout.work):
            layout.work.mkdir(parents=True, exist_ok=True)
        self._clear()
        self._file = open_partial(layout.gathered(len(self._done)), self._end - self._start)

    def put(self, name: str, data: bytes) -> int:
        """Write a line at the end, of the next part where it has no room in this one."""
        size = self._end - self._start
        if self._limit is not None and size and size + len(data) > self._limit:
            self._fill()
        with Named(self._layout.gathered(len(self._done))):
            self._file.write(data)
        start, self._end = self._end, self._end + len(data)
        return start

    def keeps(self, name: str, start: int, size: int) -> bool:
        """Whether a line of the output that is to be replaced can be read again."""
        return self._earlier.promises(start, size)

    def keep(self, name: str, start: int, size: int) -> int:
        """Copy a line of the output that is to be replaced."""
        data = self._earlier.line(start, size)
        if data is None:
            first = self._layout.folder / self._layout.names(0)[0]
            raise OutputError(f"{first}, or a part after it, was changed by others: run again")
        return self.put(name, data)

    def holds(self, name: str, size: int) -> bool:
        """Whether the line is there: it was found when the output was opened."""
        return True

    def cut(self, start: int) -> None:
        """Take back what was written from a place on; a part that was full is opened again."""
        kept = [part for part in self._done if part.end <= start]
        if len(kept) == len(self._done):
            with Named(self._layout.gathered(len(kept))):
                self._file.truncate(start - self._start)
                self._file.seek(start - self._start)
            self._end = start
            return
        part = self._done[len(kept)]
        again = self._read_again(part, start)
        self._state.parts.drop(part.number)
        # What the state says is there must be there, whenever this program is killed.
        self._state.commit()
        self._file.close()
        self._file, self._done, self._start, self._end = again, kept, part.start, start
        self._clear()

    def flush(self) -> None:
        """Hand the last lines to the system."""
        if not self._file.closed:
            path = self._layout.gathered(len(self._done))
            flush_partial(self._file, path, self._end - self._start)

    def finish(self) -> None:
        """Write the last part, and put all in their places."""
        if self._end > self._start or not self._done:
            self._fill()
        self._file.close()
        self._state.set(PUBLISHING, "yes")
        self._state.commit()
        put_in_place(self._layout, self._state)

    def close(self) -> None:
        """Close the file; what is not through stays for a later run."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _fill(self) -> None:
        """Write the part that is gathered in its form, and begin the next one."""
        number, layout = len(self._done), self._layout
        gathered = layout.gathered(number)
        names = layout.names(number)
        files = [layout.waiting(number, file) for file in range(len(names))]
        self.flush()
        with ExitStack() as stack:
            with Named(gathered):
                lines = stack.enter_context(gathered.open("rb"))
            streams = [stack.enter_context(atomic_file(file)) for file in files]
            with Named(files[0]):
                self._form.write(lines, streams)
        with Named(files[0]):
            found = [(name, file.stat()) for name, file in zip(names, files, strict=True)]
        written = tuple(Written(name, at.st_size, at.st_mtime_ns) for name, at in found)
        part = Part(number, self._start, self._end, written)
        self._state.parts.add(part)
        self._state.commit()
        self._file.close()
        self._done.append(part)
        self._start = self._end
        self._file = open_partial(layout.gathered(number + 1), 0)
        _remove([gathered])

    def _read_again(self, part: Part, end: int) -> IO[bytes]:
        """The file that a part's lines are gathered in, made of what was written of it."""
        file = open_partial(self._layout.gathered(part.number), 0)
        waiting = [self._layout.waiting(part.number, n) for n in range(len(part.files))]
        at = part.start
        with Named(waiting[0]):
            for line in self._form.read(waiting):
                if at >= end:
                    break
                file.write(line)
                at += len(line)
            file.flush()
        if at != end:
            file.close()
            raise _changed(waiting[0])
        return file

    def _clear(self) -> None:
        """Remove what a run that was killed has left of its own and nobody needs."""
        layout = self._layout
        needed = {layout.gathered(len(self._done))}
        for part in self._done:
            needed.update(layout.waiting(part.number, n) for n in range(len(part.files)))
        with Named(layout.work):
            found = [file for file in layout.work.iterdir() if _OWN.fullmatch(file.name)]
        _remove(file for file in found if file not in needed)


def is_being_put(state: State) -> bool:
    """Whether a run was killed while it put its parts in their places."""
    return state.get(PUBLISHING) == "yes"


def put_in_place(layout: Layout, state: State) -> None:
    """Put all parts where they go, and remove those of the run before that have no successor.

    Raises:
        OutputError: it cannot be done; another run can go on with it.
    """
    new: set[str] = set()
    for part in state.parts.all():
        for number, written in enumerate(part.files):
            new.add(written.name)
            waiting, target = layout.waiting(part.number, number), layout.folder / written.name
            with Named(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                if not waiting.exists():
                    # It was put in its place before this program was killed.
                    if not written.stands(target):
                        raise _changed(waiting)
                    continue
                if target.is_file():
                    # The permissions that its owner gave to the file stay.
                    shutil.copymode(target, waiting)
                os.replace(waiting, target)
    for part in state.parts.old():
        _remove(layout.folder / f.name for f in part.files if f.name not in new)
    _remove([layout.gathered(len(state.parts.all()))])
    with contextlib.suppress(OSError):
        layout.work.rmdir()
    state.set(PUBLISHING, "no")


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with Named(file):
            file.unlink(missing_ok=True)


def _changed(file: Path) -> OutputError:
    return OutputError(
        f"{file} is not what was written to it: it was changed since; run again without --resume"
    )
