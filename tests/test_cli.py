"""The command as a person runs it: processes, files, exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner.article import KINDS
from cleaner.cli import main
from tests.conftest import ROOT, Command, environment
from tests.test_schema import KEYS, assert_valid

ARTICLE = (
    "The old harbour gets its trams back\n\n"
    "The first tram in forty years rolled along the quay on Monday, and half the town was there. "
    "It was on time, which surprised everybody who had come to see it.\n\n"
    "Share this article:\n"
)
COMMANDS = tuple(
    "run text explain check fix config rules golden schema report train evaluate".split()
)

TITLE = "The old harbour gets its trams back"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files under a directory."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """All files under a directory, hidden ones too, but for what a run keeps for itself."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if not p.is_dir() and not p.parent.name.endswith(".cleaner")
    }


def in_process(*args: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """Run the command in this process, and return its exit status."""
    monkeypatch.setattr(sys, "argv", ["cleaner", *args])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_run_mirrors_the_tree_and_names_what_it_cannot_read(
    cleaner: Command, tmp_path: Path
) -> None:
    articles = write(
        tmp_path / "in",
        {
            "b.txt": ARTICLE,
            "a.txt": ARTICLE,
            "a.text": ARTICLE,
            "deep/er/c": ARTICLE,
            ".hidden/d.txt": ARTICLE,
            ".e.txt": ARTICLE,
            "latin.txt": ARTICLE.replace("Monday", "Montag für Jürgen, Käthe").encode("latin-1"),
            "nul.txt": ARTICLE.replace("town", "to\0wn"),
            "torn.txt": ARTICLE.replace("forty", "ødø øgså øvrig")
            .encode()
            .replace(b"half", b"h\xfflf"),
            "empty.txt": b"",
            "blank.txt": " \n\u200b\n",
            "image.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            "page.txt": "<!DOCTYPE html><html><body><img src=a></body></html>",
        },
    )
    (articles / "gone.txt").symlink_to("nowhere")
    (articles / "loop").symlink_to(articles)
    os.mkfifo(articles / "pipe")

    # The output lies inside the input, and is not read by the second run.
    for _ in range(2):
        done = cleaner("run", "in", "--out", "in/out")
        stderr = done.stderr.decode()
        assert (done.returncode, done.stdout) == (2, b"")
        out = tree(articles / "out")
        good = ["a.text", "a.txt", "b.txt", "deep/er/c", "latin.txt", "nul.txt", "torn.txt"]
        assert sorted(out) == [f"{name}.json" for name in good]

    for name, content in out.items():
        record = json.loads(content)
        assert_valid(record)
        assert tuple(record) == KEYS
        assert record["path"] + ".json" == name
        assert record["title"] == TITLE
        assert [r["rule"] for r in record["removed"]] == ["share.prompt"]
        assert content.endswith(b"\n}\n")
        assert content.startswith(b'{\n  "schema_version": 1,\n  "id": "')
    assert json.loads(out["latin.txt.json"])["encoding"] == "cp1252"
    assert "für Jürgen".encode() in out["latin.txt.json"]
    assert json.loads(out["torn.txt.json"])["warnings"] == ["undecodable-bytes: 1"]

    for name, error in {
        "empty.txt": "empty-input",
        "blank.txt": "empty-input",
        "image.txt": "binary-input",
        "page.txt": "empty-input",
        "gone.txt": "unreadable-input",
        "pipe": "unreadable-input",
    }.items():
        assert f"cleaner: in/{name}: {error}: " in stderr
    assert "7 articles cleaned" in stderr
    assert "6 inputs not cleaned: binary-input 1, empty-input 3, unreadable-input 2" in stderr
    assert f"a.txt      {TITLE}  -" in stderr
    assert "share 1" in stderr
    assert "\x1b" not in stderr


def test_same_bytes_on_every_run(cleaner: Command, tmp_path: Path) -> None:
    write(tmp_path / "in", {f"{n}.txt": f"{n} {ARTICLE}" for n in range(5)})
    write(tmp_path / "in", {"é.txt": "Été à la plage\n\n" + ARTICLE})
    seen = set()
    for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Tokyo", "de_DE.UTF-8")):
        env = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        lines = cleaner("run", "in", "--jsonl", "-", "--quiet", env=env)
        files = cleaner("run", "in", "--out", f"out{seed}", "-q", env=env)
        assert (lines.returncode, files.returncode) == (0, 0)
        assert (lines.stderr, files.stderr) == (b"", b"")
        assert lines.stdout.count(b"\n") == 6
        assert [json.loads(line)["path"] for line in lines.stdout.splitlines()] == [
            *(f"{n}.txt" for n in range(5)),
            "é.txt",
        ]
        written = tree(tmp_path / f"out{seed}")
        seen.add((lines.stdout, tuple(sorted(written.items()))))
    assert len(seen) == 1


def test_lines_and_standard_input(cleaner: Command, tmp_path: Path) -> None:
    target = write(tmp_path, {"all.jsonl": "what was there before"}) / "all.jsonl"
    target.chmod(0o640)
    done = cleaner(
        "run", "-", "--jsonl", "all.jsonl", "--stdin-filename", "a/b", stdin=ARTICLE.encode()
    )
    assert done.returncode == 0
    (line,) = target.read_text("utf-8").splitlines()
    record = json.loads(line)
    assert_valid(record)
    assert (record["path"], record["title"]) == ("a/b", TITLE)
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tree(tmp_path)) == ["all.jsonl"]

    out = cleaner("run", "-", "--out", "out", "--disable", "share.prompt", stdin=ARTICLE.encode())
    assert out.returncode == 0
    record = json.loads((tmp_path / "out/stdin.json").read_bytes())
    assert record["removed"] == []
    assert "Share this article:" in record["body"]

    # What is not text, and what is not there, is named; the rest is written.
    bad = cleaner("run", "-", "nowhere.txt", "--jsonl", "-", stdin=b"")
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert b"standard input: empty-input" in bad.stderr
    assert b"nowhere.txt: unreadable-input: no such file or directory" in bad.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["run", "x"], "--out DIR, --jsonl FILE and --parquet FILE"),
        (["run", "x", "--out", "o", "--jsonl", "o"], "--out DIR, --jsonl FILE and --parquet FILE"),
        (["run", "--out", "o"], "Missing argument"),
        (["run", "x", "--out", "o", "--encoding", "utf-9"], "unknown encoding 'utf-9'"),
        (["run", "x", "--out", "o", "--encoding", "hex"], "unknown encoding 'hex'"),
        (["text", "x", "--encoding", "idna"], "unknown encoding 'idna'"),
        (["run", "x", "--out", "o", "--disable", "share.promt"], "did you mean share.prompt"),
        (["run", "-", "-", "--out", "o"], "only once"),
        (["run", "-", "--out", "o", "--stdin-filename", "../x"], "no name for an article"),
        (["run", "x", "y/x", "--out", "o"], "x and y/x would both be written to o/x.json"),
        (["run", "y", "z", "--out", "o"], "y/x and z/x would both be written to o/x.json"),
        (["run", "y/x", "z", "--out", "o"], "y/x and z/x would both be written to o/x.json"),
        (["run", "y", "z/x", "--out", "o"], "y/x and z/x would both be written to o/x.json"),
        (["run", "y", "--out", "y"], "both an input and where the output goes"),
        (["run", "y/x", "y/x.json", "--out", "y"], "y/x.json is an input"),
        (["run", "y", "--jsonl", "y/x"], "y/x is an input"),
        (["rules", "comments"], "did you mean comments."),
        (["rules", "nonsense"], "`cleaner rules` lists them"),
        (["explain", "x", "--color", "blue"], "blue"),
        (["golden", "--seeds", "nowhere"], "there is no directory nowhere"),
        (["clean"], "No such command"),
    ],
)
def test_wrong_use(
    args: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # In this process, since there are many; other tests show that the exit status gets out.
    before = tree(write(tmp_path, dict.fromkeys(("x", "y/x", "y/x.json", "z/x"), ARTICLE)))
    monkeypatch.chdir(tmp_path)
    assert in_process(*args, monkeypatch=monkeypatch) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says in " ".join(printed.err.split())
    assert tree(tmp_path) == before


def test_output_that_cannot_be_written(cleaner: Command, tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": ARTICLE, "in/b": ARTICLE, "file": "", "out/b.json/x": ""})
    under_a_file = cleaner("run", "in", "--out", "file/out")
    assert under_a_file.returncode == 2
    assert b"cleaner: unusable-name: file/out: a file or directory of that name" in (
        under_a_file.stderr
    )
    # One name that is taken costs one article.
    taken = cleaner("run", "in", "--out", "out")
    assert taken.returncode == 2
    assert b"cleaner: in/b: unusable-name: out/b.json: " in taken.stderr
    assert b"1 article cleaned" in taken.stderr
    assert sorted(tree(tmp_path / "out")) == ["a.txt.json", "b.json/x"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_full_disk(cleaner: Command, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": ARTICLE})
    done = cleaner("run", "a.txt", "--jsonl", "/dev/full")
    assert done.returncode == 2
    assert done.stderr == (
        b"cleaner: unwritable-output: /dev/full cannot be written: no space left on device; "
        b"make room\n"
    )
    for args in (["run", "a.txt", "--jsonl", "-"], ["text", "a.txt"]):
        with open("/dev/full", "wb") as full:
            to_stdout = subprocess.run(
                [sys.executable, "-m", "cleaner", *args],
                stdout=full,
                stderr=subprocess.PIPE,
                cwd=tmp_path,
                env=environment(),
                check=False,
            )
        assert to_stdout.returncode == 2
        assert to_stdout.stderr.startswith(b"cleaner: unwritable-output: ")
        assert b"Traceback" not in to_stdout.stderr


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    write(tmp_path / "in", {f"{n}": ARTICLE * 20 for n in range(100)})
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "run", "in", "--jsonl", "-", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 0)
    process.stderr.close()


def test_text_is_exact(cleaner: Command, tmp_path: Path) -> None:
    text = "Title\r\n\r\nA line\u2028 with\x0c odd\u00a0spaces, and no newline at its end"
    write(
        tmp_path, {"a": text, "bom": b"\xef\xbb\xbf" + text.encode(), "cp": "naïve".encode("cp850")}
    )
    assert cleaner("text", "a").stdout == text.encode()
    assert cleaner("text", "bom").stdout == text.encode()
    assert cleaner("text", "-", stdin=text.encode("utf-16")).stdout == text.encode()
    assert cleaner("text", "cp", "--encoding", "cp850").stdout == "naïve".encode()
    folder = cleaner("text", ".")
    assert (folder.returncode, folder.stdout) == (2, b"")
    assert folder.stderr.startswith(b"cleaner: .: unreadable-input: is a directory")


def test_explain(cleaner: Command, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": ARTICLE + "Comments\x1b[2J\n0/300\n0/500\n"})
    plain = cleaner("explain", "a.txt").stdout.decode()
    assert f"[+{TITLE}+]{{title}}\n\nThe first tram" in plain
    assert "[-Share this article:-]{share.prompt}" in plain
    assert "\x1b" not in plain, "a document must not reach the terminal's controls"
    assert "␛[2J" in plain
    rules = [row.split() for row in plain.splitlines() if "  confidence 0." in row]
    assert ["2", "comments.count"] in [row[:2] for row in rules]
    assert len({row[1] for row in rules}) == len(rules), "one line for each rule"
    # Neither a pipe nor NO_COLOR keeps from colour who asks for it.
    colour = cleaner("explain", "a.txt", "--color", "always", env={"NO_COLOR": "1"}).stdout.decode()
    assert "\x1b[9;31mShare this article:\x1b[0m\x1b[31m{share.prompt}\x1b[0m" in colour
    assert "\x1b[2J" not in colour

    record = json.loads(cleaner("explain", "a.txt", "--format", "json").stdout)
    assert_valid(record["article"])
    assert record["text"] == (tmp_path / "a.txt").read_text()
    position = 0
    for span in record["spans"]:
        assert span["start"] == position < span["end"]
        position = span["end"]
    assert position == len(record["text"])
    assert {s["what"] for s in record["spans"]} == {"field", "body", "removed", "space"}


def test_rules(cleaner: Command) -> None:
    listed = cleaner("rules").stdout.decode().splitlines()
    assert listed[0].split() == ["id", "kind", "where", "why"]
    ids = [line.split()[0] for line in listed[1:]]
    assert "share.prompt" in ids
    assert {i.partition(".")[0] for i in ids} <= set(KINDS)
    one = cleaner("rules", "share.prompt").stdout.decode()
    assert one.startswith("share.prompt\n")
    assert "fires on\n    - Share this article:" in one
    record = json.loads(cleaner("rules", "share.prompt", "--format", "json").stdout)
    assert [r["id"] for r in record["rules"]] == ["share.prompt"]
    assert "Share this article:" in record["rules"][0]["words"]["en"]["fires"]


def test_help_teaches_and_is_quick(cleaner: Command) -> None:
    asked = cleaner("--help", python=("-X", "importtime"))
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in asked.stderr.decode().splitlines()
    }
    heavy = {"bs4", "chardet", "ftfy", "langdetect", "re2", "rich", "trafilatura"}
    assert "typer" in loaded
    assert not heavy & loaded
    text = asked.stdout.decode()
    assert asked.returncode == 0
    for command in COMMANDS:
        assert f"\n  {command} " in text
    bare = cleaner()
    assert bare.returncode in (0, 2)
    assert b"Usage: cleaner" in bare.stdout + bare.stderr
    assert cleaner("--version").stdout.startswith(b"cleaner")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_examples(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_process(command, "-h", monkeypatch=monkeypatch) == 0
    printed = capsys.readouterr()
    assert f"Usage: cleaner {command}" in printed.out
    assert "Example" in printed.out
    assert printed.err == ""


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, cleaner; "
        "print(sorted({'bs4', 'langdetect', 'trafilatura', 'typer'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True
    )
    assert done.stdout == "[]\n"
