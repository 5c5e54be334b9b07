"""The review page of a run: what was removed from which article, for people to look at."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.api import MAX_BYTES
from cleaner.article import Article
from cleaner.errors import UsageError
from cleaner.inputs import STDIN
from cleaner.output import atomic_file
from cleaner.report.review_choice import Choice
from cleaner.report.review_originals import Originals
from cleaner.report.review_page import MARK, page
from cleaner.report.review_panes import panes
from cleaner.report.review_records import LINES, RECORD, again, records
from cleaner.report.review_totals import Counts, Totals
from cleaner.report.terminal import one_line

MOST = 2_000
"""So many articles are shown in full, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a page was made of.

    Attributes:
        articles: so many were counted.
        shown: so many are shown in full.
        problems: so many records could not be read.
    """

    articles: int
    shown: int
    problems: int


def write_review(
    out: Path,
    target: str,
    tell: Callable[[str], None],
    *,
    originals: Path | None = None,
    text_key: str | None = None,
    most: int = MOST,
    title: str | None = None,
    step: Callable[[], None] = lambda: None,
) -> Review:
    """Write the page of a run's output. One article is held in memory at a time.

    Containers in which originals lie are read once each.

    Args:
        out: a directory of records, or a file of JSON lines, gzipped or not.
        target: the page, or "-" for standard output.
        tell: takes a line about each record that could not be read.
        originals: where the inputs lie, by the paths in the records.
        text_key: the key or column that holds articles in JSON lines and tables among them.
        most: so many articles are shown in full.
        title: the page's title.
        step: called after each record.

    Raises:
        UsageError: it cannot be done as asked; nothing was written.
        OutputError: the page cannot be written.
    """
    file = Path(target) if target != STDIN else None
    _check(out, file, originals)
    totals, choice = Totals(), Choice(most)
    for place, found in records(out, skip=file):
        if isinstance(found, Article):
            counts = Counts(found)
            totals.add(found, counts)
            choice.add(place, found, counts.share)
        else:
            totals.problem(place.name, found)
            tell(one_line(f"{place.name}: {found.name}: {found}"))
        step()
    if not totals.articles:
        raise UsageError(f"there is no article in {out}; give what `cleaner run` wrote")
    name = title or f"Review of {one_line(out.resolve().name or str(out))}"
    chosen = choice.chosen()

    def articles() -> Iterator[Article]:
        return (found for _, found in again(chosen) if isinstance(found, Article))

    def report() -> Iterator[Any]:
        yield {"title": name, "totals": totals.to_dict(), **shown.to_dict()}

    with ExitStack() as stack:
        found_again = None
        if originals is not None:
            looked_up = Originals(originals, MAX_BYTES, tell, text_key)
            found_again = stack.enter_context(looked_up)
            found_again.look_up(articles())
        shown = _Shown(found_again)
        write = stack.enter_context(_opened(file))
        for piece in page(name, map(shown.entry, articles()), report()):
            write(piece.encode())
    return Review(totals.articles, len(shown.index), totals.problems.total())


def target_of(out: Path) -> Path:
    """Where the page goes unless told otherwise: into the directory, or next to the file."""
    if out.is_dir():
        return out / "report.html"
    stem = next((out.name.removesuffix(s) for s in (*LINES, RECORD) if out.name.endswith(s)), "")
    return out.with_name(f"{stem or out.name}.html")


class _Shown:
    """The articles that are shown: their index, and the rules that took something out of them."""

    def __init__(self, originals: Originals | None) -> None:
        self.index: list[dict[str, Any]] = []
        self._originals = originals
        self._rules: dict[tuple[str, str], int] = {}

    def entry(self, article: Article) -> dict[str, Any]:
        """What is shown of an article besides its line in the index, which is noted."""
        data: bytes | str | None = None
        why = "not-given"
        if self._originals is not None:
            data, why = self._originals.of(article)
        made = panes(article, data, why)
        refs = [self._rules.setdefault((r.kind, r.rule), len(self._rules)) for r in article.removed]
        self.index.append(self._line(article, made.source, refs))
        return {
            "id": article.id,
            "url": article.url,
            "authors": article.authors,
            "published": article.published,
            "as_found": article.published_text,
            "tags": article.tags,
            "encoding": article.encoding,
            "fields": [f.name for f in article.fields],
            "metadata": sorted(
                {f"{f.name}: {f.origin}" for f in article.fields if f.start is None}
            ),
            "removed": [
                v for r, ref in zip(article.removed, refs, strict=True) for v in (ref, r.confidence)
            ],
            "blocks": made.blocks,
            "tiles": made.flat(),
            "left_out": made.left_out,
        }

    def to_dict(self) -> dict[str, Any]:
        """The index, and the rules as kind, id and why they exist."""
        whys = _whys() if self._rules else {}
        rules = [[kind, rule, whys.get(rule)] for kind, rule in self._rules]
        return {"index": self.index, "rules": rules}

    def _line(self, article: Article, source: str, refs: list[int]) -> dict[str, Any]:
        counts = Counts(article)
        sizes: Counter[int] = Counter()
        for ref, gone in zip(refs, article.removed, strict=True):
            sizes[ref] += gone.end - gone.start
        return {
            "path": article.path,
            "title": article.title,
            "source": article.source,
            "language": article.language,
            "format": article.format,
            "kept": counts.kept,
            "removed": counts.removed,
            "seen": counts.seen,
            "count": len(article.removed),
            "least": min((r.confidence for r in article.removed), default=None),
            "empty": not article.body,
            "warnings": article.warnings,
            "rules": [v for ref, size in sizes.items() for v in (ref, size)],
            "from": source,
        }


def _whys() -> dict[str, str]:
    """Why the built-in rules exist; rules of a user's own are not known here."""
    from cleaner.judge import WHY
    from cleaner.rules import compiled_book

    return {rule.id: rule.why for rule in compiled_book().rules} | WHY


def _check(out: Path, file: Path | None, originals: Path | None) -> None:
    if originals is not None and not originals.is_dir():
        raise UsageError(f"--originals {originals} is no directory")
    if file is None or not file.is_file() or not file.stat().st_size:
        return
    with file.open("rb") as stream:
        ours = stream.read(len(MARK)) == MARK
    if not ours:
        raise UsageError(f"{file} is there and is no report; name another file with --output")


@contextlib.contextmanager
def _opened(file: Path | None) -> Iterator[Callable[[bytes], object]]:
    if file is None:
        yield sys.stdout.buffer.write
        return
    with atomic_file(file) as stream:
        yield stream.write
