"""How a run over a corpus scales: articles a second by workers, and memory by articles.

    python -m tests.benchmarks.corpus [FEW] [MANY]

The corpus is made by :mod:`tests.corpus.generate`. Memory is the most that each process had in
memory at once, as Linux counts it.
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


def peaks(process: subprocess.Popen[bytes]) -> dict[int, int]:
    """The most memory of a run's processes, in kB, until it ends."""
    most: dict[int, int] = {}
    while process.poll() is None:
        for number in [process.pid, *_children(process.pid)]:
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
    """Measure and print."""
    folder = Path(tempfile.mkdtemp())
    for count in (few, many):
        corpus = folder / f"corpus-{count}"
        write_corpus(corpus, count)
        size = sum(p.stat().st_size for p in corpus.rglob("*") if p.is_file()) / 1e6
        taken = {}
        for workers in (1, 2):
            taken[workers], memory = run(corpus, folder / f"{count}-{workers}.jsonl", workers)
            print(
                f"{count:,} articles ({size:.1f} MB), {workers} workers: {taken[workers]:.1f} s, "
                f"{count / taken[workers]:,.0f} a second, {size / taken[workers]:.2f} MB/s; "
                f"memory: first process {memory['first'] / 1024:.0f} MB, "
                f"worker {memory['worker'] / 1024:.0f} MB"
            )
        print(f"two workers are {taken[1] / taken[2]:.2f} times as fast as one")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given) if len(given) == 2 else main(1_000, 10_000)
