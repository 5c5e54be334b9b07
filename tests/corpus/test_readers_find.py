"""Inputs by name: directories, globs, ignores."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus.readers import ReadOptions, find_inputs, read_entries
from cleaner.errors import UsageError
from tests.corpus.containers import TEXT, bad, good, shortened, tar_of
from tests.test_cli import write

FILES = ("b.txt", "a.txt", "news/2023/x.html", "news/2023/y.txt", "news/2024/x.html", "news/z.html")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "in", dict.fromkeys(FILES, TEXT))


def names(*inputs: Path | str, options: ReadOptions | None = None) -> list[str]:
    found = list(find_inputs([str(given) for given in inputs], options or ReadOptions()))
    assert not [one.problem for one in found if one.problem is not None]
    return [one.name for one in found]


def problem(*inputs: Path | str, options: ReadOptions | None = None) -> str:
    (one,) = find_inputs([str(given) for given in inputs], options or ReadOptions())
    assert one.problem is not None
    return f"{one.name}: {one.problem}"


def test_directories_are_walked_in_order(folder: Path) -> None:
    assert names(folder) == sorted(FILES)
    assert names(folder / "b.txt", folder / "news" / "2023") == ["b.txt", "x.html", "y.txt"]
    assert names(folder, options=ReadOptions(skip=folder / "news")) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("glob", "found"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "news/2023/y.txt"]),
        ("**/x.html", ["news/2023/x.html", "news/2024/x.html"]),
        ("news/**/*.html", ["2023/x.html", "2024/x.html", "z.html"]),
        ("news/*/x.html", ["2023/x.html", "2024/x.html"]),
        ("news/202[4-9]", ["2024/x.html"]),
        ("n*/2023", ["news/2023/x.html", "news/2023/y.txt"]),
        ("./news//2023/?.txt", ["y.txt"]),
        ("**", sorted(FILES)),
        ("news/**/**/x*", ["2023/x.html", "2024/x.html"]),
    ],
)
def test_globs(folder: Path, glob: str, found: list[str]) -> None:
    assert names(f"{folder}/{glob}") == found


def test_globs_from_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert names("*.txt", "news/*.html") == ["a.txt", "b.txt", "z.html"]
    assert [found.shown for found in find_inputs(["n*/z*"], ReadOptions())] == ["news/z.html"]


def test_a_file_of_that_very_name_is_no_glob(folder: Path) -> None:
    (folder / "[ab].txt").write_text(TEXT)
    assert names(folder / "[ab].txt") == ["[ab].txt"]


@pytest.mark.parametrize("glob", ["*.pdf", "news/*/*/*", "nowhere/*", "a.txt/*", "*/../a.txt"])
def test_a_glob_without_a_match_is_named(folder: Path, glob: str) -> None:
    assert problem(f"{folder}/{glob}").endswith(": nothing matches it")


def test_what_is_not_there_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "empty").mkdir()
    assert problem(folder / "empty") == "empty: there is no file in this directory"
    assert problem("") == "input: its name is empty"
    monkeypatch.chdir(folder / "empty")
    assert problem("") == "input: its name is empty"
    assert problem(".") == "input: there is no file in this directory"
    assert problem(folder / "empty" / "..", options=ReadOptions(ignore=("*",))) == (
        "input: every file in this directory is ignored"
    )
    (gone,) = read_entries([f"{folder}/gone\0.txt", f"{folder}/gone.txt"][1:])
    assert gone.problem is not None and gone.problem.name == "unreadable-input"
    (odd,) = read_entries([f"{folder}/gone\0.txt"])
    assert odd.problem is not None and odd.problem.name == "unreadable-input"


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        (("*.html",), ["a.txt", "b.txt", "news/2023/y.txt"]),
        (("/news/2023/",), ["a.txt", "b.txt", "news/2024/x.html", "news/z.html"]),
        (("news/**/x.html", "!news/2024/x.html"), [f for f in sorted(FILES) if f != FILES[2]]),
        (("*.txt", "!b.txt"), [f for f in sorted(FILES) if f not in (FILES[1], FILES[3])]),
        (("news", "!news/z.html"), ["a.txt", "b.txt"]),
        (("# a comment", ""), sorted(FILES)),
        # Nothing is brought back where its directory is left out, but where its contents are.
        (("news/", "!news/z.html"), ["a.txt", "b.txt"]),
        (("news/*", "!news/z.html"), ["a.txt", "b.txt", "news/z.html"]),
        (("news/**", "!news/z.html"), ["a.txt", "b.txt", "news/z.html"]),
        (("news/**", "!news/2023/y.txt"), ["a.txt", "b.txt"]),
        (("*", "!*/", "!*.txt"), ["a.txt", "b.txt", "news/2023/y.txt"]),
        # A directory that is brought back does not bring back what is left out by itself.
        (("*.txt", "!news/"), ["news/2023/x.html", "news/2024/x.html", "news/z.html"]),
        (("2023", "!news"), ["a.txt", "b.txt", "news/2024/x.html", "news/z.html"]),
    ],
)
def test_the_callers_ignores(folder: Path, ignore: tuple[str, ...], left: list[str]) -> None:
    options = ReadOptions(ignore=ignore)
    assert names(folder, options=options) == left
    assert [name for name in sorted(FILES) if not options.ignores(name)] == left


def test_ignores_that_are_none() -> None:
    with pytest.raises(UsageError):
        ReadOptions(ignore=("!",))


@pytest.mark.parametrize("name", ["", "..", "/x", "a/../b", "a//b", "a\\b"])
def test_a_name_for_standard_input_that_is_none(name: str) -> None:
    with pytest.raises(UsageError):
        ReadOptions(stdin_name=name)


def test_ignores_in_files(folder: Path) -> None:
    (folder / ".cleanerignore").write_text("\ufeff*.txt\nnews/2024\n", encoding="utf-8")
    assert names(folder) == ["news/2023/x.html", "news/z.html"]
    # A file further down goes first; what the caller asks for goes before both.
    (folder / "news" / ".cleanerignore").write_text("!y.txt\n/z.html\n")
    assert names(folder) == ["news/2023/x.html", "news/2023/y.txt"]
    assert names(folder, options=ReadOptions(ignore=("!a.txt", "x.html"))) == [
        "a.txt",
        "news/2023/y.txt",
    ]
    # In a directory that is left out, nothing brings a file back.
    (folder / "news" / "2024" / ".cleanerignore").write_text("!x.html\n")
    assert names(folder) == ["news/2023/x.html", "news/2023/y.txt"]
    # They hold for globs, but not for a file given by itself, nor above the directory given.
    assert names(f"{folder}/**/*.txt") == ["news/2023/y.txt"]
    assert names(folder / "a.txt") == ["a.txt"]


def test_a_file_of_ignores_that_cannot_be_used_is_named(folder: Path) -> None:
    (folder / "news" / ".cleanerignore").write_text("!\n")
    found = list(find_inputs([str(folder)], ReadOptions()))
    (problem,) = [one for one in found if one.problem is not None]
    assert problem.name == "news/.cleanerignore" and "not heeded" in str(problem.problem)
    assert [one.name for one in found if one.problem is None] == sorted(FILES)
    os.unlink(folder / "news" / ".cleanerignore")
    os.mkfifo(folder / "news" / ".cleanerignore")
    assert names(folder) == sorted(FILES)


def test_members_of_archives_are_ignored_too(folder: Path) -> None:
    archive = tar_of([("a.txt", b"a"), ("drafts/b.txt", b"b"), ("c.png", b"c")])
    (folder / "x.tar").write_bytes(archive)
    options = ReadOptions(ignore=("*.png", "/drafts/"))
    entries = shortened(read_entries([str(folder / "x.tar")], options), folder)
    assert good(entries) == {"x.tar/a.txt": b"a"} and not bad(entries)


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text(TEXT)
    (entry,) = read_entries([str(tmp_path)], ReadOptions(ignore=("*.html",)))
    assert entry.name == name and entry.record_path == "caf\\xe9.txt"
    assert entry.origin == f"{tmp_path}/caf\\xe9.txt"


@pytest.fixture
def listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The directories that were listed since, as paths below the folder."""
    found: list[str] = []
    scan = os.scandir

    def scandir(path: Path) -> Any:
        found.append(str(path.relative_to(folder)))
        return scan(path)

    monkeypatch.setattr("cleaner.inputs.os.scandir", scandir)
    return found


@pytest.mark.parametrize(
    ("given", "ignore", "walked"),
    [
        ("", (), [".", "news", "news/2023", "news/2024"]),
        ("", ("news",), ["."]),
        ("", ("/news/2023/",), [".", "news", "news/2024"]),
        ("", ("20*", "!2024"), [".", "news", "news/2024"]),
        ("", ("news/", "!news/2024/"), ["."]),
        ("news/*.html", (), ["news"]),
        ("*/*.html", (), [".", "news"]),
        ("*/2023/*", (), [".", "news", "news/2023"]),
        ("n?ws/2*4", (), [".", "news", "news/2024"]),
        ("**/*.txt", (), [".", "news", "news/2023", "news/2024"]),
        ("**/2023/*.txt", (), [".", "news", "news/2023", "news/2024"]),
        ("**/*.txt", ("2024",), [".", "news", "news/2023"]),
        ("x*", (), ["."]),
    ],
)
def test_directories_in_which_nothing_is_wanted_are_not_walked(
    folder: Path, listed: list[str], given: str, ignore: tuple[str, ...], walked: list[str]
) -> None:
    (folder / "news/.cleanerignore").write_text("# no pattern\n")
    list(find_inputs([str(folder / given)], ReadOptions(ignore=ignore)))
    assert listed == walked


def test_a_file_of_ignores_keeps_a_walk_out_too(folder: Path, listed: list[str]) -> None:
    (folder / "news/.cleanerignore").write_text("2023\n")
    (folder / "news/2023/.cleanerignore").write_text("!\n")
    assert names(folder) == ["a.txt", "b.txt", "news/2024/x.html", "news/z.html"]
    assert listed == [".", "news", "news/2024"]


def test_what_is_wrong_in_a_directory_that_is_left_out_is_not_named(folder: Path) -> None:
    (folder / "news/2023/gone.txt").symlink_to("nowhere")
    assert names(folder, options=ReadOptions(ignore=("2023",)))[:2] == ["a.txt", "b.txt"]
    for name in ("a.txt", "b.txt"):
        (folder / name).unlink()
    assert problem(folder, options=ReadOptions(ignore=("news/",))) == (
        "in: every file in this directory is ignored"
    )
    assert problem(f"{folder}/x*/*") == "*: nothing matches it"


@given(st.permutations(FILES))
def test_the_order_of_the_file_system_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    folder = write(tmp_path_factory.mktemp("order"), dict.fromkeys(order, TEXT))
    entries = shortened(read_entries([str(folder)]), folder)
    assert [entry.origin for entry in entries] == sorted(FILES)
