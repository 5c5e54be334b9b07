"""The review page shows originals that lie in archives, tables and web archives."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd

from cleaner import Article
from cleaner.corpus.readers import read
from cleaner.corpus.start import Plan, run_to
from cleaner.report import review_originals
from cleaner.report.review_originals import Originals
from tests.corpus import generate
from tests.corpus.containers import record, tar_of, zip_of
from tests.corpus.writing import Quiet
from tests.reviewing import RULES_ALONE, command, made, review
from tests.test_cli import write

TEXTS = {f"{n}.txt": generate.text(n) for n in (2, 3, 4)}
MEMBERS = {name: text.encode() for name, text in TEXTS.items()}
ROWS = [{"id": name, "text": text, "html": generate.page(9)} for name, text in TEXTS.items()]


def lines(rows: list[dict[str, str]] = ROWS) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def parquet() -> bytes:
    kept = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), kept)
    return kept.getvalue()


CONTAINERS = {
    "a.tar": tar_of(reversed(MEMBERS.items())),
    "a.tar.gz": gzip.compress(tar_of([("sub/x.html", generate.page(9).encode())])),
    "a.zip": zip_of({"x.txt.gz": gzip.compress(MEMBERS["2.txt"]), "y.txt": MEMBERS["3.txt"]}),
    "a.jsonl": lines(),
    "a.jsonl.zst": zstd.compress(lines()),
    "a.parquet": parquet(),
    "a.warc.gz": b"".join(
        gzip.compress(record(generate.page(n).encode(), uri=f"https://example.org/{n}"))
        for n in range(3)
    ),
    "one.txt.zst": zstd.compress(MEMBERS["4.txt"]),
    "one.txt.gz": gzip.compress(MEMBERS["4.txt"]),
    "plain.txt": MEMBERS["2.txt"],
}


def run(folder: Path, *, tree: bool, text_key: str | None = None) -> Path:
    """Clean what is in the directory; where it was written."""
    out = folder / ("out" if tree else "all.jsonl")
    plan = Plan(
        inputs=[str(folder / "in")],
        out=out if tree else None,
        jsonl=None if tree else str(out),
        max_bytes=1 << 22,
        workers=0,
        text_key=text_key,
    )
    assert not run_to(plan, RULES_ALONE, Quiet()).problems
    return out


def origins(report: dict[str, Any]) -> dict[str, str]:
    return {entry["path"]: entry["from"] for entry in report["index"]}


@pytest.mark.parametrize("tree", [True, False], ids=["tree", "lines"])
def test_originals_are_found_in_containers(tmp_path: Path, tree: bool) -> None:
    write(tmp_path / "in", CONTAINERS)
    out = run(tmp_path, tree=tree)
    report, shown, _ = review(out, tmp_path / "page.html", originals=tmp_path / "in")
    assert len(shown) == 3 + 1 + 2 + 3 * 4 + 3
    assert set(origins(report).values()) == {"original"}
    texts = {
        entry["path"]: "".join(one["tiles"][2::3])
        for entry, one in zip(report["index"], shown, strict=True)
    }
    for name, text in TEXTS.items():
        for container in ("a.tar", "a.jsonl", "a.jsonl.zst", "a.parquet"):
            assert texts[f"{container}/{name}"] == text
    assert texts["one.txt.zst"] == texts["one.txt.gz"] == TEXTS["4.txt"]
    assert review(out, tmp_path / "page.html")[0]["index"][0]["from"] == "not-given"


def test_what_is_other_bytes_now_is_not_shown(tmp_path: Path) -> None:
    rows = [{"id": name, "text": f"{text} too"} for name, text in TEXTS.items()]
    kept = ("a.tar", "a.warc.gz")
    write(tmp_path / "in", {name: CONTAINERS[name] for name in kept})
    write(tmp_path / "in", {"a.jsonl": lines(rows), "one.txt.zst": zstd.compress(b"One.")})
    out = run(tmp_path, tree=False)
    changed = {**MEMBERS, "3.txt": MEMBERS["3.txt"] + b"!", "2.txt": b""}
    del changed["4.txt"]
    write(tmp_path / "in", {"a.tar": tar_of(changed.items()), "one.txt.zst": zstd.compress(b"x")})
    (tmp_path / "in/a.jsonl").unlink()
    found = origins(review(out, tmp_path / "page.html", originals=tmp_path / "in")[0])
    assert {name: told for name, told in found.items() if told != "original"} == {
        "a.tar/2.txt": "changed",
        "a.tar/3.txt": "changed",
        "a.tar/4.txt": "not-found",
        "one.txt.zst": "changed",
        **{f"a.jsonl/{name}": "not-found" for name in TEXTS},
    }


def test_the_key_can_be_named(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.jsonl": lines()})
    out = run(tmp_path, tree=False, text_key="html")
    page = tmp_path / "page.html"
    assert set(origins(review(out, page, originals=tmp_path / "in")[0]).values()) == {"changed"}
    found = review(out, page, originals=tmp_path / "in", text_key="html")[0]
    assert set(origins(found).values()) == {"original"}
    done = command(out, "--originals", tmp_path / "in", "--text-key", "html", "-o", page)
    assert done.exit_code == 0 and page.read_text().count('"from":"original"') == 3


def test_a_container_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in", CONTAINERS)
    out = run(tmp_path, tree=True)
    opened: list[str] = []
    before = read._opened

    def counted(found: Any) -> Any:
        opened.append(found.file.name)
        return before(found)

    monkeypatch.setattr(read, "_opened", counted)
    review(out, tmp_path / "page.html", originals=tmp_path / "in")
    assert len(opened) == len(set(opened))
    # What is by itself is no container, and what was found elsewhere is not looked for again.
    assert {"a.tar.gz", "a.warc.gz", "a.zip"} <= set(opened)
    assert not {"one.txt.gz", "plain.txt", "a.tar"} & set(opened)


def test_a_container_is_read_no_further_than_needed(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.tar": CONTAINERS["a.tar"]})
    out = run(tmp_path, tree=False)
    # Nothing is said of an end that is missing behind all that is wanted.
    write(tmp_path / "in", {"a.tar": CONTAINERS["a.tar"].rstrip(b"\0") + bytes(511)})
    report, _, _ = review(out, tmp_path / "page.html", originals=tmp_path / "in")
    assert set(origins(report).values()) == {"original"}


def test_a_container_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.tar": CONTAINERS["a.tar"]})
    out = run(tmp_path, tree=False)
    write(tmp_path / "in", {"a.tar": CONTAINERS["a.tar"][:1_000]})
    done = command(out, "--originals", tmp_path / "in", "-o", tmp_path / "page.html")
    assert done.exit_code == 0
    assert f"{tmp_path}/in/a.tar!4.txt: truncated-input: " in done.stderr
    assert done.stderr.count("truncated-input") == 1


def test_no_container_outside_the_directory_is_looked_at(tmp_path: Path) -> None:
    write(tmp_path, {"a.tar": CONTAINERS["a.tar"], "in/a.tar": CONTAINERS["a.tar"], "in/d/x": b""})
    article = made(TEXTS["2.txt"])
    with Originals(tmp_path / "in", 1 << 20, pytest.fail) as originals:
        for path in (
            *("../a.tar/2.txt", f"{tmp_path}/a.tar/2.txt", "d/../../a.tar/2.txt", "./a.tar/2.txt"),
            *("a.tar\0/2.txt", "", "d", "d/x", "none/a.tar/2.txt", "a.tar//2.txt", "/a.tar/2.txt"),
        ):
            found = made(TEXTS["2.txt"], path)
            originals.look_up([found])
            assert originals.of(found)[1] == "not-found", path
        article = made(TEXTS["2.txt"], "a.tar/2.txt")
        originals.look_up([article])
        assert originals.of(article) == (MEMBERS["2.txt"], "")


def test_texts_that_are_no_utf8(tmp_path: Path) -> None:
    """A text from JSON may hold halves of surrogate pairs, which its id is made of."""
    text = TEXTS["2.txt"] + "\n\ud800 alone"
    write(tmp_path / "in", {"a.jsonl": json.dumps({"text": text}) + "\n"})
    out = run(tmp_path, tree=False)
    report, _, _ = review(out, tmp_path / "page.html", originals=tmp_path / "in")
    assert set(origins(report).values()) == {"original"}


LONG = [f"{n} words. " + "Of no use. " * 20_000 for n in range(24)]


def named_as(text: str, number: int) -> Article:
    """An article that says that it was made of a text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(digest, f"a.jsonl/{number:08}", "text", "utf-8")


def test_originals_are_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [named_as(text, n) for n, text in enumerate(LONG, 1)]
    write(tmp_path, {"in/a.jsonl": lines([{"text": text} for text in LONG])})
    tracemalloc.start()
    with Originals(tmp_path / "in", 1 << 20, pytest.fail) as originals:
        originals.look_up(iter(found))
        assert tracemalloc.get_traced_memory()[1] < 2_500_000 < sum(map(len, LONG))
        tracemalloc.stop()
        assert [originals.of(article)[0] for article in found] == LONG
    # Nor is there more of them on the disk than is said.
    monkeypatch.setattr(review_originals, "MOST", 3 * len(LONG[0]) + 3)
    with Originals(tmp_path / "in", 1 << 20, pytest.fail) as originals:
        originals.look_up(iter(found))
        assert sum(originals.of(article)[0] is not None for article in found) == 3
