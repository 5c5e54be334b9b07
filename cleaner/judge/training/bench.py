"""Labelled pages: where they lie and what is read of them.

A folder holds sets; a set has its pages in ``pages/SET/ID.html`` and its labels in
``gold/SET.jsonl``, both of them gzipped (``.gz``) or not. A label is an object a line: ``id``,
``body``, and where known ``url``, ``title`` and ``type`` ("article" unless given).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cleaner.errors import UsageError


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled page.

    Attributes:
        id: of the page in its set.
        set: the set's name.
        site: the registered domain, as far as it can be told: no two folds share one.
        kind: the page's type; "article" for those that training is for.
        title: of the article; "" where unknown.
        body: what a person would keep.
        file: where the page lies.
    """

    id: str
    set: str
    site: str
    kind: str
    title: str
    body: str
    file: Path

    @property
    def digest(self) -> str:
        """A hash of what names the page, for picking some of them."""
        return hashlib.sha256(f"{self.set}/{self.id}".encode()).hexdigest()

    def html(self) -> bytes:
        """The page itself."""
        return _content(self.file)


def sets(bench: Path) -> list[str]:
    """The names of the sets in a folder.

    Raises:
        UsageError: there are none.
    """
    names = {p.name.split(".jsonl")[0] for p in (bench / "gold").glob("*.jsonl*")}
    if not names:
        raise UsageError(f"{bench} holds no labelled pages: gold/SET.jsonl and pages/SET/ID.html")
    return sorted(names)


def read_pages(bench: Path, name: str) -> Iterator[Page]:
    """The pages of a set, in the order of its labels.

    Raises:
        UsageError: a line is no label, or its page is missing.
    """
    labels = _found(bench / "gold" / f"{name}.jsonl")
    for number, line in enumerate(_content(labels).splitlines(), 1):
        try:
            label = json.loads(line)
            page = Page(
                id=label["id"],
                set=name,
                site=site_of(label.get("url"), label["id"]),
                kind=label.get("type") or "article",
                title=label.get("title") or "",
                body=label["body"],
                file=_found(bench / "pages" / name / f"{label['id']}.html"),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{labels}, line {number}: no label: {error}") from error
        if not page.file.is_file():
            raise UsageError(f"{labels}, line {number}: there is no {page.file}")
        yield page


def _found(file: Path) -> Path:
    """The file, or where there is none its gzipped form."""
    return file if file.is_file() else file.with_name(f"{file.name}.gz")


def _content(file: Path) -> bytes:
    data = file.read_bytes()
    return gzip.decompress(data) if file.suffix == ".gz" else data


def site_of(url: str | None, page: str) -> str:
    """The registered domain of an address, told by the lengths of its last parts.

    Without an address, the page's id up to its first digit or underscore.
    """
    host = urlsplit(url or "").hostname
    if host is None:
        return re.split(r"[_\d]", page)[0] or page
    parts = host.removeprefix("www.").split(".")
    country = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if country else parts[-2:])
