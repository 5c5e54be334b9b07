"""How a run over a corpus scales: articles a second by workers, and memory by articles.

    python -m tests.benchmarks.corpus [FEW] [MANY]

The corpus is made by :mod:`tests.corpus.generate`. Memory is the most that each process had in
memory at once, as Linux counts it.
What a run costs besides cleaning is measured by :mod:`tests.benchmarks.overhead`.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import environment
from tests.corpus.generate import write_corpus

_MIDDLE = 10_000
"""Articles by which the number of workers is compared, at most."""


def peaks(process: subprocess.Popen[bytes]) -> dict[int, int]:
    """The most memory of a run's processes, in kB, until it ends."""
    most: dict[int, int] = {}
    while process.poll() is None:
        started = _children(process.pid)
        # Workers are forked from a process that the first one has started.
        for number in [process.pid, *started, *(w for s in started for w in _children(s))]:
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{number}/status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        most[number] = max(most.get(number, 0), int(line.split()[1]))
        time.sleep(0.2)
    return most


def _children(number: int) -> list[int]:
    with contextlib.suppress(OSError):
        found = Path(f"/proc/{number}/task/{number}/children").read_text()
        return [int(n) for n in found.split()]
    return []


def run(corpus: Path, target: Path, workers: int) -> tuple[float, dict[str, int]]:
    """Seconds that a run takes, and the most memory of the first process and of a worker, in kB."""
    start = time.monotonic()
    cleaner = [sys.executable, "-m", "cleaner", "run", str(corpus), "--quiet"]
    process = subprocess.Popen(
        [*cleaner, "--jsonl", str(target), "--workers", str(workers)],
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    most = peaks(process)
    own = most.pop(process.pid, 0)
    return time.monotonic() - start, {"first": own, "worker": max(most.values(), default=0)}


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
    taken, memory = run(corpus, target, workers)
    print(
        f"{count:,} articles ({size:.1f} MB), {workers} workers: {taken:.1f} s, "
        f"{count / taken:,.0f} a second, {size / taken:.2f} MB/s; of each article "
        f"{1e6 * size / count:,.0f} bytes read and {target.stat().st_size / count:,.0f} written; "
        f"memory: first process {memory['first'] / 1024:.0f} MB, "
        f"worker {memory['worker'] / 1024:.0f} MB",
        flush=True,
    )
    return taken


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given) if len(given) == 2 else main(1_000, 100_000)
