"""The run: the same output with any number of workers, resumed or not; nothing done twice."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.corpus import run as module
from cleaner.corpus.entry import Entry
from cleaner.corpus.run import Run
from cleaner.corpus.start import Plan, run_to
from cleaner.corpus.state import NoState, State
from cleaner.corpus.work import Cleaning, Outcome
from cleaner.corpus.writers import Lines, Tree
from cleaner.document import Document
from cleaner.errors import InputError, OutputError
from cleaner.pipeline import Pipeline
from cleaner.report.summary import Summary
from tests.conftest import Command, environment
from tests.corpus import generate
from tests.corpus.crash import command, crash, files, manifests
from tests.corpus.writing import Quiet

COUNT = 60


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    generate.write_corpus(folder, COUNT)
    return folder


CLEANING = Cleaning(Pipeline().without("identify"), None, None)


def entries(*names: str, word: str = "weeks") -> list[Entry]:
    return [
        Entry(name, f"A dry summer\n\nIt did not rain for {word}, and {name} ran dry.", name)
        for name in names
    ]


@pytest.mark.parametrize("form", ["tree", "lines"])
def test_the_number_of_workers_changes_nothing(corpus: Path, tmp_path: Path, form: str) -> None:
    made = []
    for workers in ("0", "2"):
        output = tmp_path / workers
        output.mkdir()
        done = subprocess.run(
            command(corpus, output, form, "--workers", workers),
            env=environment(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 2
        made.append((files(output), manifests(output), done.stderr))
    assert made[0] == made[1]
    assert len(made[0][0]) == (COUNT - 2 if form == "tree" else 1)
    record = json.loads(made[0][1][0])
    assert record["articles"] == COUNT - 2
    assert [p["problem"] for p in record["problems"]] == ["binary-input", "empty-input"]
    assert made[0][2].count(b"binary-input") == 1


@pytest.mark.parametrize(("form", "points"), [("tree", (0.6,)), ("lines", (0.6, 0.7))])
def test_a_run_that_is_killed_ends_as_if_it_had_not_been(
    corpus: Path, tmp_path: Path, form: str, points: tuple[float, ...]
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    start = time.monotonic()
    subprocess.run(command(corpus, whole, form), env=environment(), check=False)
    taken = time.monotonic() - start
    crash(corpus, broken, form, [taken * point for point in points])
    assert files(broken) == files(whole)
    assert manifests(broken) == manifests(whole)


def test_stopping_by_hand(corpus: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(corpus, tmp_path, "lines"),
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    state = tmp_path / ".all.jsonl.cleaner/state.sqlite"
    while not state.exists() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    if process.returncode != 2:
        assert process.returncode == 130
        assert b"--resume" in told and b"Traceback" not in told
        assert not (tmp_path / "all.jsonl").exists()
    resumed = command(corpus, tmp_path, "lines", "--resume")
    subprocess.run(resumed, env=environment(), check=False)
    assert (tmp_path / "all.jsonl").read_bytes().count(b"\n") == COUNT - 2


def test_what_has_not_changed_is_not_cleaned_again(cleaner: Command, tmp_path: Path) -> None:
    generate.write_corpus(tmp_path / "in", 12)
    cleaner("run", "in", "--out", "out", "--quiet")

    def times() -> dict[Path, int]:
        return {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*.txt.json")}

    before = times()
    changed = sorted((tmp_path / "in").rglob("*.txt"))[2]
    changed.write_text(generate.text(999))
    gone = sorted(before)[0]
    gone.unlink()
    done = cleaner("run", "in", "--out", "out")
    after = times()
    made = {p.name for p in after if after[p] != before.get(p)}
    assert made == {f"{changed.name}.json", gone.name}
    assert b"11 articles cleaned" in done.stderr
    # Another set of rules, and everything is cleaned anew.
    cleaner("run", "in", "--out", "out", "--quiet", "--disable", "share")
    again = times()
    assert all(again[p] != after[p] for p in after)


def run(
    tmp_path: Path, given: Iterable[Entry], *, resume: bool = False, lines: bool = True
) -> tuple[Quiet, Summary]:
    """A run in this process."""
    watcher = Quiet()
    with State(tmp_path / "state/state.sqlite") as state:
        if not resume:
            state.start_anew(parts=not lines)
        target = tmp_path / "all.jsonl"
        output = Lines(target, state.end()) if lines else Tree(tmp_path / "out")
        summary = Run(CLEANING, output, state, watcher, unique=not lines).go(given)
    return watcher, summary


class StopsError(Exception):
    """What breaks a run off in these tests."""


def broken_off(tmp_path: Path, given: list[Entry]) -> None:
    def stream() -> Iterator[Entry]:
        yield from given
        raise StopsError

    with pytest.raises(StopsError):
        run(tmp_path, stream())


def whole(tmp_path: Path, given: list[Entry]) -> bytes:
    """What a run that is not broken off writes."""
    folder = tmp_path / "whole"
    folder.mkdir()
    run(folder, given)
    return (folder / "all.jsonl").read_bytes()


@pytest.mark.parametrize("cut", range(5))
def test_lines_go_on_where_they_were(tmp_path: Path, cut: int) -> None:
    given = entries("a", "b", "c", "d")
    broken_off(tmp_path, given[:cut])
    assert not (tmp_path / "all.jsonl").exists()
    run(tmp_path, given, resume=True)
    resumed = (tmp_path / "all.jsonl").read_bytes()
    assert resumed == whole(tmp_path, given)
    assert [json.loads(line)["path"] for line in resumed.splitlines()] == ["a", "b", "c", "d"]


def test_inputs_that_changed_in_between_are_done_again(tmp_path: Path) -> None:
    bad = Entry("b", None, "b", InputError("torn"))
    broken_off(tmp_path, [*entries("a"), bad, *entries("c")])
    given = [*entries("a"), *entries("b", word="months"), *entries("c", "d")]
    run(tmp_path, given, resume=True)
    assert (tmp_path / "all.jsonl").read_bytes() == whole(tmp_path, given)


def test_problems_are_told_again_but_not_tried_again(tmp_path: Path) -> None:
    bad = Entry("b", None, "b", InputError("torn"))
    broken_off(tmp_path, [*entries("a"), bad])
    watcher, summary = run(tmp_path, [*entries("a"), bad, *entries("c")], resume=True)
    assert watcher.problems == [("b", "unusable-input")]
    assert (summary.articles, summary.problems.total()) == (2, 1)


def test_what_was_written_behind_its_back_is_found_out(tmp_path: Path) -> None:
    broken_off(tmp_path, entries("a", "b"))
    (tmp_path / ".all.jsonl.partial").write_bytes(b"")
    with pytest.raises(OutputError, match="run again without --resume"):
        run(tmp_path, entries("a", "b"), resume=True)


class Counting(Cleaning):
    """Remembers what is cleaned."""

    cleaned: list[str] = []  # noqa: RUF012

    def clean(self, entry: Entry) -> Outcome:
        self.cleaned.append(entry.name)
        return super().clean(entry)


def test_old_lines_are_copied(tmp_path: Path) -> None:
    run(tmp_path, entries("a", "b", "c"))
    first = (tmp_path / "all.jsonl").read_bytes().splitlines()
    given = [*entries("x"), *entries("c", "a")]
    with State(tmp_path / "state/state.sqlite") as state:
        state.start_anew(parts=False)
        output = Lines(tmp_path / "all.jsonl", state.end())
        counting = Counting(CLEANING.pipeline, None, None)
        Run(counting, output, state, Quiet(), unique=False).go(given)
    assert counting.cleaned == ["x"]
    lines = (tmp_path / "all.jsonl").read_bytes().splitlines()
    assert lines[1:] == [first[2], first[0]]


def test_an_output_that_somebody_changed_is_not_copied_from(
    cleaner: Command, tmp_path: Path
) -> None:
    generate.write_corpus(tmp_path / "in", 5)
    cleaner("run", "in", "--jsonl", "a.jsonl", "-q")
    made = (tmp_path / "a.jsonl").read_bytes()
    (tmp_path / "a.jsonl").write_bytes(made.replace(b"council", b"COUNCIL"))
    cleaner("run", "in", "--jsonl", "a.jsonl", "-q")
    assert (tmp_path / "a.jsonl").read_bytes() == made


def test_two_articles_never_share_a_file(tmp_path: Path) -> None:
    given = [*entries("a"), *entries("a", word="months")]
    watcher, _ = run(tmp_path, given, lines=False)
    assert watcher.problems == [("a", "unusable-name")]
    assert "for weeks" in (tmp_path / "out/a.json").read_text()
    assert not run(tmp_path / "lines", given)[1].problems


def test_records_of_one_id_never_share_a_file(cleaner: Command, tmp_path: Path) -> None:
    records = [{"id": "a", "text": e.data} for e in (*entries("a"), *entries("a", word="months"))]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in records))
    done = cleaner("run", "in.jsonl", "--out", "out", "--workers", "0", "-q")
    assert done.returncode == 2 and b"in.jsonl:2: unusable-name" in done.stderr
    assert "for weeks" in (tmp_path / "out/in.jsonl/a.json").read_text()
    done = cleaner("run", "in.jsonl", "--jsonl", "all.jsonl", "--workers", "0", "-q")
    assert done.returncode == 0 and (tmp_path / "all.jsonl").read_bytes().count(b"\n") == 2


def test_a_full_disk_ends_the_run_and_nothing_is_torn(tmp_path: Path) -> None:
    class Full(Lines):
        def put(self, name: str, data: bytes) -> int:
            if name == "c":
                raise OutputError("no space left")
            return super().put(name, data)

    given = entries("a", "b", "c")
    with State(tmp_path / "state/state.sqlite") as state:
        state.start_anew(parts=False)
        with pytest.raises(OutputError, match="no space"):
            Run(CLEANING, Full(tmp_path / "all.jsonl", 0), state, Quiet()).go(given)
    run(tmp_path, given, resume=True)
    assert (tmp_path / "all.jsonl").read_bytes() == whole(tmp_path, given)


def test_a_state_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"no database at all, but long enough to look like one")
    with pytest.raises(OutputError, match=r"state\.sqlite cannot be used"):
        State(tmp_path / "state.sqlite")
    with State(tmp_path / "other.sqlite") as state:
        state.set("layout", "99")
        state.commit()
    with pytest.raises(OutputError, match="another version"):
        State(tmp_path / "other.sqlite")
    assert sqlite3.connect(tmp_path / "other.sqlite").execute("SELECT 1").fetchone() == (1,)


def test_many_entries_that_need_no_work_do_not_pile_up(tmp_path: Path) -> None:
    given = [*entries("a"), *(Entry(f"b{n}", None, "", InputError("x")) for n in range(5_000))]
    tried = Run(CLEANING, Tree(tmp_path / "out"), NoState(), Quiet())
    most = 0

    def watched() -> Iterator[Entry]:
        nonlocal most
        for entry in given:
            most = max(most, len(tried._queue))
            yield entry

    assert tried.go(watched()).problems.total() == 5_000
    assert most <= module._PACE + 1


def test_standard_output_cannot_be_resumed(cleaner: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(generate.text(1))
    done = cleaner("run", "a.txt", "--jsonl", "-", "--resume")
    assert done.returncode == 2 and b"cannot be resumed" in done.stderr


def test_a_run_that_is_broken_off_leaves_what_was_there_usable(tmp_path: Path) -> None:
    """Where its own lines stood says nothing of the file that it would have replaced."""
    run(tmp_path, entries("a", "b", "c"))
    broken_off(tmp_path, entries("x", "c"))
    given = entries("c", "a")
    run(tmp_path, given)
    assert (tmp_path / "all.jsonl").read_bytes() == whole(tmp_path, given)


def test_killed_between_putting_the_file_in_its_place_and_saying_so(tmp_path: Path) -> None:
    generate.write_corpus(tmp_path / "in", 4)
    target = tmp_path / "all.jsonl"
    plan = Plan(inputs=[str(tmp_path / "in")], jsonl=str(target), max_bytes=1 << 20, resume=True)
    run_to(plan, CLEANING.pipeline, Quiet())
    made = target.read_bytes()
    with State(tmp_path / ".all.jsonl.cleaner/state.sqlite") as state:
        state.set("finished", "no")
        state.commit()
    run_to(plan, CLEANING.pipeline, Quiet())
    assert target.read_bytes() == made


def test_an_article_that_cannot_be_written_is_a_problem_of_its_own() -> None:
    def spoil(doc: Document) -> Document:
        return replace(doc, language="\ud800")

    pipeline = Pipeline().without("identify").with_stage("spoil", spoil, before="assemble")
    assert pipeline("A bad day at the harbour.").language == "\ud800"
    cleaning = Cleaning(pipeline, None, None)
    found = cleaning.clean(Entry("a.txt", "A bad day at the harbour, said all who saw it.", "a"))
    assert (found.problem, found.data) == ("internal-error", b"")
