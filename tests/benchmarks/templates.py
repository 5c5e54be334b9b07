"""What templates take off the articles of sites, and what they lose, by articles learnt from.

    python -m tests.benchmarks.templates [SITES]

The sites are made by :mod:`tests.corpus.sites`. What is measured was held out from learning: every
fourth article. Recall is by characters of the sites' own lines, loss by sentences of the articles;
both of the whole pipeline, without templates and with them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner import Pipeline
from cleaner.corpus.entry import Entry
from cleaner.templates.learn import Course
from tests.corpus.sites import Layout, Made, site

_LAYOUTS: tuple[tuple[Layout, str], ...] = (
    ("lines", "lines"),
    ("spaced", "lines with blank lines between"),
    ("line", "all in one line"),
    ("page", "pages"),
)
_COUNTS = (3, 12, 20, 40)


class _Silent:
    def problem(self, entry: str, name: str, message: str) -> None:
        """Nobody is told."""

    def step(self, size: int, summary: object) -> None:
        """Nobody is told."""


def _entries(made: Sequence[Made], layout: Layout) -> Iterator[Entry]:
    for m in made:
        yield Entry(m.host, m.laid_out(layout).encode(), m.host, url=m.url)


def measure(numbers: Sequence[int], count: int, layout: Layout) -> tuple[float, float, int, int]:
    """Recall without templates and with them, sentences, and how many of them templates lose."""
    plain = Pipeline().without("identify")
    cruft = sentences = lost = 0
    left = [0, 0]
    for number in numbers:
        made = site(number, count)
        held = made[::4]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "t.sqlite"
            rest = [m for m in made if m not in held]
            Course(target=file).run(_entries(rest, layout), _Silent())
            known = plain.with_templates(file)
            for m in held:
                bodies = [
                    " ".join(pipeline(m.laid_out(layout), url=m.url).body.split())
                    for pipeline in (plain, known)
                ]
                cruft += sum(map(len, m.cruft))
                for n, body in enumerate(bodies):
                    left[n] += sum(len(line) for line in m.cruft if line in body)
                sentences += len(m.sentences)
                lost += sum(s in bodies[0] and s not in bodies[1] for s in m.sentences)
    return 1 - left[0] / cruft, 1 - left[1] / cruft, sentences, lost


def main(sites: int) -> None:
    """Measure and print."""
    print("| articles of a site | learnt from | layout | recall without | recall with | lost |")
    print("|---|---|---|---|---|---|")
    for count in _COUNTS:
        for layout, name in _LAYOUTS:
            without, with_them, sentences, lost = measure(range(sites), count, layout)
            learnt = count - len(range(0, count, 4))
            told = f"{without:.3f} | {with_them:.3f} | {lost} of {sentences:,} sentences"
            print(f"| {count} | {learnt} | {name} | {told} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
