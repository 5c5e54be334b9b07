"""How long pages and their texts take, beside trafilatura on the same pages, on one processor.

    python -m tests.benchmarks.speed [DIRECTORY] [ROUNDS]

The directory holds HTML pages, gzipped or not; the sample of the tests unless given. Each page is
done by everybody in turn, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cleaner import InputError, clean, text_layer

SAMPLE = Path(__file__).parents[1] / "sample/pages"


def main(folder: Path, rounds: int) -> None:
    """Time everybody and print the totals."""
    from trafilatura import bare_extraction, extract

    pages = [p for f in sorted(folder.rglob("*")) if f.is_file() and (p := _page(f)) is not None]
    texts = [text_layer(page) for page in pages]
    everybody: dict[str, Callable[[int], object]] = {
        "trafilatura.extract": lambda n: extract(pages[n]),
        "trafilatura.bare_extraction, with metadata": lambda n: bare_extraction(
            pages[n], with_metadata=True
        ),
        "cleaner, pages": lambda n: clean(pages[n]),
        "cleaner, texts of the pages": lambda n: clean(texts[n]),
    }
    for work in everybody.values():
        work(0)  # loads what is loaded once
    taken = {name: [0.0] * rounds for name in everybody}
    for number in range(rounds):
        for page in range(len(pages)):
            for name, work in everybody.items():
                start = time.process_time()
                work(page)
                taken[name][number] += time.process_time() - start
    print(f"{len(pages)} pages, {rounds} rounds; milliseconds of one processor per page")
    for name, rows in taken.items():
        best = min(rows) / len(pages) * 1000
        print(f"{name:<44}{best:8.1f}")
    for ours, theirs in (
        ("cleaner, pages", "trafilatura.bare_extraction, with metadata"),
        ("cleaner, texts of the pages", "trafilatura.extract"),
    ):
        ratios = sorted(t / o for o, t in zip(taken[ours], taken[theirs], strict=True))
        print(f"{ours}: {ratios[0]:.2f} to {ratios[-1]:.2f} times the pages per second of {theirs}")


def _page(file: Path) -> bytes | None:
    data = file.read_bytes()
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    try:
        return data if text_layer(data).strip() else None
    except InputError:
        return None


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE,
        int(sys.argv[2]) if len(sys.argv) > 2 else 3,
    )
