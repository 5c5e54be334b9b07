"""Looking for cruft in files and taking it out: findings, formats, exit statuses, files."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Document, InputError, Pipeline, Proposal, clean
from cleaner.check import Choice, Places, findings
from cleaner.errors import NotFixable
from cleaner.fix import fix, left_of
from cleaner.rules.select import chooses
from tests.conftest import Command
from tests.strategies import documents, hostile_texts

CLEAN = (
    "The old harbour gets its trams back\n\n"
    "The first tram in forty years rolled along the quay on Monday, and half the town was there. "
    "It was on time, which surprised everybody who had come to see it.\n\n"
    "Work on the line took six years and cost less than planned, the council said on Tuesday.\n"
)
CRUFT = CLEAN.replace("\n\nWork", "\n\nShare this article:\n\nWork") + (
    "\nSubscribe to our newsletter\n"
)
FINDINGS = (
    'a.txt:5:1: share share.prompt "Share this article:"\n'
    'a.txt:9:1: newsletter newsletter.subscribe-prompt "Subscribe to our newsletter"\n'
)
EVERYTHING = Choice()
QUIET = Pipeline().without("identify")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(CRUFT)
    return file


def test_names_each_piece(cleaner: Command, article: Path) -> None:
    done = cleaner("check", "a.txt")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (1, FINDINGS, b"")
    article.write_text(CLEAN)
    done = cleaner("check", "a.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_bad_input_is_named_and_the_rest_goes_on(cleaner: Command, article: Path) -> None:
    (article.parent / "b.txt").write_bytes(b"%PDF-1.7 and more")
    (article.parent / "c.txt").write_bytes(b"")
    done = cleaner("check", "b.txt", "none.txt", "c.txt", "a.txt")
    assert done.returncode == 2
    assert done.stdout.decode() == FINDINGS
    told = done.stderr.decode().splitlines()
    assert [line.split(": ")[1:3] for line in told] == [
        ["b.txt", "binary-input"],
        ["none.txt", "unreadable-input"],
    ]


def test_directories_and_standard_input(cleaner: Command, article: Path) -> None:
    done = cleaner("check", "-", "--stdin-filename", "news/b.txt", stdin=CRUFT.encode("utf-16"))
    assert done.stdout.decode() == FINDINGS.replace("a.txt", "news/b.txt")
    (article.parent / "in").mkdir()
    article.rename(article.parent / "in/a.txt")
    assert cleaner("check", "in").stdout.decode() == FINDINGS.replace("a.txt", "in/a.txt")


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "share"], ["share.prompt"]),
        (["--select", "newsletter.subscribe-prompt"], ["newsletter.subscribe-prompt"]),
        (["--ignore", "share", "--ignore", "newsletter"], []),
        (["--select", "share", "--ignore", "share.prompt"], []),
        (["--select", "judge"], []),
        (["--disable", "share.prompt"], ["newsletter.subscribe-prompt"]),
    ],
)
def test_what_is_looked_for(
    cleaner: Command, article: Path, options: list[str], rules: list[str]
) -> None:
    done = cleaner("check", article.name, "--output-format", "json", *options)
    assert [f["rule"] for f in json.loads(done.stdout)] == rules
    assert done.returncode == bool(rules)


@pytest.mark.parametrize(
    ("fail_on", "status"), [("none", 0), ("share", 1), ("comments", 0), ("newsletter", 1)]
)
def test_what_fails(cleaner: Command, article: Path, fail_on: str, status: int) -> None:
    done = cleaner("check", article.name, "--fail-on", fail_on)
    assert (done.returncode, done.stdout.decode()) == (status, FINDINGS)


@pytest.mark.parametrize("option", ["--select", "--ignore", "--fail-on", "--disable"])
def test_an_unknown_rule_is_refused(cleaner: Command, article: Path, option: str) -> None:
    done = cleaner("check", article.name, option, "share.promt")
    assert done.returncode == 2
    assert b"did you mean share.prompt" in done.stderr.replace(b"\n", b" ")


def test_as_json(cleaner: Command, article: Path) -> None:
    first, _ = json.loads(cleaner("check", article.name, "--output-format", "json").stdout)
    assert first == {
        "path": "a.txt",
        "line": 5,
        "column": 1,
        "end_line": 5,
        "end_column": 20,
        "kind": "share",
        "rule": "share.prompt",
        "confidence": first["confidence"],
        "text": "Share this article:",
    }
    article.write_text(CLEAN)
    assert cleaner("check", article.name, "--output-format", "json").stdout == b"[]\n"


def test_for_github(cleaner: Command, article: Path) -> None:
    article.rename(article.parent / "a,b:c%.txt")
    done = cleaner("check", "a,b:c%.txt", "--output-format", "github", "--select", "share")
    assert done.stdout.decode() == (
        "::error file=a%2Cb%3Ac%25.txt,line=5,col=1,endLine=5,endColumn=20,"
        'title=cleaner share.prompt::share "Share this article:"\n'
    )


def test_as_sarif(cleaner: Command, article: Path) -> None:
    folder = article.parent / "a b"
    folder.mkdir()
    article.rename(folder / "a.txt")
    log = json.loads(cleaner("check", "a b", "--output-format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], run["columnKind"]) == ("cleaner", "unicodeCodePoints")
    for result in run["results"]:
        rule = driver["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert len(rule["shortDescription"]["text"]) > 30
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/a.txt"
    assert place["region"] == {"startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 20}
    (folder / "a.txt").write_text(CLEAN)
    (run,) = json.loads(cleaner("check", "a b", "--output-format", "sarif").stdout)["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_page_is_checked_by_its_text_layer(cleaner: Command, tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in CRUFT.split("\n\n"))
    (tmp_path / "a.html").write_text(f"<html><body><article>{paragraphs}</article></body></html>")
    done = cleaner("check", "a.html")
    layer = cleaner("text", "a.html").stdout.decode().split("\n")
    line = next(n for n, text in enumerate(layer, 1) if text == "Share this article:")
    assert f"a.html:{line}:1: share share.prompt" in done.stdout.decode()
    done = cleaner("fix", "a.html")
    assert done.returncode == 2 and b"not-fixable: this is a page" in done.stderr


def test_names_are_matched_by_their_parts() -> None:
    assert chooses(["share"], "share", "share.prompt")
    assert chooses(["judge"], "navigation", "judge.before")
    assert chooses(["judge.before"], "navigation", "judge.before")
    assert not chooses(["judge.bef", "nav", "share.promp"], "navigation", "judge.before")


@given(st.text(st.sampled_from("ab \r\n\u2028é"), max_size=30))
def test_places_are_those_of_an_editor(text: str) -> None:
    places = Places(text)
    line = column = 1
    for offset, character in enumerate(text):
        assert places.of(offset) == (line, column)
        column += 1
        both = text[offset : offset + 2] == "\r\n"
        if character in "\r\n" and not both:
            line, column = line + 1, 1


def test_a_piece_of_several_lines_has_an_end() -> None:
    text = CLEAN + "\nDisclaimer: this is\nno advice of any sort."
    removal = clean(CRUFT).removed[0]
    start = text.index("Disclaimer")
    from dataclasses import replace

    (found,) = findings("a.txt", text, [replace(removal, start=start, end=len(text))])
    assert (found.line, found.column, found.end_line, found.end_column) == (7, 1, 8, 23)


# Fixing.


def test_takes_it_out_in_place(cleaner: Command, article: Path) -> None:
    article.chmod(0o640)
    done = cleaner("fix", "a.txt")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (1, FINDINGS, b"")
    assert article.read_text() == CLEAN
    assert stat.S_IMODE(article.stat().st_mode) == 0o640
    before = article.stat().st_mtime_ns
    done = cleaner("fix", "a.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert article.stat().st_mtime_ns == before
    assert cleaner("check", "a.txt").returncode == 0


def test_shows_what_would_change(cleaner: Command, article: Path) -> None:
    done = cleaner("fix", "--diff", "a.txt")
    assert done.returncode == 1
    assert article.read_text() == CRUFT
    shown = done.stdout.decode().splitlines()
    assert shown[:2] == ["--- a/a.txt", "+++ b/a.txt"]
    assert [line for line in shown[2:] if line.startswith(("+", "-"))] == [
        "-Share this article:",
        "-",
        "-",
        "-Subscribe to our newsletter",
    ]


def test_a_patch_applies(cleaner: Command, article: Path) -> None:
    """Also of a text whose last line has no end."""
    import subprocess

    article.write_text(CRUFT.rstrip("\n"))
    diff = cleaner("fix", "--diff", "a.txt").stdout
    subprocess.run(["git", "apply", "-"], input=diff, cwd=article.parent, check=True)
    assert article.read_text() == CLEAN


def test_standard_input_to_standard_output(cleaner: Command) -> None:
    data = CRUFT.replace("\n", "\r\n").encode("utf-8-sig")
    done = cleaner("fix", "-", stdin=data)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout == CLEAN.replace("\n", "\r\n").encode("utf-8-sig")
    done = cleaner("fix", "-", stdin=CLEAN.encode())
    assert (done.returncode, done.stdout) == (0, CLEAN.encode())
    done = cleaner("fix", "-", stdin=b"")
    assert (done.returncode, done.stdout) == (0, b"")


def test_an_empty_file_stays(cleaner: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert cleaner("fix", "a.txt").returncode == 0
    assert cleaner("check", "a.txt").returncode == 0


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-be", b"\x00\x00\xfe\xff"),
        ("cp1252", b""),
        ("cp1251", b""),
        ("gb18030", b""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_stay(codec: str, mark: bytes, end: str) -> None:
    words = {"cp1251": "мэр города сказал", "gb18030": "市长说过"}.get(codec, "Bürgermeister für")
    declared = None if mark or codec.startswith("utf") else codec

    def encoded(text: str) -> bytes:
        return mark + text.replace("six years", words).replace("\n", end).encode(codec)

    fixed = fix(encoded(CRUFT), QUIET, EVERYTHING, declared)
    assert fixed.data == encoded(CLEAN)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body><p>A page.</p></body></html>", "a page"),
        (CRUFT.replace("quay", "“quäy”").encode() + b"\xff", "cannot be written back"),
        (b"Share this article:\n", "nothing but cruft"),
    ],
)
def test_what_cannot_be_fixed_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NotFixable, match=why):
        fix(data, QUIET, EVERYTHING)


def test_a_compressed_text_is_refused() -> None:
    import gzip

    with pytest.raises(NotFixable, match="compressed"):
        fix(gzip.compress(CRUFT.encode()), QUIET, EVERYTHING)


def test_a_link_stays_a_link(cleaner: Command, article: Path) -> None:
    (article.parent / "link.txt").symlink_to("a.txt")
    assert cleaner("fix", "link.txt").returncode == 1
    assert (article.parent / "link.txt").is_symlink()
    assert article.read_text() == CLEAN


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written(cleaner: Command, article: Path) -> None:
    article.parent.chmod(0o500)
    try:
        assert cleaner("fix", "a.txt").returncode == 2
    finally:
        article.parent.chmod(0o700)
    assert article.read_text() == CRUFT


@pytest.mark.parametrize(
    ("text", "cut", "left"),
    [
        ("A\n\nxx\n\nB\n", "xx", "A\n\nB\n"),
        ("A\nxx\nB\n", "xx", "A\nB\n"),
        ("A\n\n\nxx\n\nB\n", "xx", "A\n\n\nB\n"),
        ("A\nxx\n\n\nB\n", "xx", "A\n\n\nB\n"),
        ("xx\n\nA\n", "xx", "A\n"),
        ("A\n\nxx", "xx", "A\n"),
        ("A\n\nxx\n\n", "xx", "A\n"),
        ("A\n\n  xx  \n\nB", "xx", "A\n\nB"),
        ("A xx B\n", "xx", "A B\n"),
        ("A xx\nB\n", "xx", "A\nB\n"),
        ("xx A\nB\n", "xx", "A\nB\n"),
        ("A.xx B\n", "xx", "A. B\n"),
        ("  A\n\nB \n\nxx\n", "xx", "  A\n\nB \n"),
        ("A\n\nx\nx\n\nB", "x\nx", "A\n\nB"),
        ("A x\n\nx B", "x\n\nx", "A\n\nB"),
        ("\n\nA\n\n\n", "none", "\n\nA\n\n\n"),
        ("A\r\n\r\nxx\r\n\r\nB", "xx", "A\r\n\r\nB"),
    ],
)
def test_what_is_left(text: str, cut: str, left: str) -> None:
    at = text.find(cut)
    spans = [(at, at + len(cut))] if at >= 0 else []
    assert "".join(text[a:b] for a, b in left_of(text, spans)) == left


@given(st.data())
def test_cutting_takes_nothing_else(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab \t\r\n"), max_size=40))
    marks = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    kept = left_of(text, spans)
    inside = {n for a, b in kept for n in range(a, b)}
    cut = {n for a, b in spans for n in range(a, b)}
    for number, character in enumerate(text):
        if not character.isspace():
            assert (number in inside) != (number in cut)
    assert kept == sorted(kept)


@given(documents())
def test_fixing_twice_changes_nothing(text: str) -> None:
    data = text.encode()
    fixed = fix(data, QUIET, EVERYTHING)
    again = fix(fixed.data, QUIET, EVERYTHING)
    assert (again.data, again.removed) == (fixed.data, ())
    letters = [c for c in text if not c.isspace()]
    for removal in fixed.removed:
        assert removal.text in text
    taken = sum(not c.isspace() for r in fixed.removed for c in r.text)
    assert len([c for c in fixed.after if not c.isspace()]) == len(letters) - taken


@given(documents())
def test_a_choice_that_chooses_nothing_changes_nothing(text: str) -> None:
    assert fix(text.encode(), QUIET, Choice(select=("template",))).data == text.encode()


@given(hostile_texts(200))
def test_hostile_text_is_fixed_or_refused(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        fixed = fix(data, QUIET, EVERYTHING)
    except InputError:
        return
    assert fix(fixed.data, QUIET, EVERYTHING).data == fixed.data


def test_cleans_until_nothing_more_is_found() -> None:
    """Each round may bring out more; findings stand where they stood at first, in order."""

    def last(doc: Document) -> Document:
        lines = [line for line in doc.lines if line.text.startswith("zap ")]
        return doc.propose(
            Proposal(line.start, line.end, "other.zap", 1.0, kind="other") for line in lines[-1:]
        )

    text = CLEAN.replace("\n\nWork", "\n\nzap one\n\nWork").rstrip() + "\n\nzap two\n"
    pipeline = QUIET.without("judge").with_stage("last", last, before="settle")
    fixed = fix(text.encode(), pipeline, EVERYTHING)
    assert fixed.after == CLEAN
    assert [text[r.start : r.end] for r in fixed.removed] == ["zap one", "zap two"]
