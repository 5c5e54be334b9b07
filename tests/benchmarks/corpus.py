"""How a run over a corpus scales: articles a second by workers, and memory by articles.

    python -m tests.benchmarks.corpus [FEW] [MANY]

The corpus is made by :mod:`tests.corpus.generate`. Memory is the most that each process had in
memory at once, as Linux counts it.

What a run costs besides cleaning is the processor time of all its processes, less that of a run
over a few articles, against that of the pipeline alone over the same bytes in one process; of each
the lowest of some rounds, since a busy machine makes everything take longer.
"""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cleaner import Pipeline
from cleaner.errors import InputError
from tests.conftest import environment
from tests.corpus.generate import articles, write_corpus

_ALONE = "--alone"
_MIDDLE = 10_000
"""Articles by which the number of workers is compared, at most."""


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


def spent(command: list[str]) -> float:
    """The processor time of a command and of all that it starts, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment(), stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cleaning(count: int) -> float:
    """The processor time that the pipeline alone takes for so many articles, in seconds."""
    command = [sys.executable, "-m", "tests.benchmarks.corpus", _ALONE, str(count)]
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


def alone(count: int) -> None:
    """Measure that in this process, and print it."""
    pipeline = Pipeline()
    made = list(articles(count))
    start = 0.0
    # What is loaded with the first text and the first page is no part of it.
    for n, (name, data) in enumerate([*made[:4], *made]):
        if n == 4:
            start = time.process_time()
        with contextlib.suppress(InputError):
            pipeline(data, path=name)
    print(time.process_time() - start)


def overhead(folder: Path, count: int, rounds: int = 3) -> None:
    """Measure and print what a run costs besides cleaning."""
    one, all_ = folder / "one", folder / f"corpus-{count}"
    write_corpus(one, 4)
    ways = [(option, workers) for workers in ("0", "1") for option in ("--jsonl", "--out")]
    pure: list[float] = []
    began: dict[tuple[str, str], list[float]] = {way: [] for way in ways}
    whole: dict[tuple[str, str], list[float]] = {way: [] for way in ways}
    # In turns, so that what else the machine does is the same for all.
    for number in range(rounds):
        pure.append(cleaning(count))
        for way in ways:
            option, workers = way
            start = [sys.executable, "-m", "cleaner", "run", "--quiet", "--workers", workers]
            name = f"{number}{option}-{workers}"
            began[way].append(spent([*start, str(one), option, str(folder / f"one-{name}")]))
            whole[way].append(spent([*start, str(all_), option, str(folder / f"all-{name}")]))
    least = min(pure)
    print(f"cleaning alone: {1000 * least / count:.2f} ms of processor time an article")
    for way in ways:
        more = min(whole[way]) - min(began[way]) - least
        print(
            f"{way[0]}, --workers {way[1]}: {1000 * more / count:+.2f} ms an article besides, "
            f"{more / least:+.1%}; {min(began[way]):.1f} s to start"
        )


def main(few: int, many: int) -> None:
    """Measure and print: memory by articles, speed by workers, what a run costs besides."""
    folder = Path(tempfile.mkdtemp())
    for count in (many, few):
        write_corpus(folder / f"corpus-{count}", count)
        shown(folder, count, 2)
    middle = min(many, _MIDDLE)
    write_corpus(folder / f"corpus-{middle}", middle)
    one, two = (shown(folder, middle, workers) for workers in (1, 2))
    print(f"two workers are {one / two:.2f} times as fast as one")
    overhead(folder, few)


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
    if sys.argv[1:2] == [_ALONE]:
        alone(int(sys.argv[2]))
    else:
        given = [int(argument) for argument in sys.argv[1:]]
        main(*given) if len(given) == 2 else main(1_000, 100_000)
