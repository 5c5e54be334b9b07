"""Inputs found in order, output written whole or not at all, and what a run tells."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from cleaner import Article, Pipeline, clean
from cleaner.api import MAX_BYTES
from cleaner.corpus.start import Plan, run_to
from cleaner.corpus.writers import Lines
from cleaner.errors import InputTooLarge, OutputError
from cleaner.inputs import Input, find, read
from cleaner.output import atomic_file, write_file
from cleaner.report.progress import Progress
from cleaner.report.summary import ROWS, Facts, Summary
from cleaner.report.terminal import columns, fit, in_colour, printable
from tests.test_cli import ARTICLE, tree, write


class Watched:
    """Keeps what a run tells of what went wrong."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def problem(self, entry: str, name: str, message: str) -> None:
        self.told.append(f"{entry}: {name}: {message}")

    def step(self, size: int, summary: Summary) -> None:
        pass


def test_inputs_are_found_in_order(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["b", "a/z", "a/b", "a.txt", "B", "é", "out/x", "a/.h"], "x"))
    os.symlink(tmp_path, tmp_path / "a/loop")
    deep = "/".join(["d"] * 1200)
    folder = os.open(tmp_path, os.O_RDONLY)
    for part in deep.split("/"):
        # Deeper than one path may be long, so step by step.
        os.mkdir(part, dir_fd=folder)
        below = os.open(part, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(os.open("leaf", os.O_WRONLY | os.O_CREAT, dir_fd=folder))
    os.close(folder)
    found = list(find([str(tmp_path), str(tmp_path / "b")], skip=tmp_path / "out"))
    # What removes temporary directories calls itself for every level.
    (tmp_path / deep / "leaf").unlink()
    os.removedirs(tmp_path / deep)
    names = [f.name for f in found]
    assert names == ["B", "a/b", "a/z", "a.txt", "b", f"{deep}/leaf", "é", "b"]
    assert [f.record_path for f in found] == names


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    path.write_text(ARTICLE)
    (found,) = find([str(tmp_path)])
    assert found.record_path == "caf\\xe9"
    plan = Plan(inputs=[str(tmp_path)], out=tmp_path / "out", max_bytes=MAX_BYTES)
    run_to(plan, Pipeline(), Watched())
    assert sorted(os.listdir(os.fsencode(tmp_path / "out"))) == [b".cleaner", b"caf\xe9.json"]


def test_an_endless_input_is_refused() -> None:
    with pytest.raises(InputTooLarge, match="more than 1 MB"):
        read(Input("zero", Path("/dev/zero")), 1 << 20)


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write(tmp_path, {"a": "before"}) / "a"
    with pytest.raises(KeyboardInterrupt), atomic_file(target) as file:
        file.write(b"half")
        file.flush()
        assert len(tree(tmp_path)) == 2
        raise KeyboardInterrupt
    assert tree(tmp_path) == {"a": b"before"}

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="no space left on device"):
        write_file(target, b"after")
    assert tree(tmp_path) == {"a": b"before"}
    monkeypatch.undo()
    link = tmp_path / "link"
    link.symlink_to("a")
    write_file(link, b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


def test_lines_appear_when_the_run_is_over(tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    lines = Lines(target, 0)
    lines.put("a", b"one\n")
    lines.put("b", b"two\n")
    lines.flush()
    assert list(tree(tmp_path)) == [".all.jsonl.partial"]
    lines.finish()
    lines.close()
    assert tree(tmp_path) == {"all.jsonl": b"one\ntwo\n"}


def test_a_bug_costs_one_article(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a": ARTICLE, "b": ARTICLE, "c": ARTICLE})

    class Buggy(Pipeline):
        def __call__(self, data: bytes | str, *, path: str = "", **more: str | None) -> Article:
            if path == "b":
                raise RecursionError("too deep")
            return super().__call__(data, path=path, **more)

    watched = Watched()
    plan = Plan(inputs=[str(tmp_path / "in")], out=tmp_path / "out", max_bytes=MAX_BYTES)
    summary = run_to(plan, Buggy(), watched)
    made = [name for name in tree(tmp_path / "out") if not name.startswith(".")]
    assert sorted(made) == ["a.json", "c.json"]
    assert summary.problems == {"internal-error": 1}
    assert "b: internal-error: RecursionError: too deep" in watched.told[0]


def test_summary_of_few_and_of_many() -> None:
    summary = Summary()
    article = Facts.of(clean(ARTICLE, path="a\x1b[2J.txt"))
    for _ in range(ROWS):
        summary.add(article)
    few = summary.text(80)
    assert few.count("a␛[2J.txt  ") == ROWS
    assert few.count("share 1") == ROWS
    summary.add(article)
    summary.problem("empty-input")
    many = summary.text(80).splitlines()
    assert many[0].startswith("31 articles cleaned, ")
    assert "with something removed: 31" in many
    assert "removals: share 31" in many
    assert many[-1] == "1 input not cleaned: empty-input 1"
    assert not any("a␛" in line for line in many)


def test_share_kept_is_never_rounded_to_all() -> None:
    summary = Summary()
    paragraph = "The first tram rolled along the quay on Monday, and half the town was there."
    long = "\n\n".join([paragraph] * 100 + ["Share this article:"])
    summary.add(Facts.of(clean(long)))
    assert "100 %" not in summary.text(80)
    summary = Summary()
    summary.add(Facts.of(clean(paragraph)))
    assert "100 % of 76 characters kept" in summary.text(80)


def test_terminal() -> None:
    class Screen:
        def isatty(self) -> bool:
            return True

    screen: Any = Screen()
    assert in_colour("auto", screen, {"TERM": "xterm"})
    assert not in_colour("auto", screen, {"NO_COLOR": "1"})
    assert not in_colour("auto", screen, {"TERM": "dumb"})
    assert in_colour("always", screen, {"NO_COLOR": "1"})
    assert not in_colour("never", screen, {})
    assert printable("a\r\nb\rc\x1b[0m\u202e\x9b") == "a\nb␍c␛[0m<U+202E><U+009B>"
    assert columns("日本e\u0301") == 5
    assert fit("日本語", 5) == "日本…"
    assert fit("日本語", 4) == "日… "
    assert fit("ab", 4) == "ab  "


class Screen(io.StringIO):
    """A terminal that keeps what it is sent."""

    def isatty(self) -> bool:
        return True


def test_progress_counts_on_a_terminal_and_cleans_up() -> None:
    screen = Screen()
    told: list[str] = []
    progress = Progress(screen, told.append)
    summary = Summary()
    summary.add(Facts.of(clean(ARTICLE)))
    summary.problem("empty-input")
    progress.step(1_000, summary)
    progress.problem("a.txt", "empty-input", "the input is empty")
    shown = screen.getvalue()
    assert shown.startswith("\r1 inputs, ")
    assert shown.endswith("MB/s, 74% kept, 1 not cleaned\x1b[K\r\x1b[K")
    assert told == [
        "a.txt: empty-input: the input is empty (there is nothing to clean; see how it was saved)"
    ]


def test_progress_is_silent_off_a_terminal() -> None:
    stream = io.StringIO()
    progress = Progress(stream, print)
    progress.step(1_000, Summary())
    progress.clear()
    assert stream.getvalue() == ""
