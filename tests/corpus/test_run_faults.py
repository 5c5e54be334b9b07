"""What may go wrong in the middle of a run: nothing is torn, and the run can be gone on with."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Command, environment
from tests.corpus import generate
from tests.corpus.crash import command, files, manifests

COUNT = 20
FORMS = ("tree", "lines")
LONG = "".join(f"{generate.sentence(random.Random(n))} It is of no use.\n" for n in range(700))
SOME = 6
"""So many articles written, all workers are at work."""
LIMIT = 90_000
"""Less than its record, and more than a database needs to begin with."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    # Texts alone: they are cleaned faster. The last one is longer than all others.
    for number in range(COUNT - 1):
        (folder / f"{number:03}.txt").write_text(generate.text(number))
    (folder / f"{COUNT - 1:03}.txt").write_text(LONG)
    return folder


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What a run ends with in which nothing goes wrong, by form."""
    made = {}
    for form in FORMS:
        made[form] = tmp_path_factory.mktemp(form)
        start = command(corpus, made[form], form, "--workers", "0")
        subprocess.run(start, env=environment(), check=True)
    return made


def told_of(process: subprocess.CompletedProcess[bytes]) -> str:
    told = process.stderr.decode()
    assert "Traceback" not in told
    return told


def not_torn(folder: Path) -> None:
    """Whatever is there for others to read is whole, and nothing is left lying about."""
    for name, data in files(folder).items():
        lines = data.splitlines() if name.endswith(".jsonl") else [data]
        assert data.endswith(b"\n") and all(json.loads(line)["body"] for line in lines), name
    assert not list(folder.rglob("*.tmp"))


def children(number: int) -> list[int]:
    """The processes that a process has started."""
    found = Path(f"/proc/{number}/task/{number}/children").read_text()
    return [int(child) for child in found.split()]


class Running:
    """A run that is under way, once it has written something."""

    def __init__(self, corpus: Path, output: Path, form: str, *more: str) -> None:
        self._process = subprocess.Popen(
            command(corpus, output, form, *more), env=environment(), stderr=subprocess.PIPE
        )
        self.number = self._process.pid
        begun = output / ("000.txt.json" if form == "tree" else ".all.jsonl.partial")
        self.until(begun.exists)

    def until(self, ready: Callable[[], bool]) -> None:
        """Wait for something that happens before the run ends."""
        while not ready():
            assert self._process.poll() is None, self._process.communicate()
            time.sleep(0.005)

    def workers(self) -> list[int]:
        """The processes that clean: forked from one that the run has started for that."""
        return [number for child in children(self.number) for number in children(child)]

    def end(self) -> subprocess.CompletedProcess[bytes]:
        _, told = self._process.communicate(timeout=300)
        return subprocess.CompletedProcess([], self._process.returncode, b"", told)


@contextlib.contextmanager
def stopped(running: Running) -> Iterator[None]:
    """The run stands still."""
    os.kill(running.number, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(running.number, signal.SIGCONT)


def committed(folder: Path) -> int:
    """How many articles a run that writes there can be gone on from."""
    (file,) = folder.rglob("state.sqlite")
    with contextlib.closing(sqlite3.connect(file)) as base:
        (count,) = base.execute("SELECT count(*) FROM done").fetchone()
    return int(count)


def test_a_worker_that_is_killed_costs_the_article_that_it_was_at(
    corpus: Path, whole: dict[str, Path], tmp_path: Path
) -> None:
    running = Running(corpus, tmp_path, "tree", "--workers", "2")
    # The second may still be starting when the first has written, and then is at nothing.
    running.until(lambda: len(list(tmp_path.glob("*.txt.json"))) >= SOME)
    worker = running.workers()[-1]
    # It can end nothing any more, and so is at an article until it is killed.
    os.kill(worker, signal.SIGSTOP)
    time.sleep(0.3)
    os.kill(worker, signal.SIGKILL)
    done = running.end()
    told = told_of(done)
    assert done.returncode == 2
    (name,) = re.findall(r"(\d{3}\.txt): worker-died: .*SIGKILL", told)
    assert told.count("\n") == 1
    record = json.loads(manifests(tmp_path)[0])
    assert [(p["name"], p["problem"]) for p in record["problems"]] == [(name, "worker-died")]
    assert record["articles"] == COUNT - 1
    expected = files(whole["tree"])
    del expected[f"{name}.json"]
    assert files(tmp_path) == expected
    # It is tried again when all is well.
    subprocess.run(command(corpus, tmp_path, "tree", "--workers", "0"), env=environment())
    assert files(tmp_path) == files(whole["tree"])


# Space.


def limited(size: int) -> Callable[[], None]:
    """Lets a process write no file of more bytes, as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_file_that_cannot_grow(corpus: Path, whole: dict[str, Path], tmp_path: Path) -> None:
    start = command(corpus, tmp_path, "lines", "--workers", "0")
    done = subprocess.run(
        start, env=environment(), capture_output=True, preexec_fn=limited(LIMIT), check=False
    )
    told = told_of(done)
    assert done.returncode == 2
    assert re.search(
        r"unwritable-output: \S+/(all\.jsonl|state\.sqlite) cannot be \w+: "
        r"(file too large|database or disk is full|disk i/o error)",
        told,
    ), told
    assert "--resume" in told
    assert not (tmp_path / "all.jsonl").exists()
    assert len((whole["lines"] / "all.jsonl").read_bytes().splitlines()[-1]) > LIMIT
    subprocess.run([*start, "--resume"], env=environment(), check=True)
    assert files(tmp_path) == files(whole["lines"])
    assert manifests(tmp_path) == manifests(whole["lines"])


def can_mount() -> bool:
    """Whether this system lets users mount file systems of their own."""
    try:
        tried = subprocess.run(
            ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True
        )
    except OSError:
        return False
    return tried.returncode == 0


mounts = pytest.mark.skipif(
    not can_mount(), reason="no file system can be mounted here to be full or read-only"
)


def script(folder: Path, text: str, corpus: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a shell script in a mount namespace of its own, in which ``clean`` cleans."""
    run = f'clean() {{ "{sys.executable}" -m cleaner run "{corpus}" -q --workers 0 "$@"; }}\n'
    return subprocess.run(
        ["unshare", "-rm", "sh", "-eu", "-c", run + text],
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
    )


@mounts
@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk(corpus: Path, whole: dict[str, Path], tmp_path: Path, form: str) -> None:
    target = "--out disk/out" if form == "tree" else "--jsonl disk/out/all.jsonl"
    (tmp_path / "disk").mkdir()
    done = script(
        tmp_path,
        f"""
        mount -t tmpfs -o size=160k none disk
        mkdir disk/out
        clean {target} && exit 9 || echo "status $?" >&2
        cp -r disk/out full
        mount -o remount,size=9m disk
        clean {target} --resume
        cp -r disk/out done
        """,
        corpus,
    )
    told = told_of(done)
    assert done.returncode == 0 and "status 2" in told, told
    assert re.search(
        r"unwritable-output: \S*disk/out/\S+ cannot be \w+: "
        r"(no space left on device|database or disk is full)",
        told,
    ), told
    assert told.count("\n") == 2 and "--resume" in told
    not_torn(tmp_path / "full")
    assert 0 < len(files(tmp_path / "full")) < COUNT or form == "lines"
    assert files(tmp_path / "done") == files(whole[form])
    assert manifests(tmp_path / "done") == manifests(whole[form])


@mounts
def test_a_disk_that_can_only_be_read(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    done = script(
        tmp_path,
        """
        mount -t tmpfs none disk
        mkdir disk/out
        mount -o remount,ro disk
        clean --out disk/out && exit 9 || echo "status $?" >&2
        clean --jsonl disk/all.jsonl && exit 9 || echo "status $?" >&2
        """,
        corpus,
    )
    told = told_of(done)
    assert told.count("status 2") == 2 and told.count("read-only file system") == 2, told
    assert "disk/out" in told and "disk/.all.jsonl.cleaner" in told


@pytest.mark.parametrize("target", ["-", "/dev/full"])
def test_a_stream_that_is_full(cleaner: Command, corpus: Path, target: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", "run", corpus, "--jsonl", target, "-q"],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    shown = "standard output" if target == "-" else target
    assert done.returncode == 2
    assert told_of(done).startswith(
        f"cleaner: unwritable-output: {shown} cannot be written: no space left on device"
    )
    assert "--resume" not in told_of(done)


def test_something_is_in_the_way(cleaner: Command, corpus: Path, tmp_path: Path) -> None:
    there = ("file", "out/.cleaner", ".all.jsonl.cleaner", ".b.jsonl.partial/x")
    for name in there:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    for target, name in (
        (("--out", "file"), "file"),
        (("--out", "file/out"), "file"),
        (("--out", "out"), "out/.cleaner"),
        (("--jsonl", "all.jsonl"), ".all.jsonl.cleaner"),
        (("--jsonl", "b.jsonl"), "b.jsonl"),
    ):
        done = cleaner("run", corpus / "001.txt", *target, "-q")
        assert done.returncode == 2 and name in told_of(done), target
        assert told_of(done).count("\n") == 1 or b"Usage" in done.stderr
    assert {(tmp_path / name).read_text() for name in there} == {"mine"}


# What others do to a run's files.


@pytest.mark.parametrize(
    ("form", "what"),
    [("tree", "state"), ("tree", "output"), ("lines", "database"), ("lines", "output")],
)
def test_what_is_taken_away_midway(
    corpus: Path, whole: dict[str, Path], tmp_path: Path, form: str, what: str
) -> None:
    output = tmp_path / "out"
    output.mkdir()
    running = Running(corpus, output, form, "--workers", "0")
    state = output / (".cleaner" if form == "tree" else ".all.jsonl.cleaner")
    with stopped(running):
        if what == "state":
            shutil.rmtree(state)
        elif what == "database":
            (state / "state.sqlite").unlink()
        elif form == "tree":
            for file in output.glob("*.json"):
                file.unlink()
        else:
            (output / ".all.jsonl.partial").unlink()
    done = running.end()
    assert done.returncode in (0, 2)
    if done.returncode:
        assert re.match(r"cleaner: unwritable-output: \S+ ", told_of(done))
    not_torn(output)
    # The next run mends it, by itself or when what it says is done.
    start = command(corpus, output, form, "--workers", "0")
    subprocess.run(start, env=environment(), check=True)
    assert files(output) == files(whole[form])
    assert manifests(output) == manifests(whole[form])


def test_the_process_that_workers_are_forked_from_is_killed(
    corpus: Path, whole: dict[str, Path], tmp_path: Path
) -> None:
    running = Running(corpus, tmp_path, "tree", "--workers", "2")
    (forks,) = [child for child in children(running.number) if children(child)]
    os.kill(forks, signal.SIGKILL)
    done = running.end()
    assert done.returncode == 0, done.stderr
    assert files(tmp_path) == files(whole["tree"])


def test_lines_that_somebody_cuts_off_midway(
    corpus: Path, whole: dict[str, Path], tmp_path: Path
) -> None:
    running = Running(corpus, tmp_path, "lines", "--workers", "0")
    partial = tmp_path / ".all.jsonl.partial"
    # It commits with the next article after a second; before that there is nothing to go on from.
    with stopped(running):
        time.sleep(1.1)
    cut = False
    while not cut:
        time.sleep(0.01)
        with stopped(running):
            if committed(tmp_path):
                os.truncate(partial, partial.stat().st_size // 2)
                cut = True
    done = running.end()
    assert done.returncode == 2
    assert "was changed" in told_of(done) and "without --resume" in told_of(done)
    not_torn(tmp_path)
    assert not (tmp_path / "all.jsonl").exists()
    start = command(corpus, tmp_path, "lines", "--workers", "0")
    resumed = subprocess.run([*start, "--resume"], env=environment(), capture_output=True)
    assert resumed.returncode == 2 and "was changed" in told_of(resumed)
    subprocess.run(start, env=environment(), check=True)
    assert files(tmp_path) == files(whole["lines"])


def test_a_database_that_is_none_any_more(
    corpus: Path, whole: dict[str, Path], tmp_path: Path
) -> None:
    form = "lines"
    start = command(corpus, tmp_path, form, "--workers", "0")
    subprocess.run(start, env=environment(), check=True)
    (database,) = tmp_path.rglob("state.sqlite")
    database.write_bytes(b"no database, but as long as one" * 1_000)
    done = subprocess.run(start, env=environment(), capture_output=True, check=False)
    assert done.returncode == 2
    assert re.search(r"state\.sqlite cannot be used: .*; remove it", told_of(done))
    assert files(tmp_path) == files(whole[form])
    database.unlink()
    subprocess.run(start, env=environment(), check=True)
    assert files(tmp_path) == files(whole[form])
    assert manifests(tmp_path) == manifests(whole[form])
