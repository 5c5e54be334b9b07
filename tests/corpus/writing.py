"""What tests of writers share: articles of any sort, runs over them, and what they leave."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from cleaner.article import Article, Block, Field, Removal
from cleaner.corpus.entry import Entry
from cleaner.corpus.run import Run
from cleaner.corpus.state import State
from cleaner.corpus.work import Cleaning, Outcome
from cleaner.corpus.writers.destination import Destination
from cleaner.corpus.writers.records import record_of, with_container
from cleaner.corpus.writers.setup import closed, opened
from cleaner.pipeline import Pipeline
from cleaner.report.summary import Facts, Summary
from tests.corpus.crash import files

SORTS = ("plain", "gzip", "zstd", "parquet", "dolma")
"""Outputs in parts."""
PIPELINE = Pipeline().without("identify")


def destination(folder: Path, sort: str, rotate: int | None = 2_000) -> Destination:
    """Where a run of a sort writes in a directory."""
    if sort == "dolma":
        return Destination(out=folder, format="dolma", rotate=rotate)
    if sort == "parquet":
        return Destination(parquet=str(folder / "all.parquet"), rotate=rotate)
    end = {"plain": "", "gzip": ".gz", "zstd": ".zst"}[sort]
    return Destination(jsonl=str(folder / f"all.jsonl{end}"), rotate=rotate)


def made(text: str, path: str = "a") -> Article:
    """An article whose first line is its title, and whose last one was taken out."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    title, body, cruft = text.split("\n")
    at = len(title) + 1
    end = at + len(body)
    return Article(
        id=digest,
        path=path,
        format="text",
        encoding="utf-8",
        title=title,
        body=body,
        blocks=(Block("paragraph", at, end),),
        fields=(Field("title", "text", 0, len(title)),),
        removed=(Removal("author-bio", "author-bio.about", end + 1, len(text), cruft, 0.75),),
        provenance={"cleaner": "1", "rules": "2", "model": None},
    )


@dataclass(frozen=True, slots=True)
class Quick(Cleaning):
    """Cleans texts of three lines in no time, and remembers which."""

    cleaned: list[str] = field(default_factory=list)

    def clean(self, entry: Entry) -> Outcome:
        if entry.data is None:
            return Outcome()
        assert isinstance(entry.data, str)
        self.cleaned.append(entry.name)
        article = with_container(made(entry.data, entry.name), entry, self.carry)
        return Outcome(record_of(article, entry, self.format, self.indent), Facts.of(article))


def entries(*names: str, word: str = "weeks") -> list[Entry]:
    """Articles to be, some hundred bytes each."""
    return [
        Entry(name, f"The wells of {name}\nNo rain for {word} — {name} ran dry.\nShare", name)
        for name in names
    ]


class Quiet:
    """Watches a run and remembers what went wrong."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def problem(self, entry: str, name: str, message: str) -> None:
        self.problems.append((entry, name))

    def step(self, size: int, summary: Summary) -> None:
        pass


def run(
    folder: Path,
    sort: str,
    given: Iterable[Entry],
    *,
    resume: bool = False,
    rotate: int | None = 2_000,
    workers: int = 0,
) -> list[str]:
    """A run; the names of what was cleaned."""
    folder.mkdir(exist_ok=True)
    where = destination(folder, sort, rotate)
    cleaning = Quick(PIPELINE, None, None, where.format)
    assert where.state_folder is not None
    with State(where.state_folder / "state.sqlite") as state:
        output = opened(where, state, resume=resume)
        state.commit()
        Run(cleaning, output, state, Quiet(), workers=workers, unique=False).go(given)
        closed(where, state)
    return cleaning.cleaned


class StopsError(Exception):
    """What breaks a run off in these tests."""


def broken_off(given: Sequence[Entry]) -> Iterator[Entry]:
    """Entries after which the run ends."""
    yield from given
    raise StopsError


def written(folder: Path) -> dict[str, bytes]:
    """What a run has written, and that it left nothing half."""
    hidden = [p.name for p in folder.rglob(".*") if not p.name.endswith(".cleaner")]
    assert hidden == []
    return files(folder)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article that holds anything that the contract allows."""
    texts, maybe = st.lists(_TEXTS, max_size=3).map(tuple), st.none() | _TEXTS
    places = st.integers(0, 1 << 40)
    drawn: dict[str, Any] = {
        **{name: draw(maybe) for name in ("title", "source", "url", "published_text")},
        **{name: draw(texts) for name in ("authors", "tags", "warnings")},
        "published": draw(st.none() | st.dates().map(str)),
        "body": draw(_TEXTS),
        "blocks": draw(st.lists(st.builds(Block, st.just("quote"), places, places), max_size=2)),
        "fields": (Field("url", "link", None, None), Field("title", "text", draw(places), 7)),
        "removed": (Removal("other", draw(_TEXTS), 1, 2, draw(_TEXTS), draw(st.floats(0, 1))),),
        "carried": draw(st.dictionaries(_TEXTS, _VALUES, max_size=3)),
    }
    drawn["blocks"] = tuple(drawn["blocks"])
    return replace(made("a\nb\nc", draw(_TEXTS)), **drawn)
