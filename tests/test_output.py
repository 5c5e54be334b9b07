"""Inputs found in order, output written whole or not at all, and what a run tells."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from cleaner import Article, Pipeline, clean
from cleaner.errors import InputTooLarge, OutputError
from cleaner.inputs import Input, find, read
from cleaner.output import LinesWriter, TreeWriter, atomic_file, write_file
from cleaner.report.summary import ROWS, Summary
from cleaner.report.terminal import Progress, columns, fit, in_colour, printable
from cleaner.run import run
from tests.test_cli import ARTICLE, tree, write


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
    run([found], Pipeline(), TreeWriter(tmp_path / "out"), print)
    assert os.listdir(os.fsencode(tmp_path / "out")) == [b"caf\xe9.json"]


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
    article, found = clean(ARTICLE), Input("a", None)
    target = tmp_path / "all.jsonl"
    with pytest.raises(RuntimeError, match="stop"), LinesWriter(str(target)) as writer:
        writer.write(found, article)
        raise RuntimeError("stop")
    assert tree(tmp_path) == {}
    with LinesWriter(str(target)) as writer:
        writer.write(found, article)
        writer.write(found, article)
        assert not target.exists()
    assert target.read_bytes().count(b"\n") == 2
    assert list(tree(tmp_path)) == ["all.jsonl"]


def test_a_bug_costs_one_article(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a": ARTICLE, "b": ARTICLE, "c": ARTICLE})

    class Buggy(Pipeline):
        def __call__(
            self, data: bytes | str, *, path: str = "", encoding: str | None = None
        ) -> Article:
            if path == "b":
                raise RecursionError("too deep")
            return super().__call__(data, path=path, encoding=encoding)

    told: list[str] = []
    summary = run(find([str(tmp_path / "in")]), Buggy(), TreeWriter(tmp_path / "out"), told.append)
    assert sorted(tree(tmp_path / "out")) == ["a.json", "c.json"]
    assert summary.problems == {"internal-error": 1}
    assert "b: internal-error: RecursionError: too deep" in told[0]


def test_summary_of_few_and_of_many() -> None:
    summary = Summary()
    article = clean(ARTICLE, path="a\x1b[2J.txt")
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
    summary.add(clean("\n\n".join([paragraph] * 100 + ["Share this article:"])))
    assert "100 %" not in summary.text(80)
    summary = Summary()
    summary.add(clean(paragraph))
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
    progress = Progress(screen)
    progress.step()
    progress.clear()
    assert screen.getvalue() == "\r1 inputs \r\x1b[K"


def test_progress_is_silent_off_a_terminal() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    progress.step()
    progress.clear()
    assert stream.getvalue() == ""
