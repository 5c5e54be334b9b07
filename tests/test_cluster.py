"""The arithmetic on the page about clusters is that of the program that it names."""

from __future__ import annotations

import re

from tests.benchmarks.cluster import table
from tests.conftest import ROOT

PAGE = (ROOT / "docs/pages/cluster.md").read_text("utf-8")


def test_the_table_is_the_one_of_its_rates() -> None:
    found = re.search(r"<!-- rates: ([\d.]+) (\d+) (\d+) -->\n((?:\|.*\n)+)", PAGE)
    assert found is not None
    rate, read, written = map(float, found.groups()[:3])
    assert found[4] == table(rate, read, written)


def test_arithmetic() -> None:
    lines = table(50, 2_000, 4_000, articles=18_000_000).splitlines()
    assert lines[2] == "| 1 | 4.2 days | 0.1 MB/s | 0.2 MB/s |"
    assert lines[3] == "| 16 | 6.2 hours | 1.6 MB/s | 3.2 MB/s |"
    assert lines[-2] == "| 1,024 | 6 minutes | 102.4 MB/s | 204.8 MB/s |"
    assert lines[-1] == "| in all | 100 core hours | 36 GB | 72 GB |"
