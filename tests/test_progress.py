"""The running count: what it shows of the time that is left, and when it shows nothing."""

from __future__ import annotations

import gzip
import io
import os
import pty
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.corpus.readers import read_entries
from cleaner.corpus.start import Plan, sizes
from cleaner.report.progress import Progress, spelt
from cleaner.report.summary import Summary
from tests.conftest import environment
from tests.corpus import generate
from tests.corpus.containers import TEXT, record, tar_of, zip_of
from tests.test_cli import write
from tests.test_output import Screen


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Shown:
    """A progress on a screen of its own, and what it says is left."""

    def __init__(self, sizes: Iterable[int | None], clock: Clock) -> None:
        self.screen = Screen()
        self.clock = clock
        self._progress = Progress(self.screen, print, sizes, clock)
        self._summary = Summary()

    def step(self, seconds: float, passed: int) -> str | None:
        """Deal with more of the inputs; what is left then."""
        self.clock.now += seconds
        self._summary.passed = passed
        self.screen.truncate(0)
        self._progress.step(10, self._summary)
        found = re.search(r", ([^,]+) left", self.screen.getvalue())
        return found[1] if found else None


def test_the_time_left_is_told_once_it_can_be() -> None:
    shown = Shown([100] * 100, Clock())
    told = [shown.step(1, 100 * n) for n in range(1, 101)]
    assert told[:5] == [None] * 5
    assert told[9] == "2 min" and told[44] == "55 s" and told[98] == "5 s"
    assert told[-1] is None


def test_the_time_left_follows_a_run_that_slows_down() -> None:
    shown = Shown([10_000], Clock())
    passed = 0
    for _ in range(50):
        passed += 100
        shown.step(1, passed)
    for _ in range(80):
        passed += 10
        told = shown.step(1, passed)
    # There are 4,200 bytes left, at 10 a second.
    assert told is not None and re.fullmatch("[67] min", told)


def test_what_was_done_long_ago_does_not_count() -> None:
    """A run that is resumed passes over what is done in no time."""
    shown = Shown([1_000_000], Clock())
    shown.step(0.3, 900_000)
    for n in range(1, 101):
        told = shown.step(1, 900_000 + 100 * n)
    assert told is not None and re.fullmatch("1[4-6] min", told)


@pytest.mark.parametrize(
    "sizes", [[None], [100, None, 100], [], [5]], ids=["stream", "one of them", "none", "too few"]
)
def test_nothing_is_said_to_be_left_where_that_is_unknown(sizes: list[int | None]) -> None:
    shown = Shown(sizes, Clock())
    assert {shown.step(1, 10 * n) for n in range(1, 50)} == {None}


def test_a_run_that_stands_still() -> None:
    shown = Shown([1_000], Clock())
    assert {shown.step(1, 0) for _ in range(20)} == {None}
    assert shown.step(1, 100) is not None


def test_sizes_are_looked_up_bit_by_bit() -> None:
    clock = Clock()
    looked = 0

    def slow() -> Iterator[int]:
        nonlocal looked
        for _ in range(100):
            looked += 1
            clock.now += 0.01
            yield 100

    shown = Shown(slow(), clock)
    told, most = [], 0
    for n in range(1, 60):
        before = looked
        told.append(shown.step(1, 100 * n))
        most = max(most, looked - before)
    assert looked == 100 and most <= 3
    assert told[20] is None and told[-1] is not None


def test_no_sizes_are_looked_up_off_a_terminal() -> None:
    def never() -> Iterator[int]:
        raise AssertionError
        yield 0

    stream = io.StringIO()
    Progress(stream, print, never()).step(10, Summary())
    assert stream.getvalue() == ""


def test_a_line_is_never_broken_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "22")
    shown = Shown([100], Clock())
    shown.step(1, 10)
    line = shown.screen.getvalue().strip("\0\r").removesuffix("\x1b[K")
    assert line == "1 inputs, 1/s, 0.0 M…"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        *((0.1, "5 s"), (5, "5 s"), (54, "55 s"), (56, "1 min"), (61, "2 min"), (3_500, "59 min")),
        *((3_601, "1 h 01 min"), (90_000, "25 h 00 min"), (864_000, "10 days")),
    ],
)
def test_times_as_people_say_them(seconds: float, said: str) -> None:
    assert spelt(seconds) == said


# What is passed of the inputs.


def table(count: int) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT + "x" * 10_000 * n for n in range(count)]}), made)
    return made.getvalue()


MEMBERS = {f"{n}.txt": random.Random(n).randbytes(50_000).hex().encode() for n in range(4)}
RECORDS = [record(data) for data in MEMBERS.values()]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        gzip.compress(TEXT.encode()),
        tar_of(MEMBERS.items()),
        gzip.compress(tar_of(MEMBERS.items())),
        zip_of(MEMBERS),
        b"".join(b'{"text": "%b"}\n' % data for data in MEMBERS.values()),
        table(4),
        b"".join(RECORDS),
        b"".join(map(gzip.compress, RECORDS)),
    ],
    ids=["text", "gzip", "tar", "tar.gz", "zip", "jsonl", "parquet", "warc", "warc.gz"],
)
def test_entries_say_how_much_of_the_inputs_they_pass(tmp_path: Path, data: bytes) -> None:
    folder = write(tmp_path, {"a.txt": TEXT, "b": data, "c.txt": TEXT})
    first, *inside, last = read_entries([str(folder)])
    assert first.passed == len(TEXT) and last.passed == 2 * len(TEXT) + len(data)
    assert all(entry.problem is None for entry in inside)
    places = [entry.passed - len(TEXT) for entry in inside]
    assert places == sorted(places) and len(set(places)) == len(places)
    assert all(0 < place <= len(data) for place in places)
    # About as much as it is, but for what is read ahead.
    size = len(data) / len(places)
    if len(places) > 1 and data[:4] != b"PAR1":
        assert all(abs(place - size * n) < 140_000 for n, place in enumerate(places, 1))
    plan = Plan(inputs=[str(folder)], jsonl="-", max_bytes=1 << 20)
    assert list(sizes(plan)) == [len(TEXT), len(data), len(TEXT)]


def test_what_has_no_size(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    inputs = ["-", str(tmp_path / "gone"), str(tmp_path / "pipe")]
    plan = Plan(inputs=inputs, out=tmp_path / "out", max_bytes=1 << 20)
    assert list(sizes(plan)) == [None, 0, None]


def test_what_a_run_writes_is_not_among_what_it_has_to_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "out/b.txt.json": "{}", "news/c.txt": TEXT})
    plan = Plan(inputs=[str(tmp_path)], out=tmp_path / "out", max_bytes=1 << 20, ignore=("news",))
    assert list(sizes(plan)) == [len(TEXT)]


def test_on_a_terminal(tmp_path: Path) -> None:
    generate.write_corpus(tmp_path / "in", 40)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cleaner", "run", "in", "--jsonl", "all.jsonl", "--quiet"]
    with subprocess.Popen(command, stderr=theirs, cwd=tmp_path, env=environment()) as process:
        os.close(theirs)
        shown = b""
        # Once nobody writes to it any more, reading fails.
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass
    os.close(ours)
    assert process.returncode == 2
    assert re.search(rb"\r\d+ inputs, \d+/s, ", shown)
    assert shown.endswith(b"\r\x1b[K") and shown.count(b"empty-input") <= 1
