"""Kills a run at random points and resumes it: what it ends with must be what it would have been.

python -m tests.corpus.crash [TIMES] [FORM ...]
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import environment
from tests.corpus.generate import write_corpus

ARTICLES = 150
FORMS = {
    "tree": ("--out", "."),
    "lines": ("--jsonl", "all.jsonl"),
    "gzip": ("--jsonl", "all.jsonl.gz"),
    "zstd": ("--jsonl", "all.jsonl.zst", "--rotate", "40KB"),
    "parquet": ("--parquet", "all.parquet", "--rotate", "60KB"),
    "dolma": ("--out", ".", "--format", "dolma", "--rotate", "50KB"),
    "markdown": ("--out", ".", "--format", "markdown"),
}
"""Sorts of output, and the options that ask for them: the second is a place in a directory."""


def files(folder: Path) -> dict[str, bytes]:
    """What a run has written, without what it keeps for itself."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    }


def manifests(folder: Path) -> list[bytes]:
    """What a run says of what it made."""
    return [p.read_bytes() for p in sorted(folder.rglob("manifest.json"))]


def command(corpus: Path, output: Path, form: str, *more: str) -> list[str]:
    """The command that cleans the corpus into an output."""
    option, name, *rest = FORMS[form]
    target = [option, str(output / name), *rest]
    start = [sys.executable, "-m", "cleaner", "run", str(corpus), "--quiet"]
    # A busy machine must not decide what comes of an article.
    start += ["--time-limit", "3600"]
    return [*start, *target, *(more or ("--workers", "2"))]


def crash(corpus: Path, output: Path, form: str, points: list[float]) -> int:
    """Run, kill after so many seconds, resume, and so on; how many times it was really killed."""
    killed = 0
    waits: list[float | None] = [*points, None]
    for number, point in enumerate(waits):
        more = ["--workers", "2", *(["--resume"] if number else [])]
        process = subprocess.Popen(
            command(corpus, output, form, *more),
            env=environment(),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            status = process.wait(point)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
            continue
        if status not in (0, 2):
            raise AssertionError(f"exit status {status}")
    return killed


def main(times: int, forms: Sequence[str]) -> None:
    """Do it so many times for each sort of output, and print how it went."""
    folder = Path(tempfile.mkdtemp())
    write_corpus(folder / "corpus", ARTICLES)
    chance = random.Random(0)
    for form in forms:
        whole = folder / f"whole-{form}"
        whole.mkdir()
        start = time.monotonic()
        subprocess.run(command(folder / "corpus", whole, form), env=environment(), check=False)
        taken = time.monotonic() - start
        killed = 0
        while killed < times:
            output = folder / f"broken-{form}"
            shutil.rmtree(output, ignore_errors=True)
            output.mkdir()
            points = [chance.uniform(0.2, taken) for _ in range(3)]
            killed += crash(folder / "corpus", output, form, points)
            same = files(output) == files(whole) and manifests(output) == manifests(whole)
            print(f"{form}: killed {killed} times so far, {'equal' if same else 'DIFFERENT'}")
            if not same:
                raise SystemExit(1)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, sys.argv[2:] or list(FORMS))
