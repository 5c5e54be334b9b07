"""Records that the review page is made of: found, read, found again; and what is none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from cleaner import Article
from cleaner.errors import RecordError
from cleaner.output import encode
from cleaner.report.review import target_of, write_review
from cleaner.report.review_records import again, original, records, sound
from tests.reviewing import TEXT, Parts, made, review, run_of
from tests.test_cli import write


def test_records_of_every_form_are_the_same(tmp_path: Path) -> None:
    articles = [made(path=f"{n:04}.txt", title=f"T{n}") for n in range(5)]
    lines = b"".join(encode(a) for a in articles)
    out = run_of(tmp_path / "out", *articles)
    (tmp_path / "all.jsonl").write_bytes(lines.replace(b"\n", b"\n\n", 2))
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress(lines[:900]) + gzip.compress(lines[900:]))
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/1.jsonl").write_bytes(lines)
    shown = [review(out)]
    assert target_of(out) == out / "report.html"
    for name in ("all.jsonl", "all.jsonl.gz", "parts"):
        shown.append(review(tmp_path / name))
    assert target_of(tmp_path / "all.jsonl.gz") == tmp_path / "all.html"
    assert target_of(tmp_path / "lines") == tmp_path / "lines.html"
    for report, entries, _ in shown[1:]:
        assert entries == shown[0][1]
        assert report["totals"] == shown[0][0]["totals"] and report["index"] == shown[0][0]["index"]
    one = review(out / "0003.txt.json", tmp_path / "one.html")
    assert [e["path"] for e in one[0]["index"]] == ["0003.txt"]


def test_the_same_run_gives_the_same_page_and_is_not_read_back(tmp_path: Path) -> None:
    out = run_of(tmp_path / "out", made(), made("Other text.", "b.txt"))
    first = review(out)[2]
    assert review(out)[2] == first
    assert review(out, out / "page.json")[2] == first
    assert review(out, out / "page.json")[0]["totals"]["problems"] == 0


def test_what_is_no_record_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    out = run_of(tmp_path / "out", made())
    deep = "[" * 100_000
    write(out, {"bad.json": "{", "deep.json": deep, "list.json": "[]", "notes.txt": "no record"})
    write(out, {"lines.jsonl": f"\n{made().to_json()}\nnothing\n"})
    (out / "torn.jsonl.gz").write_bytes(gzip.compress(encode(made()) * 2)[:-9])
    (out / "dangling.json").symlink_to("nowhere")
    told: list[str] = []
    done = write_review(out, str(tmp_path / "p.html"), told.append)
    assert (done.articles, done.shown, done.problems) == (4, 4, 6)
    assert [t.partition(": ")[0] for t in told] == [
        *("bad.json", "dangling.json", "deep.json", "lines.jsonl:3", "list.json"),
        "torn.jsonl.gz:2",
    ]
    assert all(": bad-record: " in t or ": unreadable-input: " in t for t in told)
    (named, *_) = (Parts.of((tmp_path / "p.html").read_text()).data["data-report"],)
    assert len(json.loads(named)["totals"]["named"]) == 6


def test_a_ledger_that_is_none_is_refused() -> None:
    record = made().to_dict()
    spoilt: list[dict[str, Any]] = [
        {"removed": [{**record["removed"][0], "confidence": float("nan")}]},
        {"removed": [{**record["removed"][0], "start": "0"}]},
        {"removed": [{**record["removed"][0], "start": 10**400, "end": 10**401}]},
        {"removed": [{**record["removed"][0], "kind": ["share"]}]},
        {"blocks": [{"kind": "paragraph", "start": 9, "end": 3}]},
        {"fields": [{"name": "title", "from": "text", "start": None, "end": 3}]},
        {"body": record["body"] + "\n\nmore"},
        {"body": "", "blocks": record["blocks"]},
    ]
    for change in spoilt:
        with pytest.raises(RecordError):
            sound(Article.from_dict({**record, **change}))
    assert sound(Article.from_dict(record))


def test_records_are_found_again(tmp_path: Path) -> None:
    lines = b"".join(encode(made(path=f"{n}.txt")) for n in range(6))
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines))
    run_of(tmp_path / "c", made())
    found = list(records(tmp_path))
    assert len(found) == 13
    chosen = [found[n] for n in (1, 4, 6, 11, 12)]
    assert list(again(place for place, _ in chosen)) == chosen
    (tmp_path / "b.jsonl.gz").unlink()
    gone = list(again(place for place, _ in chosen))
    assert [isinstance(a, Article) for _, a in gone] == [True, True, False, False, True]


def test_nothing_outside_the_originals_is_looked_at(tmp_path: Path) -> None:
    inputs = write(tmp_path, {"secret.txt": TEXT, "in/a.txt": TEXT}) / "in"
    for path in (
        "../secret.txt",
        str(tmp_path / "secret.txt"),
        "",
        ".",
        "a.txt/..",
        "a\0b",
        "in//x",
    ):
        assert original(inputs, made(path=path), 1 << 20) is None, path
    assert original(inputs, made(path="a.txt"), 1 << 20) == TEXT.encode()
    assert original(inputs, made(path="a.txt"), 9) is None
