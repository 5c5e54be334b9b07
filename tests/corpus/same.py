"""The same articles, however they are packed: cleans each form of a corpus and compares.

    python -m tests.corpus.same [COUNT]

Pages come as a directory, a tar.gz and a zip archive, JSON lines, Parquet and WARC; their text
layers as the same, and WET for WARC.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleaner import text_layer
from cleaner.corpus.readers import safe_name
from cleaner.corpus.writers.records import CONTAINER
from tests.conftest import environment
from tests.corpus import generate
from tests.corpus.containers import record, tar_of, zip_of

COMPARED = (
    *("id", "format", "encoding", "title", "source", "authors", "published", "published_text"),
    *("language", "tags", "body", "blocks", "fields", "removed", "warnings"),
)
"""What must be the same. Paths differ, and what a container alone states of an article is left out:
a directory states no addresses."""

Corpus = dict[str, str]
"""Articles by their addresses."""
Maker = Callable[[int], Corpus]


def pages(count: int) -> Corpus:
    """So many pages."""
    return {f"https://example.org/{n:05}": generate.page(n) for n in range(count)}


def texts(count: int) -> Corpus:
    """What such pages say, as crawlers give it."""
    return {url: text_layer(page.encode()) for url, page in pages(count).items()}


def _directory(target: Path, corpus: Corpus, key: str) -> None:
    target.mkdir()
    for url, text in corpus.items():
        (target / safe_name(url, 1)).write_bytes(text.encode())


def _members(corpus: Corpus) -> dict[str, bytes]:
    return {safe_name(url, 1): text.encode() for url, text in corpus.items()}


def _rows(corpus: Corpus, key: str) -> list[dict[str, str]]:
    return [{"url": url, key: text} for url, text in corpus.items()]


def _tar(target: Path, corpus: Corpus, key: str) -> None:
    target.write_bytes(gzip.compress(tar_of(_members(corpus).items()), 1))


def _zip(target: Path, corpus: Corpus, key: str) -> None:
    target.write_bytes(zip_of(_members(corpus)))


def _jsonl(target: Path, corpus: Corpus, key: str) -> None:
    lines = (json.dumps(row, ensure_ascii=False) for row in _rows(corpus, key))
    target.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")


def _parquet(target: Path, corpus: Corpus, key: str) -> None:
    pq.write_table(pa.Table.from_pylist(_rows(corpus, key)), target)


def _warc(target: Path, corpus: Corpus, key: str) -> None:
    made = []
    for url, text in corpus.items():
        if key == "html":
            made.append(record(text.encode(), uri=url))
        else:
            wet = record(text.encode(), uri=url, kind="conversion", http=None, media="text/plain")
            made.append(wet)
    target.write_bytes(b"".join(gzip.compress(one, 1) for one in made))


FORMS: dict[str, Callable[[Path, Corpus, str], None]] = {
    "directory": _directory,
    "all.tar.gz": _tar,
    "all.zip": _zip,
    "all.jsonl": _jsonl,
    "all.parquet": _parquet,
    "all.warc.gz": _warc,
}


def cleaned(folder: Path, corpus: Corpus, key: str) -> dict[str, dict[str, Any]]:
    """The records of a corpus in each of its forms, by article."""
    for name, write in FORMS.items():
        write(folder / name, corpus, key)
    command = [sys.executable, "-m", "cleaner", "run", *FORMS, "--jsonl", "-", "--quiet"]
    done = subprocess.run(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, check=True
    )
    found: dict[str, dict[str, Any]] = {name: {} for name in FORMS}
    for line in done.stdout.splitlines():
        made = json.loads(line)
        container, _, name = made["path"].rpartition("/")
        found[container or "directory"][name] = _own(made)
    return found


def _own(made: dict[str, Any]) -> dict[str, Any]:
    """What is compared of a record, without what only its container states."""
    own: dict[str, Any] = {key: made[key] for key in COMPARED}
    own["fields"] = [field for field in made["fields"] if field["from"] != CONTAINER]
    for field in made["fields"]:
        if field["from"] == CONTAINER and field["name"] in own:
            own[field["name"]] = None
    return own


def differences(found: dict[str, dict[str, Any]], count: int) -> list[str]:
    """What is not the same."""
    first = found["directory"]
    problems = [
        f"{name}: {len(all_)} of {count}" for name, all_ in found.items() if len(all_) != count
    ]
    for form, articles in found.items():
        for name, article in articles.items():
            other = first.get(name, {})
            problems += [
                f"{form}: {name}: {key}" for key in COMPARED if article[key] != other.get(key)
            ]
    return problems


def main(count: int) -> None:
    """Compare so many pages, and their texts, and print what was compared."""
    for what, corpus, key in (("pages", pages(count), "html"), ("texts", texts(count), "text")):
        with tempfile.TemporaryDirectory() as folder:
            found = cleaned(Path(folder), corpus, key)
        problems = differences(found, count)
        removed = sum(len(article["removed"]) for article in found["directory"].values())
        print(f"{what}: {', '.join(f'{name} {len(all_)}' for name, all_ in found.items())}")
        print(f"  {removed:,} removals in each; compared: {', '.join(COMPARED)}")
        print(f"  {'all the same' if not problems else f'{len(problems)} DIFFERENCES'}")
        for problem in problems[:20]:
            print(f"  {problem}")
        if problems:
            raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
