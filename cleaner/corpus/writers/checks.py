"""What must not be overwritten, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from pathlib import Path

from cleaner.corpus.writers.compression import compression_of, unpacked
from cleaner.corpus.writers.destination import Destination
from cleaner.corpus.writers.parquet import is_ours
from cleaner.errors import UsageError
from cleaner.inputs import STDIN
from cleaner.output import clashes

_SHOWN = 5
_FIRST_KEY = b'{"schema_version":'


def check_targets(inputs: Sequence[str], destination: Destination, stdin_name: str) -> None:
    """Refuse a run that would overwrite an input, or one article with another.

    Raises:
        UsageError: it would; nothing was written.
    """
    if inputs.count(STDIN) > 1:
        raise UsageError("standard input (-) can be read only once")
    roots = [given for given in inputs if given and given != STDIN]
    problems: list[str] = []
    if destination.kind == "tree":
        found = clashes(inputs, destination.target, stdin_name, destination.suffix)
        problems = list(islice(found, _SHOWN + 1))
        problems[_SHOWN:] = ["and more"] if len(problems) > _SHOWN else []
    elif destination.out is not None:
        for given in roots:
            if any(_within(given, folder) for folder in destination.folders):
                problems.append(f"{given} is both an input and where the output goes")
    elif destination.target.is_file() and not _is_ours(destination):
        target = destination.target
        problems = [f"{target} is an input" for given in roots if _within(str(target), Path(given))]
    problems += [
        f"{given} is both an input and where the output goes"
        for given in roots
        if destination.is_own(Path(given))
    ]
    if problems:
        raise UsageError(f"{'; '.join(problems)}. Nothing was written.")


def check_parts(destination: Destination, known: Collection[str]) -> None:
    """Refuse to write parts among others of their names, which would be taken for theirs.

    Args:
        destination: where they go.
        known: the names of those that the last runs have written.

    Raises:
        UsageError: there are others.
    """
    if destination.rotate is None and destination.out is None:
        return
    folder = destination.layout.folder
    for file in destination.there():
        if file.relative_to(folder).as_posix() not in known:
            raise UsageError(
                f"{file} is there, and the last run did not write it: move it away, or choose "
                "another name. Nothing was written."
            )


def _within(path: str, folder: Path) -> bool:
    return Path(path).resolve().is_relative_to(folder.resolve())


def _is_ours(destination: Destination) -> bool:
    """Whether a run wrote the file: then it is no input, and may be written again."""
    target = destination.target
    if destination.parquet is not None:
        return is_ours(target)
    try:
        way = compression_of(target.name) if target.stat().st_size else "none"
        with unpacked(target, way) as lines:
            return lines.read(len(_FIRST_KEY)) in (b"", _FIRST_KEY)
    except UsageError:
        raise
    except Exception:  # Whatever the library says of a file of another sort.
        return False
