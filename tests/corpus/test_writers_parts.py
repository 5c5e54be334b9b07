"""Outputs in parts: whole or not at all, resumed or not the same, nothing done twice."""

from __future__ import annotations

import errno
import itertools
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pytest

from cleaner.corpus.entry import Entry
from cleaner.corpus.writers.destination import Destination, bytes_of
from cleaner.corpus.writers.form import JsonLines
from cleaner.corpus.writers.parts import Parts
from cleaner.errors import OutputError, UnusableName, UsageError
from tests.corpus.crash import files
from tests.corpus.writing import (
    SORTS,
    StopsError,
    broken_off,
    destination,
    entries,
    run,
    written,
)

NAMES = tuple("abcdefg")
GIVEN = entries(*NAMES)
FEW = 1_500
"""Bytes: room for two or three lines in a part."""


def whole(
    folder: Path, sort: str, given: Sequence[Entry], rotate: int | None = FEW
) -> dict[str, bytes]:
    """What a run that is not broken off leaves."""
    run(folder / "whole", sort, given, rotate=rotate)
    return written(folder / "whole")


def break_off(
    folder: Path, sort: str, given: Sequence[Entry], rotate: int | None = FEW, resume: bool = False
) -> None:
    with pytest.raises(StopsError):
        run(folder, sort, broken_off(given), rotate=rotate, resume=resume)


@pytest.mark.parametrize("sort", SORTS)
def test_parts_are_the_whole(tmp_path: Path, sort: str) -> None:
    parts = whole(tmp_path, sort, GIVEN)
    assert len(parts) >= (6 if sort == "dolma" else 3)
    form = destination(tmp_path / "whole", sort).form
    pairs = sorted(name for name in parts if "attributes" not in name)
    read = []
    for number, name in enumerate(pairs):
        assert re.search(rf"-{number:05d}\.", name)
        paths = [tmp_path / "whole" / name]
        if sort == "dolma":
            paths.append(tmp_path / "whole" / name.replace("documents", "attributes/cleaner"))
        lines = list(form.read(paths))
        size = sum(map(len, lines))
        assert size <= FEW or len(lines) == 1
        # No part has room for what begins the next one.
        read.append(lines)
    for lines, following in itertools.pairwise(read):
        assert sum(map(len, lines)) + len(following[0]) > FEW
    run(tmp_path / "one", sort, GIVEN, rotate=1 << 30)
    one = written(tmp_path / "one")
    first = [tmp_path / "one" / name for name in sorted(one, reverse=True)]
    assert list(form.read(first)) == [line for lines in read for line in lines]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("rotate", [1, FEW, None])
def test_a_run_that_is_broken_off_ends_as_if_it_had_not_been(
    tmp_path: Path, sort: str, rotate: int | None
) -> None:
    if sort == "plain" and rotate is None:
        pytest.skip("that is no output in parts")
    wanted = whole(tmp_path, sort, GIVEN, rotate)
    for cut in range(len(GIVEN) + 1):
        folder = tmp_path / str(cut)
        break_off(folder, sort, GIVEN[:cut], rotate)
        if rotate is None or sort != "dolma":
            assert not list(folder.glob("all*"))
        if cut % 2:
            break_off(folder, sort, GIVEN[: cut + 1], rotate, resume=True)
        assert run(folder, sort, GIVEN, resume=True, rotate=rotate) == list(NAMES[cut + cut % 2 :])
        assert written(folder) == wanted


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("changed", [0, 2, 3, 6])
def test_an_input_that_changed_in_between_takes_parts_back(
    tmp_path: Path, sort: str, changed: int
) -> None:
    given = [*GIVEN[:changed], *entries(NAMES[changed], word="months"), *GIVEN[changed + 1 :]]
    wanted = whole(tmp_path, sort, given)
    break_off(tmp_path / "broken", sort, GIVEN)
    assert run(tmp_path / "broken", sort, given, resume=True, rotate=FEW) == list(NAMES[changed:])
    assert written(tmp_path / "broken") == wanted


@pytest.mark.parametrize("left", [0, 1, 3, 5])
@pytest.mark.parametrize("sort", ["zstd", "parquet"])
def test_inputs_that_are_gone_when_a_run_is_resumed(tmp_path: Path, sort: str, left: int) -> None:
    wanted = whole(tmp_path, sort, GIVEN[:left])
    break_off(tmp_path / "broken", sort, GIVEN)
    assert run(tmp_path / "broken", sort, GIVEN[:left], resume=True, rotate=FEW) == []
    assert written(tmp_path / "broken") == wanted


@pytest.mark.parametrize("sort", SORTS)
def test_what_has_not_changed_is_not_cleaned_again(tmp_path: Path, sort: str) -> None:
    run(tmp_path / "out", sort, GIVEN, rotate=FEW)
    given = [*entries("x"), GIVEN[6], *GIVEN[1:3], *entries("d", word="months"), *GIVEN[4:6]]
    assert run(tmp_path / "out", sort, given, rotate=2 * FEW) == ["x", "d"]
    assert written(tmp_path / "out") == whole(tmp_path, sort, given, 2 * FEW)


@pytest.mark.parametrize("sort", SORTS)
def test_a_run_in_the_place_of_a_longer_one(tmp_path: Path, sort: str) -> None:
    run(tmp_path / "out", sort, GIVEN, rotate=1)
    before = written(tmp_path / "out")
    break_off(tmp_path / "out", sort, entries("z", "y"), 1)
    # Nothing of it shows before it is through.
    shown = {n: d for n, d in before.items() if (tmp_path / "out" / n).read_bytes() == d}
    assert shown == before
    assert run(tmp_path / "out", sort, GIVEN[2:4], rotate=1) == []
    after = written(tmp_path / "out")
    assert len(after) < len(before) and after == whole(tmp_path, sort, GIVEN[2:4], 1)


def test_lines_in_any_order_are_read_a_bounded_number_of_times(tmp_path: Path) -> None:
    reads = 0

    class Counted(JsonLines):
        def read(self, files: Sequence[Path]) -> Iterator[bytes]:
            nonlocal reads
            for line in super().read(files):
                reads += 1
                yield line

    names = [f"n{number:03d}" for number in range(120)]
    given = entries(*names)
    run(tmp_path, "gzip", given, rotate=None)
    where = destination(tmp_path, "gzip", None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Destination, "form", property(lambda _: Counted("gzip")))
        cleaned = run(tmp_path, "gzip", given[::-1], rotate=None)
    assert 0 < len(cleaned) < 120 and reads < 5 * 120
    backward = list(where.form.read([where.target]))
    assert b'"path": "n119"' in backward[0] and len(backward) == 120


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("moved", [0, 1, 3])
def test_killed_while_parts_were_put_in_their_places(
    tmp_path: Path, sort: str, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = whole(tmp_path, sort, GIVEN, 1)
    real = os.replace
    for resume in (False, True):
        folder = tmp_path / f"{resume}"
        run(folder, sort, entries(*"xyz"), rotate=1)
        count = 0

        def stops(source: str | Path, target: str | Path) -> None:
            nonlocal count
            if Path(target).parent != Path(source).parent:
                count += 1
                if count > moved:
                    raise KeyboardInterrupt
            real(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", stops)
            with pytest.raises(KeyboardInterrupt):
                run(folder, sort, GIVEN, rotate=1)
        assert run(folder, sort, GIVEN, rotate=1, resume=resume) == []
        assert written(folder) == wanted


def test_a_part_that_was_lost_while_it_was_put_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = whole(tmp_path, "zstd", GIVEN)
    real = os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        if Path(target).name.startswith("all-"):
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path / "out", "zstd", GIVEN, rotate=FEW)
    (tmp_path / "out/.all.jsonl.zst.partial/00001-0.part").unlink()
    with pytest.raises(OutputError, match="run again without --resume"):
        run(tmp_path / "out", "zstd", GIVEN, rotate=FEW, resume=True)
    break_off(tmp_path / "out", "zstd", GIVEN[:5])
    assert run(tmp_path / "out", "zstd", GIVEN, rotate=FEW, resume=True) == ["f", "g"]
    assert written(tmp_path / "out") == wanted


class Full:
    """A form that finds the disk full on its second part, when half of it is written."""

    def __init__(self, form: object) -> None:
        self.form = form
        self.count = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.form, name)

    def write(self, lines: BinaryIO, files: Sequence[BinaryIO]) -> None:
        self.count += 1
        if self.count == 2:
            files[0].write(lines.read(100))
            raise OSError(errno.ENOSPC, "No space left on device")
        self.form.write(lines, files)  # type: ignore[attr-defined]


@pytest.mark.parametrize("sort", SORTS)
def test_a_full_disk_ends_the_run_and_nothing_is_torn(
    tmp_path: Path, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = whole(tmp_path, sort, GIVEN)
    folder = tmp_path / "out"
    form = Full(destination(folder, sort).form)
    with monkeypatch.context() as patch:
        patch.setattr(Destination, "form", property(lambda _: form))
        with pytest.raises(OutputError, match="cannot be written: no space left"):
            run(folder, sort, GIVEN, rotate=FEW)
    assert [p for p in folder.rglob("*") if p.suffix in (".gz", ".zst", ".parquet", ".tmp")] == []
    run(folder, sort, GIVEN, rotate=FEW, resume=True)
    assert written(folder) == wanted


def test_a_line_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Parts.put

    def put(self: Parts, name: str, data: bytes) -> int:
        if name == "e":
            self._file.close()
            self._file = open("/dev/full", "wb", buffering=0)  # noqa: SIM115
        return real(self, name, data)

    with monkeypatch.context() as patch:
        patch.setattr(Parts, "put", put)
        with pytest.raises(OutputError, match=r"lines cannot be written: no space left"):
            run(tmp_path / "out", "zstd", GIVEN, rotate=None)
    run(tmp_path / "out", "zstd", GIVEN, rotate=None, resume=True)
    assert written(tmp_path / "out") == whole(tmp_path, "zstd", GIVEN, None)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("what", ["part", "lines"])
@pytest.mark.parametrize("gone", [True, False])
def test_what_was_written_behind_its_back_is_found_out(
    tmp_path: Path, sort: str, what: str, gone: bool
) -> None:
    folder = tmp_path / "out"
    break_off(folder, sort, GIVEN)
    victim = sorted(folder.rglob(f"*.{what}"))[0]
    victim.unlink() if gone else victim.write_bytes(b"{}")
    with pytest.raises(OutputError, match="run again without --resume"):
        run(folder, sort, GIVEN, rotate=FEW, resume=True)
    run(folder, sort, GIVEN, rotate=FEW)
    assert written(folder) == whole(tmp_path, sort, GIVEN)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("gone", [True, False])
def test_lines_that_somebody_changes_meanwhile(tmp_path: Path, sort: str, gone: bool) -> None:
    folder = tmp_path / "out"

    def given() -> Iterator[Entry]:
        for entry in GIVEN:
            if entry.name == "e":
                (victim,) = folder.rglob("*.lines")
                victim.unlink() if gone else victim.write_bytes(b"x")
            yield entry

    with pytest.raises(OutputError, match="changed by somebody else while it was written"):
        run(folder, sort, given(), rotate=1 << 20)
    assert files(folder) == {}
    run(folder, sort, GIVEN, rotate=1 << 20, resume=True)
    assert written(folder) == whole(tmp_path, sort, GIVEN, 1 << 20)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("gone", [True, False])
def test_an_output_that_somebody_changed_is_not_copied_from(
    tmp_path: Path, sort: str, gone: bool
) -> None:
    folder = tmp_path / "out"
    run(folder, sort, GIVEN, rotate=FEW)
    wanted = written(folder)
    victim = folder / min(wanted)
    victim.unlink() if gone else victim.write_bytes(victim.read_bytes()[:-1] + b"!")
    assert run(folder, sort, GIVEN, rotate=FEW) == list(NAMES)
    assert written(folder) == wanted


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("gone", [True, False])
def test_an_output_that_is_changed_while_it_is_copied_from(
    tmp_path: Path, sort: str, gone: bool
) -> None:
    folder = tmp_path / "out"
    run(folder, sort, GIVEN, rotate=FEW)
    victim = folder / max(written(folder))

    def given() -> Iterator[Entry]:
        for entry in GIVEN:
            if entry.name == "c":
                victim.unlink() if gone else victim.write_bytes(b"PAR1")
            yield entry

    with pytest.raises(OutputError, match="changed by others: run again"):
        run(folder, sort, given(), rotate=FEW)
    assert victim.exists() != gone
    run(folder, sort, GIVEN, rotate=FEW, resume=True)
    assert written(folder) == whole(tmp_path, sort, GIVEN)


@pytest.mark.parametrize("sort", SORTS)
def test_parts_are_never_put_among_others(tmp_path: Path, sort: str) -> None:
    name = min(whole(tmp_path, sort, GIVEN)).replace("00000", "00007")
    other = tmp_path / "out" / name
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    with pytest.raises(UsageError, match="did not write it: move it away"):
        run(tmp_path / "out", sort, GIVEN, rotate=FEW)
    assert other.read_text() == "mine"
    other.unlink()
    run(tmp_path / "out", sort, GIVEN, rotate=FEW)
    assert written(tmp_path / "out") == written(tmp_path / "whole")


def test_what_is_in_the_way_stays(tmp_path: Path) -> None:
    work = tmp_path / ".all.jsonl.zst.partial"
    work.mkdir()
    (work / "mine").write_text("mine")
    (work / "00007.lines").write_text("left behind by a run that was killed")
    run(tmp_path, "zstd", GIVEN, rotate=FEW)
    assert {p.name: p.read_text() for p in work.iterdir()} == {"mine": "mine"}
    other = tmp_path / "other"
    other.mkdir()
    (other / ".all.jsonl.zst.partial").write_text("mine")
    with pytest.raises(UnusableName, match="in the way"):
        run(other, "zstd", GIVEN, rotate=FEW)
    assert (other / ".all.jsonl.zst.partial").read_text() == "mine"


def test_another_size_cannot_go_on_with_it(tmp_path: Path) -> None:
    break_off(tmp_path, "zstd", GIVEN, FEW)
    with pytest.raises(UsageError, match=r"written as .*--rotate 1500, not .*--rotate 7: give the"):
        run(tmp_path, "zstd", GIVEN, rotate=7, resume=True)
    assert run(tmp_path, "zstd", GIVEN, rotate=FEW, resume=True) == []


def test_another_sort_of_output_in_the_same_place(tmp_path: Path) -> None:
    run(tmp_path, "plain", GIVEN, rotate=FEW)
    assert run(tmp_path, "plain", GIVEN, rotate=None) == list(NAMES)
    parts = [(tmp_path / f"all-{n:05d}.jsonl").read_bytes() for n in range(3)]
    assert (tmp_path / "all.jsonl").read_bytes().startswith(b"".join(parts))


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real/data.jsonl.gz"
    target.touch(0o600)
    out = tmp_path / "out"
    out.mkdir()
    (out / "all.jsonl.gz").symlink_to(target)
    run(out, "gzip", GIVEN, rotate=None)
    assert (out / "all.jsonl.gz").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600 and target.stat().st_size
    assert [p.name for p in target.parent.iterdir()] == ["data.jsonl.gz"]


@pytest.mark.parametrize("sort", ["zstd", "parquet"])
def test_the_number_of_workers_changes_nothing(tmp_path: Path, sort: str) -> None:
    run(tmp_path / "out", sort, GIVEN, rotate=FEW, workers=2)
    assert written(tmp_path / "out") == whole(tmp_path, sort, GIVEN)


def test_sizes() -> None:
    assert [bytes_of(s) for s in ("7", "1b", "2KB", "512MB", "1 GiB", "3t", "1m")] == [
        *(7, 1, 2 << 10, 512 << 20, 1 << 30, 3 << 40, 1 << 20)
    ]
    for bad in ("", "MB", "0", "-1MB", "1.5GB", "1XB", "1MBB", "٣"):
        with pytest.raises(UsageError, match="such as 512MB"):
            bytes_of(bad)
