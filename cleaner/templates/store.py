"""What was learnt so far, on disk: of each site a bounded number of articles, as hashes.

Which articles are kept does not depend on the order in which they come: those with the smallest
hashes, a sample by the bottom-k sketch (Cohen & Kaplan, "Summarizing data using bottom-k sketches",
2007). The text of what repeats is kept aside until the file is written, for the samples.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from struct import calcsize, pack, unpack_from

from cleaner.templates.decide import Decision, decide, known_of
from cleaner.templates.file import APPLICATION, LAYOUT, TABLES, opened
from cleaner.templates.find import find
from cleaner.templates.known import Form
from cleaner.templates.units import GRAM, Unit

KEPT = 200
"""Articles of a site and language that its templates are told by, at most."""
SAMPLE = 80
"""Characters of a sample."""
_TEXTS = """
CREATE TABLE words (
    site TEXT NOT NULL, language TEXT NOT NULL, key INTEGER NOT NULL, words BLOB NOT NULL,
    PRIMARY KEY (site, language, key)) WITHOUT ROWID;
"""
_TEMPLATE = "INSERT INTO template VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PLACE = "site = ? AND language = ? AND key = ?"


@dataclass(slots=True)
class Learnt:
    """What came of learning.

    Attributes:
        sites: how many sites and languages there are.
        articles: how many articles are kept of them.
        told: how many sites and languages have templates.
        templates: how many.
    """

    sites: int = 0
    articles: int = 0
    told: int = 0
    templates: int = 0


class Store:
    """What was learnt so far.

    Args:
        file: where it is kept while it is learnt.
        old: a file of templates to add to.
    """

    def __init__(self, file: Path, old: Path | None) -> None:
        self._base = sqlite3.connect(file, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.executescript(TABLES + _TEXTS)
        self._base.execute("BEGIN")
        if old is not None:
            with opened(old) as before:
                for row in before.execute("SELECT * FROM article"):
                    self._base.execute("INSERT INTO article VALUES (?, ?, ?, ?)", row)
                for row in before.execute("SELECT * FROM template"):
                    self._base.execute(_TEMPLATE, row)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def add(self, site: str, language: str, units: Sequence[Unit]) -> None:
        """Learn from an article."""
        place = (site, language, _article_key(units))
        count, highest = self._base.execute(
            "SELECT count(*), max(key) FROM article WHERE site = ? AND language = ?", place[:2]
        ).fetchone()
        full = count >= KEPT
        if full and place[2] > highest:
            return
        new = self._base.execute(
            "INSERT OR IGNORE INTO article VALUES (?, ?, ?, ?)", (*place, packed(units))
        ).rowcount
        words = zlib.compress(json.dumps([u.tokens for u in units]).encode())
        self._base.execute("INSERT OR REPLACE INTO words VALUES (?, ?, ?, ?)", (*place, words))
        if new and full:
            for table in ("article", "words"):
                self._base.execute(f"DELETE FROM {table} WHERE {_PLACE}", (*place[:2], highest))

    def write(self, file: Path) -> Learnt:
        """Decide on the templates of each site, and write them with what they were told by.

        Rows are written in sorted order, so that what was learnt from, and nothing else, decides
        on the file.
        """
        learnt = Learnt()
        with closing(sqlite3.connect(file, isolation_level=None)) as target:
            for pragma in (
                f"application_id = {APPLICATION}",
                f"user_version = {LAYOUT}",
                "page_size = 4096",
                "journal_mode = OFF",
            ):
                target.execute(f"PRAGMA {pragma}")
            target.executescript(TABLES)
            target.execute("BEGIN")
            for site, language in self._base.execute(
                "SELECT DISTINCT site, language FROM article ORDER BY site, language"
            ):
                self._write_site(target, site, language, learnt)
            target.execute("COMMIT")
        return learnt

    def _write_site(
        self, target: sqlite3.Connection, site: str, language: str, learnt: Learnt
    ) -> None:
        rows = self._base.execute(
            "SELECT key, units FROM article WHERE site = ? AND language = ? ORDER BY key",
            (site, language),
        ).fetchall()
        articles = {key: unpacked(units) for key, units in rows}
        decision = decide([*articles.values()])
        target.execute("INSERT INTO site VALUES (?, ?, ?)", (site, language, decision.articles))
        target.executemany(
            "INSERT INTO article VALUES (?, ?, ?, ?)", [(site, language, *row) for row in rows]
        )
        samples = self._samples(site, language, articles, decision)
        for t in decision.templates:
            target.execute(
                _TEMPLATE,
                (
                    site,
                    language,
                    t.form,
                    t.key,
                    t.words,
                    t.first,
                    t.anywhere,
                    t.articles,
                    samples.get((t.form, t.key), ""),
                ),
            )
        shown = sum(t.form != "pair" for t in decision.templates)
        learnt.sites += 1
        learnt.articles += len(articles)
        learnt.told += shown > 0
        learnt.templates += shown

    def _samples(
        self, site: str, language: str, articles: Mapping[int, list[Unit]], decision: Decision
    ) -> dict[tuple[Form, int], str]:
        """How each template begins, as it is compared."""
        samples: dict[tuple[Form, int], str] = {
            (form, key): sample
            for form, key, sample in self._base.execute(
                "SELECT form, key, sample FROM template WHERE site = ? AND language = ?",
                (site, language),
            )
        }
        known = known_of(decision.templates)
        wanted = {(t.form, t.key) for t in decision.templates if t.form != "pair"}
        for key, units in articles.items():
            if wanted <= samples.keys():
                break
            held = self._base.execute(
                f"SELECT words FROM words WHERE {_PLACE}", (site, language, key)
            ).fetchone()
            if held is None:
                continue
            words: list[list[str]] = json.loads(zlib.decompress(held[0]))
            for f in find(units, known, counting=True):
                if f.form != "pair":
                    shown = words[f.unit][f.first : f.last or None]
                    samples.setdefault((f.form, f.key), _cut(" ".join(shown)))
        return samples


def _cut(text: str) -> str:
    return text if len(text) <= SAMPLE else f"{text[: SAMPLE - 1]}…"


def _article_key(units: Sequence[Unit]) -> int:
    """The same for the same text, whatever it is called and wherever it lies."""
    digest = blake2b(digest_size=8)
    for unit in units:
        digest.update(pack("<QIH", unit.key, unit.words, unit.flags))
    return int.from_bytes(digest.digest(), "big") >> 1


def packed(units: Sequence[Unit]) -> bytes:
    """Units without their words and places, as bytes."""
    parts = [pack("<I", len(units))]
    for unit in units:
        size = len(unit.marks)
        parts.append(pack("<QIHI", unit.key, unit.words, unit.flags, size))
        if size:
            parts.append(pack(f"<{len(unit.grams)}I", *unit.grams) + unit.marks)
    return b"".join(parts)


def unpacked(data: bytes) -> list[Unit]:
    """The units of which :func:`packed` gave the bytes."""
    (count,) = unpack_from("<I", data)
    at = calcsize("<I")
    units: list[Unit] = []
    for _ in range(count):
        key, words, flags, size = unpack_from("<QIHI", data, at)
        at += calcsize("<QIHI")
        grams: tuple[int, ...] = ()
        marks = b""
        if size:
            number = max(1, size - GRAM + 1)
            grams = unpack_from(f"<{number}I", data, at)
            at += 4 * number
            marks = data[at : at + size]
            at += size
        units.append(Unit(key, words, flags, grams, marks))
    return units
