"""Setting a run up: what is read, where it is written, what an earlier run left."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.corpus.entry import Entry
from cleaner.corpus.readers import ReadOptions, find_inputs, read_input, size_of
from cleaner.corpus.run import Run, Watcher
from cleaner.corpus.state import NoState, State
from cleaner.corpus.work import Cleaning, preload
from cleaner.corpus.writers.checks import check_targets
from cleaner.corpus.writers.destination import Destination, Format
from cleaner.corpus.writers.output import Output
from cleaner.corpus.writers.setup import closed, opened
from cleaner.corpus.writers.stream import Stream
from cleaner.errors import OutputError, UsageError
from cleaner.inputs import STDIN, Input
from cleaner.output import Named, write_file
from cleaner.pipeline import Pipeline
from cleaner.report.summary import Summary
from cleaner.run import check_encoding, check_name

FEW = 32
"""Inputs up to which starting other processes takes longer than cleaning."""
_SOME = 8
"""Inputs that are looked at to see what processes will need, where they are asked for."""
TIME_LIMIT = 60.0
"""Seconds for one article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to do.

    Attributes:
        inputs: files, directories, or "-" for standard input.
        out: the directory to write a file per article to, or None.
        jsonl: the file of lines, "-" for standard output, or None.
        parquet: the Parquet file, or None.
        format: what is written of an article.
        rotate: the most bytes of JSON in one file of several, or None for one file.
        carry: which keys of an input's record are carried through; None for all.
        encoding: the encoding that the inputs are declared to be in.
        max_bytes: larger inputs are refused.
        text_key: the key or column that holds an article in JSON lines and tables.
        id_key: the key or column that articles are named after there.
        ignore: patterns, as in a ``.gitignore``, of what is left out of directories and archives.
        stdin_name: what standard input is called.
        workers: how many processes clean; 0 for this one alone, None to choose.
        time_limit: seconds for one article; counts only with workers.
        resume: whether to go on with a run that was broken off.
    """

    inputs: Sequence[str]
    out: Path | None = None
    jsonl: str | None = None
    parquet: str | None = None
    format: Format = "json"
    rotate: int | None = None
    carry: tuple[str, ...] | None = None
    encoding: str | None = None
    max_bytes: int
    text_key: str | None = None
    id_key: str | None = None
    ignore: tuple[str, ...] = ()
    stdin_name: str = "stdin"
    workers: int | None = None
    time_limit: float = TIME_LIMIT
    resume: bool = False

    @property
    def destination(self) -> Destination:
        """Where it writes.

        Raises:
            UsageError: there is no such output.
        """
        return Destination(self.out, self.jsonl, self.parquet, self.format, self.rotate)

    def cleaning(self, pipeline: Pipeline) -> Cleaning:
        """What it does with each entry."""
        indent = 2 if self.out is not None else None
        return Cleaning(pipeline, self.encoding, indent, self.format, self.carry)


def run_to(plan: Plan, pipeline: Pipeline, watcher: Watcher) -> Summary:
    """Clean what a plan names, and write it.

    Raises:
        UsageError: it cannot be done as asked; nothing was written.
        OutputError: the output cannot be written; what is written stays for ``resume``.
    """
    destination = plan.destination
    check_encoding(plan.encoding)
    check_name(plan.stdin_name)
    check_targets(plan.inputs, destination, plan.stdin_name)
    folder = destination.state_folder
    if folder is None:
        if plan.resume:
            raise UsageError("what goes to standard output or a pipe cannot be resumed")
        return _run(plan, pipeline, watcher, Stream(plan.jsonl or STDIN), NoState())
    for made in (folder.parent, folder) if plan.out is not None else (folder,):
        with Named(made):
            made.mkdir(parents=True, exist_ok=True)
    with State(folder / "state.sqlite") as state:
        output = opened(destination, state, resume=plan.resume)
        state.commit()
        try:
            summary = _run(plan, pipeline, watcher, output, state)
        except OutputError as error:
            if isinstance(error.__cause__, (OSError, sqlite3.OperationalError)):
                raise OutputError(
                    f"{error}; what is done stays, and --resume goes on from there"
                ) from error.__cause__
            raise
        closed(destination, state)
        _write_manifest(folder / "manifest.json", plan.cleaning(pipeline), summary, state)
    return summary


def _run(
    plan: Plan, pipeline: Pipeline, watcher: Watcher, output: Output, state: State | NoState
) -> Summary:
    entries = _entries(plan)
    workers = plan.workers
    first: list[Entry] = []
    if workers is None:
        # A few articles are done before other processes have started.
        first += itertools.islice(entries, FEW + 1)
        workers = _processors() if len(first) > FEW else 0
    elif workers:
        first += itertools.islice(entries, _SOME)
    run = Run(
        plan.cleaning(pipeline),
        output,
        state,
        watcher,
        workers=workers,
        time_limit=plan.time_limit,
        preload=preload(first),
        unique=plan.destination.kind == "tree",
    )
    return run.go(_chained(first, entries))


def _processors() -> int:
    """How many processors this program may use, where the system says so."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chained(first: list[Entry], entries: Iterator[Entry]) -> Iterator[Entry]:
    # Handed on one by one, so that each is freed when it is done.
    while first:
        yield first.pop(0)
    yield from entries


def sizes(plan: Plan) -> Iterator[int | None]:
    """The sizes of a plan's inputs in bytes; None for one that is a stream."""
    yield from map(size_of, _inputs(plan, _options(plan)))


def _options(plan: Plan) -> ReadOptions:
    return ReadOptions(
        text_key=plan.text_key,
        id_key=plan.id_key,
        ignore=plan.ignore,
        skip=None if plan.jsonl == STDIN else plan.destination.target,
        stdin_name=plan.stdin_name,
        max_bytes=plan.max_bytes,
    )


def _inputs(plan: Plan, options: ReadOptions) -> Iterator[Input]:
    """The inputs. What this run writes is not among what it reads."""
    destination = plan.destination
    for found in find_inputs(plan.inputs, options):
        if found.file is None or not destination.is_own(found.file):
            yield found


def _entries(plan: Plan) -> Iterator[Entry]:
    """The inputs' articles."""
    options = _options(plan)
    passed = 0
    for found in _inputs(plan, options):
        yield from read_input(found, options, passed)
        passed += size_of(found) or 0


def _write_manifest(file: Path, cleaning: Cleaning, summary: Summary, state: State) -> None:
    """What was made with what, and each entry that gave no article."""
    record = {
        "fingerprint": json.loads(cleaning.fingerprint()),
        "articles": summary.articles,
        "problems": [
            {"name": row.name, "problem": row.problem, "message": row.message}
            for row in state.problems()
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=2)
    write_file(file, f"{text}\n".encode("utf-8", "backslashreplace"))
