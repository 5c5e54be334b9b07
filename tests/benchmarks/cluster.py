"""What a large corpus takes on a cluster, from rates that were measured.

    python -m tests.benchmarks.cluster RATE READ WRITTEN [ARTICLES]

RATE is in articles a second by one core, which ``python -m tests.benchmarks.corpus`` measures; READ
and WRITTEN are in bytes for each article. The table of ``docs/pages/cluster.md`` is printed by this
for the rates that the page says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

CORES = (1, 16, 64, 256, 1_024)
ARTICLES = 100_000_000


def table(rate: float, read: float, written: float, articles: int = ARTICLES) -> str:
    """The table, as Markdown.

    Args:
        rate: articles a second by one core.
        read: bytes of an article.
        written: bytes of its record.
        articles: how many there are.
    """
    return "\n".join(_lines(rate, read, written, articles)) + "\n"


def _lines(rate: float, read: float, written: float, articles: int) -> Iterator[str]:
    core_hours = articles / rate / 3_600
    yield "| cores | time | reads | writes |"
    yield "|---|---|---|---|"
    for cores in CORES:
        hours = core_hours / cores
        flows = (f"{rate * cores * size / 1e6:,.1f} MB/s" for size in (read, written))
        yield f"| {cores:,} | {_time(hours)} | {' | '.join(flows)} |"
    sizes = (f"{articles * size / 1e9:,.0f} GB" for size in (read, written))
    yield f"| in all | {core_hours:,.0f} core hours | {' | '.join(sizes)} |"


def _time(hours: float) -> str:
    if hours >= 48:
        return f"{hours / 24:,.1f} days"
    return f"{hours:,.1f} hours" if hours >= 1 else f"{hours * 60:,.0f} minutes"


if __name__ == "__main__":
    rate, read, written, *more = sys.argv[1:]
    print(table(float(rate), float(read), float(written), *map(int, more)), end="")
