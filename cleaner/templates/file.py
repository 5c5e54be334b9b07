"""A file of templates, as what cleans reads it: an SQLite database."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

from cleaner.errors import TemplatesError
from cleaner.templates.decide import Template, known_of
from cleaner.templates.known import Form, Known

LAYOUT = 1
APPLICATION = 0x636C7472
"""What tells such a file from other databases."""
TABLES = """
CREATE TABLE site (
    site TEXT NOT NULL, language TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (site, language)) WITHOUT ROWID;
CREATE TABLE template (
    site TEXT NOT NULL, language TEXT NOT NULL, form TEXT NOT NULL, key INTEGER NOT NULL,
    words INTEGER NOT NULL, first INTEGER NOT NULL, anywhere INTEGER NOT NULL,
    articles INTEGER NOT NULL, sample TEXT NOT NULL,
    PRIMARY KEY (site, language, form, key)) WITHOUT ROWID;
CREATE TABLE article (
    site TEXT NOT NULL, language TEXT NOT NULL, key INTEGER NOT NULL, units BLOB NOT NULL,
    PRIMARY KEY (site, language, key)) WITHOUT ROWID;
"""
_MADE = "`cleaner learn` makes such a file"
_SITES = 32
"""Sites whose templates are held in memory at once."""


class Templates:
    """Learnt templates, as evidence for cleaning. Immutable, picklable, safe between threads.

    Args:
        file: what ``cleaner learn`` wrote.
        site: the site that all articles are of, whatever they say.

    Raises:
        TemplatesError: the file is none of templates, or cannot be read.
    """

    def __init__(self, file: Path, site: str | None = None) -> None:
        self.file = file.absolute()
        self.site = site
        with opened(self.file) as base:
            self._looks = _looks(self.file)
            digest = _digest(base)
        own = f"\n{site}" if site is not None else ""
        self.version = hashlib.sha256(f"{digest}{own}".encode()).hexdigest()[:12]
        """Hash of what the templates say, for provenance."""
        self._start()

    def _start(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Known | None] = OrderedDict()

    def __getstate__(self) -> dict[str, Any]:
        return {n: v for n, v in vars(self).items() if n not in ("_lock", "_held")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._start()

    def known(self, site: str) -> Known | None:
        """What is known of a site, in whatever language; None where nothing is.

        Raises:
            TemplatesError: the file is not what it was.
        """
        with self._lock:
            if site not in self._held:
                self._held[site] = self._read(site)
                if len(self._held) > _SITES:
                    self._held.popitem(last=False)
            self._held.move_to_end(site)
            return self._held[site]

    def _read(self, site: str) -> Known | None:
        with opened(self.file) as base:
            if _looks(self.file) != self._looks:
                raise TemplatesError(f"{self.file} was changed while it was in use; start anew")
            templates = [
                Template(cast(Form, form), key, words, first, bool(anywhere), articles)
                for form, key, words, first, anywhere, articles in base.execute(
                    "SELECT form, key, words, first, anywhere, articles FROM template "
                    "WHERE site = ?",
                    (site,),
                )
            ]
        return known_of(templates) if templates else None


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A file of templates, to read.

    Raises:
        TemplatesError: it is none, or cannot be read.
    """
    if not file.is_file():
        raise TemplatesError(f"{file} is not there; {_MADE}")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as base:
            found = [base.execute(f"PRAGMA {n}").fetchone()[0] for n in _MARKS]
            if found[0] != APPLICATION:
                raise TemplatesError(
                    f"{file} holds no templates; `cleaner learn` makes such a file"
                )
            if found[1] != LAYOUT:
                raise TemplatesError(
                    f"{file} was written by another version of cleaner; learn it anew"
                )
            yield base
    except sqlite3.DatabaseError as error:
        raise TemplatesError(f"{file} cannot be used: {str(error).lower()}") from error


def _looks(file: Path) -> tuple[int, int, int]:
    """What tells a file from what it was before."""
    told = file.stat()
    return told.st_size, told.st_mtime_ns, told.st_ino


_MARKS = ("application_id", "user_version")


def _digest(base: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for row in base.execute(
        "SELECT site, form, key, words, first, anywhere FROM template "
        "ORDER BY site, language, form, key"
    ):
        digest.update(f"{row}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
