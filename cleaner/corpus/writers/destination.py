"""Where a run writes, and what: the combinations that there are, and the refusal of all others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from cleaner.corpus.writers.compression import ZSTD, compression_of, library
from cleaner.corpus.writers.dolma import EXPERIMENT, Dolma
from cleaner.corpus.writers.form import Form, JsonLines
from cleaner.corpus.writers.parquet import Parquet
from cleaner.corpus.writers.parts import Layout
from cleaner.errors import UsageError
from cleaner.inputs import STDIN
from cleaner.output import SUFFIX, part_name, part_pattern

Format = Literal["json", "dolma", "text", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)
Kind = Literal["tree", "lines", "stream", "parts"]
STATE = ".cleaner"
SUFFIXES: dict[Format, str] = {"json": SUFFIX, "text": ".txt", "markdown": ".md"}
"""What comes after an article's name, where each has a file of its own."""
_DOCUMENTS, _ATTRIBUTES = "documents", f"attributes/{EXPERIMENT}"
_SHARD = "part.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a run writes.

    Attributes:
        out: a directory, or None.
        jsonl: a file of lines, "-" for standard output, or None.
        parquet: a Parquet file, or None.
        format: what is written of an article.
        rotate: the most bytes of JSON in one file of several, or None for one file.

    Raises:
        UsageError: they do not go together.
    """

    out: Path | None = None
    jsonl: str | None = None
    parquet: str | None = None
    format: Format = "json"
    rotate: int | None = None

    def __post_init__(self) -> None:
        given = [g for g in (self.out, self.jsonl, self.parquet) if g is not None]
        if len(given) != 1:
            raise UsageError(
                "say where to write, with one of --out DIR, --jsonl FILE and --parquet FILE"
            )
        if self.format != "json" and self.out is None:
            raise UsageError(
                f"--format {self.format} writes files into a directory: give --out DIR"
            )
        if self.parquet == STDIN:
            raise UsageError("a Parquet file cannot be written to standard output: name a file")
        if self.out is None and self.target.is_dir():
            raise UsageError(f"{self.target} is a directory; give a file, or --out")
        if self.rotate is not None and self.kind == "tree":
            raise UsageError("--rotate is for what is written to few files; here each has its own")
        if self.kind == "stream" and (self.rotate is not None or self._packed or self.parquet):
            raise UsageError(
                f"{self.shown} is no file: only plain lines can be written to it, all in one"
            )
        if self.parquet is not None:
            library("pyarrow.parquet")
        if compression_of(self.target.name) == "zstd" and self.jsonl is not None:
            library(ZSTD)

    @property
    def target(self) -> Path:
        """The directory, or the file, that the user named."""
        return self.out if self.out is not None else Path(self.jsonl or self.parquet or STDIN)

    @property
    def shown(self) -> str:
        """What people call it."""
        return "standard output" if self.jsonl == STDIN else str(self.target)

    @property
    def kind(self) -> Kind:
        """How it is written."""
        if self.out is not None:
            return "parts" if self.format == "dolma" else "tree"
        if self.jsonl == STDIN or (os.path.exists(self.target) and not self.target.is_file()):
            return "stream"
        return "parts" if self.parquet or self._packed or self.rotate is not None else "lines"

    @property
    def _packed(self) -> bool:
        return self.jsonl is not None and compression_of(self.jsonl) != "none"

    @property
    def suffix(self) -> str:
        """What comes after the name of an article's own file."""
        return SUFFIXES[self.format]

    @property
    def state_folder(self) -> Path | None:
        """Where a run keeps what it has done: hidden, in its output or beside it."""
        if self.out is not None:
            return self.out / STATE
        if self.kind == "stream":
            return None
        return self.target.parent / f".{self.target.name}{STATE}"

    @property
    def told(self) -> str:
        """A text that differs wherever what was broken off cannot be gone on with."""
        if self.kind != "parts":
            return self.kind
        size = "" if self.rotate is None else f", --rotate {self.rotate}"
        return f"{self.form.name}{size}"

    @property
    def form(self) -> Form:
        """How parts are written."""
        if self.format == "dolma":
            return Dolma()
        return Parquet() if self.parquet else JsonLines(compression_of(self.target.name))

    @property
    def layout(self) -> Layout:
        """Where parts go."""
        if self.out is not None:
            return Layout(self.out, self.out / STATE / "parts", _shards)
        # What a link points at is replaced, not the link.
        real = Path(os.path.realpath(self.target)) if self.rotate is None else self.target
        work = real.parent / f".{real.name}.partial"
        if self.rotate is None:
            return Layout(real.parent, work, lambda number: (real.name,))
        return Layout(real.parent, work, lambda number: (part_name(real.name, number),))

    @property
    def folders(self) -> tuple[Path, ...]:
        """The directories that hold nothing but parts."""
        return (self.out / _DOCUMENTS, self.out / _ATTRIBUTES) if self.out is not None else ()

    def there(self) -> Iterator[Path]:
        """The files that are there already under names that parts may have."""
        if self.out is not None:
            pattern = part_pattern(_SHARD)
            for folder in self.folders:
                yield from _matching(folder, pattern)
        elif self.rotate is not None:
            yield from _matching(self.target.parent, part_pattern(self.target.name))

    def is_own(self, file: Path) -> bool:
        """Whether a file among the inputs is one of those that parts go to."""
        if self.rotate is None or self.out is not None:
            return False
        if part_pattern(self.target.name).fullmatch(file.name) is None:
            return False
        return file.parent.resolve() == self.target.parent.resolve()


def bytes_of(size: str) -> int:
    """A size as people write it, such as 512MB, in bytes; a MB has 1024 times 1024.

    Raises:
        UsageError: it is none.
    """
    found = re.fullmatch(r"(\d{1,15}) ?([kmgt]?)i?b?", size.strip(), re.IGNORECASE | re.ASCII)
    number = int(found[1]) << (10 * " kmgt".index(found[2].lower() or " ")) if found else 0
    if not number:
        raise UsageError(f"--rotate {size!r} is no size; give one such as 512MB")
    return number


def _shards(number: int) -> tuple[str, str]:
    name = part_name(_SHARD, number)
    return f"{_DOCUMENTS}/{name}", f"{_ATTRIBUTES}/{name}"


def _matching(folder: Path, pattern: re.Pattern[str]) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(f for f in folder.iterdir() if pattern.fullmatch(f.name))
