"""Setting a run up: what is read, where it is written, what an earlier run left."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.corpus.entry import Entry
from cleaner.corpus.outputs import Lines, Output, Stream, Tree
from cleaner.corpus.readers import ReadOptions, read_entries
from cleaner.corpus.run import Run, Watcher
from cleaner.corpus.state import NoState, State
from cleaner.corpus.work import Cleaning
from cleaner.errors import UsageError
from cleaner.inputs import STDIN
from cleaner.output import named, write_file
from cleaner.pipeline import Pipeline
from cleaner.report.summary import Summary
from cleaner.run import check_encoding, check_name, check_targets

FEW = 32
"""Inputs up to which starting other processes takes longer than cleaning."""
TIME_LIMIT = 60.0
"""Seconds for one article."""
STATE = ".cleaner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to do.

    Attributes:
        inputs: files, directories, or "-" for standard input.
        out: the directory to write a file per article to, or None.
        jsonl: the file of lines, "-" for standard output, or None.
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
    encoding: str | None = None
    max_bytes: int
    text_key: str | None = None
    id_key: str | None = None
    ignore: tuple[str, ...] = ()
    stdin_name: str = "stdin"
    workers: int | None = None
    time_limit: float = TIME_LIMIT
    resume: bool = False


def run_to(plan: Plan, pipeline: Pipeline, watcher: Watcher) -> Summary:
    """Clean what a plan names, and write it.

    Raises:
        UsageError: it cannot be done as asked; nothing was written.
        OutputError: the output cannot be written; what is written stays for ``resume``.
    """
    if (plan.out is None) == (plan.jsonl is None):
        raise UsageError("say where to write, with either --out DIR or --jsonl FILE")
    check_encoding(plan.encoding)
    check_name(plan.stdin_name)
    check_targets(plan.inputs, plan.out, plan.jsonl, plan.stdin_name)
    folder = state_folder(plan)
    if folder is None:
        if plan.resume:
            raise UsageError("what goes to standard output or a pipe cannot be resumed")
        return _run(plan, pipeline, watcher, Stream(plan.jsonl or STDIN), NoState())
    with named(plan.out or folder):
        folder.mkdir(parents=True, exist_ok=True)
    with State(folder / "state.sqlite") as state:
        output: Output = (
            _tree(plan.out, plan, state) if plan.out is not None else _lines(plan, state)
        )
        state.commit()
        summary = _run(plan, pipeline, watcher, output, state)
        _write_manifest(folder / "manifest.json", pipeline, summary, state)
    return summary


def _tree(folder: Path, plan: Plan, state: State) -> Tree:
    if not plan.resume or state.finished:
        state.start_anew(parts=True)
    return Tree(folder)


def _lines(plan: Plan, state: State) -> Lines:
    target = Path(plan.jsonl or "")
    output_end = state.end()
    if not state.finished and output_end and Lines.is_through(target, output_end):
        # It was killed between putting the file in its place and saying so.
        state.finish()
    if not plan.resume or state.finished:
        state.start_anew(parts=False)
        if state.get("file") != Lines.looks(target):
            state.forget_old()
    return Lines(target, state.end())


def state_folder(plan: Plan) -> Path | None:
    """Where a run keeps what it has done: a hidden directory in its output, or beside it."""
    if plan.out is not None:
        return plan.out / STATE
    target = Path(plan.jsonl or STDIN)
    if plan.jsonl == STDIN or (os.path.exists(target) and not os.path.isfile(target)):
        return None
    return target.parent / f".{target.name}{STATE}"


def _run(
    plan: Plan, pipeline: Pipeline, watcher: Watcher, output: Output, state: State | NoState
) -> Summary:
    entries = _entries(plan)
    first: list[Entry] = []
    workers = plan.workers
    if workers is None:
        # A few articles are done before other processes have started.
        for entry in entries:
            first.append(entry)
            if len(first) > FEW:
                break
        workers = _processors() if len(first) > FEW else 0
    cleaning = Cleaning(pipeline, plan.encoding, 2 if plan.out is not None else None)
    run = Run(
        cleaning,
        output,
        state,
        watcher,
        workers=workers,
        time_limit=plan.time_limit,
        unique=plan.out is not None,
    )
    summary = run.go(_chained(first, entries))
    if isinstance(output, Lines) and isinstance(state, State):
        state.set("file", Lines.looks(output.target))
        state.commit()
    return summary


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


def _entries(plan: Plan) -> Iterator[Entry]:
    """The inputs' articles. What this run writes is not among what it reads."""
    skip = plan.out
    if plan.jsonl is not None and plan.jsonl != STDIN:
        skip = Path(plan.jsonl)
    options = ReadOptions(
        text_key=plan.text_key,
        id_key=plan.id_key,
        ignore=plan.ignore,
        skip=skip,
        stdin_name=plan.stdin_name,
        max_bytes=plan.max_bytes,
    )
    return read_entries(plan.inputs, options)


def _write_manifest(file: Path, pipeline: Pipeline, summary: Summary, state: State) -> None:
    """What was made with what, and each entry that gave no article."""
    record = {
        "fingerprint": json.loads(Cleaning(pipeline, None, None).fingerprint()),
        "articles": summary.articles,
        "problems": [
            {"name": row.name, "problem": row.problem, "message": row.message}
            for row in state.problems()
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=2)
    write_file(file, f"{text}\n".encode("utf-8", "backslashreplace"))
