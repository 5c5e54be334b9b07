"""One page's texts cleaned and compared with its gold body: what an evaluation is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from cleaner.article import Article, Field, Removal
from cleaner.errors import InputError
from cleaner.judge.training.bench import Page
from cleaner.judge.training.coverage import coverage
from cleaner.judge.training.figures import Found, Score, bag, score, titled
from cleaner.judge.training.reliability import Weighed, weigh
from cleaner.layer import text_layer
from cleaner.pipeline import Pipeline
from cleaner.stages.verdict import HEAVY

HTML = "html"
"""The view that is the page itself."""
CLEAN = "clean"
"""The view that is the gold body itself."""
FLATTENED = ("html_text", "blocks", HTML)
"""The view by which languages and confidences are shown: the first that is there."""


@dataclass(frozen=True, slots=True)
class Task:
    """A page and the texts of it that are to be cleaned, by view."""

    page: Page
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text."""

    set: str
    view: str
    page: str
    language: str | None
    before: Score
    after: Score
    kind: str
    unaccounted: int
    heavy: bool
    removals: list[Weighed]
    covered: float | None = None
    title: Found | None = None
    """What was found of the title, where that is known."""


@dataclass(frozen=True)
class Cleaner:
    """Cleans and scores the texts of a page; can be sent to another process."""

    pipeline: Pipeline

    def __call__(self, task: Task) -> list[Outcome]:
        """The outcome of each text, or of the page where there is none."""
        if not task.texts:
            return [self._page(task.page)]
        gold = bag(task.page.body)
        found: list[Outcome] = []
        language: str | None = None
        for view, text in task.texts.items():
            before = score(bag(text), gold)
            data = text.encode("utf-8", "surrogatepass")
            try:
                article = self.pipeline(data)
            except InputError:
                found.append(self._outcome(task.page, view, before, before, language))
                continue
            # Not the text: what an extractor leaves of a page about markup may be taken for a page.
            layer = text_layer(data)
            if view == CLEAN:
                language = article.language
            kept = bag(article.body)
            if view == CLEAN:
                # The first line may rightly become the title: what is moved to a field is not lost.
                spans = [layer[f.start : f.end] for f in article.fields if f.start is not None]
                kept += bag(" ".join(spans))
                before = Score(1.0, 1.0, 1.0)
            outcome = self._outcome(task.page, view, before, score(kept, gold), language)
            found.append(
                replace(
                    outcome,
                    heavy=HEAVY in article.warnings,
                    unaccounted=unaccounted(layer, article),
                    removals=weigh(article, layer, task.page.body) if view in FLATTENED else [],
                    title=titled(article.title, task.page.title) if view != CLEAN else None,
                )
            )
        return found

    def _page(self, page: Page) -> Outcome:
        gold = bag(page.body)
        data = page.html()
        try:
            layer = text_layer(data)
            before = score(bag(layer), gold)
            article = self.pipeline(data)
        except InputError:
            nothing = score(bag(""), gold)
            return self._outcome(page, HTML, nothing, nothing, None)
        return replace(
            self._outcome(page, HTML, before, score(bag(article.body), gold), article.language),
            heavy=HEAVY in article.warnings,
            unaccounted=unaccounted(layer, article),
            removals=weigh(article, layer, page.body),
            covered=coverage(data.decode(article.encoding, "replace"), layer),
            title=titled(article.title, page.title),
        )

    @staticmethod
    def _outcome(
        page: Page, view: str, before: Score, after: Score, language: str | None
    ) -> Outcome:
        return Outcome(page.set, view, page.id, language, before, after, page.kind, 0, False, [])


def unaccounted(text: str, article: Article) -> int:
    """How many characters that are no white space lie nowhere, or twice, in the ledger."""
    marks = bytearray(len(text))
    for block in article.blocks:
        marks[block.start : block.end] = b"\1" * (block.end - block.start)
    wrong = 0
    spans: list[Field | Removal] = [*article.fields, *article.removed]
    for span in spans:
        if span.start is None or span.end is None:
            continue
        for at in range(span.start, span.end):
            wrong += marks[at] == 2
            marks[at] = 2
    return wrong + sum(
        not mark and not char.isspace() for mark, char in zip(marks, text, strict=True)
    )


def run(cleaner: Cleaner, jobs: Iterable[Task], workers: int) -> Iterator[Outcome]:
    """All outcomes, in the order of the tasks."""
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(cleaner, jobs, chunksize=4):
            yield from found
