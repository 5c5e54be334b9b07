"""Goldens: what cleaning the seeds gives, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.golden import in_ci
from tests.conftest import ROOT, Command
from tests.test_cli import ARTICLE, tree, write


def test_update_then_check(cleaner: Command, tmp_path: Path) -> None:
    write(tmp_path / "seeds", {"a.txt": ARTICLE, "sub/b.txt": ARTICLE, ".DS_Store": b"\0\0\0"})
    missing = cleaner("golden")
    assert missing.returncode == 1
    assert missing.stdout == b"missing: golden/a.txt.json\nmissing: golden/sub/b.txt.json\n"
    assert not (tmp_path / "golden").exists(), "a check must not write"

    assert cleaner("golden", "--update").returncode == 0
    fine = cleaner("golden")
    assert (fine.returncode, fine.stdout, fine.stderr) == (0, b"", b"")
    golden = tmp_path / "golden/a.txt.json"
    record = json.loads(golden.read_bytes())
    assert record["title"] == ARTICLE.partition("\n")[0]
    assert record["provenance"] == {"cleaner": None, "rules": None, "model": None}
    # Apart from the versions, a golden is what `run` writes.
    assert cleaner("run", "seeds", "--out", "out", "-q").returncode == 0
    written = json.loads((tmp_path / "out/a.txt.json").read_bytes())
    assert None not in written["provenance"].values()
    assert {**written, "provenance": record["provenance"]} == record

    golden.write_bytes(golden.read_bytes().replace(b"half the town", b"the town"))
    (tmp_path / "seeds/sub/b.txt").unlink()
    write(tmp_path / "golden", {"notes.txt": "by hand"})
    found = cleaner("golden")
    assert found.returncode == 1
    text = found.stdout.decode()
    assert "different: golden/a.txt.json\n--- golden/a.txt.json\n" in text
    assert "unused: golden/sub/b.txt.json\n" in text
    assert "unused: golden/notes.txt\n" in text
    assert "\n-" in text
    assert "half the town" in text

    # An update removes goldens that no seed gives, and no file of somebody else's.
    update = cleaner("golden", "--update")
    assert update.returncode == 1
    assert b"removed golden/sub/b.txt.json" in update.stdout
    assert b"golden/notes.txt is no golden" in update.stderr
    assert sorted(tree(tmp_path / "golden")) == ["a.txt.json", "notes.txt"]
    (tmp_path / "golden/notes.txt").unlink()
    assert cleaner("golden").returncode == 0


def test_update_is_refused_under_ci(cleaner: Command, tmp_path: Path) -> None:
    write(tmp_path / "seeds", {"a.txt": ARTICLE})
    before = tree(tmp_path)
    refused = cleaner("golden", "--update", env={"CI": "true"})
    assert refused.returncode == 2
    assert b"refused under CI" in refused.stderr
    assert tree(tmp_path) == before
    assert cleaner("golden", env={"CI": "true"}).returncode == 1


@pytest.mark.parametrize(
    ("value", "is_ci"), [("true", True), ("1", True), ("", False), ("false", False), ("0", False)]
)
def test_what_counts_as_ci(value: str, is_ci: bool) -> None:
    assert in_ci({"CI": value}) is is_ci
    assert not in_ci({})


def test_a_seed_that_gives_no_article(cleaner: Command, tmp_path: Path) -> None:
    write(tmp_path / "seeds", {"a.txt": ARTICLE, "empty.txt": b""})
    done = cleaner("golden", "--update")
    assert done.returncode == 2
    assert b"seeds/empty.txt: empty-input" in done.stderr
    assert sorted(tree(tmp_path / "golden")) == ["a.txt.json"]


def test_the_committed_goldens_hold() -> None:
    done = Command(ROOT)("golden")
    assert (done.returncode, done.stdout.decode()) == (0, "")
