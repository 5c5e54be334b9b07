"""What a run writes, as its user asks for it: outputs, refusals, what is carried through."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any, get_args

import pyarrow.parquet
import pytest

from cleaner import cli_run
from cleaner.article import Article
from cleaner.corpus.entry import Entry
from cleaner.corpus.readers import extras
from cleaner.corpus.start import Plan, run_to
from cleaner.corpus.work import Cleaning
from cleaner.corpus.writers import compression
from cleaner.corpus.writers.destination import FORMATS, Destination
from cleaner.errors import RecordError, UsageError
from cleaner.output import part_name, part_pattern
from cleaner.report.review_records import again, records
from tests.conftest import Command
from tests.corpus.writing import PIPELINE, Quiet, made
from tests.test_schema import assert_valid

TEXT = "A dry summer\n\nIt did not rain for {}, and the wells of the village ran dry.\n"
WEEKS, MONTHS = (TEXT.format(word) for word in ("weeks", "months"))


def plan(folder: Path, **more: Any) -> Plan:
    """What cleans a directory's inputs."""
    return Plan(inputs=[str(folder / "in")], max_bytes=1 << 20, workers=0, **more)


def clean_into(folder: Path, **more: Any) -> Quiet:
    watcher = Quiet()
    run_to(plan(folder, **more), PIPELINE, watcher)
    return watcher


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "a").mkdir(parents=True)
    (folder / "a.txt").write_text(WEEKS)
    (folder / "a/b.html").write_text(MONTHS)
    return tmp_path


def test_bodies_alone(corpus: Path) -> None:
    out = corpus / "out"
    clean_into(corpus, out=out, format="text")
    clean_into(corpus, out=out, format="markdown")
    body = "It did not rain for {}, and the wells of the village ran dry.\n"
    assert {
        str(p.relative_to(out)): p.read_text()
        for p in out.rglob("*")
        if p.suffix in (".txt", ".md")
    } == {
        "a.txt.txt": body.format("weeks"),
        "a/b.html.txt": body.format("months"),
        "a.txt.md": "# A dry summer\n\n" + body.format("weeks"),
        "a/b.html.md": "# A dry summer\n\n" + body.format("months"),
    }
    # A tree of one format is no reason not to write another.
    assert not clean_into(corpus, out=out).problems and (out / "a.txt.json").exists()


def test_a_body_never_overwrites_an_input(corpus: Path) -> None:
    (corpus / "in/c").write_text(WEEKS)
    (corpus / "in/c.txt").write_text(MONTHS)
    with pytest.raises(UsageError, match=r"c\.txt is an input; the article of"):
        given = [str(corpus / "in/c"), str(corpus / "in/c.txt")]
        asked = Plan(inputs=given, out=corpus / "in", format="text", max_bytes=1 << 20)
        run_to(asked, PIPELINE, Quiet())
    assert (corpus / "in/c.txt").read_text() == MONTHS


def test_the_outputs_of_a_command(cleaner: Command, corpus: Path) -> None:
    for options in (
        ("--jsonl", "a.jsonl"),
        ("--jsonl", "a.jsonl.gz"),
        ("--jsonl", "b.jsonl.zst", "--rotate", "1B"),
        ("--parquet", "a.parquet"),
        ("--out", "d", "--format", "dolma", "--rotate", "1GB"),
    ):
        done = cleaner("run", "in", "-q", *options)
        assert done.returncode == 0 and not done.stderr, done.stderr
    lines = (corpus / "a.jsonl").read_bytes()
    assert gzip.decompress((corpus / "a.jsonl.gz").read_bytes()) == lines
    packed = [corpus / f"b-0000{n}.jsonl.zst" for n in range(2)]
    assert b"".join(compression.unpacked(p, "zstd").read() for p in packed) == lines
    rows = pyarrow.parquet.read_table(corpus / "a.parquet").to_pylist()
    assert [row["path"] for row in rows] == ["a/b.html", "a.txt"]
    shard = "part-00000.jsonl.gz"
    documents, attributes = (
        [
            json.loads(line)
            for line in gzip.decompress((corpus / "d" / folder / shard).read_bytes()).splitlines()
        ]
        for folder in ("documents", "attributes/cleaner")
    )
    assert [d["text"] for d in documents] == [MONTHS, WEEKS]
    assert [d["id"] for d in documents] == [a["id"] for a in attributes]


ANY = Path("x")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "say where to write, with one of --out DIR, --jsonl FILE and --parquet FILE"),
        ({"out": ANY, "parquet": "x"}, "say where to write"),
        ({"jsonl": "x.jsonl", "parquet": "x"}, "say where to write"),
        ({"jsonl": "x.jsonl", "format": "text"}, "--format text writes files into a directory"),
        ({"jsonl": "-", "format": "dolma"}, "--format dolma writes files into a directory"),
        ({"parquet": "x", "format": "markdown"}, "--format markdown writes files"),
        ({"parquet": "-"}, "cannot be written to standard output"),
        ({"out": ANY, "rotate": 5}, "--rotate is for"),
        ({"out": ANY, "rotate": 5, "format": "text"}, "--rotate is for"),
        ({"jsonl": "-", "rotate": 5}, "standard output is no file: only plain lines"),
        ({"jsonl": "."}, "is a directory; give a file, or --out"),
        ({"parquet": "."}, "is a directory; give a file, or --out"),
    ],
)
def test_outputs_that_there_are_not(asked: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        Destination(**asked)


def test_options_that_there_are_not(cleaner: Command, corpus: Path) -> None:
    for options, why in (
        (("--rotate", "much", "--jsonl", "a"), b"such as 512MB"),
        (("--carry", "a", "--no-carry", "--jsonl", "a"), b"give one of them"),
        (("--format", "yaml", "--out", "a"), b"yaml"),
    ):
        done = cleaner("run", "in", *options)
        assert done.returncode == 2 and why in done.stderr
    assert {p.name for p in corpus.iterdir()} == {"in"}


def test_formats_are_those_of_the_command() -> None:
    assert get_args(cli_run.Format) == FORMATS


def test_a_pipe_takes_plain_lines(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl.gz"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match=r"gz is no file: only plain lines"):
        Destination(jsonl=str(pipe))


@pytest.mark.parametrize(
    ("asked", "module"),
    [
        ({"parquet": "x"}, "pyarrow.parquet"),
        ({"jsonl": "x.jsonl.zst"}, compression.ZSTD),
    ],
)
def test_a_library_that_is_not_there(
    asked: dict[str, Any], module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(UsageError, match=rf"to write this, {module} is needed: pip install"):
        Destination(**asked)


def test_names_of_parts() -> None:
    names = {
        "all.jsonl": "all-00003.jsonl",
        "all.jsonl.zst": "all-00003.jsonl.zst",
        "news.2024.jsonl.gz": "news.2024-00003.jsonl.gz",
        "all": "all-00003",
        ".all.parquet": ".all-00003.parquet",
    }
    for name, part in names.items():
        assert part_name(name, 3) == part
        assert part_pattern(name).fullmatch(part) and not part_pattern(name).fullmatch(name)
        assert part_pattern(name).fullmatch(part_name(name, 1_234_567))
        assert not part_pattern(name).fullmatch(part.replace("00003", "0003"))


def test_what_a_run_writes_is_not_among_what_it_reads(corpus: Path) -> None:
    inside = corpus / "in/all.jsonl.gz"
    for _ in range(2):
        # Each of its own lines would be an article otherwise.
        assert not clean_into(corpus, jsonl=str(inside), rotate=1).problems
        assert len(list(inside.parent.glob("all-*"))) == 2
    with pytest.raises(UsageError, match="both an input and where the output goes"):
        given = [str(part) for part in inside.parent.glob("all-*")]
        run_to(Plan(inputs=given, jsonl=str(inside), rotate=1, max_bytes=9), PIPELINE, Quiet())
    own = corpus / "in/d"
    clean_into(corpus, out=own, format="dolma")
    with pytest.raises(UsageError, match="both an input and where the output goes"):
        again = Plan(inputs=[str(own / "documents")], out=own, format="dolma", max_bytes=9)
        run_to(again, PIPELINE, Quiet())


@pytest.mark.parametrize(
    ("name", "option"), [("x.jsonl.gz", "jsonl"), ("x.jsonl.zst", "jsonl"), ("x", "parquet")]
)
def test_an_input_is_never_overwritten(corpus: Path, name: str, option: str) -> None:
    target = corpus / "in" / name
    for content in (b"mine", gzip.compress(b'{"text": "mine"}\n')):
        target.write_bytes(content)
        with pytest.raises(UsageError, match="is an input"):
            clean_into(corpus, **{option: str(target)})
        assert target.read_bytes() == content
    target.unlink()
    clean_into(corpus, **{option: str(target)})
    clean_into(corpus, **{option: str(target)})


def entry(**more: Any) -> Entry:
    return Entry("a.txt", WEEKS, "a.txt", **more)


def cleaned(given: Entry, **more: Any) -> Article:
    """The article as it is written, and read again."""
    outcome = Cleaning(PIPELINE, None, None, **more).clean(given)
    assert_valid(json.loads(outcome.data))
    article = Article.from_json(outcome.data)
    assert f"{article.to_json()}\n".encode() == outcome.data
    return article


def test_what_else_stood_in_the_record_is_carried_through() -> None:
    record = {"n": [1, {"é": None}], "url": "https://example.org/a", "date": "yesterday"}
    given = entry(carried=record, url=record["url"], date="yesterday")
    assert cleaned(given).carried == record and list(cleaned(given).carried) == list(record)
    assert cleaned(given, carry=("n", "none")).carried == {"n": record["n"]}
    plain = cleaned(given, carry=())
    assert plain.carried == {} and "carried" not in plain.to_dict()
    # A web archive states them outside of what it carries.
    crawled = entry(carried={"id": 7}, url="https://example.org/a", date="2024-05-06T07:08:09Z")
    assert cleaned(crawled).carried == {
        "url": "https://example.org/a",
        "date": "2024-05-06T07:08:09Z",
        "id": 7,
    }
    assert list(cleaned(entry()).to_dict())[-1] == "provenance"
    assert list(cleaned(given).to_dict())[-1] == "carried"


def test_what_is_carried_counts(corpus: Path) -> None:
    for number in (1, 2, 2):
        record = {"id": "a", "text": WEEKS, "n": number}
        (corpus / "in/a.txt").write_text(f"{json.dumps(record)}\n")
        clean_into(corpus, jsonl=str(corpus / "a.jsonl"))
        last = json.loads((corpus / "a.jsonl").read_text().splitlines()[-1])
        assert last["carried"] == {"id": "a", "n": number}


def test_the_address_that_a_container_states() -> None:
    url = "https://www.example.org/a?b=c"
    article = cleaned(entry(url=url))
    assert (article.url, article.source) == (url, "example.org")
    assert [(f.name, f.origin, f.start) for f in article.fields[:2]] == [
        ("url", "container", None),
        ("source", "container", None),
    ]
    for bad in ("/a", "example.org", "ftp://example.org", "https://", "https://[", "https://a b.c",
                "https://example.org/" + 3_000 * "a"):  # fmt: skip
        article = cleaned(entry(url=bad))
        assert (article.url, article.source) == (None, None)
        assert article.carried["url"] == bad
    page = (
        '<!DOCTYPE html><html><head><link rel="canonical" href="https://own.example/x"></head>'
        f"<body><h1>A dry summer</h1><p>{WEEKS[14:]}</p></body></html>"
    )
    stated = cleaned(Entry("a", page, "a", url=url))
    assert stated.url == "https://own.example/x" and stated.source == "own.example"


def test_documents_say_when_they_were_fetched() -> None:
    fetched = entry(url="https://example.org/a", date="2024-05-06T07:08:09Z")
    told = entry(carried={"date": "5 May"}, date="5 May")
    for given, added in ((fetched, "2024-05-06T07:08:09Z"), (told, None), (entry(), None)):
        data = Cleaning(PIPELINE, None, None, "dolma").clean(given).data
        document = json.loads(data.split(b"\t")[0])
        assert document.get("added") == added and document["text"] == WEEKS
        assert document["metadata"].get("carried", {}) == cleaned(given).carried


def test_a_record_that_carries_something_else_is_none() -> None:
    record = {**made("a\nb\nc").to_dict(), "carried": ["a"]}
    with pytest.raises(RecordError, match="carried must be an object"):
        Article.from_dict(record)


@pytest.mark.parametrize("end", ["", ".gz", ".zst"])
def test_the_report_reads_what_was_written(corpus: Path, end: str) -> None:
    target = corpus / f"all.jsonl{end}"
    clean_into(corpus, jsonl=str(target), rotate=1)
    clean_into(corpus, jsonl=str(corpus / f"one.jsonl{end}"))
    found = list(records(target))
    names = [f"all-0000{n}.jsonl{end}:1" for n in range(2)]
    assert [place.name for place, _ in found] == names
    whole = list(records(corpus / f"one.jsonl{end}"))
    assert [article for _, article in whole] == [article for _, article in found]
    assert list(again(place for place, _ in found)) == found
    assert list(again(place for place, _ in whole[1:])) == whole[1:]
    assert len(list(records(corpus))) == 4


def test_the_report_says_what_it_does_not_read(corpus: Path) -> None:
    clean_into(corpus, parquet=str(corpus / "a.parquet"))
    clean_into(corpus, out=corpus / "dolma", format="dolma")
    clean_into(corpus, out=corpus / "text", format="text")
    for out, why in (
        (corpus / "a.parquet", "is a Parquet file, and the report reads JSON: run"),
        (corpus / "dolma", "Dolma documents"),
        (corpus / "dolma/documents/part-00000.jsonl.gz", "Dolma documents"),
        (corpus / "dolma/attributes/cleaner/part-00000.jsonl.gz", "Dolma documents"),
        (corpus / "text", "no article .* neither text, Markdown nor Parquet"),
        (corpus / "none.jsonl", "is not there"),
    ):
        with pytest.raises(UsageError, match=why):
            list(records(out))


def test_a_manifest_says_what_was_asked_for(corpus: Path) -> None:
    clean_into(corpus, out=corpus / "out", format="text", carry=("a",))
    told = json.loads((corpus / "out/.cleaner/manifest.json").read_text())["fingerprint"]
    assert (told["format"], told["carry"]) == ("text", ["a"])
