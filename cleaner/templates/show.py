"""Templates for people: of each site what repeats, in how many of its articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.report.terminal import one_line
from cleaner.templates.file import opened

_WHERE = {0: "around", 1: "anywhere"}


def listing(file: Path, site: str | None = None) -> Iterator[str]:
    """The templates of a file, a line each below a line for their site, the commonest first.

    Args:
        file: of templates.
        site: the one to list; all unless given.

    Raises:
        TemplatesError: the file is none of templates.
    """
    with opened(file) as base:
        for name, language, articles in base.execute(
            "SELECT site, language, articles FROM site WHERE ?1 IS NULL OR site = ?1 "
            "ORDER BY site, language",
            (site,),
        ):
            rows = base.execute(
                "SELECT articles, anywhere, sample FROM template "
                "WHERE site = ? AND language = ? AND form <> 'pair' "
                "ORDER BY articles DESC, sample, key",
                (name, language),
            ).fetchall()
            told = f" ({language})" if language else ""
            yield f"{one_line(name)}{told}: {len(rows)} templates from {articles} articles\n"
            for count, anywhere, sample in rows:
                yield f"{count:6}  {_WHERE[anywhere]:<8}  {one_line(sample)}\n"
