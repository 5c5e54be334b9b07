"""How a run over a corpus scales: articles a second by workers, and memory by articles.

    python -m tests.benchmarks.corpus [FEW] [MANY]

The corpus is made by :mod:`tests.corpus.generate`. Memory is the most that each process had in
memory at once, as Linux counts it: all of it, and its own part of what several processes share.
What a run costs besides cleaning is measured by :mod:`tests.benchmarks.overhead`.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import environment
from tests.corpus.generate import write_corpus

_MIDDLE = 10_000
"""Articles by which the number of workers is compared, at most."""


@dataclass(slots=True)
class Memory:
    """The most memory that a process had at once, in kB.

    Attributes:
        all: what it can reach.
        own: the same, where what it shares with others counts for its share of it.
    """

    all: int = 0
    own: int = 0

    def at_least(self, other: Memory) -> None:
        """Take over what is more."""
        self.all, self.own = max(self.all, other.all), max(self.own, other.own)

    def __str__(self) -> str:
        return f"{self.all / 1024:.0f} MB ({self.own / 1024:.0f} its own)"


def peaks(process: subprocess.Popen[bytes]) -> tuple[Memory, Memory, int]:
    """The most memory of a run's first process and of any worker, and the number of workers."""
    first, worker = Memory(), Memory()
    seen: set[int] = set()
    while process.poll() is None:
        first.at_least(_memory(process.pid))
        # Workers are forked from a process that the first one has started.
        for number in [w for started in children(process.pid) for w in children(started)]:
            worker.at_least(_memory(number))
            seen.add(number)
        time.sleep(0.3)
    return first, worker, len(seen)


def _memory(number: int) -> Memory:
    found = Memory()
    with contextlib.suppress(OSError):
        folder = Path(f"/proc/{number}")
        found.all = _value(folder / "status", "VmHWM:")
        found.own = _value(folder / "smaps_rollup", "Pss:")
    return found


def _value(file: Path, name: str) -> int:
    values = (line.split() for line in file.read_text().splitlines())
    return next((int(v[1]) for v in values if v[:1] == [name]), 0)


def children(number: int) -> list[int]:
    """The processes that a process has started, and that are still there."""
    with contextlib.suppress(OSError):
        found = Path(f"/proc/{number}/task/{number}/children").read_text()
        return [int(n) for n in found.split()]
    return []


def main(few: int, many: int) -> None:
    """Measure and print: memory by articles, and speed by workers."""
    folder = Path(tempfile.mkdtemp())
    for count in (many, few):
        write_corpus(folder / f"corpus-{count}", count)
        shown(folder, count, 2)
    middle = min(many, _MIDDLE)
    write_corpus(folder / f"corpus-{middle}", middle)
    one, two = (shown(folder, middle, workers) for workers in (1, 2))
    print(f"two workers are {one / two:.2f} times as fast as one")


def shown(folder: Path, count: int, workers: int) -> float:
    """Run over a corpus, print how that went, and give the seconds."""
    corpus = folder / f"corpus-{count}"
    size = sum(p.stat().st_size for p in corpus.rglob("*") if p.is_file()) / 1e6
    target = folder / f"{count}-{workers}.jsonl"
    cleaner = [sys.executable, "-m", "cleaner", "run", str(corpus), "--quiet"]
    start = time.monotonic()
    process = subprocess.Popen(
        [*cleaner, "--jsonl", str(target), "--workers", str(workers)],
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    first, worker, started = peaks(process)
    taken = time.monotonic() - start
    print(
        f"{count:,} articles ({size:.1f} MB), {workers} at a time of {started} workers: "
        f"{taken:.1f} s, {count / taken:,.0f} a second, {size / taken:.2f} MB/s; of each article "
        f"{1e6 * size / count:,.0f} bytes read and {target.stat().st_size / count:,.0f} written; "
        f"memory: first process {first}, worker {worker}",
        flush=True,
    )
    return taken


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given) if len(given) == 2 else main(1_000, 100_000)
