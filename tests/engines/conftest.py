"""What the tests of the engines share: shards of articles, and what the command makes of them."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.corpus import generate
from tests.corpus.containers import record
from tests.engines.host import Host

SHARDS = 4
EACH = 6
"""Articles in a shard."""


@dataclass(frozen=True)
class Shards:
    """A directory of shards.

    Attributes:
        folder: the directory.
        records: what ``cleaner run`` writes of it: a line for each article.
        problems: the names of its problems, by the path of the input.
    """

    folder: Path
    records: frozenset[str]
    problems: dict[str, str]

    def check(self, records: list[str], problems: list[tuple[str, str]]) -> None:
        """Articles and problems are those of the local run: none lost, none twice."""
        assert [line for line, times in Counter(records).items() if times > 1] == []
        assert set(records) == self.records
        assert sorted(problems) == sorted(self.problems.items())


@pytest.fixture(scope="session")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Shards:
    """Shards of all three kinds."""
    folder = tmp_path_factory.mktemp("shards")
    for number in range(SHARDS):
        write_jsonl(folder / f"a-{number}.jsonl", number * EACH)
        write_parquet(folder / f"b-{number}.parquet", 1_000 + number * EACH)
        write_warc(folder / f"c-{number}.warc.gz", 2_000 + number * EACH)
    broken = folder / f"c-{SHARDS}.warc.gz"
    write_warc(broken, 3_000)
    broken.write_bytes(broken.read_bytes()[:-100])
    target = folder.parent / "local.jsonl"
    done = Command(folder.parent)(
        "run", folder.name, "--jsonl", target, "--workers", "0", "--no-carry"
    )
    assert done.returncode == 2
    manifest = json.loads((target.parent / ".local.jsonl.cleaner/manifest.json").read_text("utf-8"))
    problems = {each["name"]: each["problem"] for each in manifest["problems"]}
    records = target.read_text("utf-8").splitlines()
    assert Counter(problems.values()) == {"empty-input": 2 * SHARDS, "truncated-input": 1}
    assert len(records) == (3 * SHARDS + 1) * EACH - len(problems)
    return Shards(folder, frozenset(records), problems)


def rows(file: Path, start: int) -> list[dict[str, str]]:
    """The rows of a table; the path is the one that a record of it has."""
    texts = [generate.text(number) for number in range(start, start + EACH - 1)]
    return [
        {"id": f"a{start + n}", "path": f"{file.name}/a{start + n}", "text": text}
        for n, text in enumerate([*texts, " \n"])
    ]


def write_jsonl(file: Path, start: int) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows(file, start)]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def write_parquet(file: Path, start: int) -> None:
    arrow: Any = pytest.importorskip("pyarrow")
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.Table.from_pylist(rows(file, start)), file)


def write_warc(file: Path, start: int) -> None:
    pytest.importorskip("fastwarc")
    plain = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n"
    pages = [generate.page(start + number) for number in range(EACH)]
    # One whose encoding only the server states.
    pages[0] = pages[0].replace("harbour", "h\xe4rbour")
    records = [
        record(page.encode("cp1252", "replace"), uri=f"https://example.org/{start + n}", http=plain)
        for n, page in enumerate(pages)
    ]
    file.write_bytes(b"".join(map(gzip.compress, records)))


@pytest.fixture
def host() -> Iterator[Host]:
    """Runs programs, and leaves none behind."""
    with Host() as made:
        yield made
