"""Inputs by name: files, directories, globs; less what is to be ignored."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.corpus.readers.ignore import Ignored
from cleaner.corpus.readers.options import ReadOptions
from cleaner.errors import UnreadableInput
from cleaner.inputs import STDIN, Input, find

_MAGIC = re.compile(r"[*?\[]")


def find_inputs(inputs: Sequence[str], options: ReadOptions) -> Iterator[Input]:
    """Every file that the inputs name, in the order given, directories in sorted order.

    Directories are walked as :func:`cleaner.inputs.find` does it. What ``options.ignore`` or a
    ``.cleanerignore`` in one of them matches is left out; a file given by itself never is. A glob
    stands for what it matches below its fixed part: ``news/**/*.html`` is the directory ``news``
    without what else is in it. A file of that very name comes first. Directories that are left
    out, or in which nothing can match a glob, are not listed.

    Args:
        inputs: files, directories, globs, or "-" for standard input.
        options: say what is ignored, what is skipped, and what standard input is called.
    """
    for given in inputs:
        glob = _Glob.of(given) if _MAGIC.search(given) and not os.path.lexists(given) else None
        if glob is not None:
            yield from _below(glob.root, options, glob)
        elif given and given != STDIN and os.path.isdir(given):
            yield from _below(given, options)
        else:
            for found in find([given], skip=options.skip, stdin_name=options.stdin_name):
                yield found if _is_name(found.name) else replace(found, name="input")


def size_of(found: Input) -> int | None:
    """How many bytes an input has on the disk; None if it is a stream."""
    if found.problem is not None:
        return 0
    if found.file is None:
        return None
    try:
        told = found.file.stat()
    # It is gone, or its name holds a NUL.
    except (OSError, ValueError):
        return 0
    return told.st_size if stat.S_ISREG(told.st_mode) else None


def _below(root: str, options: ReadOptions, glob: _Glob | None = None) -> Iterator[Input]:
    """The files in a directory that are asked for."""
    ignored = Ignored(Path(root), options)
    empty = True
    passed_by = 0

    def enters(folder: str) -> bool:
        nonlocal passed_by
        entered = (glob is None or glob.leads(folder)) and not ignored.has(f"{folder}/")
        passed_by += not entered
        return entered

    walk = find([root], skip=options.skip, enters=enters) if os.path.isdir(root) else ()
    for found in walk:
        yield from ignored.problems()
        if found.file == Path(root):
            # About the directory itself: it cannot be listed, or holds nothing.
            if not passed_by:
                empty = False
                yield found if _is_name(found.name) else replace(found, name="input")
            continue
        if glob is not None and not glob.matches(found.name):
            continue
        left_out = ignored.has(found.name)
        yield from ignored.problems()
        if not left_out:
            empty = False
            yield found
    yield from ignored.problems()
    if empty:
        reason = "every file in this directory is ignored" if glob is None else "nothing matches it"
        given = Path(root) if glob is None else Path(root, glob.text)
        name = given.name if _is_name(given.name) else "input"
        yield Input(name, given, UnreadableInput(reason))


def _is_name(name: str) -> bool:
    return name not in ("", ".", "..")


@dataclass(frozen=True, slots=True)
class _Glob:
    """A pattern for paths.

    Attributes:
        root: the directory that is walked.
        text: the pattern of paths in it.
        parts: the same, part by part; None is any number of directories.
    """

    root: str
    text: str
    parts: tuple[re.Pattern[str] | None, ...]

    @classmethod
    def of(cls, given: str) -> _Glob:
        """The glob that a caller gives."""
        split = given.split("/")
        first = next(n for n, part in enumerate(split) if _MAGIC.search(part))
        root = "/".join(split[:first]) or ("/" if given.startswith("/") else ".")
        rest = [part for part in split[first:] if part not in ("", ".")]
        parts = [None if p == "**" else re.compile(fnmatch.translate(p)) for p in rest]
        return cls(root, "/".join(rest), tuple(parts))

    def matches(self, name: str) -> bool:
        """Whether it matches a path or a directory on the way to it."""
        return len(self.parts) in self._after(name)

    def leads(self, folder: str) -> bool:
        """Whether it may match something in a directory."""
        return bool(self._after(folder))

    def _after(self, name: str) -> set[int]:
        """The parts of the pattern that may come after a path."""
        end = len(self.parts)
        states = self._reached({0})
        for part in name.split("/"):
            # Everything in what it matches is matched.
            if end in states:
                break
            following: set[int] = set()
            for state in states:
                pattern = self.parts[state]
                if pattern is None:
                    following.add(state)
                elif pattern.match(part):
                    following.add(state + 1)
            states = self._reached(following)
        return states

    def _reached(self, states: set[int]) -> set[int]:
        """The states, and those after parts that may be left out."""
        reached = set(states)
        for state in states:
            while state < len(self.parts) and self.parts[state] is None:
                state += 1
                reached.add(state)
        return reached
