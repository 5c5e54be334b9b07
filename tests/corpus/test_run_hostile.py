"""Archives that mean harm: what is bad is named, the rest is cleaned, nothing leaves the output."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import tarfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd

from tests.conftest import Command
from tests.corpus.containers import TEXT, ZIP_END, record, tar_of, zip_member, zip_of
from tests.test_cli import write

GOOD = TEXT.encode()
MOST = 12
"""Megabytes that an article of these tests may have."""
BOMB = b"All work and no play. " * 540_000
"""Less than an article may have, but far more than what it is packed to."""
LARGE = b"All work and no play. " * 600_000
WARC = [gzip.compress(record(GOOD, uri=f"https://example.org/{n}")) for n in range(3)]


def parquet() -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT]}), made)
    return made.getvalue()


def names(outside: Path) -> list[tuple[str, bytes]]:
    """Members whose names lead somewhere else."""
    led = (
        *("../evil", "a/../../evil", f"{outside}/evil", "..\\evil", "C:\\evil", "C:evil"),
        *("\\\\host\\evil", "..", "/", "nul\0evil"),
    )
    return [("good.txt", GOOD), *((name, GOOD) for name in led), ("last.txt", GOOD)]


def hostile(outside: Path) -> dict[str, bytes]:
    """Inputs by name."""
    bad_names = names(outside)
    nested = {"in.tar": tar_of([("x.txt", GOOD)]), "in.zip": zip_of({"x.txt": GOOD})}
    nested |= {"in.jsonl": b'{"text": "Hello"}\n' * 2, "in.warc": record(GOOD)}
    nested |= {"twice.gz": gzip.compress(gzip.compress(GOOD)), "good.txt": GOOD}
    through = io.BytesIO()
    with tarfile.open(fileobj=through, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, str(outside)
        archive.addfile(link)
        for name in ("link/x.txt", "good.txt"):
            file = tarfile.TarInfo(name)
            file.size = len(GOOD)
            archive.addfile(file, io.BytesIO(GOOD))
    return {
        "bomb.txt.gz": gzip.compress(BOMB),
        "bomb.zip": zip_of({"bomb.txt": BOMB, "good.txt": GOOD}),
        "bomb.tar.zst": zstd.compress(tar_of([("bomb.txt", BOMB), ("good.txt", GOOD)])),
        "large.tar": tar_of([("large.txt", LARGE), ("good.txt", GOOD)]),
        "large.txt": LARGE,
        # Tar archives can neither name a NUL nor store a file under the name of a directory.
        "names.tar": tar_of([n for n in bad_names if n[0] not in ("nul\0evil", "/")]),
        "names.zip": b"".join(zip_member(name.encode(), data) for name, data in bad_names)
        + ZIP_END,
        "odd.tar": tar_of(
            [("good.txt", GOOD)],
            symbolic=tarfile.SYMTYPE,
            hard=tarfile.LNKTYPE,
            device=tarfile.CHRTYPE,
            block=tarfile.BLKTYPE,
            pipe=tarfile.FIFOTYPE,
        ),
        "odd.zip": zip_of({"good.txt": GOOD}, links=["symbolic"]),
        "through.tar": through.getvalue(),
        "twice.tar": tar_of([("a.txt", GOOD), ("a.txt", b"other"), ("./a.txt", GOOD)]),
        "twice.zip": zip_member(b"a.txt", GOOD) * 2 + ZIP_END,
        "secret.zip": zip_member(b"secret.txt", GOOD, flags=1) + zip_of({"good.txt": GOOD}),
        "nested.tar": tar_of(nested.items()),
        "nested.zip": zip_of(nested),
        "nested.zip.gz": gzip.compress(zip_of({"a.txt": GOOD})),
        "cut.txt.gz": gzip.compress(GOOD)[:-9],
        "cut.txt.zst": zstd.compress(GOOD)[:-3],
        "cut.txt.bz2": bz2.compress(GOOD)[:-3],
        "cut.txt.xz": lzma.compress(GOOD)[:-3],
        "cut.tar": tar_of([("good.txt", GOOD), ("cut.txt", GOOD)])[: 3 * 512 + 20],
        "cut.tar.gz": gzip.compress(tar_of([("good.txt", GOOD)]))[:-4],
        "cut.zip": zip_of({"good.txt": GOOD, "cut.txt": GOOD})[:180],
        "cut.warc.gz": b"".join(WARC)[:-20],
        "cut.warc": record(GOOD) + record(GOOD, uri="https://example.org/b")[:-40],
        "cut.parquet": parquet()[:-9],
        "torn.warc.gz": WARC[0] + WARC[1][:40] + b"\xff" * 20 + WARC[1][60:] + WARC[2],
        "long.tar": tar_of([("n" * 300 + ".txt", GOOD), ("good.txt", GOOD)]),
        "seven.7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    }


UNSAFE = (
    *("../evil", "a/../../evil", "OUTSIDE/evil", "..\\evil", "C:\\evil", "C:evil"),
    *("\\\\host\\evil", ".."),
)
INSIDE = ("in.tar", "in.zip", "in.jsonl", "in.warc", "twice.gz")
EXPECTED = {
    "bomb.txt.gz": "decompression-bomb",
    "bomb.zip!bomb.txt": "decompression-bomb",
    "bomb.tar.zst": "decompression-bomb",
    "bomb.tar.zst!bomb.txt": "decompression-bomb",
    "large.tar!large.txt": "input-too-large",
    "large.txt": "input-too-large",
    **{f"names.tar!{name}": "unsafe-name" for name in UNSAFE},
    **{f"names.zip!{name}": "unsafe-name" for name in (*UNSAFE, "nul\u2400evil")},
    **{f"odd.tar!{name}": "not-a-file" for name in "symbolic hard device block pipe".split()},
    "odd.zip!symbolic": "not-a-file",
    "through.tar!link": "not-a-file",
    "twice.tar!a.txt": "duplicate-name",
    "twice.tar!./a.txt": "duplicate-name",
    "twice.zip!a.txt": "duplicate-name",
    "secret.zip!secret.txt": "encrypted-member",
    **{f"nested.{form}!{name}": "nested-archive" for form in ("tar", "zip") for name in INSIDE},
    "nested.zip.gz": "nested-archive",
    **{f"cut.{form}": "truncated-input" for form in "txt.gz txt.zst txt.bz2 txt.xz tar.gz".split()},
    "cut.tar!cut.txt": "truncated-input",
    "cut.zip!cut.txt": "truncated-input",
    "cut.warc.gz:554": "truncated-input",
    "cut.warc:362": "truncated-input",
    "cut.parquet": "damaged-input",
    "torn.warc.gz:277": "damaged-input",
    "seven.7z": "unsupported-format",
}
"""What is wrong, by what people are told where it is."""
CLEANED = {
    *(
        f"{name}/good.txt"
        for name in "bomb.zip large.tar names.tar names.zip odd.tar odd.zip".split()
    ),
    *(f"{name}/good.txt" for name in "through.tar secret.zip nested.tar nested.zip".split()),
    *(f"{name}/good.txt" for name in "cut.tar cut.tar.gz cut.zip long.tar".split()),
    *("names.tar/last.txt", "names.zip/last.txt", "through.tar/link/x.txt"),
    *("twice.tar/a.txt", "twice.zip/a.txt", "plain.txt"),
    *("cut.warc", "cut.warc.gz", "cut.warc.gz", "torn.warc.gz", "torn.warc.gz"),
}
"""What is cleaned; of web archives the name of the archive."""
_TOLD = re.compile(r"^cleaner: in/(.+?): ([a-z-]+): ", re.MULTILINE)


def everything(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """All that is below a directory: what it is, when it was changed, and what it holds."""
    found = {}
    for path in folder.rglob("*"):
        told = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path.relative_to(folder))] = (told.st_mode, told.st_mtime_ns, data)
    return found


@pytest.mark.parametrize("form", ["tree", "lines"])
def test_what_means_harm_is_named_and_the_rest_is_cleaned(
    cleaner: Command, tmp_path: Path, form: str
) -> None:
    outside, work = tmp_path / "outside", tmp_path / "work"
    write(tmp_path, {"outside/kept.txt": "kept", "evil": "kept", "work/evil": "kept"})
    write(work / "in", {**hostile(outside), "plain.txt": GOOD})
    cleaner.cwd = work
    (work / "out").mkdir()
    before = everything(tmp_path)
    target = ("--out", "out") if form == "tree" else ("--jsonl", "out/all.jsonl")
    done = cleaner("run", "in", *target, "--max-mb", str(MOST), "--quiet", "--workers", "0")
    told = done.stderr.decode().replace(str(outside), "OUTSIDE")
    assert done.returncode == 2 and "Traceback" not in told
    named = dict(_TOLD.findall(told))
    long = [name for name in named if name.startswith("long.tar!")]
    # Only a file can have too long a name.
    assert [named.pop(name) for name in long] == ["unusable-name"] * (form == "tree")
    assert named == EXPECTED
    assert told.count("\n") == len(EXPECTED) + len(long)
    after = everything(tmp_path)
    del before["work/out"]
    assert {k: v for k, v in after.items() if not k.startswith("work/out")} == before
    (manifest,) = work.rglob("manifest.json")
    problems = [problem["problem"] for problem in json.loads(manifest.read_text())["problems"]]
    assert sorted(problems) == sorted(name for _, name in _TOLD.findall(told))
    if form == "lines":
        records = [json.loads(line) for line in (work / "out/all.jsonl").read_bytes().splitlines()]
    else:
        files = [p for p in (work / "out").rglob("*.json") if p.parent.name != ".cleaner"]
        records = [json.loads(file.read_bytes()) for file in files]
        assert {str(f.relative_to(work / "out")) for f in files} == {
            f"{made['path']}.json" for made in records
        }
    assert all(made["body"].endswith("on Monday.") for made in records)
    paths = {made["path"].partition("/example.org")[0] for made in records}
    assert {path for path in paths if not path.startswith("long.tar/n")} == CLEANED
    assert len(records) == len(CLEANED) + 2 + (form == "lines")
