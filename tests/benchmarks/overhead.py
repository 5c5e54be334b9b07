"""What a run costs besides cleaning: the processor time that its processes spend on other things.

    python -m tests.benchmarks.overhead [COUNT] [ROUNDS]

The corpus is made by :mod:`tests.corpus.generate`. The pipeline measures itself in each process of
the run, and each process itself with every article, so that both parts are of the same texts at the
same time; what it takes to start is that of a run over a few articles, and taken off both. Of some
rounds the median is shown: a busy machine makes everything take longer. What runs write stays until
the end, since a file system may take many times as long to make files where others were removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner import Article, Pipeline
from cleaner.corpus.start import Plan, run_to
from cleaner.report.summary import Summary
from tests.benchmarks.corpus import children
from tests.conftest import environment
from tests.corpus.generate import write_corpus

_RUN = "--run"
_FEW = 64
"""Articles after which every process of a run has begun."""
_WAYS = [(form, workers) for workers in (0, 1, 2) for form in ("lines", "tree")]


class Timed(Pipeline):
    """Adds to a file for each call: the process, the call's processor time and all of it so far.

    Both in nanoseconds.
    """

    def __init__(self, told: str) -> None:
        super().__init__()
        self.told = told
        self._file: int | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_file": None}

    def __call__(self, *args: Any, **named: Any) -> Article:
        """As the pipeline does it."""
        if self._file is None:
            self._file = os.open(self.told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        start = time.process_time_ns()
        try:
            return super().__call__(*args, **named)
        finally:
            end = time.process_time_ns()
            os.write(self._file, array("q", [os.getpid(), end - start, end]).tobytes())


class _Silent:
    def problem(self, entry: str, name: str, message: str) -> None:
        """Nobody is told."""

    def step(self, size: int, summary: Summary) -> None:
        """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor time of a run, in seconds.

    Attributes:
        whole: of all its processes.
        cleaning: of the pipeline in them.
    """

    whole: float
    cleaning: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.whole - other.whole, self.cleaning - other.cleaning)

    @property
    def besides(self) -> float:
        """All that is not cleaning."""
        return self.whole - self.cleaning


def spent(corpus: Path, form: str, workers: int) -> Spent:
    """What a run over a corpus spends, in processes of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.overhead", _RUN, str(corpus), form]
    folder = tempfile.mkdtemp(dir=corpus.parent)
    done = subprocess.run(
        [*command, str(workers), folder], env=environment(), stdout=subprocess.PIPE, check=True
    )
    return Spent(*json.loads(done.stdout))


def timed_run(corpus: str, form: str, workers: int, folder: Path) -> None:
    """Make the run in this process, and print what it spent."""
    out = {"out": folder / "tree"} if form == "tree" else {"jsonl": str(folder / "all.jsonl")}
    plan = Plan(inputs=[corpus], max_bytes=1 << 26, workers=workers, **out)
    run_to(plan, Timed(str(folder / "told")), _Silent())
    told = array("q", (folder / "told").read_bytes())
    whole = dict(zip(told[::3], told[2::3], strict=True))
    whole[os.getpid()] = time.process_time_ns()
    forking = sum(map(_processor_time, children(os.getpid())))
    print(json.dumps([sum(whole.values()) / 1e9 + forking, sum(told[1::3]) / 1e9]))


def _processor_time(process: int) -> float:
    """What a process that is still there has used so far, in seconds."""
    values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def main(count: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        few, all_ = Path(made, "few"), Path(made, "all")
        write_corpus(few, _FEW)
        write_corpus(all_, count)
        # In turns, so that what else the machine does is the same for all.
        found: dict[tuple[str, int], list[tuple[Spent, Spent]]] = {way: [] for way in _WAYS}
        for _ in range(rounds):
            for way, seen in found.items():
                seen.append((spent(few, *way), spent(all_, *way)))
    for (form, workers), seen in found.items():
        more = [after - before for before, after in seen]
        share = statistics.median(m.besides / m.whole for m in more)
        cleaning, besides = (
            statistics.median(1000 * t / (count - _FEW) for t in times)
            for times in ([m.cleaning for m in more], [m.besides for m in more])
        )
        start = statistics.median(before.whole for before, _ in seen)
        print(
            f"{form}, --workers {workers}: {cleaning:.2f} ms of processor time an article for "
            f"cleaning, {besides:.2f} ms besides, {share:.1%} of the time; {start:.1f} s to start",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == [_RUN]:
        timed_run(sys.argv[2], sys.argv[3], int(sys.argv[4]), Path(sys.argv[5]))
    else:
        with contextlib.suppress(KeyboardInterrupt):
            main(*[*map(int, sys.argv[1:]), *(1_000, 3)[len(sys.argv) - 1 :]])
