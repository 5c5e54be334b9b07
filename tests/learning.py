"""What tests of templates share: learning of a made site, and what its articles become."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cleaner import Pipeline
from cleaner.corpus.entry import Entry
from cleaner.templates.learn import Course, Learning
from tests.corpus.sites import Layout, Made

LAYOUTS: tuple[Layout, ...] = ("lines", "spaced", "line", "page")
PLAIN = Pipeline().without("judge", "identify")
HOST = "gazette.example"


class Silent:
    """Nobody is told."""

    def problem(self, entry: str, name: str, message: str) -> None: ...

    def step(self, size: int, summary: object) -> None: ...


def entries(texts: Iterable[str], url: str | None = f"https://{HOST}/a") -> Iterator[Entry]:
    for number, text in enumerate(texts):
        yield Entry(f"{number}.txt", text.encode(), f"{number}.txt", url=url)


def learn(file: Path, texts: Iterable[str], *, add: bool = False, host: str = HOST) -> Learning:
    course = Course(target=file, add=add)
    return course.run(entries(texts, f"https://{host}/a"), Silent())


def learnt(file: Path, made: Sequence[Made], layout: Layout) -> Pipeline:
    learn(file, [m.laid_out(layout) for m in made], host=made[0].host)
    return PLAIN.with_templates(file)


def body_of(pipeline: Pipeline, text: str, host: str = HOST) -> str:
    return " ".join(pipeline(text, url=f"https://{host}/b").body.split())


def rows(file: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(file) as base:
        found = base.execute("SELECT * FROM template ORDER BY 1, 2, 3, 4").fetchall()
    base.close()
    return found
